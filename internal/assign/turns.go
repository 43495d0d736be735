package assign

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// turns are the turns that people got at one stop: how long who joined the queue
// just before a departure had to wait until a vehicle of each pattern took him, as a mean
// over the rounds.
type turns struct {
	visits []transit.Visit // departures where people may board, in the timetable's order
	kinds  []calling       // what stops there
	kind   []int           // by visit: its position in kinds
	wait   []transit.Seconds

	order []int             // scratch: positions in visits
	of    [][]transit.Visit // scratch: by kind, its visits in order
}

// calling is a pattern at one of its places.
type calling struct {
	pattern transit.Pattern
	place   uint16
}

// at is the entry of wait for a departure and a kind.
func (q *turns) at(visit, kind int) *transit.Seconds { return &q.wait[visit*len(q.kinds)+kind] }

// learnQueues moves the means of all stops where somebody was ever left behind.
func (m *memory) learnQueues(p *Problem, c *calls, o *Outcome, round int, settles bool) {
	for _, v := range o.Departed {
		full := o.Denied[v] > 0 || settles && !p.roomy(o, v)
		if stop := p.Day.Stop[v]; full && m.queues[stop] == nil {
			m.queues[stop] = newTurns(p, c.at(stop))
			m.queues[stop].learn(p, o, 1, everybody)
		}
	}
	by := byTicket
	if settles {
		by = byRoom
	}
	for _, q := range m.queues {
		q.learn(p, o, round, by)
	}
}

// takes says whom a departure takes who joins the queue just before another one.
type takes uint8

const (
	everybody takes = iota // as if there were room for all
	byTicket               // whoever stands before the first whom it left behind
	byRoom                 // those for whom there was a place when it left
)

func (by takes) one(p *Problem, o *Outcome, joined, d transit.Visit) bool {
	switch by {
	case byTicket:
		return o.Refused[d] == 0 || o.Refused[d] > o.Ticket[joined]
	case byRoom:
		return p.roomy(o, d)
	}
	return true
}

// roomy reports whether a vehicle left with a free place.
func (p *Problem) roomy(o *Outcome, v transit.Visit) bool { return o.Load[v] < p.room(p.Day.Owner[v]) }

func newTurns(p *Problem, visits []transit.Visit) *turns {
	q := &turns{visits: visits, kind: make([]int, len(visits))}
	for i, v := range visits {
		c := p.calling(v)
		at := slices.Index(q.kinds, c)
		if at < 0 {
			at = len(q.kinds)
			q.kinds = append(q.kinds, c)
		}
		q.kind[i] = at
	}
	q.wait = make([]transit.Seconds, len(q.visits)*len(q.kinds))
	q.of = make([][]transit.Visit, len(q.kinds))
	return q
}

func (p *Problem) calling(v transit.Visit) calling {
	return calling{p.pattern(p.Day.Owner[v]), uint16(p.Day.Place(v))}
}

// learn moves the means towards what a round showed.
func (q *turns) learn(p *Problem, o *Outcome, round int, by takes) {
	q.sort(func(v transit.Visit) int { return int(o.Depart[v]) })
	for kind := range q.kinds {
		for i, v := range q.visits {
			mean := q.at(i, kind)
			*mean = moved(*mean, turn(p, o, v, q.of[kind], by), round)
		}
	}
}

// sort puts the visits of each kind in the order of something; of equals the
// timetable's, by which they are in order nearly.
func (q *turns) sort(by func(transit.Visit) int) {
	q.order = q.order[:0]
	for i, v := range q.visits {
		at := len(q.order)
		q.order = append(q.order, i)
		for key := by(v); at > 0 && by(q.visits[q.order[at-1]]) > key; at-- {
			q.order[at] = q.order[at-1]
		}
		q.order[at] = i
	}
	for kind := range q.of {
		q.of[kind] = q.of[kind][:0]
	}
	for _, i := range q.order {
		q.of[q.kind[i]] = append(q.of[q.kind[i]], q.visits[i])
	}
}

// turn is how long who joins just before a departure waits for the first of
// others that takes him; until the horizon ends where none does.
func turn(p *Problem, o *Outcome, v transit.Visit, of []transit.Visit, by takes) transit.Seconds {
	i, _ := slices.BinarySearchFunc(of, o.Depart[v], func(d transit.Visit, at transit.Seconds) int { return cmp.Compare(o.Depart[d], at) })
	for ; i < len(of); i++ {
		if d := of[i]; by.one(p, o, v, d) {
			return o.Depart[d] - o.Depart[v]
		}
	}
	return max(p.Day.Horizon.Length-o.Depart[v], 0)
}

// queueing is what travellers know of queues on a timeline: for each departure
// before which one has to stand in a queue, when one gets on what.
func (m *memory) queueing(p *Problem, tl *journey.Timeline) *journey.Queues {
	if m.queues == nil {
		return nil
	}
	stops := make([]transit.Stop, 0, len(m.queues))
	for stop := range m.queues {
		stops = append(stops, stop)
	}
	slices.Sort(stops)
	out := journey.NewQueues(len(p.Day.Stop))
	for _, stop := range stops {
		m.queues[stop].tell(tl, out)
	}
	return out
}

// tell adds the departures of one stop before which people stand in a queue.
func (q *turns) tell(tl *journey.Timeline, out *journey.Queues) {
	q.sort(func(v transit.Visit) int { return int(tl.EventOf(v)) })
	var room [16]journey.Turn
	turns := room[:0]
	for i, v := range q.visits {
		turns = turns[:0]
		queued := false
		for kind := range q.kinds {
			wait := *q.at(i, kind)
			turn, late, ok := turnOf(tl, v, q.of[kind], wait)
			queued = queued || late
			if ok {
				turns = append(turns, turn)
			}
		}
		if queued {
			out.Add(v, turns)
		}
	}
}

// turnOf is the departure of one kind that somebody gets on who has to wait so
// long from a departure on, and whether it is not the next one.
func turnOf(tl *journey.Timeline, v transit.Visit, of []transit.Visit, wait transit.Seconds) (t journey.Turn, late, ok bool) {
	now, first := tl.Leave(tl.EventOf(v)), tl.EventOf(v)
	i, _ := slices.BinarySearchFunc(of, first, func(d transit.Visit, e journey.Event) int { return cmp.Compare(tl.EventOf(d), e) })
	next := i
	for i < len(of) && tl.Leave(tl.EventOf(of[i]))-now < wait {
		i++
	}
	if i == len(of) {
		return journey.Turn{}, next < len(of), false
	}
	return journey.Turn{Event: tl.EventOf(of[i]), Wait: max(wait, tl.Leave(tl.EventOf(of[i]))-now)}, i > next, true
}
