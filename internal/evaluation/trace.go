package evaluation

// Trace is what single vehicles and people did, for a city that is small enough
// to be read person by person. It is no part of a results file.
type Trace struct {
	Departures []Departure // at which somebody got on, got off or was left behind, in time
	Journeys   []Journey   // one a traveller, in their order
}

// Departure is a vehicle that leaves a stop.
type Departure struct {
	Stop   string // id
	Route  string // name
	At     int    // seconds from the horizon's start, as all times here
	On     int
	Off    int
	Load   int // on board when it leaves
	Denied int
}

// Journey is what one traveller did.
type Journey struct {
	State string // one of the words below
	SetOff,
	End int // End only of who arrived
	Rides   []Ride
	WaitsAt string // id of the stop at which he is stranded, "" for others
}

// What became of a traveller.
const (
	StateArrived   = "arrived"
	StateOnTheWay  = "on the way"
	StateNoService = "no service" // no journey existed when he wanted to leave
	StateLastGone  = "last gone"  // still waiting at a stop when the horizon ended
)

// Ride is one leg of a journey.
type Ride struct {
	Route          string // name
	From, To       string // stop ids
	Depart, Arrive int
	Denied         int // departures that left him behind before
}
