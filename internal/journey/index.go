package journey

import (
	"slices"
	"sync"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Index is a day prepared for the journeys of one class of people. It never
// changes; many goroutines may use one.
type Index struct {
	Network *network.Network
	Day     *transit.Day
	Class   demand.Class

	served []bool // by stop: a pattern calls there

	hops []hop   // by position in Day.Departures
	next []int32 // by hop: the next of its trip, or none
	then []int32 // by hop that may be boarded: the next such from its stop, or none

	// the boardable hops of stop s are leaves[leaveAt[s]:leaveAt[s+1]], in order
	leaveAt []uint32
	leaves  []int32

	access   []transit.Seconds // by link of Network.Access: this class's walk, or -1
	transfer []transit.Seconds // by link of Network.Transfers, likewise
	into     inward

	// the first hop that can be boarded after getting off hop h by way of the
	// i-th link of its stop is catches[catchAt[h]+i]; none where nothing leaves
	catchAt []uint32
	catches []int32

	walking func() *network.Walker
}

// none stands for a hop that there is not.
const none = int32(-1)

// hop is a vehicle's way from a stop to the next.
type hop struct {
	leave, arrive instant
	from, into    transit.Stop
	dated         transit.Dated
	board, alight bool // board at from, alight at into
}

// inward are the transfers by where they lead: to stop s come those of
// stop[first[s]:first[s+1]].
type inward struct {
	first []uint32
	stop  []transit.Stop
	walk  []transit.Seconds
}

// NewIndex prepares a day of a network. Of the class count its walking speed
// and whether it takes steps.
func NewIndex(n *network.Network, day *transit.Day, class demand.Class) *Index {
	ix := &Index{Network: n, Day: day, Class: class, served: network.Served(n.Timetable)}
	ix.layHops()
	ix.chainStops(len(n.Timetable.Stops.ID))
	return ix.paced()
}

// For is the same day for another class.
func (ix *Index) For(class demand.Class) *Index {
	other := *ix
	other.Class = class
	return other.paced()
}

// paced works out all that depends on how people walk.
func (ix *Index) paced() *Index {
	n, free := ix.Network, ix.Class.StepFree
	ix.access, ix.transfer = ix.walks(&n.Access), ix.walks(&n.Transfers)
	ix.turnLinks(len(n.Timetable.Stops.ID))
	ix.linkArrivals()
	ix.walking = sync.OnceValue(func() *network.Walker { return network.NewWalker(n, free) })
	return ix
}

// walks are the walks of links at the class's pace.
func (ix *Index) walks(l *network.Links) []transit.Seconds {
	walks := l.Walk
	if ix.Class.StepFree && l.FreeWalk != nil {
		walks = l.FreeWalk
	}
	paced := make([]transit.Seconds, len(walks))
	for i, w := range walks {
		paced[i] = ix.pace(w)
	}
	return paced
}

// pace is how long a walk takes the class; -1, where it cannot be walked, stays so.
func (ix *Index) pace(walk transit.Seconds) transit.Seconds {
	if walk < 0 {
		return walk
	}
	return network.Pace(walk, ix.Class)
}

func (ix *Index) layHops() {
	day := ix.Day
	ix.hops, ix.next = make([]hop, len(day.Departures)), make([]int32, len(day.Departures))
	at := make([]int32, len(day.Stop))
	for h, v := range day.Departures {
		at[v] = int32(h)
		ix.next[h] = none
		ix.hops[h] = hop{
			leave: moment(day.Depart[v], day.DepartStep(v)), arrive: moment(day.Arrive[v+1], day.Step[v+1]),
			from: day.Stop[v], into: day.Stop[v+1], dated: day.Owner[v],
			board: day.Boarding[v]&transit.MayBoard != 0, alight: day.Boarding[v+1]&transit.MayAlight != 0,
		}
	}
	for h, v := range day.Departures {
		if _, past := day.Visits(day.Owner[v]); v+2 < past {
			ix.next[h] = at[v+1]
		}
	}
}

// chainStops lists the boardable hops of each stop and links each to the next.
func (ix *Index) chainStops(stops int) {
	ix.leaveAt = make([]uint32, stops+1)
	for i := range ix.hops {
		if ix.hops[i].board {
			ix.leaveAt[ix.hops[i].from+1]++
		}
	}
	for s := range stops {
		ix.leaveAt[s+1] += ix.leaveAt[s]
	}
	ix.leaves, ix.then = make([]int32, ix.leaveAt[stops]), make([]int32, len(ix.hops))
	free := slices.Clone(ix.leaveAt)
	for i := range ix.hops {
		ix.then[i] = none
		if s := ix.hops[i].from; ix.hops[i].board {
			ix.leaves[free[s]] = int32(i)
			if free[s] > ix.leaveAt[s] {
				ix.then[ix.leaves[free[s]-1]] = int32(i)
			}
			free[s]++
		}
	}
}
