package journey

import "github.com/qala-city/qala/internal/transit"

// Width is how many destinations one scan prices side by side: what it reads of
// the day it reads once for all of them.
const Width = 16

// row is one price a destination.
type row [Width]price

// rows are the prices of a scan on a day all of whose departures have minutes:
// all that pricing one takes, without asking anything else.
type rows struct {
	steps  []step   // by event
	caught []catch  // as in Footing
	queued []queued // of the steps that ask

	offers  []offer // by event
	endings []offer // by event: how long after its departure each of these reaches the destination; timed scans only
	least   []price // by event: the least that standing there costs towards any destination

	home []row  // by stop: the price of the walk to the destination
	last []row  // by stop: how long it takes; lost where it is too far
	near []bool // by stop: some destination is a walk away

	alight [][Width]alight // by visit that a ride begins with: what one does at its end

	idling price // what a wait costs for being long; lost where none is
	timed  bool  // it is also told when journeys end; crowds that only want to get home need it not
	vector bool  // the processor takes a row at once
}

// offer is what a departure is worth.
type offer struct {
	board row // boarding it, from its departure on
	wait  row // the best from its stop at its departure, boarding it or waiting a little
	idle  row // the same for who has waited long, to whom a second is one on board
}

// step is what pricing a departure takes from the day, and making plans with it: the same for
// every destination, and 64 bytes, a line of the processor's cache.
type step struct {
	on    Event         // the same vehicle's next departure, or NoEvent
	next  Event         // what leaves the departure's stop next, or NoEvent
	off   int32         // the next stop, or -1 where nobody may get off
	first uint32        // what can be caught there is caught[first : first+count]
	turn  uint32        // who comes now gets on queued[turn : turn+turns]
	visit transit.Visit // that it ends

	stand  price // of staying on board at the next stop
	hop    price // of the ride there
	little price // of waiting for what leaves next, to who waits a little
	gap    price // until then
	onward price // until the same vehicle leaves next
	rode   price // until it arrives at the next stop
	count  uint16
	turns  uint8
	kind   kind

	// for plans: what leaves from where, and when
	arrive transit.Seconds // at the next stop
	leave  transit.Seconds
	due    transit.Seconds // when it leaves by the timetable
	rank   uint32          // among the calls of all stops
	_      [2]uint32
}

// kind says what there is to weigh for who stands at a departure's stop.
type kind uint8

const (
	passes kind = iota // nobody gets on
	leaves             // one boards it, or waits for the next one
	shares             // there is a queue, and who comes now boards it, or waits for his turn on another one
	asks               // there is a queue, and who comes now waits for his turn
)

// queued is another departure that takes somebody when his turn in a queue has come.
type queued struct {
	event Event
	steep price // of waiting for it, to who waits a little
	wait  price // until then
}

func newRows(events, visits, stops int) rows {
	l := rows{
		steps: make([]step, events), offers: make([]offer, events), least: make([]price, events), alight: make([][Width]alight, visits),
		home: make([]row, stops), last: make([]row, stops), near: make([]bool, stops), vector: vectors,
	}
	for s := range l.last {
		l.last[s], l.home[s] = noWay, noWay
	}
	return l
}

// noWay is the row of what leads to no destination.
var noWay = rowOf(lost)

func rowOf(p price) row {
	var r row
	for k := range r {
		r[k] = p
	}
	return r
}

// endsWith makes room for when journeys end, or not.
func (l *rows) endsWith(timed bool) {
	if l.timed = timed; timed && len(l.endings) != len(l.offers) {
		l.endings = make([]offer, len(l.offers))
	}
}

// scanPlainly is scan on any processor.
func (l *rows) scanPlainly(e, until Event) {
	for ; e >= until; e-- {
		s, at := &l.steps[e], arrival{best: noWay}
		l.staying(s, &at)
		if s.off >= 0 {
			l.walking(s, &at)
			l.changing(s, &at)
		}
		l.ride(e, s, &at)
		switch s.kind {
		case passes:
		case leaves:
			l.stand(e, &at, l.following(s))
		default:
			l.stand(e, &at, l.queueing(s))
		}
	}
}

// arrival is what the end of a ride is worth, what one does there, and how long after the
// departure that ends; the last in timed scans only.
type arrival struct {
	best   row
	choice [Width]alight
	ends   row
}

