// Package polygon finds one point that stands for a surface, such as a census
// area: its centroid where that lies inside, else a point well inside.
package polygon

import (
	"cmp"
	"math"
	"slices"
)

// XY is a point of a plane; the units are the holder's.
type XY struct{ X, Y float64 }

// Ring is a closed line; its last point may repeat the first.
type Ring []XY

// Surface is one or several polygons with their holes, as rings in any order
// and any sense: a point is inside where an odd number of rings is around it.
type Surface []Ring

// Point stands for the surface; false when it has no point at all, or numbers
// too large to reckon with. A surface without an area, such as a line, is
// stood for by the middle of its corners.
func (s Surface) Point() (XY, bool) {
	corners := s.corners()
	if len(corners) == 0 {
		return XY{}, false
	}
	at, ok := s.centroid()
	switch {
	case !ok:
		at = middle(corners)
	case !s.Contains(at):
		if inside, ok := s.wellInside(); ok {
			at = inside
		}
	}
	return at, at.finite()
}

func (p XY) finite() bool { return !math.IsNaN(p.X-p.X) && !math.IsNaN(p.Y-p.Y) } // infinite less infinite is not a number

// corners are the points of all rings whose numbers are finite.
func (s Surface) corners() []XY {
	var all []XY
	for _, ring := range s {
		for _, p := range ring {
			if p.finite() {
				all = append(all, p)
			}
		}
	}
	return all
}

func middle(corners []XY) XY {
	b := boxOf(corners)
	return XY{(b.low.X + b.high.X) / 2, (b.low.Y + b.high.Y) / 2}
}

// centroid is the center of gravity; false for a surface without an area. A
// ring inside an odd number of others is a hole and counts against it.
func (s Surface) centroid() (XY, bool) {
	total, x, y := 0.0, 0.0, 0.0
	boxes := make([]box, len(s))
	for i, ring := range s {
		boxes[i] = boxOf(ring)
	}
	for i, ring := range s {
		area, at := ring.centroid()
		if s.isHole(i, boxes) {
			area = -area
		}
		total, x, y = total+area, x+float64(area*at.X), y+float64(area*at.Y)
	}
	if !(total > 0) || math.IsInf(total, 0) {
		return XY{}, false
	}
	return XY{x / total, y / total}, true
}

// centroid is the area, never negative, and its center of gravity. Sums are
// taken from the first corner, so that large coordinates lose nothing.
func (r Ring) centroid() (area float64, at XY) {
	if len(r) < 3 {
		return 0, XY{}
	}
	from, twice, x, y := r[0], 0.0, 0.0, 0.0
	for i := 1; i+1 < len(r); i++ {
		a, b := XY{r[i].X - from.X, r[i].Y - from.Y}, XY{r[i+1].X - from.X, r[i+1].Y - from.Y}
		cross := float64(a.X*b.Y) - float64(b.X*a.Y)
		twice, x, y = twice+cross, x+float64(cross*(a.X+b.X)), y+float64(cross*(a.Y+b.Y))
	}
	if twice == 0 {
		return 0, XY{}
	}
	return math.Abs(twice) / 2, XY{from.X + x/float64(3*twice), from.Y + y/float64(3*twice)}
}

// asked is how many corners of a ring say whether it is a hole.
const asked = 15

// isHole reports whether an odd number of the other rings is around a ring. A
// corner may lie on another ring, so most of some corners decide.
func (s Surface) isHole(i int, boxes []box) bool {
	ring := s[i]
	within, step := 0, max(1, len(ring)/asked)
	for c := 0; c < len(ring); c += step {
		odd := false
		for j := range s {
			if j != i && boxes[j].holds(ring[c]) && s[j].around(ring[c]) {
				odd = !odd
			}
		}
		if odd {
			within += 2 * step
		}
	}
	return within > len(ring)
}

// box is what a ring lies within.
type box struct{ low, high XY }

func (b box) holds(p XY) bool {
	return b.low.X <= p.X && p.X <= b.high.X && b.low.Y <= p.Y && p.Y <= b.high.Y
}

func boxOf(corners []XY) box {
	b := box{XY{math.Inf(1), math.Inf(1)}, XY{math.Inf(-1), math.Inf(-1)}}
	for _, p := range corners {
		b.low = XY{min(b.low.X, p.X), min(b.low.Y, p.Y)}
		b.high = XY{max(b.high.X, p.X), max(b.high.Y, p.Y)}
	}
	return b
}

// Contains reports whether an odd number of rings is around a point.
func (s Surface) Contains(p XY) bool {
	inside := false
	for _, ring := range s {
		inside = inside != ring.around(p)
	}
	return inside
}

// around counts the sides that lie to the right of the point.
func (r Ring) around(p XY) bool {
	odd := false
	for i := range r {
		if x, cuts := crossing(r[i], r[(i+1)%len(r)], p.Y); cuts && x > p.X {
			odd = !odd
		}
	}
	return odd
}

// crossing is where a side cuts a level; a corner on it belongs to the side above.
func crossing(a, b XY, y float64) (float64, bool) {
	if (a.Y > y) == (b.Y > y) {
		return 0, false
	}
	return a.X + float64((y-a.Y)/(b.Y-a.Y)*(b.X-a.X)), true
}

// wellInside is the middle of the widest stretch inside, on a level of the
// largest ring that cuts no corner.
func (s Surface) wellInside() (XY, bool) {
	y := s.level()
	var cuts []float64
	for _, ring := range s {
		for i := range ring {
			if x, ok := crossing(ring[i], ring[(i+1)%len(ring)], y); ok {
				cuts = append(cuts, x)
			}
		}
	}
	slices.Sort(cuts)
	best, widest := XY{}, 0.0
	for i := 0; i+1 < len(cuts); i += 2 {
		if wide := cuts[i+1] - cuts[i]; wide > widest {
			best, widest = XY{cuts[i] + wide/2, y}, wide
		}
	}
	return best, widest > 0
}

// level lies between the two heights of corners around the middle of the largest ring.
func (s Surface) level() float64 {
	largest := slices.MaxFunc(s, func(a, b Ring) int {
		areaA, _ := a.centroid()
		areaB, _ := b.centroid()
		return cmp.Compare(areaA, areaB)
	})
	half := middle(Surface{largest}.corners()).Y
	below, above := math.Inf(-1), math.Inf(1)
	for _, p := range s.corners() {
		if p.Y <= half {
			below = max(below, p.Y)
		} else {
			above = min(above, p.Y)
		}
	}
	return (below + above) / 2
}
