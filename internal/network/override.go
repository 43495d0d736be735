package network

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// OverrideKind is what a feed says about changing between two stops, numbered
// as transfer_type in GTFS.
type OverrideKind uint8

// The kinds that concern a walk.
const (
	Recommended OverrideKind = 0
	Timed       OverrideKind = 1
	MinimumTime OverrideKind = 2
	NotPossible OverrideKind = 3
)

// Override is what a feed says about changing from one stop to another; a
// station stands for all its stops. MinimumTime sets the walk to MinTime,
// NotPossible takes the link away, the others make one where there is none.
type Override struct {
	From, To transit.Stop
	Kind     OverrideKind
	MinTime  transit.Seconds // of MinimumTime
}

// override applies what a feed says, stations before single stops, so that the
// closer word wins, else in the order given.
func (f *foot) override(rows [][]link, overrides []Override) {
	served := f.inside.served
	boarding := boardingStops(f.tt, served)
	sorted := slices.Clone(overrides)
	slices.SortStableFunc(sorted, func(a, b Override) int {
		return cmp.Compare(stations(served, b), stations(served, a))
	})
	for _, o := range sorted {
		for _, from := range boarding[o.From] {
			for _, to := range boarding[o.To] {
				rows[from] = f.overrideRow(rows[from], Override{from, to, o.Kind, o.MinTime})
			}
		}
	}
}

// stations counts how many ends of an override stand for several stops.
func stations(served []bool, o Override) int {
	count := 0
	for _, s := range []transit.Stop{o.From, o.To} {
		if !served[s] {
			count++
		}
	}
	return count
}

// boardingStops are, for each stop, the served stops that it stands for:
// itself, or those whose station it is.
func boardingStops(tt *transit.Timetable, served []bool) [][]transit.Stop {
	stops := make([][]transit.Stop, len(served))
	for s := range served {
		if !served[s] {
			continue
		}
		stops[s] = append(stops[s], transit.Stop(s))
		if parent := tt.Stops.Parent[s]; uint32(parent) != transit.None && !served[parent] {
			stops[parent] = append(stops[parent], transit.Stop(s))
		}
	}
	return stops
}

func (f *foot) overrideRow(row []link, o Override) []link {
	i := slices.IndexFunc(row, func(l link) bool { return l.to == o.To })
	switch {
	case o.Kind == NotPossible && i >= 0:
		return slices.Delete(row, i, i+1)
	case o.Kind == NotPossible:
		return row
	case i < 0:
		row, i = append(row, f.change(o.From, o.To)), len(row)
	}
	if o.Kind == MinimumTime {
		row[i].walk, row[i].free = row[i].walk.taking(o.MinTime), row[i].free.taking(o.MinTime)
	}
	return row
}
