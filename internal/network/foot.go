package network

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// MaxOffStreet is how far from a street, in meters, a stop or a place may lie
// to be reached along the streets.
const MaxOffStreet = geo.Meters(200)

// foot finds the walks of a network while it is assembled. Between two that
// stand at a street the walk goes along the streets; where one of them does
// not, it is the straight line times Detour. Nothing is walked by way of a
// third: a walk that is too long is not made of two short ones.
type foot struct {
	walking       Walking
	tt            *transit.Timetable
	stops, places *goals         // of the stops: those that no door leads to, and after all stops the doors
	search        *street.Search // nil without streets
	paced         *street.Paced
	index         *street.Index // of the streets that people are walked over
	inside        *inside
	ways          wayTable
}

// goals are stops or places that walks lead to.
type goals struct {
	wanted   []bool // by row, as is the next
	stand    []stand
	all, off *band           // those that are wanted; those of them that stand at no street
	on       *street.Targets // the others, nil without streets
	row      []uint32        // by target
}

// stand is where somebody stands before he sets off.
type stand struct {
	at       geo.Point
	spot     street.Spot
	onStreet bool
}

// hop is a walk to a row of the goals.
type hop struct {
	to   uint32
	walk transit.Seconds
}

func newFoot(n *Network, in *inside) *foot {
	f := &foot{walking: n.Walking, tt: n.Timetable, inside: in}
	if g := n.Streets; g != nil {
		f.paced = g.Walked(street.Pace{Speed: n.Walking.Speed, Steps: n.Walking.Steps})
		f.search, f.index = f.paced.Search(), street.NewIndex(g, g.Mainland())
	}
	every := make([]bool, len(n.Places.At))
	for p := range every {
		every[p] = true
	}
	f.stops = f.goals(f.index, slices.Concat(n.Timetable.Stops.At, f.inside.at), slices.Concat(f.inside.open, f.inside.useful()))
	f.places = f.goals(f.index, n.Places.At, every)
	return f
}

func (f *foot) goals(index *street.Index, at []geo.Point, wanted []bool) *goals {
	g := &goals{wanted: wanted, stand: make([]stand, len(at)), all: newBand(at, wanted)}
	off := make([]bool, len(at))
	var spots []street.Spot
	for i, p := range at {
		g.stand[i].at = p
		if !wanted[i] || index == nil {
			off[i] = wanted[i]
			continue
		}
		spot, ok := index.Snap(p, MaxOffStreet)
		if off[i] = !ok; ok {
			g.stand[i].spot, g.stand[i].onStreet = spot, true
			spots, g.row = append(spots, spot), append(g.row, uint32(i))
		}
	}
	g.off = newBand(at, off)
	if index != nil {
		g.on = f.paced.Targets(spots)
	}
	return g
}

// around are the walks to the goals within so many meters, which are of the
// straight line or, along streets, of that line times Detour; and to at least
// so many goals however far. They come in no order.
func (f *foot) around(from stand, to *goals, meters float64, atLeast int) []hop {
	if !from.onStreet {
		return f.straight(from, to.all, meters, atLeast)
	}
	var hops []hop
	for _, r := range f.search.Reach(from.spot, to.on, f.limit(meters), atLeast) {
		hops = append(hops, hop{to.row[r.Target], wholeSeconds(r.Time)})
	}
	hops = f.shorten(hops, from, to)
	hops = append(hops, f.straight(from, to.off, meters, 0)...)
	if len(hops) < atLeast {
		hops = add(hops, f.straight(from, to.all, 0, atLeast))
	}
	return hops
}

// straight are walks by the straight line.
func (f *foot) straight(from stand, to *band, meters float64, atLeast int) []hop {
	var hops []hop
	for _, near := range to.around(from.at, geo.Meters(meters), atLeast) {
		hops = append(hops, hop{near.row, f.walking.Seconds(near.line)})
	}
	return hops
}

// shorten lets people cross a square: where the straight line is no longer
// than the straight lines to the street at both ends, no street lies between,
// and whoever can walk the two can walk the one.
func (f *foot) shorten(hops []hop, from stand, to *goals) []hop {
	var across []hop
	for _, near := range to.all.around(from.at, from.spot.Off.Meters()+MaxOffStreet, 0) {
		if s := to.stand[near.row]; s.onStreet && near.line <= (from.spot.Off+s.spot.Off).Meters() {
			across = append(across, hop{near.row, f.walking.Seconds(near.line)})
		}
	}
	return add(hops, across)
}

// add puts in more walks; of two to the same goal the shorter one counts.
func add(hops, more []hop) []hop {
	for _, m := range more {
		i := slices.IndexFunc(hops, func(h hop) bool { return h.to == m.to })
		if i < 0 {
			hops = append(hops, m)
		} else {
			hops[i].walk = min(hops[i].walk, m.walk)
		}
	}
	return hops
}

// between is the walk from one to another however far.
func (f *foot) between(from, to stand) transit.Seconds {
	if from.onStreet && to.onStreet {
		if walk, ok := f.search.Way(from.spot, to.spot); ok {
			return wholeSeconds(walk.Time)
		}
	}
	return f.walking.Seconds(geo.Distance(from.at, to.at))
}

// direct is the walk all the way, as around has it for MaxDirect; false when it
// is too long.
func (f *foot) direct(from, to stand) (transit.Seconds, bool) {
	line := geo.Distance(from.at, to.at)
	straight := f.walking.Seconds(line)
	if !from.onStreet || !to.onStreet {
		return straight, float64(line) <= f.walking.MaxDirect
	}
	time, near := f.search.Time(from.spot, to.spot, f.limit(f.walking.MaxDirect))
	walk := wholeSeconds(time)
	if across := line <= (from.spot.Off + to.spot.Off).Meters(); across {
		return min(walk, straight), true
	}
	return walk, near
}

// limit is what so many meters of straight line may take along streets.
func (f *foot) limit(meters float64) street.Milliseconds {
	return f.paced.Off(street.Millimeters(float64(meters*f.walking.Detour) * 1000))
}

// wholeSeconds rounds up, as Seconds does.
func wholeSeconds(t street.Milliseconds) transit.Seconds {
	return min(transit.Seconds((uint64(t)+999)/1000), longestWalk)
}

// gateWalks are the walks between every gate and the places within MaxDirect.
// Without streets there are none: a straight line needs no table.
func (f *foot) gateWalks(venues []demand.Venue) GateWalks {
	var w GateWalks
	if f.search == nil {
		return w
	}
	w.Gate, w.First = gatesOf(venues), []uint32{0}
	for _, gate := range w.Gate {
		hops := f.around(f.places.stand[gate], f.places, f.walking.MaxDirect, 0)
		slices.SortFunc(hops, func(a, b hop) int { return cmp.Compare(a.to, b.to) })
		for _, h := range hops {
			w.Place, w.Walk = append(w.Place, demand.Place(h.to)), append(w.Walk, h.walk)
		}
		w.First = append(w.First, uint32(len(w.Place)))
	}
	return w
}

// gatesOf are the places that are gates, sorted, each once.
func gatesOf(venues []demand.Venue) []demand.Place {
	var gates []demand.Place
	for _, v := range venues {
		for _, g := range v.Gates {
			gates = append(gates, g.Place)
		}
	}
	slices.Sort(gates)
	return slices.Compact(gates)
}
