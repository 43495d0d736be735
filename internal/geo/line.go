package geo

import "math"

// Foot is the place of a line that is nearest to a point: on the straight
// piece from line[Piece] to line[Piece+1].
type Foot struct {
	Piece int
	At    Point
	Gap   Meters
}

// away is how far a line may lead off a point that it came near to before the
// search for a nearer place ends. A line that passes the same street twice is
// met at the pass that comes next.
const away = Meters(400)

// FootOn is the foot of a point on a line, searched from a piece on; ok is
// false when nothing of the line from there comes within reach.
func FootOn(line []Point, from int, p Point, reach Meters) (foot Foot, ok bool) {
	plane := PlaneAround(p)
	for i := from; i+1 < len(line); i++ {
		share, square := plane.Nearest(line[i], line[i+1])
		gap := Meters(math.Sqrt(square))
		if gap <= reach && (!ok || gap < foot.Gap) {
			foot, ok = Foot{i, Between(line[i], line[i+1], share), gap}, true
		}
		if ok && gap > foot.Gap+away {
			break
		}
	}
	return foot, ok
}

// Cut is a line from one foot to a later one, both included.
func Cut(line []Point, from, to Foot) []Point {
	out := []Point{from.At}
	for i := from.Piece + 1; i <= to.Piece; i++ {
		out = append(out, line[i])
	}
	return append(out, to.At)
}
