package atlas

import (
	"github.com/paulmach/orb"
)

// Box is a rectangle of degrees, its edges included. One whose West is more
// than its East goes across the date line.
type Box struct{ West, South, East, North float64 }

func boxOf(b orb.Bound) Box { return Box{b.Min[0], b.Min[1], b.Max[0], b.Max[1]} }

func (b Box) low() [2]float64  { return [2]float64{b.West, b.South} }
func (b Box) high() [2]float64 { return [2]float64{b.East, b.North} }

// with is the smallest box that holds both.
func (b Box) with(o Box) Box {
	return Box{min(b.West, o.West), min(b.South, o.South), max(b.East, o.East), max(b.North, o.North)}
}

// parts are the one or two boxes that do not go across the date line.
func (b Box) parts() []Box {
	if b.West <= b.East {
		return []Box{b}
	}
	return []Box{{b.West, b.South, 180, b.North}, {-180, b.South, b.East, b.North}}
}

// meets reports whether a shape has a point in the box.
func (b Box) meets(shape orb.Geometry) bool {
	switch g := shape.(type) {
	case orb.Point:
		return b.holds(g)
	case orb.LineString:
		return b.crossed(g)
	case orb.MultiLineString:
		for _, line := range g {
			if b.crossed(line) {
				return true
			}
		}
	}
	return false
}

func (b Box) holds(p orb.Point) bool {
	return p[0] >= b.West && p[0] <= b.East && p[1] >= b.South && p[1] <= b.North
}

func (b Box) crossed(line orb.LineString) bool {
	for i, p := range line {
		if b.holds(p) || i > 0 && b.cut(line[i-1], p) {
			return true
		}
	}
	return false
}

// cut reports whether the straight piece from p to q has a point in the box:
// what is left of it between the four edges is not empty.
func (b Box) cut(p, q orb.Point) bool {
	from, to := 0.0, 1.0
	for axis, edges := range [2][2]float64{{b.West, b.East}, {b.South, b.North}} {
		step := q[axis] - p[axis]
		if step == 0 {
			if p[axis] < edges[0] || p[axis] > edges[1] {
				return false
			}
			continue
		}
		enter, leave := (edges[0]-p[axis])/step, (edges[1]-p[axis])/step
		from, to = max(from, min(enter, leave)), min(to, max(enter, leave))
	}
	return from <= to
}
