package street

import (
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/geo"
)

func TestPiecesAlongPoints(t *testing.T) {
	g := cross().build(t)
	p := g.Pieces()
	at := func(north, east float64) geo.Point { return spotAt(north, east).Point() }
	for _, c := range []struct {
		points []geo.Point
		want   []Edge
	}{
		{[]geo.Point{at(5, 100)}, []Edge{0}},
		{[]geo.Point{at(0, 50), at(0, 150)}, []Edge{0}},
		{[]geo.Point{at(0, 50), at(90, 200)}, []Edge{0, 2, 3}},
		{[]geo.Point{at(90, 200), at(0, 390), at(0, 10)}, []Edge{3, 2, 1, 0}},
	} {
		if got, found := p.Along(c.points); !found || !slices.Equal(got, c.want) {
			t.Errorf("%v: %v %v, want %v", c.points, got, found, c.want)
		}
	}
	for _, none := range [][]geo.Point{{at(2000, 2000)}, {at(0, 50), at(900, 50)}} {
		if got, found := p.Along(none); found {
			t.Errorf("%v: %v", none, got)
		}
	}
}
