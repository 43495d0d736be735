// Package transit is the vocabulary of scheduled service and the Timetable.
//
// A trip is a vehicle's; a person makes a journey. Ids are the strings of the
// files; dense indexes (Stop, Route, ...) are positions in the Timetable's
// columns and mean nothing outside of their Timetable.
package transit

import "github.com/qala-city/qala/internal/geo"

// Ids as the source wrote them. With several feeds in one city each is prefixed
// with its feed's name and a colon.
type (
	AgencyID   string
	StopID     string
	RouteID    string
	TripID     string
	CalendarID string
	BlockID    string
)

// Dense indexes into the columns of a Timetable.
type (
	Agency   uint32
	Stop     uint32
	Route    uint32
	Pattern  uint32
	Trip     uint32
	Calendar uint32
	Shape    uint32
	Vehicle  uint32 // a type of vehicle, not one bus
)

// None is the index that stands for "there is none" in an optional column.
const None = ^uint32(0)

// Direction is 0 or 1 as in GTFS; which of them is outbound is the feed's choice.
type Direction uint8

// Boarding says what passengers may do at one place of a pattern.
type Boarding uint8

// What passengers may do; the zero value lets nobody on or off.
const (
	MayBoard  Boarding = 1 << iota // pick-up
	MayAlight                      // drop-off
)

// Agencies are the columns of the operators.
type Agencies struct {
	ID   []AgencyID
	Name []string
	Zone []string // IANA time zone; trips count from its noon minus twelve hours
}

// Stops are the columns of the boarding places and their stations.
type Stops struct {
	ID     []StopID
	Name   []string
	At     []geo.Point
	Parent []Stop // the station, or None
}

// Routes are the columns of the public lines.
type Routes struct {
	ID     []RouteID
	Agency []Agency
	Name   []string // short name, or long name where there is no short one
	Long   []string
	Type   []uint16 // GTFS route_type, basic or extended
	Color  []string // six hexadecimal digits, or ""
}

// Patterns are ordered stops shared by trips of one route and direction.
// Pattern p has the places First[p] to First[p+1].
type Patterns struct {
	Route     []Route
	Direction []Direction
	Shape     []Shape  // or None
	First     []uint32 // one more entry than patterns
	Stop      []Stop   // by place
	Boarding  []Boarding
}

// Trips are the columns of the vehicles' journeys. The times of trip t stand
// at FirstTime[t] + its place in the pattern.
type Trips struct {
	ID        []TripID
	Pattern   []Pattern
	Calendar  []Calendar
	Headsign  []string
	Block     []BlockID // "" where the feed names none
	Vehicle   []Vehicle
	FirstTime []uint32
	Arrive    []Seconds // by FirstTime + place
	Depart    []Seconds
}

// Frequencies repeat a trip: from Start, every Headway, before End. The times
// of the trip itself then only tell how long it takes. Sorted by Trip, Start.
type Frequencies struct {
	Trip    []Trip
	Start   []Seconds
	End     []Seconds
	Headway []Seconds
	Exact   []bool // false: only the headway is promised, the phase is drawn per seed
}

// Calendars say on which dates a trip runs. Calendar c has the dates
// First[c] to First[c+1], ascending.
type Calendars struct {
	ID    []CalendarID
	First []uint32
	Date  []Date
}

// Shapes are the lines that vehicles follow. Shape s has the points First[s] to First[s+1].
type Shapes struct {
	First []uint32
	Point []geo.Point
}

// Vehicles are the types of vehicle: how many people one takes and how fast they get in.
type Vehicles struct {
	Name        []string
	Seats       []uint32
	Room        []uint32 // seats and standing places together; never exceeded
	Doors       []uint32
	BoardTime   []float32 // seconds per boarding and door
	AlightTime  []float32
	LengthM     []float32
	Kind        []string // a basis.Kind: where the room comes from
	Source      []string
	FromDefault []bool // true: nobody stated it for this line, a route_type's default stands in
}

// Fleets are how many vehicles serve a route and how long they turn back.
type Fleets struct {
	Route    []Route
	Vehicles []uint32 // all that exist
	Reserve  []uint32 // of these, kept back for failures
	Turnback []Seconds
	Kind     []string // a basis.Kind
	Source   []string
}

// Translations are names in further languages: what the text of a stop, a
// route or a headsign is called. Sorted by Text, Language; each pair once.
type Translations struct {
	Text     []string
	Language []string // BCP 47
	Name     []string
}

// Cancellations take dated trips out: those of a trip on a date that leave
// their first stop from From on and before To, as the service day counts.
// Sorted by Trip, Date, From.
type Cancellations struct {
	Trip []Trip
	Date []Date
	From []Seconds
	To   []Seconds
}
