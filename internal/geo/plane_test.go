package geo

import (
	"math"
	"testing"
)

func TestPlaneAgreesWithDistance(t *testing.T) {
	center := Point{41.16, -8.58}
	for _, p := range []Point{{41.17, -8.6}, {41.16, -8.58}, {41.0, -8.4}, {41.4, -8.7}} {
		north, east := PlaneAround(center).Offset(p)
		got, want := math.Hypot(float64(north), float64(east)), float64(Distance(center, p))
		if math.Abs(got-want) > want*3e-3 {
			t.Errorf("%v lies %.1f m away in the plane, %.1f m by Distance", p, got, want)
		}
	}
}

func TestNearestIsTheFootOrAnEnd(t *testing.T) {
	center := Point{51.1, 71.4}
	at := func(north, east Meters) Point { return Offset(center, north, east) }
	for _, c := range []struct {
		a, b            Point
		share, distance float64
	}{
		{at(30, -40), at(30, 60), .4, 30},
		{at(30, 40), at(30, 140), 0, 50},
		{at(30, -140), at(30, -40), 1, 50},
		{at(3, 4), at(3, 4), 0, 5}, // no length at all
	} {
		share, square := PlaneAround(center).Nearest(c.a, c.b)
		if math.Abs(share-c.share) > 1e-4 || math.Abs(math.Sqrt(square)-c.distance) > .01 {
			t.Errorf("from %v to %v: share %.4f at %.3f m, want %.4f at %.3f m", c.a, c.b, share, math.Sqrt(square), c.share, c.distance)
		}
	}
	if got := Between(Point{1, 2}, Point{3, 6}, .25); got != (Point{1.5, 3}) {
		t.Errorf("a quarter of the way is %v", got)
	}
}
