package station

import (
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// Spot is a position in Spots: somewhere in a station.
type Spot uint32

// Layout is how people get about in stations before anybody knows where they
// come from: spots, and the steps that lead from one to another. Package network
// makes ways of it. The zero value is a city of which nothing is known.
type Layout struct {
	Facilities Facilities
	Spots      Spots
	Steps      Steps
	Platforms  Platforms // sorted by Stop, each once
}

// Spots are the columns of what people walk between: doors to the street,
// boarding places, and what lies between them.
type Spots struct {
	ID      []string
	Station []transit.Stop // the station, or the stop that is in none; None when not known
	Stop    []transit.Stop // the boarding place that it is, or None; each at most once
	Door    []bool         // people come in from the street here, and go out
	At      []geo.Point    // of doors
	// Ends is true where somebody who comes in goes no further: a boarding place
	// whose areas are spots of their own.
	Ends []bool
}

// Len is the number of spots.
func (s *Spots) Len() int { return len(s.ID) }

// Steps lead one way from spot to spot; what leads both ways is two of them.
type Steps struct {
	From, Into []Spot
	Facility   []Facility // what is passed, or None
	Walk       []uint32   // milliseconds, of somebody whom nobody hinders
	StepFree   []bool
}

// Len is the number of steps.
func (s *Steps) Len() int { return len(s.From) }

// Empty reports whether nothing is known of what people pass. Something may be
// known of what boarding places take.
func (l *Layout) Empty() bool { return l.Spots.Len() == 0 }

// StepFree reports whether every step can be made by somebody who takes no steps.
func (l *Layout) StepFree() bool {
	for _, free := range l.Steps.StepFree {
		if !free {
			return false
		}
	}
	return true
}
