package evaluation

// Deviation is how far the departures of one direction of a route were from the
// timetable: seconds, + is late. All stops but a trip's last count. Sorted by
// Route and Direction, as Evaluation.Lines.
type Deviation struct {
	LineRef
	Departures int            `json:"departures"`
	P50        int            `json:"p50"`
	P90        int            `json:"p90"`
	Latest     Latest         `json:"latest"`
	Kerb       int            `json:"kerb"` // how long all its vehicles waited for a free loading area
	Bins       []DeviationBin `json:"bins"` // bins with departures only
}

// DeviationBin are the departures that the timetable has in one bin.
type DeviationBin struct {
	Bin        int `json:"bin"`
	Departures int `json:"departures"`
	P50        int `json:"p50"`
	P90        int `json:"p90"`
	Max        int `json:"max"`
}

// Latest is the departure that was the latest.
type Latest struct {
	Seconds int    `json:"seconds"` // behind the timetable
	At      int    `json:"at"`      // when it left, from the horizon's start
	Stop    string `json:"stop"`    // id
	Trip    string `json:"trip"`    // id
}

// Blocks is how vehicles go on from trip to trip, and which carried lateness on.
type Blocks struct {
	Named    int `json:"named"`    // goings-on from one trip to the next that a feed names
	Inferred int `json:"inferred"` // those that were put together here, because the feed names none
	// Late are the blocks that carried lateness from one trip to the next, the latest
	// start first.
	Late []Block `json:"late"`
}

// Block is the trips that one vehicle makes one after the other.
type Block struct {
	ID       string   `json:"id"` // the feed's, or the first trip's where it was inferred
	Inferred bool     `json:"inferred"`
	Routes   []string `json:"routes"` // ids, in the order of their first trip
	Trips    int      `json:"trips"`
	Late     int      `json:"late"`      // trips for which it was ready a minute late or more, because the one before ended late
	MaxStart int      `json:"max_start"` // the latest of these beginnings: seconds behind the timetable
	At       int      `json:"at"`        // when that trip began
}
