package headway

import (
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// Volumes are people on lines, in fractions: what strategies carry in the mean.
type Volumes struct {
	Waited   []float64 // by stop: people who stood there until a line took them
	Boarded  []float64 // by place
	Aboard   []float64 // by place: on board from there to the next
	Alighted []float64 // by place
	Arrived  float64
	Lost     float64 // people at stops from which there is no way
}

// NewVolumes are those of nobody.
func (s *Search) NewVolumes() *Volumes {
	places := len(s.problem.Lines.Stop)
	return &Volumes{
		Waited: make([]float64, s.problem.Stops), Boarded: make([]float64, places),
		Aboard: make([]float64, places), Alighted: make([]float64, places),
	}
}

// Load adds the people who come to stops, by stop, and follow a strategy.
// Strategies to other destinations may be loaded onto the same Volumes.
func (s *Search) Load(v *Volumes, towards *Strategy, people []float64) {
	at, aboard := slices.Clone(people), make([]float64, len(towards.Board)) // of this strategy alone
	for i := len(towards.order) - 1; i >= 0; i-- {
		id := towards.order[i]
		if stop := int(id) - len(towards.Board); stop >= 0 {
			s.loadStop(v, towards, transit.Stop(stop), at, aboard)
		} else if aboard[id] > 0 {
			s.loadPlace(v, towards, id, at, aboard)
		}
	}
	for _, left := range at {
		v.Lost += left
	}
}

// loadStop shares those who stand at a stop out among its attractive lines.
func (s *Search) loadStop(v *Volumes, towards *Strategy, stop transit.Stop, at, aboard []float64) {
	people := at[stop]
	v.Waited[stop] += people
	at[stop] = 0
	for _, place := range s.calls.of(stop) {
		board := float64(people * towards.Share[place])
		v.Boarded[place] += board
		aboard[place] += board
	}
}

// loadPlace moves those on board to the next place and does there what the strategy says.
func (s *Search) loadPlace(v *Volumes, towards *Strategy, place uint32, at, aboard []float64) {
	people, next := aboard[place], place+1
	v.Aboard[place] += people
	how := towards.Alight[next]
	if how == Stay {
		aboard[next] += people
		return
	}
	v.Alighted[next] += people
	if how == Home {
		v.Arrived += people
		return
	}
	stops, _ := s.problem.Transfers.Row(uint32(s.problem.Lines.Stop[next]))
	at[stops[how-Change]] += people
}
