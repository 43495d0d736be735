// Package demand is who travels, from where, to where and when: people's
// homes, venues and their gates, events, and the crowds they make.
package demand

import (
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
)

// Place is a position in Places: somewhere a journey starts or ends.
type Place uint32

// Places are the columns of population points and gates.
type Places struct {
	ID     []string
	At     []geo.Point
	People []uint32 // residents; 0 at a gate
}

// Venue is a stadium, an exhibition ground, a railway station, an airport:
// somewhere that many people come to and leave, through gates.
type Venue struct {
	ID       string
	Names    label.Names
	Kind     string // stadium, arena, exhibition, station, airport, landmark, park
	At       geo.Point
	Capacity uint32 // people; 0 when not known
	Gates    []Gate
	Basis    string // a basis.Kind: how its position and capacity are known
	Source   string
}

// Gate is a way in and out of a venue.
type Gate struct {
	ID        string
	Place     Place
	PerMinute uint32  // people who can leave through it in a minute; 0 when not known
	InPerMin  uint32  // people who can come in through it in a minute; 0 when not known
	Share     float64 // of the venue's people who use it; the shares of a venue sum to 1
}

// FindVenue is the position of the venue with an id.
func FindVenue(venues []Venue, id string) (int, bool) {
	i := slices.IndexFunc(venues, func(v Venue) bool { return v.ID == id })
	return i, i >= 0
}

// Population is the number of residents of all places.
func (p *Places) Population() uint64 {
	total := uint64(0)
	for _, people := range p.People {
		total += uint64(people)
	}
	return total
}
