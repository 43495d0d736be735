// Package station is what people pass on foot in stations and at venues, one
// after another: gates, doors, stairs, escalators, passages; and how many
// people and vehicles a boarding place takes. Package serve plays how a crowd
// gets through; package capacity holds the formulas.
package station

import (
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// Facility is a position in Facilities: one thing that people pass.
type Facility uint32

// Kind is what a facility is.
type Kind uint8

// The kinds of facility.
const (
	Gate      Kind = iota + 1 // a ticket gate, a turnstile, a search lane: one person a channel
	Door                      // a way through a wall, by its width
	Stairs                    // steps, by their width; walked
	Escalator                 // one channel a moving staircase
	Lift                      // people in cabins, as a rate
	Passage                   // a corridor, a ramp, a bridge, by its width; walked
)

// Stations are the facilities of a city, the ways through them, and what its
// boarding places take. The zero value is a city of which nothing is known: nobody
// is held up anywhere.
type Stations struct {
	Facilities Facilities
	Ways       Ways
	Platforms  Platforms
}

// Facilities are the columns of what people pass. People in both directions
// share a facility.
type Facilities struct {
	ID      []string
	Name    []string
	Kind    []Kind
	Station []transit.Stop // the station or stop it belongs to
	At      []geo.Point    // the zero point when not known

	// Channels serve one person each at a time, for Service; a facility with
	// Service 0 does not hold anybody up so. Variation is the coefficient of
	// variation of Service in percent: 0 (always the same) or 100 (exponential).
	Channels  []uint32
	Service   []uint32 // milliseconds a person and channel
	Variation []uint8

	// Length and Width in meters make something to be walked along: the denser
	// the crowd, the slower. Speed is the walking speed of who is alone there, in
	// meters per second. Width 0: not known, the walk always takes the same.
	Length []float32
	Width  []float32
	Speed  []float32

	StepFree []bool   // can be used by somebody who takes no steps
	Basis    []string // a basis.Kind: how its rate is known
	Source   []string
}

// Len is the number of facilities.
func (f *Facilities) Len() int { return len(f.ID) }

// Ways are ordered lists of facilities: way w passes Facility[First[w]] to
// Facility[First[w+1]]. A way leads from a street to a platform, or from one
// platform to another; whoever walks it the other way passes its facilities in
// reverse.
type Ways struct {
	First    []uint32
	Facility []Facility
	// Left is how many seconds of unhindered walk are left from coming to the
	// facility until the end of the way, by entry of Facility; never rising along a way.
	Left []transit.Seconds
}

// Len is the number of ways.
func (w *Ways) Len() int { return max(len(w.First)-1, 0) }

// Platforms are what single boarding places take, sorted by Stop, each once.
// Stops that are not listed take everybody and every vehicle.
type Platforms struct {
	Stop   []transit.Stop
	Area   []float32 // square meters where people wait; 0 when not known
	Holds  []uint32  // people who may wait there at once; 0: no limit
	Stands []uint32  // vehicles that may stop there at once (loading areas); 0: no limit
	Basis  []string
	Source []string
}

// Len is the number of boarding places of which something is known.
func (p *Platforms) Len() int { return len(p.Stop) }
