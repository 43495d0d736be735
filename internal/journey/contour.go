package journey

import (
	"slices"

	"github.com/qala-city/qala/internal/geo"
)

// The edges of a grid's cell. A crossing is where the border of the surface
// crosses an edge between two nodes: twice the number of the edge's first node,
// one more where the edge goes north.
const (
	bottom = iota
	right
	top
	left
)

// strokes are the pieces of border in a cell by which of its corners are
// inside (1 south-west, 2 south-east, 4 north-east, 8 north-west), from edge to
// edge with the inside on the left hand. Marching squares (Lorensen, Cline 1987
// in the plane).
var strokes = [16][][2]int{
	1: {{bottom, left}}, 2: {{right, bottom}}, 4: {{top, right}}, 8: {{left, top}},
	3: {{right, left}}, 6: {{top, bottom}}, 12: {{left, right}}, 9: {{bottom, top}},
	7: {{top, left}}, 11: {{right, top}}, 13: {{bottom, right}}, 14: {{left, bottom}},
	5: {{bottom, left}, {top, right}}, 10: {{right, bottom}, {left, top}},
}

// joined are the strokes of cells with two corners inside that lie across,
// where the middle is inside too.
var joined = map[int][][2]int{
	5: {{bottom, right}, {top, left}}, 10: {{left, bottom}, {right, top}},
}

// nobody stands for a crossing that there is not.
const nobody = int32(-1)

// onwards is for each crossing the one that comes next along the border.
func (g *grid) onwards() []int32 {
	next := make([]int32, 2*len(g.left))
	fill(next, nobody)
	for row := 0; row+1 < g.rows; row++ {
		for column := 0; column+1 < g.columns; column++ {
			node := row*g.columns + column
			edges := [4]int{bottom: 2 * node, right: 2*(node+1) + 1, top: 2 * (node + g.columns), left: 2*node + 1}
			for _, stroke := range g.strokesOf(node) {
				next[edges[stroke[0]]] = int32(edges[stroke[1]])
			}
		}
	}
	return next
}

// strokesOf are the pieces of border in the cell north-east of a node.
func (g *grid) strokesOf(node int) [][2]int {
	corners := [4]float64{g.left[node], g.left[node+1], g.left[node+g.columns+1], g.left[node+g.columns]}
	inside, middle := 0, 0.0
	for i, left := range corners {
		if left > 0 {
			inside |= 1 << i
		}
		middle += left
	}
	if across, twofold := joined[inside]; twofold && middle > 0 {
		return across
	}
	return strokes[inside]
}

// ring is a closed border in meters north and east of the origin.
type ring struct {
	north, east []float64
	area        float64 // twice the surface; below nothing for a hole
}

// rings are the closed borders, in the order of their first crossings.
func (g *grid) rings() []ring {
	next := g.onwards()
	var rings []ring
	for first := range next {
		if next[first] == nobody {
			continue
		}
		var r ring
		for at := int32(first); next[at] != nobody; {
			north, east := g.crossing(int(at))
			r.north, r.east = append(r.north, north), append(r.east, east)
			next[at], at = nobody, next[at]
		}
		r.area = r.twice()
		rings = append(rings, r)
	}
	return rings
}

// crossing is where the border crosses an edge: where no walk is left, taken
// that it falls evenly from node to node.
func (g *grid) crossing(edge int) (north, east float64) {
	node := edge / 2
	other, row, column := node+1, float64(node/g.columns), float64(node%g.columns)
	if edge%2 == 1 {
		other = node + g.columns
	}
	share := g.left[node] / (g.left[node] - g.left[other])
	share = min(max(share, .001), .999) // two borders never touch in a node
	if edge%2 == 1 {
		row += share
	} else {
		column += share
	}
	return g.south + float64(row*g.cell), g.west + float64(column*g.cell)
}

// twice is twice the surface of a ring, counterclockwise above nothing.
func (r *ring) twice() float64 {
	sum, last := 0.0, len(r.north)-1
	for i := range r.north {
		sum += float64(r.east[last]*r.north[i]) - float64(r.east[i]*r.north[last])
		last = i
	}
	return sum
}

// holds reports whether a point lies inside of the ring.
func (r *ring) holds(north, east float64) bool {
	in, last := false, len(r.north)-1
	for i := range r.north {
		if (r.north[i] > north) != (r.north[last] > north) {
			cut := r.east[i] + float64(float64(north-r.north[i])/float64(r.north[last]-r.north[i])*float64(r.east[last]-r.east[i]))
			if east < cut {
				in = !in
			}
		}
		last = i
	}
	return in
}

// polygons puts rings together: each hole into the smallest surface around it.
func (g *grid) polygons(origin geo.Point) []Polygon {
	rings := g.rings()
	var polygons []Polygon
	of := make([]int, len(rings))
	for i := range rings {
		if rings[i].area > 0 {
			of[i] = len(polygons)
			polygons = append(polygons, Polygon{rings[i].points(origin)})
		}
	}
	for i := range rings {
		if rings[i].area > 0 {
			continue
		}
		around := -1
		for k := range rings {
			if rings[k].area > 0 && (around < 0 || rings[k].area < rings[around].area) && rings[k].holds(rings[i].north[0], rings[i].east[0]) {
				around = k
			}
		}
		if around >= 0 {
			polygons[of[around]] = append(polygons[of[around]], rings[i].points(origin))
		}
	}
	return polygons
}

// points is the ring on the earth, its first point at its end again.
func (r *ring) points(origin geo.Point) []geo.Point {
	points := make([]geo.Point, 0, len(r.north)+1)
	for i := range r.north {
		points = append(points, geo.Offset(origin, geo.Meters(r.north[i]), geo.Meters(r.east[i])))
	}
	return append(points, points[0])
}

// Holds reports whether a point lies on the surface.
func (p Polygon) Holds(at geo.Point) bool {
	return slices.ContainsFunc(p[:1], around(at)) && !slices.ContainsFunc(p[1:], around(at))
}

// around tells of rings whether they go around a point.
func around(at geo.Point) func([]geo.Point) bool {
	return func(points []geo.Point) bool {
		var r ring
		for _, p := range points {
			r.north, r.east = append(r.north, p.Lat), append(r.east, p.Lon)
		}
		return r.holds(at.Lat, at.Lon)
	}
}
