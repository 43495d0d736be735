package street

import (
	"cmp"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/geo"
)

// Spot is a place on an edge and the straight line that leads to it.
type Spot struct {
	Edge  Edge
	Along Millimeters // from the edge's From
	Off   Millimeters // the straight line between the street and what was snapped
}

// Index finds the nearest street. It is a tree of boxes laid out level by
// level, and may be used by several goroutines.
type Index struct {
	graph  *Graph
	edge   []Edge  // in the order of the lowest level
	levels [][]box // the lowest first; each box stands for fanOut below it
}

const fanOut = 8

type box struct{ south, west, north, east int32 }

// NewIndex is an index of the edges that keep approves; nil keeps all.
func NewIndex(g *Graph, keep func(Edge) bool) *Index {
	x := &Index{graph: g}
	boxes := make([]box, len(g.From))
	for e := range g.From {
		boxes[e] = g.box(Edge(e))
		if keep == nil || keep(Edge(e)) {
			x.edge = append(x.edge, Edge(e))
		}
	}
	tile(x.edge, boxes)
	level := make([]box, len(x.edge))
	for i, e := range x.edge {
		level[i] = boxes[e]
	}
	for x.levels = [][]box{level}; len(level) > 1; x.levels = append(x.levels, level) {
		level = above(level)
	}
	return x
}

func (g *Graph) box(e Edge) box {
	b := box{math.MaxInt32, math.MaxInt32, math.MinInt32, math.MinInt32}
	b.take(g.At[g.From[e]])
	b.take(g.At[g.Into[e]])
	for _, p := range g.Bend[g.First[e]:g.First[e+1]] {
		b.take(p)
	}
	return b
}

func (b *box) take(p Position) {
	b.south, b.north = min(b.south, p.Lat), max(b.north, p.Lat)
	b.west, b.east = min(b.west, p.Lon), max(b.east, p.Lon)
}

// tile puts edges that lie near each other side by side: stripes from west to
// east, each from south to north.
func tile(edges []Edge, boxes []box) {
	lon := func(e Edge) int64 { return int64(boxes[e].west) + int64(boxes[e].east) }
	lat := func(e Edge) int64 { return int64(boxes[e].south) + int64(boxes[e].north) }
	slices.SortFunc(edges, func(a, b Edge) int { return cmp.Or(cmp.Compare(lon(a), lon(b)), cmp.Compare(a, b)) })
	stripe := fanOut * max(1, int(math.Ceil(math.Sqrt(float64(len(edges))/fanOut))))
	for s := range slices.Chunk(edges, stripe) {
		slices.SortFunc(s, func(a, b Edge) int { return cmp.Or(cmp.Compare(lat(a), lat(b)), cmp.Compare(a, b)) })
	}
}

// above is the next level of boxes.
func above(level []box) []box {
	var up []box
	for group := range slices.Chunk(level, fanOut) {
		all := group[0]
		for _, b := range group {
			all.take(Position{b.south, b.west})
			all.take(Position{b.north, b.east})
		}
		up = append(up, all)
	}
	return up
}

// Snap is the nearest place on a street within so many meters of a point; of
// edges equally near the one with the lowest index.
func (x *Index) Snap(p geo.Point, within geo.Meters) (Spot, bool) {
	if !p.Valid() || len(x.edge) == 0 {
		return Spot{}, false
	}
	s := snapping{Index: x, plane: geo.PlaneAround(p), p: p, square: float64(within * within), edge: none}
	s.descend(len(x.levels)-1, 0)
	if s.edge == none {
		return Spot{}, false
	}
	return Spot{Edge: s.edge, Along: s.along(), Off: millimeters(geo.Meters(math.Sqrt(s.square)))}, true
}

// snapping is one search for the nearest street, and the best found so far.
type snapping struct {
	*Index
	plane  geo.Plane
	p      geo.Point
	square float64 // of the distance
	edge   Edge
	piece  int // of the edge's line
	share  float64
}

func (s *snapping) descend(level, i int) {
	if s.squareTo(s.levels[level][i]) > s.square {
		return
	}
	if level == 0 {
		s.try(s.Index.edge[i])
		return
	}
	below := s.levels[level-1]
	for c := i * fanOut; c < min((i+1)*fanOut, len(below)); c++ {
		s.descend(level-1, c)
	}
}

// squareTo is the square of the distance to a box.
func (s *snapping) squareTo(b box) float64 {
	south, north := Position{b.south, b.west}.Point(), Position{b.north, b.east}.Point()
	nearest := geo.Point{Lat: min(max(s.p.Lat, south.Lat), north.Lat), Lon: min(max(s.p.Lon, south.Lon), north.Lon)}
	n, e := s.plane.Offset(nearest)
	// A hair less, so that rounding never hides a street on the box's rim.
	return (float64(n*n) + float64(e*e)) * (1 - 1e-9)
}

func (s *snapping) try(e Edge) {
	line := s.graph.Line(e)
	for i := 1; i < len(line); i++ {
		share, square := s.plane.Nearest(line[i-1], line[i])
		if square < s.square || (square == s.square && e < s.edge) {
			s.square, s.edge, s.piece, s.share = square, e, i-1, share
		}
	}
}

// along is how far along its edge the best place lies.
func (s *snapping) along() Millimeters {
	line := s.graph.Line(s.edge)
	before := geo.Length(line[:s.piece+1])
	stretch := geo.Meters(float64(float64(geo.Distance(line[s.piece], line[s.piece+1])) * s.share))
	return min(millimeters(before+stretch), s.graph.Length[s.edge])
}
