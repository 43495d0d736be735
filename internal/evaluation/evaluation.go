// Package evaluation is the measured outcome of a scenario as a value: what a
// run writes and a report reads.
//
// Times are seconds from Horizon.Start; a bin is a quarter of an hour and a
// minute sixty seconds, both counted from there. Lists are sorted, so that the
// same run gives the same bytes.
package evaluation

import (
	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
)

// Format is the version of the results file; it changes when a field changes its meaning.
const Format = 2

// BinSeconds is the length of a bin.
const BinSeconds = 900

// Evaluation is all that a run found out.
type Evaluation struct {
	Format   int      `json:"format"`
	Program  string   `json:"program"` // name and version
	Seed     uint64   `json:"seed"`
	City     City     `json:"city"`
	Event    Event    `json:"event"`
	Horizon  Horizon  `json:"horizon"`
	Scenario Scenario `json:"scenario"`
	Model    Model    `json:"model"`
	Feedback Feedback `json:"feedback"`
	Totals   Totals   `json:"totals"`
	Spread   *Spread  `json:"spread,omitempty"` // over several seeds; nil after one
	Crowds   []Crowd  `json:"crowds"`
	Worst    []Worst  `json:"worst"`
	Lines    []Line   `json:"lines"`
	Stops    []Stop   `json:"stops"`
	// Facilities and Platforms are empty where nothing is known of stations and gates.
	Facilities []Facility  `json:"facilities"`
	Platforms  []Platform  `json:"platforms"`
	Deviations []Deviation `json:"deviations"`
	Blocks     Blocks      `json:"blocks"`
	Replans    []Replan    `json:"replans"` // by stop id
	Crowding   Crowding    `json:"crowding"`
	Segments   []Segment   `json:"segments"`
	// Streets are ways around the venue and the bigger ones of the city, for the
	// map's backdrop; absent where no streets are known.
	Streets  [][]geo.Point     `json:"streets,omitempty"`
	Fleets   []Fleet           `json:"fleets"`
	Numbers  []basis.Number    `json:"numbers"`
	Findings []finding.Finding `json:"findings"`
	Credits  []basis.Credit    `json:"credits"`
	LeftOut  *LeftOut          `json:"left_out,omitempty"` // nil when everything is told
	Work     Work              `json:"work"`
}

// City names the city and its network.
type City struct {
	ID      string      `json:"id"`
	Names   label.Names `json:"names"`
	Network string      `json:"network"` // content hash of the base network
	// Illustration is true for an example that is not a real city's timetable.
	Illustration bool `json:"illustration"`
}

// Event repeats what was asked.
type Event struct {
	ID           string      `json:"id"`
	Names        label.Names `json:"names"`
	Date         string      `json:"date"` // 2026-08-15
	Venue        Venue       `json:"venue"`
	TransitShare float64     `json:"transit_share"`
	Sessions     []Session   `json:"sessions"`
}

// Venue is where the event is.
type Venue struct {
	ID       string      `json:"id"`
	Names    label.Names `json:"names"`
	At       geo.Point   `json:"at"`
	Capacity uint32      `json:"capacity"`
	Gates    []Gate      `json:"gates"`
}

// Gate is a way in and out of the venue.
type Gate struct {
	ID string    `json:"id"`
	At geo.Point `json:"at"`
}

// Session is one sitting of the event.
type Session struct {
	Name       string `json:"name"`
	Start      int    `json:"start"`
	End        int    `json:"end"`
	Attendance uint32 `json:"attendance"`
}

// Horizon is the time that was run.
type Horizon struct {
	Start         string `json:"start"`          // local time with offset, RFC 3339
	Zone          string `json:"zone"`           // IANA
	OffsetSeconds int    `json:"offset_seconds"` // of local time from UTC at Start
	Seconds       int    `json:"seconds"`
}

// Scenario identifies what was changed.
type Scenario struct {
	Hash          string         `json:"hash"` // of the base network and the canonical modifications
	Modifications []Modification `json:"modifications"`
}

// Model is what was played of the day; what is false was not.
type Model struct {
	Dwell    bool `json:"dwell"`    // vehicles stand as long as getting on and off takes, and leave late
	Blocks   bool `json:"blocks"`   // a vehicle that comes late begins its next trip late
	Crowding bool `json:"crowding"` // time on board counts for more the fuller the vehicle is
	Replan   bool `json:"replan"`   // who is left behind looks for another way
}

// Modification is one change in the order in which it was applied.
type Modification struct {
	Kind string            `json:"kind"` // extra_trips, headway, ...: see package scenario
	Args map[string]string `json:"args"`
	Note string            `json:"note,omitempty"`
}

