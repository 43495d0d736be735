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
		ways[log.pattern] = tt.PatternWays(log.pattern)
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
