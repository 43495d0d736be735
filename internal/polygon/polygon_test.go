package polygon

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func square(x, y, side float64) Ring {
	return Ring{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}, {x, y}}
}

func TestPoint(t *testing.T) {
	horseshoe := Surface{{{0, 0}, {10, 0}, {10, 10}, {8, 10}, {8, 2}, {2, 2}, {2, 10}, {0, 10}, {0, 0}}}
	for _, c := range []struct {
		what string
		s    Surface
		want XY
	}{
		{"a square", Surface{square(2, 4, 2)}, XY{3, 5}},
		{"a square drawn the other way round", Surface{{{0, 0}, {0, 2}, {2, 2}, {2, 0}}}, XY{1, 1}},
		{"two squares of one surface", Surface{square(0, 0, 3), square(3, 0, 3)}, XY{3, 1.5}},
		{"a line", Surface{{{0, 0}, {4, 2}, {0, 0}}}, XY{2, 1}},
		{"a point", Surface{{{3, 3}}}, XY{3, 3}},
		{"a horseshoe, whose centroid is outside", horseshoe, XY{1, 6}},
		{"a square with a hole in its corner", Surface{square(0, 0, 4), square(0, 0, 2)}, XY{(16*2 - 4*1) / 12., (16*2 - 4*1) / 12.}},
		{"far from the origin", Surface{square(1e7, 5e6, 1)}, XY{1e7 + .5, 5e6 + .5}},
	} {
		got, ok := c.s.Point()
		if !ok || math.Abs(got.X-c.want.X) > 1e-9*max(1, math.Abs(c.want.X)) || math.Abs(got.Y-c.want.Y) > 1e-9*max(1, math.Abs(c.want.Y)) {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

func TestRingWithItsMiddleCutOut(t *testing.T) {
	s := Surface{square(0, 0, 10), square(1, 1, 8)}
	got, ok := s.Point()
	if !ok || !s.Contains(got) || (Surface{square(1, 1, 8)}).Contains(got) {
		t.Errorf("%v is not on the frame", got)
	}
}

func TestNothingHasNoPoint(t *testing.T) {
	huge := math.MaxFloat64
	for _, s := range []Surface{nil, {}, {{}}, {{{math.NaN(), 1}}}, {{{huge, 0}, {huge, 1}}}} {
		if got, ok := s.Point(); ok {
			t.Errorf("%v has the point %v", s, got)
		}
	}
}

// A star around a center is drawn at random: its point lies inside of it.
func TestPointOfAStarLiesInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(3, 40).Draw(t, "corners")
		ring := make(Ring, n)
		for i := range ring {
			angle := 2 * math.Pi * float64(i) / float64(n)
			r := rapid.Float64Range(1, 50).Draw(t, "radius")
			ring[i] = XY{1000 + r*math.Cos(angle), 500 + r*math.Sin(angle)}
		}
		s := Surface{ring}
		if at, ok := s.Point(); !ok || !s.Contains(at) {
			t.Fatalf("%v of %v", at, ring)
		}
	})
}
