package transit

import (
	"slices"

	"github.com/qala-city/qala/internal/geo"
)

// PatternWays cuts a pattern's shape at its stops: one line for each hop. Where no
// shape is known, or it does not pass the stops, a hop is the straight line.
func (tt *Timetable) PatternWays(p Pattern) [][]geo.Point {
	var stops []geo.Point
	for _, s := range tt.PatternStops(p) {
		stops = append(stops, tt.Stops.At[s])
	}
	shape := tt.ShapePoints(tt.Patterns.Shape[p])
	ways, straight := cut(shape, stops)
	if straight > 0 { // some feeds draw one shape for both directions
		back := slices.Clone(shape)
		slices.Reverse(back)
		if reversed, fewer := cut(back, stops); fewer < straight {
			return reversed
		}
	}
	return ways
}

// offShape is how far a stop may lie from the line that serves it.
const offShape = geo.Meters(250)

// cut follows a line from stop to stop and counts the hops that had to be drawn straight.
func cut(line []geo.Point, stops []geo.Point) (ways [][]geo.Point, straight int) {
	piece := 0
	from, on := geo.FootOn(line, piece, stops[0], offShape)
	for i := 1; i < len(stops); i++ {
		if on {
			piece = from.Piece
		}
		to, reached := geo.FootOn(line, piece, stops[i], offShape)
		if on && reached && follows(line, from, to, stops[i-1], stops[i]) {
			ways = append(ways, geo.Cut(line, from, to))
		} else {
			ways = append(ways, []geo.Point{stops[i-1], stops[i]})
			straight++
		}
		from, on = to, reached
	}
	return ways, straight
}

// follows reports whether one foot comes after the other without a detour that
// no line makes between two stops.
func follows(line []geo.Point, from, to geo.Foot, a, b geo.Point) bool {
	if to.Piece < from.Piece || to.Piece == from.Piece && geo.Distance(line[from.Piece], to.At) < geo.Distance(line[from.Piece], from.At) {
		return false
	}
	const most = 4 // times the straight line
	return geo.Length(geo.Cut(line, from, to)) <= most*geo.Distance(a, b)+offShape*most
}
