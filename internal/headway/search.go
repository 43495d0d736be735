package headway

import (
	"math"

	"github.com/qala-city/qala/internal/transit"
)

// Search holds what the strategies to all destinations share. It is only read
// and may be used by many goroutines.
type Search struct {
	problem *Problem
	rate    []float64 // by line: boardings a second that its wait stands for, 1 / (Alpha * headway)
	line    []uint32  // by place
	calls   rows      // by stop: the places there
	into    []origins // by stop: from where one may change to it
}

// rows are lists of places: row i is place[first[i]:first[i+1]].
type rows struct {
	first []uint32
	place []uint32
}

func (r *rows) of(stop transit.Stop) []uint32 { return r.place[r.first[stop]:r.first[stop+1]] }

// origins are the stops from which one may change to a stop.
type origins []origin

type origin struct {
	stop  transit.Stop
	link  uint32 // in the row of stop
	price float64
}

// NewSearch prepares a Problem, which must not be changed from then on.
func NewSearch(p *Problem) *Search {
	s := &Search{problem: p, line: make([]uint32, len(p.Lines.Stop)), into: make([]origins, p.Stops)}
	for l, h := range p.Lines.Headway {
		s.rate = append(s.rate, 1/float64(p.Weights.Alpha*h))
		for place := p.Lines.First[l]; place < p.Lines.First[l+1]; place++ {
			s.line[place] = uint32(l)
		}
	}
	s.calls = callsOf(&p.Lines, p.Stops)
	for from := range len(p.Transfers.First) - 1 {
		stops, walks := p.Transfers.Row(uint32(from))
		for i, to := range stops {
			price := p.Weights.walk(walks[i]) + float64(p.Weights.Change)
			s.into[to] = append(s.into[to], origin{transit.Stop(from), uint32(i), price})
		}
	}
	return s
}

// callsOf lists each stop's places in their order.
func callsOf(l *Lines, stops int) rows {
	r := rows{first: make([]uint32, stops+1), place: make([]uint32, len(l.Stop))}
	for _, stop := range l.Stop {
		r.first[stop+1]++
	}
	for s := range stops {
		r.first[s+1] += r.first[s]
	}
	free := append([]uint32(nil), r.first...)
	for place, stop := range l.Stop {
		r.place[free[stop]] = uint32(place)
		free[stop]++
	}
	return r
}

// walk is the price of a walk.
func (w Weights) walk(s transit.Seconds) float64 { return grain(float64(w.Walk * float64(s))) }

// grain rounds a price to whole parts of a second small enough to mean
// nothing. Sums of such prices are exact, so that the order in which they are
// taken cannot make equal ones differ.
func grain(price float64) float64 { return math.Round(price*grains) / grains }

const grains = 1 << 20

// boards reports whether somebody may get on at a place.
func (s *Search) boards(place uint32) bool {
	last := place+1 == s.problem.Lines.First[s.line[place]+1]
	return !last && s.problem.Lines.Boarding[place]&transit.MayBoard != 0
}

// alights reports whether somebody may get off at a place.
func (s *Search) alights(place uint32) bool {
	return !s.starts(place) && s.problem.Lines.Boarding[place]&transit.MayAlight != 0
}

// starts reports whether a line starts at a place.
func (s *Search) starts(place uint32) bool { return place == s.problem.Lines.First[s.line[place]] }
