package assign

import (
	"sort"

	"github.com/qala-city/qala/internal/transit"
)

// State is where a traveller is when the horizon ends.
type State uint8

// The states. Every traveller is in exactly one of them.
const (
	Walking   State = iota // still on the way at the end: on foot or on board
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
	Denied    uint32          // departures that left him behind before
}

// Outcome is what the loading found, in flat columns.
type Outcome struct {
	// by traveller
	State   []State
	Set     []transit.Seconds // when he left his origin; demand.Free when he never did
	End     []transit.Seconds // when he reached his destination; demand.Free when he did not
	Stop    []transit.Stop    // LastGone: where he waits; transit.None for others
	Join    []transit.Seconds // LastGone: since when
	Left    []uint32          // LastGone: departures that left him behind there
	Follows []int             // the round, from 0, whose strategy he follows

	// by visit
	Load     []uint32 // on board when the vehicle leaves
	Boarded  []uint32
	Alighted []uint32
	Denied   []uint32 // who would have boarded and was left behind
	// Queue is how much longer somebody who came just before this departure
	// had to wait: 0 where nobody was left behind.
	Queue []transit.Seconds

	Legs   []Leg
	Rounds int     // how often the day was played
	Gap    float64 // share of all cost that people regretted before the last round; 1 after a single one
	Work   Work
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
	for i := range j.Order {
		j.Order[i] = uint32(i)
		j.First[o.Legs[i].Traveller+1]++
	}
	for t := range o.State {
		j.First[t+1] += j.First[t]
	}
	sort.SliceStable(j.Order, func(a, b int) bool { return o.Legs[j.Order[a]].Traveller < o.Legs[j.Order[b]].Traveller })
	return j
}

// Of are the positions in Legs of a traveller's rides, in time.
func (j *Journeys) Of(traveller int) []uint32 {
	return j.Order[j.First[traveller]:j.First[traveller+1]]
}

func newOutcome(people, visits int) *Outcome {
	o := &Outcome{
		State: make([]State, people), Set: make([]transit.Seconds, people), End: make([]transit.Seconds, people),
		Stop: make([]transit.Stop, people), Join: make([]transit.Seconds, people), Left: make([]uint32, people),
		Follows: make([]int, people),
		Load:    make([]uint32, visits), Boarded: make([]uint32, visits), Alighted: make([]uint32, visits), Denied: make([]uint32, visits), Queue: make([]transit.Seconds, visits),
	}
	for t := range o.Stop {
		o.Stop[t] = noStop
	}
	return o
}
