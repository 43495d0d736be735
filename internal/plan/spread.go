package plan

import (
	"context"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
)

// RunSeeds runs a request with several seeds, the request's own and the ones
// after it. The evaluation is the first one's, with the spread of all. Findings
// and errors are those of Run.
func RunSeeds(ctx context.Context, r Request, seeds int) (*evaluation.Evaluation, error) {
	if seeds < 2 {
		return Run(ctx, r)
	}
	runs := make([]*evaluation.Evaluation, seeds)
	for i := range runs {
		one := r
		one.Seed = r.Seed + uint64(i)
		one.Progress = within(r.Progress, i, seeds)
		run, err := Run(ctx, one)
		if err != nil {
			return nil, err
		}
		runs[i] = slim(run, i)
	}
	runs[0].Spread = spread(runs)
	return runs[0], nil
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
	return &evaluation.Evaluation{Seed: e.Seed, Totals: e.Totals, Crowds: e.Crowds}
}

func spread(runs []*evaluation.Evaluation) *evaluation.Spread {
	out := &evaluation.Spread{
		LeftBehind: over(runs, func(e *evaluation.Evaluation) int { return e.Totals.LeftBehind }),
		Stranded:   over(runs, func(e *evaluation.Evaluation) int { return e.Totals.Stranded }),
	}
	for _, run := range runs {
		out.Seeds = append(out.Seeds, run.Seed)
	}
	for c := range runs[0].Crowds {
		out.Crowds = append(out.Crowds, crowdSpread(runs, c))
	}
	return out
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
	out := evaluation.CrowdSpread{Clear: []evaluation.ClearBand{}, Curve: []evaluation.AwayBand{}}
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