// Totals count people over the whole day. Travellers = Arrived + Walking + Stranded.
type Totals struct {
	Travellers int `json:"travellers"`
	Arrived    int `json:"arrived"`
	Walking    int `json:"walking"`  // still on their way when the horizon ended: on foot or on board
	Stranded   int `json:"stranded"` // no service took them before the horizon ended
	Boardings  int `json:"boardings"`
	Denied     int `json:"denied"`       // times that somebody was left behind by a full vehicle that he would have taken
	LeftBehind int `json:"left_behind"`  // people to whom that happened at least once
	OnFootOnly int `json:"on_foot_only"` // arrived without riding
	Replanned  int `json:"replanned"`    // people who changed their mind after being left behind
	// Reasons are why people waited, all of them over the whole day.
	Reasons []Reason `json:"reasons"`
}

// Crowd is the outcome for the people who arrive for, or leave, one session, or
// for the city's other travellers, whose Session is -1.
type Crowd struct {
	Session  int    `json:"session"`
	Way      string `json:"way"` // arriving, leaving or background
	People   int    `json:"people"`
	Arrived  int    `json:"arrived"`
	Walking  int    `json:"walking"`
	Stranded int    `json:"stranded"`
	Denied   int    `json:"denied"`
	// LeftBehind people were left behind by a full vehicle at least once.
	LeftBehind int `json:"left_behind"`
	// Late people reached the gates after the session began (arriving) by any time at all.
	Late int `json:"late"`
	// Clear holds when 50, 90, 95, 99 and 100% were away from the venue (leaving)
	// or at its gates (arriving), in seconds from the horizon's start; -1: never.
	// Empty for the background.
	Clear []Clear `json:"clear"`
	// Travel and Wait are quantiles over those who arrived, in seconds.
	Travel Quantiles `json:"travel"`
	Wait   Quantiles `json:"wait"`
	Curve  []Point   `json:"curve"`
}

// Clear is when a share of a crowd was away.
type Clear struct {
	Percent int `json:"percent"`
	At      int `json:"at"`
}

// Quantiles of a distribution over people, in seconds.
type Quantiles struct {
	P10 int `json:"p10"`
	P50 int `json:"p50"`
	P90 int `json:"p90"`
	P99 int `json:"p99"`
	Max int `json:"max"`
}

// Point is a crowd's state at the end of a minute, in people, cumulative.
type Point struct {
	Minute  int `json:"minute"`
	Started int `json:"started"` // left home (arriving) or came out of the gates (leaving)
	Away    int `json:"away"`    // boarded their first vehicle or set off on foot for good
	Arrived int `json:"arrived"`
}

// Line is one direction of a route: demand against capacity by bin.
type Line struct {
	Route     string      `json:"route"` // id
	Name      string      `json:"name"`
	Names     label.Names `json:"names"` // of the route; always with the feed's own name under ""
	Direction int         `json:"direction"`
	Headsign  string      `json:"headsign"`
	Headsigns label.Names `json:"headsigns"` // likewise
	Color     string      `json:"color"`     // six hexadecimal digits, or ""
	Vehicle   string      `json:"vehicle"`
	Room      int         `json:"room"` // per vehicle, of its largest type here
	// RoomDefault is true when nobody stated the room and a route_type's default stands in.
	RoomDefault bool   `json:"room_default"`
	Cells       []Cell `json:"cells"` // bins with departures or demand only
}

// Cell is a line's worst place in a bin: the stop after which demand is
// largest against the room offered.
type Cell struct {
	Bin        int    `json:"bin"`
	Stop       string `json:"stop"`        // id
	Departures int    `json:"departures"`  // from that stop in the bin
	Capacity   int    `json:"capacity"`    // room of these departures
	Carried    int    `json:"carried"`     // on board when leaving
	LeftBehind int    `json:"left_behind"` // still waiting for this line there at the bin's last departure
}

// Demand is what a cell would have had to carry.
func (c Cell) Demand() int { return c.Carried + c.LeftBehind }

// Red reports whether the cell's demand is above its capacity.
func (c Cell) Red() bool { return c.LeftBehind > 0 && c.Demand() > c.Capacity }

// Stop is a boarding place where somebody was.
type Stop struct {
	ID         string      `json:"id"`
	Names      label.Names `json:"names"` // always with the feed's own name under ""
	At         geo.Point   `json:"at"`
	Lines      []LineRef   `json:"lines"` // that somebody boarded here, or would have
	Boardings  int         `json:"boardings"`
	Alightings int         `json:"alightings"`
	Denied     int         `json:"denied"`
	LeftBehind int         `json:"left_behind"` // people to whom that happened here at least once
	Stranded   int         `json:"stranded"`    // waited here in vain
	MaxQueue   int         `json:"max_queue"`   // people waiting at the end of a minute
	MaxWait    int         `json:"max_wait"`    // seconds, of those who boarded
	Reasons    []Reason    `json:"reasons"`     // of the waiting here, not on the way here
	Minutes    []Minute    `json:"minutes"`     // minutes with a queue or a denial only
	// Partial is true where minutes are left out; see LeftOut.
	Partial bool `json:"partial,omitempty"`
}

