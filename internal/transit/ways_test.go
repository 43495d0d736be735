package transit

import (
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/geo"
)

func at(east, north geo.Meters) geo.Point {
	return geo.Offset(geo.Point{Lat: 41.15, Lon: -8.6}, north, east)
}

// A line around a corner, its stops beside it.
var (
	corner = []geo.Point{at(0, 0), at(2000, 0), at(2000, 2000)}
	beside = []geo.Point{at(0, 30), at(1500, 30), at(1970, 900), at(1970, 2000)}
)

func TestHopsFollowTheShape(t *testing.T) {
	ways, straight := cut(corner, beside)
	if straight != 0 || len(ways) != 3 {
		t.Fatalf("%d ways, %d of them straight; want three along the shape", len(ways), straight)
	}
	if l := geo.Length(ways[1]); l < 1390 || l > 1410 {
		t.Errorf("around the corner it is %.0f m, want 1400", l)
	}
}

func TestShapeOfTheOtherDirectionIsStillTheLine(t *testing.T) {
	stops := slices.Clone(beside)
	slices.Reverse(stops)
	if _, straight := cut(corner, stops); straight == 0 {
		t.Error("the shape led backwards and was followed")
	}
	back := slices.Clone(corner)
	slices.Reverse(back)
	if _, straight := cut(back, stops); straight != 0 {
		t.Errorf("%d hops were straight on the turned shape", straight)
	}
}

func TestHopsWithoutAShapeAreStraight(t *testing.T) {
	for name, line := range map[string][]geo.Point{"none": nil, "elsewhere": {at(0, 9000), at(2000, 9000)}} {
		ways, straight := cut(line, beside)
		if straight != 3 || len(ways[0]) != 2 || ways[0][0] != beside[0] {
			t.Errorf("shape %s: %d straight hops of %v", name, straight, ways)
		}
	}
}
