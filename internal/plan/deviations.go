package plan

import (
	"maps"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// lateLog gathers how far the departures of a line were from the timetable.
type lateLog struct {
	all    []int
	bins   map[int][]int
	latest transit.Visit
	kerb   transit.Seconds
}

// deviations measures by line and direction how late vehicles left, by the time of the timetable.
func (d *day) deviations() []evaluation.Deviation {
	logs := map[lineKey]*lateLog{}
	for _, v := range d.outcome.Departed {
		if planned := d.problem.Day.Depart[v]; !d.problem.Day.Last(v) && d.problem.Day.Within(planned) {
			k := d.keyOf(v)
			if logs[k] == nil {
				logs[k] = &lateLog{bins: map[int][]int{}, latest: v}
			}
			logs[k].add(v, d.late(v), int(planned)/evaluation.BinSeconds, d.late(logs[k].latest))
			logs[k].kerb += d.outcome.Kerb[v]
		}
	}
	out := []evaluation.Deviation{}
	for _, k := range slices.SortedFunc(maps.Keys(logs), compareLines) {
		out = append(out, d.deviation(k, logs[k]))
	}
	return out
}

// late is how many seconds behind the timetable a vehicle left.
func (d *day) late(v transit.Visit) int { return int(d.outcome.Depart[v] - d.problem.Day.Depart[v]) }

func (l *lateLog) add(v transit.Visit, late, bin, latest int) {
	l.all = append(l.all, late)
	l.bins[bin] = append(l.bins[bin], late)
	if late > latest {
		l.latest = v
	}
}

func (d *day) deviation(k lineKey, l *lateLog) evaluation.Deviation {
	tt, day := d.net.Timetable, d.problem.Day
	all := quantiles(l.all)
	out := evaluation.Deviation{
		LineRef:    evaluation.LineRef{Route: string(tt.Routes.ID[k.route]), Direction: int(k.direction)},
		Departures: len(l.all), P50: all.P50, P90: all.P90, Kerb: int(l.kerb),
		Latest: evaluation.Latest{
			Seconds: d.late(l.latest), At: int(d.outcome.Depart[l.latest]), Stop: d.stopID(day.Stop[l.latest]),
			Trip: string(tt.Trips.ID[day.Trip[day.Owner[l.latest]]]),
		},
	}
	for _, bin := range slices.Sorted(maps.Keys(l.bins)) {
		q := quantiles(l.bins[bin])
		out.Bins = append(out.Bins, evaluation.DeviationBin{Bin: bin, Departures: len(l.bins[bin]), P50: q.P50, P90: q.P90, Max: q.Max})
	}
	return out
}
