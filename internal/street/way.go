package street

import (
	"slices"

	"github.com/qala-city/qala/internal/geo"
)

// Walk is a shortest way with its course.
type Walk struct {
	Time   Milliseconds
	Length Millimeters // the straight lines at both ends included
	Course []geo.Point // along the streets, from spot to spot
}

// Way is the shortest way between two spots; false when there is none.
func (s *Search) Way(from, to Spot) (Walk, bool) {
	reached := s.Reach(from, s.on.Targets([]Spot{to}), 0, 1)
	if len(reached) == 0 {
		return Walk{}, false
	}
	g := s.on.Graph
	w := Walk{Time: reached[0].Time, Length: from.Off + to.Off}
	last := s.via[len(g.At)]
	if last == none {
		w.follow(g, from.Edge, from.Along, to.Along)
		return w, true
	}
	arcs, first := s.arcsTo(Node(last))
	edges := make([]Edge, len(arcs))
	for i, a := range arcs {
		edges[i] = s.on.arc[a].edge
	}
	w.along(g, from, to, first, Node(last), edges)
	return w, true
}

// along follows edges from a node to another, and the pieces of the spots' edges before and after them.
func (w *Walk) along(g *Graph, from, to Spot, first, last Node, edges []Edge) {
	w.follow(g, from.Edge, from.Along, g.endAt(from, first))
	at := first
	for _, e := range edges {
		if g.From[e] == at {
			w.follow(g, e, 0, g.Length[e])
		} else {
			w.follow(g, e, g.Length[e], 0)
		}
		at ^= g.From[e] ^ g.Into[e]
	}
	w.follow(g, to.Edge, g.endAt(to, last), to.Along)
}

// arcsTo are the arcs of the way to a node, in walking order, and the node
// that they start from.
func (s *Search) arcsTo(n Node) ([]uint32, Node) {
	var arcs []uint32
	for s.via[n] != none {
		a := s.via[n]
		arcs = append(arcs, a)
		// No shortest way uses an edge from a node to itself.
		e := s.on.arc[a].edge
		n ^= s.on.Graph.From[e] ^ s.on.Graph.Into[e]
	}
	slices.Reverse(arcs)
	return arcs, n
}

// endAt is where along a spot's edge a node at its end lies; of an edge that
// begins and ends there, the end nearer to the spot.
func (g *Graph) endAt(s Spot, n Node) Millimeters {
	length := g.Length[s.Edge]
	switch {
	case g.Into[s.Edge] != n:
		return 0
	case g.From[s.Edge] != n || s.Along > length/2:
		return length
	}
	return 0
}

// follow adds a stretch of an edge, forwards or backwards.
func (w *Walk) follow(g *Graph, e Edge, begin, finish Millimeters) {
	w.Length += max(begin, finish) - min(begin, finish)
	stretch := g.stretch(e, min(begin, finish), max(begin, finish))
	if begin > finish {
		slices.Reverse(stretch)
	}
	if n := len(w.Course); n > 0 && w.Course[n-1] == stretch[0] {
		stretch = stretch[1:]
	}
	w.Course = append(w.Course, stretch...)
}

// stretch is an edge's line between two lengths along it.
func (g *Graph) stretch(e Edge, begin, finish Millimeters) []geo.Point {
	line := g.Line(e)
	cut := []geo.Point{g.pointAt(e, line, begin)}
	if begin == finish {
		return cut
	}
	along := geo.Meters(0)
	for i := 1; i < len(line)-1; i++ {
		along += geo.Distance(line[i-1], line[i])
		if along > begin.Meters() && along < finish.Meters() {
			cut = append(cut, line[i])
		}
	}
	return append(cut, g.pointAt(e, line, finish))
}

// pointAt is the point so far along an edge's line; its ends exactly.
func (g *Graph) pointAt(e Edge, line []geo.Point, along Millimeters) geo.Point {
	switch along {
	case 0:
		return line[0]
	case g.Length[e]:
		return line[len(line)-1]
	}
	left := along.Meters()
	for i := 1; i < len(line); i++ {
		piece := geo.Distance(line[i-1], line[i])
		if left <= piece && piece > 0 {
			return geo.Between(line[i-1], line[i], float64(left/piece))
		}
		left -= piece
	}
	return line[len(line)-1]
}