// LineRef names one of Evaluation.Lines.
type LineRef struct {
	Route     string `json:"route"`
	Direction int    `json:"direction"`
}

// Minute is a stop's state.
type Minute struct {
	Minute int `json:"minute"`
	Queue  int `json:"queue"` // waiting at the end of the minute
	Denied int `json:"denied"`
}

// Segment is a line's way from one stop to the next, for the map.
type Segment struct {
	Route     string      `json:"route"`
	Direction int         `json:"direction"`
	From      string      `json:"from"` // stop ids
	To        string      `json:"to"`
	Line      []geo.Point `json:"line"`
	Loads     []Load      `json:"loads"` // bins with somebody on board only
	// Partial is true where loads are left out; see LeftOut.
	Partial bool `json:"partial,omitempty"`
}

// Load is what a segment carried in a bin.
type Load struct {
	Bin     int `json:"bin"`
	Carried int `json:"carried"`
	Room    int `json:"room"`
}

// LeftOut counts what is not told of the city's other travellers, so that the
// results stay small: the minutes of stops in which nobody of the event waited and
// nobody was left behind, and the loads of segments, away from the venue, with
// nobody of the event and room to spare. All sums and maxima count everybody.
type LeftOut struct {
	Stops    int `json:"stops"` // of which minutes are left out
	Minutes  int `json:"minutes"`
	Segments int `json:"segments"` // of which loads are left out
	Loads    int `json:"loads"`
}

// Fleet is what the vehicles of a line allow.
type Fleet struct {
	Route    string     `json:"route"`
	Name     string     `json:"name"`
	Vehicles int        `json:"vehicles"` // all that exist
	Reserve  int        `json:"reserve"`
	Cycle    int        `json:"cycle"`    // seconds: out, back and both turnbacks
	Turnback int        `json:"turnback"` // seconds at each end
	Room     int        `json:"room"`
	Best     []Headway  `json:"best"`      // with all vehicles, and with the reserve kept back
	Needed   int        `json:"needed"`    // vehicles that the day's timetable moves at once
	NeededAt int        `json:"needed_at"` // when
	Kind     basis.Kind `json:"kind"`
	Source   string     `json:"source"`
}

// Headway is what a number of vehicles gives on a line.
type Headway struct {
	Vehicles int `json:"vehicles"`
	Seconds  int `json:"seconds"`  // rounded up: what the vehicles can keep
	PerHour  int `json:"per_hour"` // passengers per hour and direction
}

// Worst is one of the worst places, for a sentence in the report.
type Worst struct {
	Stop     string   `json:"stop"` // id
	Routes   []string `json:"routes"`
	From     int      `json:"from"` // the queue stood
	To       int      `json:"to"`
	MaxQueue int      `json:"max_queue"`
	At       int      `json:"at"` // of the longest queue: the end of its minute
	MaxWait  int      `json:"max_wait"`
	Denied   int      `json:"denied"`
	People   int      `json:"people"` // to whom it happened
	Stranded int      `json:"stranded"`
	Hours    []Hour   `json:"hours"` // the clock hours from From to To
}

// Hour is what one stop had to carry in a clock hour, and what it could.
type Hour struct {
	From       int        `json:"from"`
	Joined     int        `json:"joined"`      // came to the queue in this hour
	Waiting    int        `json:"waiting"`     // stood in it when the hour ended
	LeftBehind int        `json:"left_behind"` // of these, whom the hour's last departure of a line had no place for
	Lines      []HourLine `json:"lines"`
}

// HourLine is what one line offered at a stop in an hour.
type HourLine struct {
	LineRef
	Departures int `json:"departures"`
	Places     int `json:"places"` // free when the doors opened, those getting off gone
	Boarded    int `json:"boarded"`
}

// Carried reports whether the hour's departures had a place for everybody who wanted one.
func (h Hour) Carried() bool { return h.LeftBehind == 0 }

// Work counts what the engines did: the same on every machine.
type Work struct {
	DatedTrips   int `json:"dated_trips"`
	Visits       int `json:"visits"`
	Destinations int `json:"destinations"`
	Scanned      int `json:"scanned"` // departures priced, summed over destinations
	Choices      int `json:"choices"` // options of access weighed
	Joins        int `json:"joins"`   // people who joined a queue
	Boardings    int `json:"boardings"`
}
