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
	for _, v := range day.Departures {
		if !day.Within(day.Depart[v]) {
			continue
		}
		k := hop{d.keyOf(v), day.Stop[v], day.Stop[v+1]}
		log := hops[k]
		if log == nil {
			owner := day.Owner[v]
			log = &hopLog{d.net.Timetable.Trips.Pattern[day.Trip[owner]], int(v) - int(day.First[owner]), map[int]*evaluation.Load{}}
			hops[k] = log
		}
		log.add(int(day.Depart[v])/evaluation.BinSeconds, int(d.outcome.Load[v]), int(d.room(v)))
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

// waysOf cuts a pattern's shape at its stops: one line for each hop. Without a
// shape a hop is the straight line.
func (d *day) waysOf(p transit.Pattern) [][]geo.Point {
	tt := d.net.Timetable
	shape := tt.ShapePoints(tt.Patterns.Shape[p])
	stops := tt.PatternStops(p)
	ways := make([][]geo.Point, len(stops)-1)
	from := 0
	for i := range ways {
		a, b := tt.Stops.At[stops[i]], tt.Stops.At[stops[i+1]]
		from = nearestAfter(shape, from, a)
		to := nearestAfter(shape, from, b)
		ways[i] = append([]geo.Point{a}, inner(shape, from, to)...)
		ways[i] = append(ways[i], b)
		from = to
	}
	return ways
}

// inner are the points strictly between two positions of a line.
func inner(line []geo.Point, from, to int) []geo.Point {
	if to-from < 2 {
		return nil
	}
	return line[from+1 : to]
}

// nearestAfter is the first point of a line, from a position on, that comes
// nearest to a stop before the line leads away from it for good: a line that
// passes the same street twice is cut at the pass that comes next.
func nearestAfter(line []geo.Point, from int, stop geo.Point) int {
	const away = 400 // meters that a line may lead off before the search ends
	best, least := from, geo.Meters(-1)
	for i := from; i < len(line); i++ {
		gap := geo.Distance(line[i], stop)
		if least < 0 || gap < least {
			best, least = i, gap
		}
		if least < away/4 && gap > least+away {
			break
		}
	}
	return best
}