// staying is remaining on board through a visit.
func (l *rows) staying(s *step, at *arrival) {
	if s.on == NoEvent {
		return
	}
	board := &l.offers[s.on].board
	for k := range Width {
		at.best[k] = board[k].and(s.stand)
	}
	if l.timed {
		at.ends = l.endings[s.on].board.after(s.onward)
	}
}

// after are times that are told from an earlier departure on.
func (r *row) after(gap price) (later row) {
	for k := range Width {
		later[k] = r[k].and(gap)
	}
	return later
}

// walking is getting off and going home on foot, where that is no dearer.
func (l *rows) walking(s *step, at *arrival) {
	if !l.near[s.off] {
		return
	}
	home, last := &l.home[s.off], &l.last[s.off]
	for k := range Width {
		if home[k] <= at.best[k] {
			at.best[k], at.choice[k], at.ends[k] = home[k], alightHome, last[k].and(s.rode)
		}
	}
}

// changing is getting off for another vehicle, where that is cheaper.
func (l *rows) changing(s *step, at *arrival) {
	worst := at.best.dearest()
	for i, c := range l.caught[s.first : s.first+uint32(s.count)] {
		// Destinations of a block lie together: most links better none of them.
		if uint32(c.low)+uint32(l.least[c.event]) >= worst {
			continue
		}
		wait, idle := &l.offers[c.event].wait, &l.offers[c.event].idle
		for k := range Width {
			little, long := wait[k].and(c.cost), idle[k].and(c.long)
			if cost := min(little, long); cost < at.best[k] {
				at.best[k], at.choice[k] = cost, alightLink+alight(i)
				if l.timed {
					at.ends[k] = l.endings[c.event].ofWait(k, little <= long).and(c.gap)
				}
			}
		}
		worst = at.best.dearest()
	}
}

func (r *row) dearest() uint32 {
	most := r[0]
	for _, p := range r[1:] {
		most = max(most, p)
	}
	return uint32(most)
}

// ofWait is the entry of who waits a little or long.
func (o *offer) ofWait(lane int, little bool) price {
	if little {
		return o.wait[lane]
	}
	return o.idle[lane]
}

// ride notes what boarding a departure is worth.
func (l *rows) ride(e Event, s *step, at *arrival) {
	at.best = at.best.after(s.hop)
	l.offers[e].board, l.alight[s.visit] = at.best, at.choice
	if l.timed {
		l.endings[e].board = at.ends
	}
}

// stay is what not boarding a departure is worth, for who waits a little and
// for who waits long, and how long after it that ends.
type stay struct{ wait, idle, reach, after row }

// following is waiting for the next departure.
func (l *rows) following(s *step) stay {
	if s.next == NoEvent {
		return stay{wait: noWay, idle: noWay}
	}
	next := &l.offers[s.next]
	later := stay{wait: next.wait.after(s.little), idle: next.idle.after(s.gap)}
	if l.timed {
		ends := &l.endings[s.next]
		later.reach, later.after = ends.wait.after(s.gap), ends.idle.after(s.gap)
	}
	return later
}

// queueing is waiting for one's turn.
func (l *rows) queueing(s *step) stay {
	later := stay{wait: noWay, idle: noWay}
	for _, t := range l.queued[s.turn : s.turn+uint32(s.turns)] {
		board, ends := &l.offers[t.event].board, row{}
		if l.timed {
			ends = l.endings[t.event].board.after(t.wait)
		}
		for k := range Width {
			if little := board[k].and(t.steep); little < later.wait[k] {
				later.wait[k], later.reach[k] = little, ends[k]
			}
			if long := board[k].and(t.wait); long < later.idle[k] {
				later.idle[k], later.after[k] = long, ends[k]
			}
		}
	}
	return later
}

// stand weighs boarding a departure against letting it go.
func (l *rows) stand(e Event, at *arrival, s stay) {
	if l.steps[e].kind != asks {
		for k, board := range at.best {
			if board <= s.wait[k] {
				s.wait[k], s.reach[k] = board, at.ends[k]
			}
			if board <= s.idle[k] {
				s.idle[k], s.after[k] = board, at.ends[k]
			}
		}
	}
	l.offers[e].wait, l.offers[e].idle = s.wait, s.idle
	l.least[e] = lowest(&s.wait, &s.idle, l.idling)
	if l.timed {
		l.endings[e].wait, l.endings[e].idle = s.reach, s.after
	}
}

// lowest is the least that standing somewhere costs towards any destination.
func lowest(wait, idle *row, long price) price {
	least := lost
	for k := range Width {
		least = min(least, wait[k], idle[k].and(long))
	}
	return least
}
