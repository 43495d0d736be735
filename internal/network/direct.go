package network

import (
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// GateWalks are the direct walks along streets between gates and the places
// around them, in rows: those of Gate[i] are First[i] to First[i+1]. Gates are
// sorted, and so are the places of each row.
type GateWalks struct {
	Gate  []demand.Place
	First []uint32
	Place []demand.Place
	Walk  []transit.Seconds
}

// of is the walk between a gate and a place; gate is false where the first is
// none, near is false where the walk is too long.
func (w *GateWalks) of(at, place demand.Place) (walk transit.Seconds, gate, near bool) {
	i, gate := slices.BinarySearch(w.Gate, at)
	if !gate {
		return 0, false, false
	}
	from := w.First[i]
	j, near := slices.BinarySearch(w.Place[from:w.First[i+1]], place)
	if !near {
		return 0, true, false
	}
	return w.Walk[from+uint32(j)], true, true
}

// Direct is the walk from place to place without riding anything; false when
// it is too long. With streets, a walk to or from a gate goes along them; any
// other is the straight line times Walking.Detour.
func (n *Network) Direct(from, to demand.Place) (transit.Seconds, bool) {
	if walk, gate, near := n.GateWalks.of(to, from); gate {
		return walk, near
	}
	if walk, gate, near := n.GateWalks.of(from, to); gate {
		return walk, near
	}
	return n.Walking.WalkBetween(n.Places.At[from], n.Places.At[to])
}
