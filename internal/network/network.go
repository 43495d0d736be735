// Package network is everything fixed about a city in one immutable value:
// its timetable, its streets, its places and venues, and the walks between them. Package
// transit holds the timetable alone; package scenario makes one Network from
// another.
package network

import (
	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// Network is a city's service, places and walks. Nobody changes one.
type Network struct {
	City      City
	Timetable *transit.Timetable
	Streets   *street.Graph // nil where none are known
	Places    demand.Places
	Venues    []demand.Venue
	Walking   Walking
	Transfers Links     // by transit.Stop: from each stop to the stops one may change to, itself included
	Access    Links     // by demand.Place: between each place and the stops around it, either way
	GateWalks GateWalks // empty without streets
	Stations  station.Stations
	Doors     Doors
	Numbers   []basis.Number
	Credits   []basis.Credit
}

// City names the city.
type City struct {
	ID    string
	Names label.Names
	Zone  string // IANA time zone of its event days
	// Illustration is true for an example that is not a real city's timetable.
	Illustration bool
}

// Walking is how people get about on foot: along the streets where there are
// any, else the straight line times Detour, at Speed. The most meters are of the
// straight line; a way along streets may be Detour times as long.
type Walking struct {
	Speed       float64 // meters per second
	Detour      float64 // way / straight line, at least 1
	MaxAccess   float64 // meters of straight line from a place to a stop
	MaxTransfer float64 // meters of straight line from stop to stop
	MaxDirect   float64 // meters of straight line that somebody walks instead of riding
	Steps       float64 // share of Speed on steps, along the ground; matters with streets
	Nearest     uint32  // a place is linked to at least so many stops, however far
}

// DefaultWalking holds the values that are used where a city states none.
var DefaultWalking = Walking{Speed: 1.34, Detour: 1.3, MaxAccess: 1000, MaxTransfer: 300, MaxDirect: 2500, Steps: .5, Nearest: 3}

// Doors are where streets lead into stations. The links go by them already; they
// are kept for walks to be found later, of points that are no places.
type Doors struct {
	ID     []string
	At     []geo.Point
	Inside Links // by door: the ways from it to boarding places
}

// Links are walks to stops, in rows: row i has the links First[i] to First[i+1].
type Links struct {
	First []uint32
	To    []transit.Stop
	Walk  []transit.Seconds

	// Way is what is passed on the walk, a row of Stations.Ways or transit.None;
	// nil when nothing is passed anywhere. Access ways lead from the place to the stop.
	Way []uint32
	// FreeWalk and FreeWay are the same for somebody who takes no steps, FreeWalk
	// -1 where he cannot go; both nil when every walk is free of steps.
	FreeWalk []transit.Seconds
	FreeWay  []uint32
}

// Row are the stops that row i is linked to, with the walks in seconds.
func (l *Links) Row(i uint32) ([]transit.Stop, []transit.Seconds) {
	from, to := l.First[i], l.First[i+1]
	return l.To[from:to], l.Walk[from:to]
}
