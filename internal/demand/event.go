package demand

import (
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/polygon"
	"github.com/qala-city/qala/internal/transit"
)

// Event is a special day at a venue.
type Event struct {
	ID           string
	Names        label.Names
	Venue        string // a Venue's ID
	Date         transit.Date
	Sessions     []Session
	TransitShare float64 // of the attendance that comes and goes by public transport, 0..1
	ShareSpan    Span    // what TransitShare may be instead
	Origins      Origins
	Classes      []ClassShare // of the event's own people; empty: all are Ordinary
	Everyday     Everyday     // the city's other travellers of the day
	Sources      []Sourced    // where the event's own numbers come from
}

// Session is one sitting of an event: its people arrive around Start and leave around End.
type Session struct {
	Name           string
	Start, End     transit.Seconds // on the service day's clock; may pass 24:00
	Attendance     uint32
	AttendanceSpan Span    // what Attendance may be instead
	Arrive         Profile // share at the gates, seconds relative to Start
	Leave          Profile // share out of the gates, seconds relative to End
}

// Profile is a cumulative share over time: straight lines between its points,
// times strictly ascending, shares never falling and ending at 1.
type Profile []ProfilePoint

// ProfilePoint says that by At the share has come (or gone).
type ProfilePoint struct {
	At    transit.Seconds
	Share float64
}

// Origins say where an event's people live or stay. The shares sum to 1.
type Origins struct {
	Residents    float64 // share spread over the population
	DecayPerMin  float64 // gravity: weight = people * exp(-DecayPerMin * minutes)
	MetersPerMin float64 // speed by which a straight line becomes minutes
	FromVenues   []OriginVenue
	FromAreas    []OriginArea
}

// OriginArea is a share that starts at the homes within an outline, each home by
// its people.
type OriginArea struct {
	Name    string
	Outline []geo.Point // three or more
	Share   float64
}

// Holds reports whether a point lies within the outline.
func (a *OriginArea) Holds(at geo.Point) bool {
	var ring polygon.Ring
	for _, p := range a.Outline {
		ring = append(ring, polygon.XY{X: p.Lon, Y: p.Lat})
	}
	return polygon.Surface{ring}.Contains(polygon.XY{X: at.Lon, Y: at.Lat})
}

// People are the residents of the places within the outline.
func (a *OriginArea) People(places *Places) uint64 {
	total := uint64(0)
	for p, at := range places.At {
		if places.People[p] > 0 && a.Holds(at) {
			total += uint64(places.People[p])
		}
	}
	return total
}

// OriginVenue is a share that starts at another venue: a railway station, an airport.
type OriginVenue struct {
	Venue string
	Share float64
}

// Sourced is a number of an event file with its origin.
type Sourced struct {
	Field  string // dotted path in the event file, such as sessions[0].attendance
	Kind   string // a basis.Kind
	Source string
}
