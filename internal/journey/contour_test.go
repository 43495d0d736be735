package journey

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/geo"
)

var middle = geo.Point{Lat: 41.15, Lon: -8.6}

// surface is the area of polygons in square meters, holes taken off.
func surface(polygons []Polygon) float64 {
	plane, sum := geo.PlaneAround(middle), 0.0
	for _, p := range polygons {
		for _, points := range p {
			var r ring
			for _, at := range points[:len(points)-1] {
				north, east := plane.Offset(at)
				r.north, r.east = append(r.north, float64(north)), append(r.east, float64(east))
			}
			sum += r.twice() / 2
		}
	}
	return sum
}

func TestDiscHasItsArea(t *testing.T) {
	polygons := newGrid([]disc{{100, -50, 700}}, 25).polygons(middle)
	if len(polygons) != 1 || len(polygons[0]) != 1 {
		t.Fatalf("%d polygons, want one without holes", len(polygons))
	}
	if got, want := surface(polygons), math.Pi*700*700; math.Abs(got-want) > want*.005 {
		t.Errorf("%.0f m², want %.0f", got, want)
	}
}

// A ring of discs has a hole, and a disc in the hole is a polygon of its own.
func TestRingOfDiscsHasAHole(t *testing.T) {
	var discs []disc
	for i := range 24 {
		turn := float64(i) * math.Pi / 12
		discs = append(discs, disc{1000 * math.Sin(turn), 1000 * math.Cos(turn), 300})
	}
	polygons := newGrid(append(discs, disc{0, 0, 200}), 25).polygons(middle)
	if len(polygons) != 2 || len(polygons[0])+len(polygons[1]) != 3 {
		t.Fatalf("%d polygons, want one with a hole and one in it", len(polygons))
	}
	for _, c := range []struct {
		north, east geo.Meters
		want        bool
	}{{0, 0, true}, {0, 500, false}, {0, 1000, true}, {0, 1400, false}} {
		if got := anyHolds(polygons, geo.Offset(middle, c.north, c.east)); got != c.want {
			t.Errorf("%.0f m east: %v, want %v", c.east, got, c.want)
		}
	}
}

func anyHolds(polygons []Polygon, at geo.Point) bool {
	for _, p := range polygons {
		if p.Holds(at) {
			return true
		}
	}
	return false
}

// TestPolygonsAreTheField: on any field, every node is inside of the polygons
// just when some walk is left there; outer rings turn left, holes right.
func TestPolygonsAreTheField(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := &grid{south: -300, west: -200, cell: 50, rows: rapid.IntRange(3, 12).Draw(t, "rows"), columns: rapid.IntRange(3, 12).Draw(t, "columns")}
		g.left = make([]float64, g.rows*g.columns)
		for i := range g.left {
			row, column := i/g.columns, i%g.columns
			g.left[i] = -1
			if row > 0 && column > 0 && row < g.rows-1 && column < g.columns-1 {
				g.left[i] = float64(rapid.IntRange(-3, 3).Draw(t, "left"))
			}
		}
		polygons := g.polygons(middle)
		for i, left := range g.left {
			at := geo.Offset(middle, geo.Meters(g.south+float64(i/g.columns)*g.cell), geo.Meters(g.west+float64(i%g.columns)*g.cell))
			if got := anyHolds(polygons, at); got != (left > 0) {
				t.Fatalf("node %d with %g: inside %v", i, left, got)
			}
		}
		for _, p := range polygons {
			for i, points := range p {
				if points[0] != points[len(points)-1] || len(points) < 4 || (surface([]Polygon{{points}}) > 0) != (i == 0) {
					t.Fatalf("ring %d is not closed or turns the wrong way: %v", i, points)
				}
			}
		}
	})
}
