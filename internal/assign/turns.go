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
	wait   []transit.Seconds
}

// calling is a pattern at one of its places.
type calling struct {
	pattern transit.Pattern
	place   uint16
}

// at is the entry of wait for a departure and a kind.
func (q *turns) at(visit, kind int) *transit.Seconds { return &q.wait[visit*len(q.kinds)+kind] }

// learnQueues moves the means of all stops where somebody was ever left behind.
func (m *memory) learnQueues(p *Problem, o *Outcome, round int, settles bool) {
	for _, v := range o.Departed {
		full := o.Denied[v] > 0 || settles && !p.roomy(o, v)
		if stop := p.Day.Stop[v]; full && m.queues[stop] == nil {
			m.queues[stop] = newTurns(p, stop)
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

func newTurns(p *Problem, stop transit.Stop) *turns {
	q := &turns{}
	for _, v := range p.Day.Departures {
		if p.Day.Stop[v] == stop && p.Day.Boarding[v]&transit.MayBoard != 0 {
			q.visits = append(q.visits, v)
			if c := p.calling(v); !slices.Contains(q.kinds, c) {
				q.kinds = append(q.kinds, c)
			}
		}
	}
	q.wait = make([]transit.Seconds, len(q.visits)*len(q.kinds))
	return q
}

func (p *Problem) calling(v transit.Visit) calling {
	return calling{p.pattern(p.Day.Owner[v]), uint16(p.Day.Place(v))}
}

// learn moves the means towards what a round showed.
func (q *turns) learn(p *Problem, o *Outcome, round int, by takes) {
	order := slices.Clone(q.visits)
	slices.SortStableFunc(order, func(a, b transit.Visit) int { return cmp.Compare(o.Depart[a], o.Depart[b]) })
	for kind, c := range q.kinds {
		of := slices.DeleteFunc(slices.Clone(order), func(v transit.Visit) bool { return p.calling(v) != c })
		for i, v := range q.visits {
			mean := q.at(i, kind)
			*mean = moved(*mean, turn(p, o, v, of, by), round)
		}
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
		m.queues[stop].tell(p, tl, out)
	}
	return out
}

// tell adds the departures of one stop before which people stand in a queue.
func (q *turns) tell(p *Problem, tl *journey.Timeline, out *journey.Queues) {
	order := slices.Clone(q.visits)
	slices.SortStableFunc(order, func(a, b transit.Visit) int { return cmp.Compare(tl.EventOf(a), tl.EventOf(b)) })
	of := make([][]transit.Visit, len(q.kinds))
	for _, v := range order {
		kind := slices.Index(q.kinds, p.calling(v))
		of[kind] = append(of[kind], v)
	}
	for i, v := range q.visits {
		var turns []journey.Turn
		queued := false
		for kind := range q.kinds {
			wait := *q.at(i, kind)
			turn, late, ok := turnOf(tl, v, of[kind], wait)
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
