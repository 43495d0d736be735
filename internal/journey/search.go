package journey

import (
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Search finds journeys. It is the scratch of one goroutine, used again for every query.
type Search struct {
	Work Work // of all queries so far

	ix     *Index
	walker *network.Walker // nil until somebody asks for a point

	// The ends of the query: the walks to where one first boards and from where
	// one last gets off, as lists and by stop (-1: none).
	starts, goals []walk
	start, goal   []transit.Seconds

	ready, later []instant // by stop: when one can be there for a departure
	alit         []instant // by stop: when one first gets off there
	latest, past []instant // by stop: until when getting off there still serves
	left         []instant // by stop: the last departure that serves
	reached      []int32   // by dated trip: the first of its hops that one can be on, or noHop
	serves       []bool    // by dated trip: being on board serves from here on

	few      []few // by hop of the scan: the fewest boardings
	toward   *Toward
	priced   priced
	frontier frontier
	rides    []ride
}

// walk is a way on foot between an end and a stop.
type walk struct {
	stop transit.Stop
	time transit.Seconds
}

// noHop comes after every hop.
const noHop = int32(1<<31 - 1)

// Search makes a scratch for journeys on this day.
func (ix *Index) Search() *Search {
	stops, trips := len(ix.Network.Timetable.Stops.ID), len(ix.Day.Trip)
	s := &Search{
		ix: ix, start: make([]transit.Seconds, stops), goal: make([]transit.Seconds, stops),
		ready: make([]instant, stops), later: make([]instant, stops), alit: make([]instant, stops),
		latest: make([]instant, stops), past: make([]instant, stops), left: make([]instant, stops),
		reached: make([]int32, trips), serves: make([]bool, trips),
	}
	fill(s.start, -1)
	fill(s.goal, -1)
	return s
}

// fill sets a whole column; doubling copies are as fast as clearing it.
func fill[T any](column []T, value T) {
	if len(column) == 0 {
		return
	}
	column[0] = value
	for n := 1; n < len(column); n *= 2 {
		copy(column[n:], column[:n])
	}
}

// EarliestArrival is the journey that arrives first of those that leave at
// Leave or later; of these one with the fewest boardings, and of those the one
// that sets off last. False when there is none.
func (s *Search) EarliestArrival(q Query) (Journey, bool) {
	s.set(q.From, q.To)
	foot, near := s.direct(q.From, q.To)
	best := tooLate
	if near {
		best = q.Leave + foot
	}
	arrive := s.forward(q.Leave, best, true)
	if near && arrive == best {
		return walked(q.Leave, foot), true
	}
	if arrive == tooLate {
		return Journey{}, false
	}
	j := s.fewest(q.Leave, arrive)
	if q.MaxBoardings == 0 || j.Boardings <= q.MaxBoardings {
		return j, true
	}
	arrive = s.forwardWithin(q.Leave, best, q.MaxBoardings)
	switch {
	case arrive == tooLate:
		return Journey{}, false
	case near && arrive == best:
		return walked(q.Leave, foot), true
	}
	return s.fewest(q.Leave, arrive), true
}

// ArriveBy is the journey that sets off last of those that arrive at By or
// earlier; of these one with the fewest boardings, and of those the one that
// arrives first. False when there is none.
func (s *Search) ArriveBy(q Query) (Journey, bool) {
	s.set(q.From, q.To)
	foot, near := s.direct(q.From, q.To)
	best := -tooLate
	if near {
		best = q.By - foot
	}
	depart := s.backward(q.By, best)
	if near && depart == best {
		return walked(depart, foot), true
	}
	if depart == -tooLate {
		return Journey{}, false
	}
	s.forward(depart, q.By, false)
	j := s.fewest(depart, q.By)
	if q.MaxBoardings == 0 || j.Boardings <= q.MaxBoardings {
		return j, true
	}
	depart = s.backwardWithin(q.By, best, q.MaxBoardings)
	switch {
	case depart == -tooLate:
		return Journey{}, false
	case near && depart == best:
		return walked(depart, foot), true
	}
	s.forward(depart, q.By, false)
	return s.fewest(depart, q.By), true
}
