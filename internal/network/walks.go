package network

import (
	"cmp"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// longestWalk bounds a walk, so that adding it to a time never overflows.
const longestWalk = transit.Seconds(7 * 24 * 3600)

// Seconds is how long a straight line takes on foot, rounded up to whole seconds.
func (w Walking) Seconds(line geo.Meters) transit.Seconds {
	seconds := math.Ceil(float64(float64(line)*w.Detour) / w.Speed)
	return transit.Seconds(min(seconds, float64(longestWalk)))
}

// WalkBetween is the direct walk from a to b by the straight line; false when
// it is longer than MaxDirect or one of the two positions is not known.
func (w Walking) WalkBetween(a, b geo.Point) (transit.Seconds, bool) {
	line := geo.Distance(a, b)
	if !a.Valid() || !b.Valid() || float64(line) > w.MaxDirect {
		return 0, false
	}
	return w.Seconds(line), true
}

// transfers are the walks from every served stop to itself (0 seconds, always
// first) and to the served stops within MaxTransfer, nearest first. A stop that
// no pattern serves has an empty row. The overrides have the last word.
func (f *foot) transfers(overrides []Override) Links {
	rows := make([][]link, len(f.tt.Stops.ID))
	for s := range rows {
		if f.inside.served[s] {
			rows[s] = f.transfersOf(transit.Stop(s))
		}
	}
	f.override(rows, overrides)
	return f.compact(rows)
}

// access are the walks between every place and the served stops within
// MaxAccess, and at least the Nearest ones however far, nearest first. A place
// that is a stop is no walk away from it.
func (f *foot) access() Links {
	rows := make([][]link, len(f.places.stand))
	for p, from := range f.places.stand {
		rows[p] = f.accessOf(from, int(f.walking.Nearest))
	}
	return f.compact(rows)
}

// accessOf are the walks to the stops around, and at least to the nearest ones. It
// asks for more doors where several lead to one stop.
func (f *foot) accessOf(from stand, nearest int) []link {
	for ask := nearest; ; ask *= 2 {
		hops := f.around(from, f.stops, f.walking.MaxAccess, ask)
		row := f.enter(hops)
		if len(row) >= nearest || len(hops) < ask {
			return row
		}
	}
}

// link is one walk of a row.
type link struct {
	to         transit.Stop
	self       bool // from a stop to itself
	walk, free course
}

// compact sorts each row, a stop's link to itself first, then by walk, then by
// stop, and lays the rows end to end.
func (f *foot) compact(rows [][]link) Links {
	links := Links{First: make([]uint32, 1, len(rows)+1)}
	passes, steps := false, false
	for _, row := range rows {
		slices.SortFunc(row, func(a, b link) int {
			return cmp.Or(selfFirst(a, b), cmp.Compare(a.walk.time, b.walk.time), cmp.Compare(a.to, b.to))
		})
		for _, l := range row {
			links.To, links.Walk = append(links.To, l.to), append(links.Walk, l.walk.time)
			passes, steps = passes || len(l.walk.pass) > 0, steps || !l.free.same(l.walk)
		}
		links.First = append(links.First, uint32(len(links.To)))
	}
	for _, row := range rows {
		for _, l := range row {
			if passes {
				links.Way = append(links.Way, f.ways.row(l.walk.pass))
			}
			if steps {
				links.FreeWalk, links.FreeWay = append(links.FreeWalk, l.free.time), append(links.FreeWay, f.ways.row(l.free.pass))
			}
		}
	}
	return links
}

// Served tells for each stop whether a pattern calls there.
func Served(tt *transit.Timetable) []bool {
	served := make([]bool, len(tt.Stops.ID))
	for _, s := range tt.Patterns.Stop {
		served[s] = true
	}
	return served
}

func selfFirst(a, b link) int {
	switch {
	case a.self == b.self:
		return 0
	case a.self:
		return -1
	}
	return 1
}
