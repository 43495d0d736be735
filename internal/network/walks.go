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
		if f.stops.wanted[s] {
			rows[s] = f.transfersOf(transit.Stop(s))
		}
	}
	f.override(rows, overrides)
	return compact(rows)
}

func (f *foot) transfersOf(s transit.Stop) []link {
	row := []link{{to: s, self: true}}
	for _, h := range f.around(f.stops.stand[s], f.stops, f.walking.MaxTransfer, 0) {
		if stop := transit.Stop(h.to); stop != s {
			row = append(row, link{to: stop, walk: max(1, h.walk)}) // two stops are never at one place
		}
	}
	return row
}

// access are the walks between every place and the served stops within
// MaxAccess, and at least the Nearest ones however far, nearest first. A place
// that is a stop is no walk away from it.
func (f *foot) access() Links {
	rows := make([][]link, len(f.places.stand))
	for p, from := range f.places.stand {
		for _, h := range f.around(from, f.stops, f.walking.MaxAccess, int(f.walking.Nearest)) {
			rows[p] = append(rows[p], link{to: transit.Stop(h.to), walk: h.walk})
		}
	}
	return compact(rows)
}

// link is one walk of a row.
type link struct {
	to   transit.Stop
	walk transit.Seconds
	self bool // from a stop to itself
}

// compact sorts each row, a stop's link to itself first, then by walk, then by
// stop, and lays the rows end to end.
func compact(rows [][]link) Links {
	links := Links{First: make([]uint32, 1, len(rows)+1)}
	for _, row := range rows {
		slices.SortFunc(row, func(a, b link) int {
			return cmp.Or(selfFirst(a, b), cmp.Compare(a.walk, b.walk), cmp.Compare(a.to, b.to))
		})
		for _, l := range row {
			links.To, links.Walk = append(links.To, l.to), append(links.Walk, l.walk)
		}
		links.First = append(links.First, uint32(len(links.To)))
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
