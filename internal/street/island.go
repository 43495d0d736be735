package street

import (
	"cmp"
	"slices"
)

// Island is a part of the streets from which one cannot walk to the rest.
type Island struct {
	At           Position // its first node
	Nodes, Edges int
	Length       uint64 // millimeters of street
}

// Islands are the connected parts of the graph, the longest first, and for
// each node the row of its island.
func (g *Graph) Islands() ([]Island, []uint32) {
	root := g.roots()
	var islands []Island
	of, row := make([]uint32, len(g.At)), map[uint32]uint32{}
	for n := range g.At {
		r := root[n]
		if _, known := row[r]; !known {
			row[r] = uint32(len(islands))
			islands = append(islands, Island{At: g.At[n]})
		}
		of[n] = row[r]
		islands[of[n]].Nodes++
	}
	for e, n := range g.From {
		islands[of[n]].Edges++
		islands[of[n]].Length += uint64(g.Length[e])
	}
	return sortIslands(islands, of)
}

// roots is one node of its part for every node, the same for all of a part.
func (g *Graph) roots() []uint32 {
	up := make([]uint32, len(g.At))
	for n := range up {
		up[n] = uint32(n)
	}
	find := func(n uint32) uint32 {
		for up[n] != n {
			up[n] = up[up[n]]
			n = up[n]
		}
		return n
	}
	for e := range g.From {
		a, b := find(uint32(g.From[e])), find(uint32(g.Into[e]))
		up[max(a, b)] = min(a, b)
	}
	for n := range up {
		up[n] = find(uint32(n))
	}
	return up
}

func sortIslands(islands []Island, of []uint32) ([]Island, []uint32) {
	order, place := make([]uint32, len(islands)), make([]uint32, len(islands))
	for i := range order {
		order[i] = uint32(i)
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(islands[b].Length, islands[a].Length), cmp.Compare(a, b))
	})
	sorted := make([]Island, len(islands))
	for i, o := range order {
		sorted[i], place[o] = islands[o], uint32(i)
	}
	for n := range of {
		of[n] = place[of[n]]
	}
	return sorted, of
}

// smallShare is the share of all streets below which an island is small: a
// yard behind a gate, a park whose path is not drawn to its street.
const smallShare = 0.01

// Small are the islands, but the longest, that hold less than a hundredth of
// all streets each; the longest first.
func (g *Graph) Small() []Island {
	islands, _ := g.Islands()
	return islands[g.main(islands):]
}

// main is how many of the islands are not small.
func (g *Graph) main(islands []Island) int {
	least := uint64(float64(g.Total()) * 1000 * smallShare)
	for i := 1; i < len(islands); i++ {
		if islands[i].Length < least {
			return i
		}
	}
	return len(islands)
}

// Mainland tells of an edge whether it lies on no small island.
func (g *Graph) Mainland() func(Edge) bool {
	islands, of := g.Islands()
	main := g.main(islands)
	return func(e Edge) bool { return int(of[g.From[e]]) < main }
}
