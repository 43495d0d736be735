package journey

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// Lanes is how many boardings a profile tells apart, and allows, at most.
const Lanes = 8

// lanes are arrivals by how many vehicles are boarded from here on: lane k
// with at most k more. Never falling; tooLate where there is none.
type lanes [Lanes]transit.Seconds

// Toward is what one scan knows of all ways to a goal from a second on, from
// anywhere. It is read from by Journeys until the Search is asked something else.
type Toward struct {
	s     *Search
	first int
	board []lanes // by hop from the first on: being on board, with more boardings to come
	wait  []lanes // standing at its stop as it leaves; its own boarding is not counted
}

// Toward scans the day for the arrivals at a goal of all departures from a
// second on.
func (s *Search) Toward(to End, since transit.Seconds) *Toward {
	s.setTo(to)
	if s.toward == nil {
		s.toward = &Toward{s: s}
	}
	t := s.toward
	t.first = s.ix.firstHop(since)
	n := len(s.ix.hops) - t.first
	if cap(t.board) < n {
		t.board, t.wait = make([]lanes, n), make([]lanes, n)
	}
	t.board, t.wait = t.board[:n], t.wait[:n]
	s.arrive(s.latest, tooLate)
	fill(s.left, longAgo)
	for h := len(s.ix.hops) - 1; h >= t.first; h-- {
		t.price(h)
	}
	s.Work.Scanned += uint64(n)
	return t
}

// price works out one hop: staying on board, then getting off.
func (t *Toward) price(h int) {
	ix, p, board := t.s.ix, &t.s.ix.hops[h], &t.board[h-t.first]
	if n := ix.next[h]; n != none {
		*board = t.board[int(n)-t.first]
	} else {
		fill(board[:], tooLate)
	}
	if p.alight && p.arrive <= t.s.latest[p.into] {
		t.off(h, p, board)
	}
	if !p.board {
		return
	}
	wait := &t.wait[h-t.first]
	*wait = *board
	if n := ix.then[h]; n != none {
		wait.take(&t.wait[int(n)-t.first])
	}
	if board[Lanes-1] < tooLate && p.leave > t.s.left[p.from] {
		t.s.gather(p, t.s.latest)
	}
}

// off is getting off a hop: for the goal or for another vehicle.
func (t *Toward) off(h int, p *hop, board *lanes) {
	ix := t.s.ix
	if home := t.s.goal[p.into]; home >= 0 {
		for k := range board {
			board[k] = min(board[k], p.arrive.seconds()+home)
		}
	}
	for _, c := range ix.catches[ix.catchAt[h]:ix.catchAt[h+1]] {
		if c == none {
			continue
		}
		wait := &t.wait[int(c)-t.first]
		for k := range Lanes - 1 {
			board[k+1] = min(board[k+1], wait[k])
		}
	}
	t.s.Work.Relaxed += uint64(ix.catchAt[h+1] - ix.catchAt[h])
}

// take keeps the earlier arrival in each lane.
func (l *lanes) take(other *lanes) {
	for k := range l {
		l[k] = min(l[k], other[k])
	}
}

// option is a way to set off: a hop to board, after a walk.
type option struct {
	hop          int32
	depart, walk transit.Seconds
}

// Journeys are those from an end, in the order in which they set off, that set
// off within a window and that no other journey of any time beats: none sets
// off as late or later, arrives as early or earlier, and takes no more
// vehicles. Boardings bounds these; 0 stands for Lanes. Where one may walk all
// the way, that journey stands last; it may begin at any time.
func (t *Toward) Journeys(from, to End, w Window, boardings int) []Journey {
	t.s.setFrom(from)
	foot, near := t.s.direct(from, to)
	if !near {
		foot = tooLate
	}
	if boardings <= 0 || boardings > Lanes {
		boardings = Lanes
	}
	best := lanes{}
	fill(best[:], tooLate)
	var found []Journey
	options := t.options(w.From)
	for len(options) > 0 {
		past := 1
		for past < len(options) && options[past].depart == options[0].depart {
			past++
		}
		found = append(found, t.pick(options[:past], &best, foot, w, boardings)...)
		options = options[past:]
	}
	slices.Reverse(found)
	if near {
		found = append(found, walked(w.From, foot))
	}
	return found
}

// options are all ways to set off from a second on, the last first; of those at
// one second the one with the shorter walk first.
func (t *Toward) options(since transit.Seconds) []option {
	var options []option
	for _, w := range t.s.starts {
		for _, h := range t.s.ix.leavesFrom(w.stop, since+w.time) {
			if t.board[int(h)-t.first][Lanes-1] < tooLate {
				options = append(options, option{h, t.s.ix.hops[h].leave.seconds() - w.time, w.time})
			}
		}
	}
	slices.SortFunc(options, func(a, b option) int {
		return cmp.Or(cmp.Compare(b.depart, a.depart), cmp.Compare(a.walk, b.walk), cmp.Compare(a.hop, b.hop))
	})
	return options
}

// pick gives the journeys worth taking of those that set off at one second,
// the one with the most boardings first.
func (t *Toward) pick(options []option, best *lanes, foot transit.Seconds, w Window, boardings int) []Journey {
	var found []Journey
	depart := options[0].depart
	for k := range boardings {
		o := slices.MinFunc(options, func(a, b option) int {
			return cmp.Compare(t.board[int(a.hop)-t.first][k], t.board[int(b.hop)-t.first][k])
		})
		arrive := t.board[int(o.hop)-t.first][k]
		if arrive >= best[k] || arrive-depart >= foot {
			continue
		}
		for i := k; i < Lanes; i++ {
			best[i] = min(best[i], arrive)
		}
		if depart <= w.Until {
			found = append(found, t.follow(int(o.hop), k))
		}
	}
	slices.Reverse(found)
	return found
}

// Profile are the journeys of a window that no other beats; see Toward.Journeys.
func (s *Search) Profile(q Query, w Window) []Journey {
	return s.Toward(q.To, w.From).Journeys(q.From, q.To, w, q.MaxBoardings)
}

// follow is the journey that begins with a hop and boards at most k more.
func (t *Toward) follow(h, k int) Journey {
	s, on := t.s, int32(h)
	s.rides = s.rides[:0]
	for {
		board, p := &t.board[h-t.first], &s.ix.hops[h]
		for k > 0 && board[k-1] == board[k] {
			k--
		}
		if home := s.goal[p.into]; p.alight && home >= 0 && p.arrive.seconds()+home == board[k] {
			s.rides = append(s.rides, ride{on, int32(h)})
			return s.journey(s.rides)
		}
		if n := s.ix.next[h]; n != none && t.board[int(n)-t.first][k] == board[k] {
			h = int(n)
			continue
		}
		s.rides = append(s.rides, ride{on, int32(h)})
		k--
		h = t.caught(h, k, board[k+1])
		on = int32(h)
	}
}

// caught is the hop that is boarded after getting off another, with k more to
// come, for an arrival.
func (t *Toward) caught(h, k int, arrive transit.Seconds) int {
	ix := t.s.ix
	for _, c := range ix.catches[ix.catchAt[h]:ix.catchAt[h+1]] {
		if c == none || t.wait[int(c)-t.first][k] != arrive {
			continue
		}
		for t.board[int(c)-t.first][k] != arrive {
			c = ix.then[c]
		}
		return int(c)
	}
	panic("journey: an arrival that no hop has") // the scan wrote it from one
}
