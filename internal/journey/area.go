package journey

import (
	"math"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// Polygon is a surface: its outer ring counterclockwise, then its holes
// clockwise, each closed by its first point again.
type Polygon [][]geo.Point

// disc is where somebody gets who walks from a point.
type disc struct {
	north, east, radius float64 // meters, from the origin of the area
}

// mostNodes bounds the grid of an area: a wider one has a coarser grid.
const mostNodes = 1 << 22

// Area is what lies within so many seconds, as polygons: discs around the
// origin and around every stop where one gets off, as wide as the time that is
// left lets one walk (the straight line is walked Detour times as long, and no
// farther than Walking allows), drawn on a grid of so many meters.
func (s *Search) Area(from End, r *Reached, within transit.Seconds, cell geo.Meters) []Polygon {
	at := s.at(from)
	if len(at) == 0 || !at[0].Valid() || cell <= 0 {
		return nil
	}
	g := newGrid(s.discs(from, at, r, within), float64(cell))
	return g.polygons(at[0])
}

// discs are the origin's own and those of the stops.
func (s *Search) discs(from End, origin []geo.Point, r *Reached, within transit.Seconds) []disc {
	n, plane := s.ix.Network, geo.PlaneAround(origin[0])
	var discs []disc
	add := func(at geo.Point, left transit.Seconds, most float64) {
		radius := min(s.stride(left), most)
		if !at.Valid() || radius <= 0 {
			return
		}
		north, east := plane.Offset(at)
		discs = append(discs, disc{float64(north), float64(east), radius})
	}
	for _, at := range origin {
		if from.kind != stopEnd {
			add(at, within, n.Walking.MaxDirect)
		}
	}
	for stop, since := range r.Off {
		if since != Unreached && since <= within {
			add(n.Timetable.Stops.At[stop], within-since, n.Walking.MaxAccess)
		}
	}
	return discs
}

// stride is how many meters of straight line one walks in a time.
func (s *Search) stride(time transit.Seconds) float64 {
	w, speed := s.ix.Network.Walking, s.ix.Class.Speed
	if speed == 0 {
		speed = 100
	}
	return float64(float64(float64(time)*w.Speed)*float64(speed)) / float64(100*w.Detour)
}

// grid is a field over nodes: how many meters of walk are left there, below
// nothing where one does not get.
type grid struct {
	south, west   float64 // of the first node, meters from the origin
	cell          float64
	rows, columns int
	left          []float64
}

// margin is how many nodes lie around the discs, all of them outside.
const margin = 3

func newGrid(discs []disc, cell float64) *grid {
	south, west, north, east := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, d := range discs {
		south, north = min(south, d.north-d.radius), max(north, d.north+d.radius)
		west, east = min(west, d.east-d.radius), max(east, d.east+d.radius)
	}
	if len(discs) == 0 {
		return &grid{}
	}
	for float64((north-south)/cell+2*margin+1)*float64((east-west)/cell+2*margin+1) > mostNodes {
		cell *= 2
	}
	g := &grid{
		south: south - float64(margin*cell), west: west - float64(margin*cell), cell: cell,
		rows: int((north-south)/cell) + 2*margin + 1, columns: int((east-west)/cell) + 2*margin + 1,
	}
	g.left = make([]float64, g.rows*g.columns)
	fill(g.left, math.Inf(-1))
	for _, d := range discs {
		g.stamp(d)
	}
	return g
}

// stamp draws a disc, and far enough around it that every node beside one
// inside of it knows by how much it is outside.
func (g *grid) stamp(d disc) {
	reach := d.radius + float64(2*g.cell)
	firstRow, lastRow := g.span(d.north-g.south, reach, g.rows)
	firstColumn, lastColumn := g.span(d.east-g.west, reach, g.columns)
	for row := firstRow; row <= lastRow; row++ {
		north := g.south + float64(float64(row)*g.cell) - d.north
		for column := firstColumn; column <= lastColumn; column++ {
			east := g.west + float64(float64(column)*g.cell) - d.east
			away := math.Sqrt(float64(north*north) + float64(east*east))
			node := row*g.columns + column
			g.left[node] = max(g.left[node], d.radius-away)
		}
	}
}

// span are the first and the last of n lines of the grid within reach of a place.
func (g *grid) span(at, reach float64, n int) (first, last int) {
	return max(int((at-reach)/g.cell), 0), min(int((at+reach)/g.cell)+1, n-1)
}
