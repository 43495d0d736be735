package journey

import (
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// rows are the prices of a scan, in rows of Width destinations side by side:
// what prices a departure without asking anything but them.
type rows struct {
	steps  []step  // by event
	caught []catch // as in Footing

	board []costs // by event: boarding it, from its departure on
	wait  []costs // by event: the best from its stop at its departure, boarding it or waiting a little
	idle  []costs // by event: the same for who has waited long, to whom a second is one on board
	least []Cost  // by event: the least of both over the destinations

	home []costs // by stop: the price of the walk to the destination, or noHome
	last []times // by stop: how long it takes, or -1
	near []bool  // by stop: some destination is a walk away

	// timed blocks also know when journeys end; crowds that only want to get
	// home need it not.
	ends  []times // by event: when boarding it reaches the destination
	reach []times // by event: when the best from there does, by wait
	after []times // by event: the same by idle

	alight [][Width]alight // by visit that a ride begins with: what one does at its end

	idling Cost // what a wait costs for being long; Never where none is
	timed  bool
	vector bool // the processor takes a row at once
}

// step is what pricing a departure takes from the day, and making plans with it: the same for
// every destination, and 64 bytes, a line of the processor's cache.
type step struct {
	on     Event           // the same vehicle's next departure, or NoEvent
	stand  Cost            // of staying on board until then
	hop    Cost            // of the ride to the next stop
	off    int32           // the stop there, or -1 where nobody may get off
	arrive transit.Seconds // there
	first  uint32          // what can be caught there is caught[first : first+count]
	count  uint32
	next   Event // what leaves the departure's stop next, or NoEvent
	little Cost  // of waiting for it, to who waits a little
	long   Cost  // and to who has waited long
	kind   kind

	// for plans: what leaves from where, and when
	visit   transit.Visit
	rank    uint32 // among the calls of all stops
	leave   transit.Seconds
	pattern transit.Pattern
	place   uint32
}

// kind says what there is to weigh for who stands at a departure's stop.
type kind uint32

const (
	passes kind = iota // nobody gets on
	leaves             // one boards it, or waits for the next one
	asks               // there is a queue
)

// noHome is dearer than everything.
const noHome = Never + 1

func newRows(events, visits, stops int) rows {
	l := rows{
		steps: make([]step, events), board: make([]costs, events), wait: make([]costs, events), idle: make([]costs, events),
		least: make([]Cost, events), alight: make([][Width]alight, visits),
		ends: make([]times, events), reach: make([]times, events), after: make([]times, events),
		home: make([]costs, stops), last: make([]times, stops), near: make([]bool, stops), vector: vectors,
	}
	for s := range l.last {
		for k := range Width {
			l.last[s][k], l.home[s][k] = -1, noHome
		}
	}
	return l
}

// step gathers what pricing a departure takes.
func (p *Prices) step(e Event) step {
	day, v := p.tl.Day, p.tl.Visit(e)
	s := step{
		on: p.tl.at[v+1], hop: p.felt(v, day.Arrive[v+1]-day.Depart[v]), off: -1, arrive: day.Arrive[v+1],
		first: p.first[e], count: p.first[e+1] - p.first[e], next: p.tl.next[e],
		visit: v, leave: p.tl.Leave(e), pattern: p.patternOf(v), place: day.Place(v),
	}
	if s.on != NoEvent {
		s.stand = Ride.Of(day.Depart[v+1] - day.Arrive[v+1])
	}
	if day.Boarding[v+1]&transit.MayAlight != 0 {
		s.off = int32(day.Stop[v+1])
	}
	if s.next != NoEvent {
		gap := p.tl.Leave(s.next) - p.tl.Leave(e)
		s.little, s.long = p.weights.Wait.Of(gap), Ride.Of(gap)
	}
	if p.tl.boardable(v) {
		s.kind = leaves
		if len(p.memory.Queues.of(v)) > 0 {
			s.kind = asks
		}
	}
	return s
}

// arrival is what the end of a ride is worth, what one does there, and when
// that ends; in timed scans only.
type arrival struct {
	best   costs
	choice [Width]alight
	ends   times
}

// scanPlainly is scan on any processor.
func (l *rows) scanPlainly(e, until Event) Event {
	for ; e >= until; e-- {
		s := &l.steps[e]
		if l.timed {
			l.priceTimed(e, s)
		} else {
			l.priceUntimed(e, s)
		}
		if s.kind == asks {
			return e
		}
	}
	return e
}

// priceUntimed prices a departure in its own rows; nobody asks when journeys end.
func (l *rows) priceUntimed(e Event, s *step) {
	board, choice := &l.board[e], &l.alight[s.visit]
	*choice = [Width]alight{}
	if s.on == NoEvent {
		*board = nothing
	} else {
		on := &l.board[s.on]
		for k := range Width {
			board[k] = min(on[k]+s.stand, Never)
		}
	}
	if s.off >= 0 {
		if l.near[s.off] {
			homeUntimed(&l.home[s.off], board, choice)
		}
		l.changingUntimed(s, board, choice)
	}
	for k := range Width {
		board[k] = min(board[k]+s.hop, Never)
	}
	if s.kind == leaves {
		l.leavingUntimed(e, s, board)
	}
}

// homeUntimed is getting off and going home on foot, where that is no dearer.
func homeUntimed(home, board *costs, choice *[Width]alight) {
	for k := range Width {
		if home[k] <= board[k] {
			board[k], choice[k] = home[k], alightHome
		}
	}
}

// changingUntimed is getting off for another vehicle, where that is cheaper.
func (l *rows) changingUntimed(s *step, board *costs, choice *[Width]alight) {
	worst := dearest(board)
	for i, c := range l.caught[s.first : s.first+s.count] {
		// Destinations of a block lie together: most links better none of them.
		if c.low+l.least[c.event] >= worst {
			continue
		}
		wait, idle := &l.wait[c.event], &l.idle[c.event]
		for k := range Width {
			if cost := min(wait[k]+c.cost, idle[k]+c.long); cost < board[k] {
				board[k], choice[k] = cost, alightLink+alight(i)
			}
		}
		worst = dearest(board)
	}
}

func dearest(of *costs) Cost {
	return max(max(of[0], of[1], of[2], of[3]), max(of[4], of[5], of[6], of[7]))
}

// leavingUntimed weighs boarding a departure against waiting for the next one.
func (l *rows) leavingUntimed(e Event, s *step, board *costs) {
	wait, idle, least := &l.wait[e], &l.idle[e], Never
	if s.next == NoEvent {
		*wait, *idle = *board, *board
		l.least[e] = lowest(wait, idle, l.idling)
		return
	}
	later, after := &l.wait[s.next], &l.idle[s.next]
	for k := range Width {
		wait[k] = min(board[k], later[k]+s.little, Never)
		idle[k] = min(board[k], after[k]+s.long, Never)
		least = min(least, wait[k], idle[k]+l.idling)
	}
	l.least[e] = least
}

// priceTimed prices a departure and when journeys end.
func (l *rows) priceTimed(e Event, s *step) {
	at := l.staying(s)
	if s.off >= 0 {
		l.walking(s, &at)
		l.changing(s, &at)
	}
	l.ride(e, s, &at)
	if s.kind == leaves {
		l.leaving(e, s, &at)
	}
}

// staying is remaining on board through a visit.
func (l *rows) staying(s *step) arrival {
	if s.on == NoEvent {
		return arrival{best: nothing}
	}
	at, board := arrival{}, &l.board[s.on]
	for k := range Width {
		at.best[k] = min(board[k]+s.stand, Never)
	}
	if l.timed {
		at.ends = l.ends[s.on]
	}
	return at
}

// walking is getting off and going home on foot, where that is no dearer.
func (l *rows) walking(s *step, at *arrival) {
	if !l.near[s.off] {
		return
	}
	home, last := &l.home[s.off], &l.last[s.off]
	for k := range Width {
		if home[k] <= at.best[k] {
			at.best[k], at.choice[k], at.ends[k] = home[k], alightHome, s.arrive+last[k]
		}
	}
}

// changing is getting off for another vehicle, where that is cheaper.
func (l *rows) changing(s *step, at *arrival) {
	worst := slices.Max(at.best[:])
	for i := range s.count {
		c := &l.caught[s.first+i]
		// Destinations of a block lie together: most links better none of them.
		if c.low+l.least[c.event] >= worst {
			continue
		}
		wait, idle := &l.wait[c.event], &l.idle[c.event]
		for k := range Width {
			little, long := wait[k]+c.cost, idle[k]+c.long
			if cost := min(little, long); cost < at.best[k] {
				at.best[k], at.choice[k] = cost, alightLink+alight(i)
				if l.timed {
					at.ends[k] = l.laterOf(c.event, k, little <= long)
				}
			}
		}
		worst = slices.Max(at.best[:])
	}
}

// ride notes what boarding a departure is worth.
func (l *rows) ride(e Event, s *step, at *arrival) {
	for k := range Width {
		at.best[k] = min(at.best[k]+s.hop, Never)
	}
	l.board[e], l.alight[s.visit] = at.best, at.choice
	if l.timed {
		l.ends[e] = at.ends
	}
}

// leaving weighs boarding a departure against waiting for the next one.
func (l *rows) leaving(e Event, s *step, at *arrival) {
	wait, idle := nothing, nothing
	var reach, after times
	if s.next != NoEvent {
		wait, idle = l.wait[s.next], l.idle[s.next]
		reach, after = l.reach[s.next], l.after[s.next]
	}
	for k := range Width {
		wait[k], idle[k] = min(wait[k]+s.little, Never), min(idle[k]+s.long, Never)
		if at.best[k] <= wait[k] {
			wait[k], reach[k] = at.best[k], at.ends[k]
		}
		if at.best[k] <= idle[k] {
			idle[k], after[k] = at.best[k], at.ends[k]
		}
	}
	l.wait[e], l.idle[e], l.least[e] = wait, idle, lowest(&wait, &idle, l.idling)
	if l.timed {
		l.reach[e], l.after[e] = reach, after
	}
}

// lowest is the least that standing somewhere costs towards any destination.
func lowest(wait, idle *costs, long Cost) Cost {
	least := Never
	for k := range Width {
		least = min(least, wait[k], idle[k]+long)
	}
	return least
}
