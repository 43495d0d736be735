package journey

import (
	"slices"
	"sort"

	"github.com/qala-city/qala/internal/transit"
)

// turnLinks lists the transfers by where they lead.
func (ix *Index) turnLinks(stops int) {
	links := &ix.Network.Transfers
	in := inward{first: make([]uint32, stops+1)}
	for i, to := range links.To {
		if ix.transfer[i] >= 0 {
			in.first[to+1]++
		}
	}
	for s := range stops {
		in.first[s+1] += in.first[s]
	}
	in.stop, in.walk = make([]transit.Stop, in.first[stops]), make([]transit.Seconds, in.first[stops])
	free := slices.Clone(in.first)
	for s := range stops {
		for i := links.First[s]; i < links.First[s+1]; i++ {
			if to := links.To[i]; ix.transfer[i] >= 0 {
				in.stop[free[to]], in.walk[free[to]] = transit.Stop(s), ix.transfer[i]
				free[to]++
			}
		}
	}
	ix.into = in
}

// linkArrivals finds what can be boarded after getting off each hop. The
// arrivals at a stop and the departures from one that is linked to it are both
// in order, so they are gone through side by side.
func (ix *Index) linkArrivals() {
	links := &ix.Network.Transfers
	ix.catchAt = make([]uint32, len(ix.hops)+1)
	for h := range ix.hops {
		n := uint32(0)
		if s := ix.hops[h].into; ix.hops[h].alight {
			n = links.First[s+1] - links.First[s]
		}
		ix.catchAt[h+1] = ix.catchAt[h] + n
	}
	ix.catches = make([]int32, ix.catchAt[len(ix.hops)])
	at, arrivals := ix.arrivals()
	for s := range len(links.First) - 1 {
		for i := links.First[s]; i < links.First[s+1]; i++ {
			ix.linkStops(arrivals[at[s]:at[s+1]], links.To[i], ix.transfer[i], i-links.First[s])
		}
	}
}

// linkStops fills one link's column of catches for the arrivals at its stop.
func (ix *Index) linkStops(arrivals []int32, to transit.Stop, walk transit.Seconds, link uint32) {
	leaves := ix.leavesOf(to)
	for _, h := range arrivals {
		caught := none
		if walk >= 0 {
			there := ix.hops[h].arrive.after(walk)
			for len(leaves) > 0 && ix.hops[leaves[0]].leave <= there {
				leaves = leaves[1:]
			}
			if len(leaves) > 0 {
				caught = leaves[0]
			}
		}
		ix.catches[ix.catchAt[h]+link] = caught
	}
}

// arrivals are the hops after which one may get off, by stop in the order of arrival.
func (ix *Index) arrivals() (at []uint32, hops []int32) {
	day := ix.Day
	at = make([]uint32, len(ix.Network.Timetable.Stops.ID)+1)
	of := make([]int32, len(day.Stop))
	for h, v := range day.Departures {
		of[v+1] = int32(h)
		if ix.hops[h].alight {
			at[ix.hops[h].into+1]++
		}
	}
	for s := range len(at) - 1 {
		at[s+1] += at[s]
	}
	hops = make([]int32, at[len(at)-1])
	free := slices.Clone(at)
	for _, v := range day.Arrivals {
		if h := of[v]; ix.hops[h].alight {
			hops[free[ix.hops[h].into]] = h
			free[ix.hops[h].into]++
		}
	}
	return at, hops
}

// leavesOf are the hops that can be boarded at a stop, in order.
func (ix *Index) leavesOf(s transit.Stop) []int32 {
	return ix.leaves[ix.leaveAt[s]:ix.leaveAt[s+1]]
}

// leavesFrom are those of them from a second on.
func (ix *Index) leavesFrom(s transit.Stop, since transit.Seconds) []int32 {
	leaves := ix.leavesOf(s)
	return leaves[sort.Search(len(leaves), func(i int) bool { return ix.hops[leaves[i]].leave >= moment(since, 0) }):]
}

// firstHop is the first hop of the day that leaves at a second or later.
func (ix *Index) firstHop(since transit.Seconds) int {
	return sort.Search(len(ix.hops), func(h int) bool { return ix.hops[h].leave >= moment(since, 0) })
}

// walkTo is the shortest transfer from a stop to another that is linked to it.
func (ix *Index) walkTo(from, to transit.Stop) transit.Seconds {
	links, best := &ix.Network.Transfers, tooLate
	for i := links.First[from]; i < links.First[from+1]; i++ {
		if links.To[i] == to && ix.transfer[i] >= 0 {
			best = min(best, ix.transfer[i])
		}
	}
	return best
}
