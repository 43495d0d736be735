package plan

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// hop is a line's way from one stop to the next.
type hop struct {
	line     lineKey
	from, to transit.Stop
}

// hopLog gathers what a hop carried, by bin.
type hopLog struct {
	pattern transit.Pattern
	place   int
	loads   map[int]*evaluation.Load
}

// segments are the ways of the day's lines with what they carried, for the map.
func (d *day) segments() []evaluation.Segment {
	hops := d.hops()
	keys := make([]hop, 0, len(hops))
	for k := range hops {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b hop) int {
		return cmp.Or(compareLines(a.line, b.line), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	out := make([]evaluation.Segment, 0, len(keys))
	ways := map[transit.Pattern][][]geo.Point{}
	for _, k := range keys {
		out = append(out, d.segment(k, hops[k], ways))
	}
	return out
}

func (d *day) hops() map[hop]*hopLog {
	day := d.problem.Day
	hops := map[hop]*hopLog{}
	for _, v := range d.outcome.Departed {
		if !day.Within(d.outcome.Depart[v]) {
			continue
		}
		k := hop{d.keyOf(v), day.Stop[v], day.Stop[v+1]}
		log := hops[k]
		if log == nil {
			owner := day.Owner[v]
			log = &hopLog{d.net.Timetable.Trips.Pattern[day.Trip[owner]], int(v) - int(day.First[owner]), map[int]*evaluation.Load{}}
			hops[k] = log
		}
		log.add(int(d.outcome.Depart[v])/evaluation.BinSeconds, int(d.outcome.Load[v]), int(d.room(v)))
	}
	return hops
}

func (h *hopLog) add(bin, carried, room int) {
	load := h.loads[bin]
	if load == nil {
		load = &evaluation.Load{Bin: bin}
		h.loads[bin] = load
	}
	load.Carried += carried
	load.Room += room
}

func (d *day) segment(k hop, log *hopLog, ways map[transit.Pattern][][]geo.Point) evaluation.Segment {
	tt := d.net.Timetable
	if ways[log.pattern] == nil {
		ways[log.pattern] = d.waysOf(log.pattern)
	}
	out := evaluation.Segment{
		Route: string(tt.Routes.ID[k.line.route]), Direction: int(k.line.direction),
		From: string(tt.Stops.ID[k.from]), To: string(tt.Stops.ID[k.to]), Line: ways[log.pattern][log.place], Loads: []evaluation.Load{},
	}
	for _, load := range log.loads {
		if load.Carried > 0 {
			out.Loads = append(out.Loads, *load)
		}
	}
	slices.SortFunc(out.Loads, func(a, b evaluation.Load) int { return cmp.Compare(a.Bin, b.Bin) })
	return out
}

// waysOf cuts a pattern's shape at its stops: one line for each hop. Where no
// shape is known, or it does not pass the stops, a hop is the straight line.
func (d *day) waysOf(p transit.Pattern) [][]geo.Point {
	tt := d.net.Timetable
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
