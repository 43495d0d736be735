package assign

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// lane is a destination of one class of travellers: what one column of a scan prices.
type lane struct {
	class uint8
	to    demand.Place
	spot  uint64   // of to, on a curve that fills the plane
	bound []uint32 // the travellers, in order
	since transit.Seconds
	timed bool // somebody wants to be there by a time
}

// lanesOf sorts travellers by class and destination. Lanes of a class stand
// together, neighbors side by side: what is worth little to one of a block is
// worth little to the others.
func lanesOf(p *Problem) []lane {
	t := p.Travellers
	index, lanes := map[uint64]int{}, []lane{}
	for i := range t.Key {
		class := classIndex(t, i)
		key := uint64(class)<<32 | uint64(t.To[i])
		at, known := index[key]
		if !known {
			at = len(lanes)
			index[key] = at
			lanes = append(lanes, lane{class: class, to: t.To[i], spot: curve(p.Network.Places.At[t.To[i]]), since: p.Day.Horizon.Length})
		}
		lanes[at].add(t, i, p.Weights)
	}
	slices.SortFunc(lanes, func(a, b lane) int {
		return cmp.Or(cmp.Compare(a.class, b.class), cmp.Compare(a.spot, b.spot), cmp.Compare(a.to, b.to))
	})
	return lanes
}

func (l *lane) add(t *demand.Travellers, i int, w journey.Weights) {
	l.bound = append(l.bound, uint32(i))
	if t.Ready[i] != demand.Free {
		l.since = min(l.since, t.Ready[i])
		return
	}
	l.timed = true
	l.since = min(l.since, t.Due[i]-w.Window-w.Buffer)
}

func classIndex(t *demand.Travellers, traveller int) uint8 {
	if t.Class == nil {
		return 0
	}
	return t.Class[traveller]
}

// class is a class of travellers by its position.
func class(t *demand.Travellers, i uint8) demand.Class {
	if len(t.Classes) == 0 {
		return demand.Ordinary
	}
	return t.Classes[i]
}

// curve is where a point stands on a curve that keeps neighbors together: the
// bits of latitude and longitude in turn.
func curve(at geo.Point) uint64 {
	const cells = 1 << 16
	north, east := uint64((at.Lat+90)/180*cells), uint64((at.Lon+180)/360*cells)
	out := uint64(0)
	for bit := range 16 {
		out |= (north>>bit&1)<<(2*bit+1) | (east>>bit&1)<<(2*bit)
	}
	return out
}

// blocksOf cuts lanes into blocks that one scan prices: of one class, at most so many.
func blocksOf(lanes []lane, width int) [][]int {
	var blocks [][]int
	for i := range lanes {
		last := len(blocks) - 1
		if last < 0 || len(blocks[last]) == width || lanes[blocks[last][0]].class != lanes[i].class {
			blocks = append(blocks, nil)
			last++
		}
		blocks[last] = append(blocks[last], i)
	}
	return blocks
}

// destinations are the places that some lanes lead to, when the first of their
// travellers may be at a stop, and whether one of them is timed.
func destinations(lanes []lane, ks []int) (to []demand.Place, since transit.Seconds, timed bool) {
	since = lanes[ks[0]].since
	for _, k := range ks {
		to, since = append(to, lanes[k].to), min(since, lanes[k].since)
		timed = timed || lanes[k].timed
	}
	return to, since, timed
}
