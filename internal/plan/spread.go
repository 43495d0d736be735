package plan

import (
	"context"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/evaluation"
)

// RunSeeds runs a request several times: with its own seed and the ones after
// it, and with the sizes of the event that sizes gives. The evaluation is the
// first run's, which has the most likely size, with the spread of all. Findings
// and errors are those of Run. When ctx is done after at least one run, both the
// evaluation of the runs that were finished and ctx's error are returned.
func RunSeeds(ctx context.Context, r Request, seeds int) (*evaluation.Evaluation, error) {
	if seeds < 2 {
		return Run(ctx, r)
	}
	var runs []*evaluation.Evaluation
	for i, event := range sizes(r.Event, draw.Seed(r.Seed), seeds) {
		one := r
		one.Seed, one.Event = r.Seed+uint64(i), event
		one.Progress = within(r.Progress, i, seeds)
		if i > 0 {
			one.Detailed = nil
		}
		run, err := Run(ctx, one)
		if err != nil && i > 0 && ctx.Err() != nil {
			return withSpread(runs, seeds), err
		}
		if err != nil {
			return nil, err
		}
		runs = append(runs, slim(run, i))
		if r.Finished != nil {
			r.Finished(i+1, seeds)
		}
	}
	return withSpread(runs, seeds), nil
}

func withSpread(runs []*evaluation.Evaluation, asked int) *evaluation.Evaluation {
	runs[0].Spread = spread(runs, asked)
	return runs[0]
}

// within tells the progress of one of several runs as that of all.
func within(progress func(string, int, int), i, runs int) func(string, int, int) {
	if progress == nil {
		return nil
	}
	return func(stage string, done, total int) { progress(stage, i*total+done, runs*total) }
}

// slim drops from all but the first run what the spread does not read.
func slim(e *evaluation.Evaluation, i int) *evaluation.Evaluation {
	if i == 0 {
		return e
	}
	kept := &evaluation.Evaluation{Seed: e.Seed, Event: e.Event, Totals: e.Totals, Crowds: e.Crowds}
	for _, s := range e.Stops {
		if s.MaxQueue > 0 {
			kept.Stops = append(kept.Stops, evaluation.Stop{ID: s.ID, MaxQueue: s.MaxQueue, MaxWait: s.MaxWait, Denied: s.Denied})
		}
	}
	return kept
}

func spread(runs []*evaluation.Evaluation, asked int) *evaluation.Spread {
	out := &evaluation.Spread{
		Asked:      asked,
		LeftBehind: over(runs, func(e *evaluation.Evaluation) int { return e.Totals.LeftBehind }),
		Stranded:   over(runs, func(e *evaluation.Evaluation) int { return e.Totals.Stranded }),
		Places:     placeSpreads(runs),
	}
	for _, run := range runs {
		out.Seeds, out.Runs = append(out.Seeds, run.Seed), append(out.Runs, sizeOf(run))
	}
	for c := range runs[0].Crowds {
		out.Crowds = append(out.Crowds, crowdSpread(runs, c))
	}
	return out
}

func sizeOf(e *evaluation.Evaluation) evaluation.SizedRun {
	size := evaluation.SizedRun{Seed: e.Seed, TransitShare: e.Event.TransitShare, Travellers: e.Totals.Travellers, Attendance: []uint32{}}
	for _, s := range e.Event.Sessions {
		size.Attendance = append(size.Attendance, s.Attendance)
	}
	return size
}

// over are the quantiles of a number over the runs.
func over(runs []*evaluation.Evaluation, number func(*evaluation.Evaluation) int) evaluation.Band {
	values := make([]int, len(runs))
	for i, run := range runs {
		values[i] = number(run)
	}
	q := quantiles(values)
	return evaluation.Band{P10: q.P10, P50: q.P50, P90: q.P90}
}

func crowdSpread(runs []*evaluation.Evaluation, c int) evaluation.CrowdSpread {
	of := func(number func(evaluation.Crowd) int) evaluation.Band {
		return over(runs, func(e *evaluation.Evaluation) int { return number(e.Crowds[c]) })
	}
	out := evaluation.CrowdSpread{
		LeftBehind: of(func(c evaluation.Crowd) int { return c.LeftBehind }),
		Stranded:   of(func(c evaluation.Crowd) int { return c.Stranded }),
		Late:       of(func(c evaluation.Crowd) int { return c.Late }),
		Clear:      []evaluation.ClearBand{}, Curve: []evaluation.AwayBand{},
	}
	for i, clear := range runs[0].Crowds[c].Clear {
		band := evaluation.ClearBand{Percent: clear.Percent}
		band.At = over(runs, func(e *evaluation.Evaluation) int {
			if at := e.Crowds[c].Clear[i].At; at >= 0 {
				return at
			}
			band.Never++
			return math.MaxInt
		})
		band.At = evaluation.Band{P10: orNever(band.At.P10), P50: orNever(band.At.P50), P90: orNever(band.At.P90)}
		out.Clear = append(out.Clear, band)
	}
	first, last := minutesOf(runs, c)
	for minute := first; minute <= last; minute++ {
		away := over(runs, func(e *evaluation.Evaluation) int { return awayBy(e.Crowds[c].Curve, minute) })
		out.Curve = append(out.Curve, evaluation.AwayBand{Minute: minute, Away: away})
	}
	return out
}

func orNever(at int) int {
	if at == math.MaxInt {
		return -1
	}
	return at
}

// minutesOf are the first and the last minute of a crowd's curves; the last
// before the first when nobody ever set off.
func minutesOf(runs []*evaluation.Evaluation, c int) (first, last int) {
	first, last = math.MaxInt, -1
	for _, run := range runs {
		if curve := run.Crowds[c].Curve; len(curve) > 0 {
			first, last = min(first, curve[0].Minute), max(last, curve[len(curve)-1].Minute)
		}
	}
	return first, last
}

// awayBy is how many of a crowd were away by the end of a minute: none before
// its curve begins, and all that ever were after it ends.
func awayBy(curve []evaluation.Point, minute int) int {
	i, found := slices.BinarySearchFunc(curve, minute, func(p evaluation.Point, m int) int { return p.Minute - m })
	switch {
	case found:
		return curve[i].Away
	case i == 0:
		return 0
	}
	return curve[i-1].Away
}
