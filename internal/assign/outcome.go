package assign

import (
	"github.com/qala-city/qala/internal/serve"
	"github.com/qala-city/qala/internal/transit"
)

// State is where a traveller is when the horizon ends.
type State uint8

// The states. Every traveller is in exactly one of them.
const (
	Walking   State = iota // still on the way at the end: on foot, held up on the way, or on board
	Arrived                // at the destination within the horizon
	NoService              // stranded: no journey existed when he wanted to leave
	LastGone               // stranded: still waiting at a stop at the end
)

// Leg is one ride. Legs stand in the order of boarding; those who were still
// on board at the end have their vehicle's last visit as Off.
type Leg struct {
	Traveller uint32
	On, Off   transit.Visit
	Join      transit.Seconds // when he joined the queue
	At        transit.Seconds // when he got on; the vehicle may have stood a little longer
	Denied    uint32          // departures that left him behind before
	Accept    uint32          // what he would have boarded there: a position in Accepts
}

// Outcome is what the loading found, in flat columns.
type Outcome struct {
	// by traveller
	State     []State
	Set       []transit.Seconds // when he left his origin; demand.Free when he never did
	End       []transit.Seconds // when he reached his destination; demand.Free when he did not
	Stop      []transit.Stop    // LastGone: where he waits; transit.None for others
	Join      []transit.Seconds // LastGone: since when
	Left      []uint32          // LastGone: departures that left him behind there; and those of queues that he gave up
	Held      []transit.Seconds // how long he was held up on foot: at gates, on stairs, before full platforms
	Rethought []uint8           // how often he gave up a queue for another way

	// by visit
	Arrive   []transit.Seconds // as it happened: when the vehicle stood at the stop
	Depart   []transit.Seconds // as it happened
	Kerb     []transit.Seconds // how long the vehicle waited for a free loading area
	Load     []uint32          // on board when the vehicle leaves
	Boarded  []uint32
	Alighted []uint32
	Denied   []uint32 // who would have boarded and was left behind
	// Ticket is the number of the last who joined any queue before the vehicle left;
	// Refused that of the first whom it left behind, 0 for nobody. Who joins next
	// after Ticket gets on a later departure when its Refused is above Ticket, or 0.
	Ticket  []uint64
	Refused []uint64

	// Departed are the visits that vehicles have left, in the order in which they did.
	Departed []transit.Visit
	// Accepts are the sets of departures that people would board; travellers who
	// wait at the end have theirs in Accept.
	Accepts []Acceptance
	Accept  []uint32

	Legs []Leg
	// Thoughts are the moments in which people gave up a queue, in order.
	Thoughts []Thought
	// Kept are the people whom full platforms kept outside, in the order in which they got in.
	Kept []Kept
	// Servers are the facilities of the network and then the gates of venues (see Doors).
	Servers *serve.Servers
	Doors   Doors

	Rounds int     // how often the day was played
	Gap    float64 // share of all cost that the informed regret of the last round; 1 after a single one
	Course []Round // what each round was like
	Work   Work

	Snapshots []*Snapshot // of the last round, at the moments of Problem.SnapshotAt, in time
}

// Thought is somebody giving up a queue after he was left behind.
type Thought struct {
	Traveller uint32
	Stop      transit.Stop
	At, Since transit.Seconds // when, and since when he had stood there
	Denied    uint32          // departures that left him behind there
	Accept    uint32          // as in Leg
}

// Kept is somebody who waited for room on a platform.
type Kept struct {
	Traveller uint32
	Stop      transit.Stop
	From, To  transit.Seconds
}

// Round is one round of the feedback.
type Round struct {
	Gap     float64 // share of all cost that the informed regretted of it (of those who were asked); 1 when nobody was
	Changed int     // the informed who changed their minds
	Denied  int     // times that somebody was left behind in it
}

// Work counts what was done: the same on every machine and for any number of workers.
type Work struct {
	Destinations int
	Scanned      int // departures priced, summed over destinations
	Weighed      int // options of setting off compared
	Joins        int
	Boardings    int
}

func (w *Work) add(more Work) {
	w.Destinations = max(w.Destinations, more.Destinations)
	w.Scanned += more.Scanned
	w.Weighed += more.Weighed
	w.Joins += more.Joins
	w.Boardings += more.Boardings
}

// Journeys lists the legs of each traveller: those of traveller t are
// Legs[Order[First[t]:First[t+1]]].
type Journeys struct {
	First []uint32
	Order []uint32
}

// Journeys sorts the legs by traveller, each one's in time.
func (o *Outcome) Journeys() Journeys {
	j := Journeys{First: make([]uint32, len(o.State)+1), Order: make([]uint32, len(o.Legs))}
	for i := range o.Legs {
		j.First[o.Legs[i].Traveller+1]++
	}
	for t := range o.State {
		j.First[t+1] += j.First[t]
	}
	free := append([]uint32(nil), j.First...)
	for i := range o.Legs {
		t := o.Legs[i].Traveller
		j.Order[free[t]] = uint32(i)
		free[t]++
	}
	return j
}

// Of are the positions in Legs of a traveller's rides, in time.
func (j *Journeys) Of(traveller int) []uint32 {
	return j.Order[j.First[traveller]:j.First[traveller+1]]
}

func newOutcome(people int, day *transit.Day) *Outcome {
	visits := len(day.Stop)
	o := &Outcome{
		State: make([]State, people), Set: make([]transit.Seconds, people), End: make([]transit.Seconds, people),
		Stop: make([]transit.Stop, people), Join: make([]transit.Seconds, people), Left: make([]uint32, people),
		Held: make([]transit.Seconds, people), Rethought: make([]uint8, people), Accept: make([]uint32, people),
		Arrive: append([]transit.Seconds(nil), day.Arrive...), Depart: append([]transit.Seconds(nil), day.Depart...),
		Kerb: make([]transit.Seconds, visits), Load: make([]uint32, visits), Boarded: make([]uint32, visits),
		Alighted: make([]uint32, visits), Denied: make([]uint32, visits),
		Ticket: make([]uint64, visits), Refused: make([]uint64, visits),
	}
	for t := range o.Stop {
		o.Stop[t] = transit.Stop(transit.None)
	}
	return o
}

// denials counts how often somebody was left behind.
func (o *Outcome) denials() int {
	n := 0
	for _, d := range o.Denied {
		n += int(d)
	}
	return n
}

// crowding is how crowded a vehicle was from each visit on, in thousandths.
func (p *Problem) crowding(o *Outcome) []uint16 {
	if !p.Model.Crowding {
		return nil
	}
	felt, vehicles := make([]uint16, len(o.Load)), &p.Network.Timetable.Vehicles
	for v, load := range o.Load {
		kind := p.vehicle(p.Day.Owner[v])
		felt[v] = crowdOf(load, vehicles.Seats[kind], vehicles.Room[kind])
	}
	return felt
}
