package atlas

import (
	"slices"
	"strconv"

	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
)

// peak is the load of a segment in the quarter of an hour in which it was fullest.
func peak(s *evaluation.Segment) evaluation.Load {
	best := evaluation.Load{Bin: -1}
	for _, l := range s.Loads {
		if best.Bin < 0 || l.Carried*best.Room > best.Carried*l.Room {
			best = l
		}
	}
	return best
}

// percent is how full the vehicles were together; of no room nobody can say.
func percent(l evaluation.Load) int {
	if l.Room <= 0 {
		return 0
	}
	return (l.Carried*100 + l.Room/2) / l.Room
}

func binStart(bin int) int {
	if bin < 0 {
		return -1
	}
	return bin * evaluation.BinSeconds
}

// segments are the ways from stop to stop over the whole run.
func (r *run) segments() *sheet {
	segments := r.e.Segments
	peaks := make([]evaluation.Load, len(segments))
	for i := range segments {
		peaks[i] = peak(&segments[i])
	}
	s := &sheet{
		Collection: Collection{ID: "segments", Title: "Segments", Description: "The lines' ways from one stop to the next, with their fullest quarter of an hour.", Time: r.horizon(), Rows: len(segments)},
		id:         func(row int) string { return r.ids[row] },
		shape:      func(row int) orb.Geometry { return r.ways[row] },
		span:       func(int) Span { return r.horizon() },
		tile:       onTiles{from: 0},
	}
	s.columns = append(r.segmentColumns(func(row int) int { return row }),
		count("carried", "people carried over the run, as far as told", func(row int) int {
			all := 0
			for _, l := range segments[row].Loads {
				all += l.Carried
			}
			return all
		}).tiledFrom(11),
		count("peak_percent", "people in percent of room in the fullest quarter of an hour", func(row int) int { return percent(peaks[row]) }).tiled(),
		count("peak_carried", "people carried in it", func(row int) int { return peaks[row].Carried }).tiledFrom(11),
		count("peak_room", "room of the vehicles in it", func(row int) int { return peaks[row].Room }),
		r.moment("peak_start", "when it began", func(row int) int { return binStart(peaks[row].Bin) }),
		truth("partial", "quarters of an hour without anybody of the event and with room to spare are left out", func(row int) any { return segments[row].Partial }),
	)
	return s
}

// segmentColumns tell which segment a row is about.
func (r *run) segmentColumns(owner func(row int) int) []column {
	of := func(row int) *evaluation.Segment { return &r.e.Segments[owner(row)] }
	names := func(row int) label.Names { return r.lineNames(of(row).Route, of(row).Direction) }
	return []column{
		text("name", "name of the route as the input gives it", func(row int) string { return names(row)[""] }).tiled(),
		text("route", "id of the route", func(row int) string { return of(row).Route }).tiledFrom(11),
		count("direction", "0 or 1; which of them is outbound is the feed's choice", func(row int) int { return of(row).Direction }).tiledFrom(11),
		text("color", "colour of the route", func(row int) string { return r.lineColour(of(row).Route, of(row).Direction) }).tiledFrom(11),
		text("from", "id of the stop where it begins", func(row int) string { return of(row).From }),
		text("to", "id of the stop where it ends", func(row int) string { return of(row).To }),
		text("from_name", "name of the first stop", func(row int) string { return r.stopName(of(row).From) }).tiledFrom(11),
		text("to_name", "name of the second", func(row int) string { return r.stopName(of(row).To) }).tiledFrom(11),
	}
}

func (r *run) stopName(id string) string {
	if s := r.stopOf[id]; s != nil {
		return s.Names[""]
	}
	return ""
}

// loads are the quarters of an hour of segments.
func (r *run) loads() *sheet {
	segments := r.e.Segments
	first := firsts(len(segments), func(i int) int { return len(segments[i].Loads) })
	of := func(row int) evaluation.Load {
		i := ownerOf(first, row)
		return segments[i].Loads[row-first[i]]
	}
	owner := func(row int) int { return ownerOf(first, row) }
	s := &sheet{
		Collection: Collection{ID: "loads", Title: "Loads", Description: "What the lines' ways from stop to stop carried, by quarter of an hour; those with somebody on board only.", Time: r.horizon(), Rows: first[len(segments)]},
		id:         func(row int) string { return r.ids[owner(row)] + "@" + strconv.Itoa(of(row).Bin) },
		shape:      func(segment int) orb.Geometry { return r.ways[segment] },
		first:      first,
		span:       func(row int) Span { return r.clock.span(binStart(of(row).Bin), binStart(of(row).Bin+1)) },
		tile:       onTiles{from: notOnTiles},
	}
	s.lookup = lookup(r.ids, func(id *string) string { return *id }, func(i, bin int) (int, bool) {
		row, found := slices.BinarySearchFunc(segments[i].Loads, bin, func(l evaluation.Load, bin int) int { return l.Bin - bin })
		return first[i] + row, found
	})
	s.columns = append([]column{text("segment", "id of the segment", func(row int) string { return r.ids[owner(row)] })}, r.segmentColumns(owner)...)
	s.columns = append(s.columns,
		r.moment("start", "when the quarter of an hour begins", func(row int) int { return binStart(of(row).Bin) }),
		r.moment("end", "when it ends", func(row int) int { return binStart(of(row).Bin + 1) }),
		count("bin", "the quarter of an hour, counted from the start of the run", func(row int) int { return of(row).Bin }),
		count("carried", "people carried", func(row int) int { return of(row).Carried }),
		count("room", "room of the vehicles", func(row int) int { return of(row).Room }),
		count("percent", "people in percent of room", func(row int) int { return percent(of(row)) }),
	)
	return s
}
