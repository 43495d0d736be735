package assign

import (
	"context"
	"slices"

	"github.com/qala-city/qala/internal/demand"
)

// Progress is told how far a stage has come; it may be called from several goroutines.
type Progress func(stage string, done, total int)

// The stages of Load.
const (
	StagePrice = "price"
	StageLoad  = "load"
)

// Load plays the day of a Problem. Its error is ctx's alone; the same Problem
// gives the same Outcome for any number of Workers.
func Load(ctx context.Context, p *Problem, progress Progress) (*Outcome, error) {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	tl := newTimeline(p)
	places, dest := destinations(p.Travellers)
	out := newOutcome(p.Travellers.Len(), len(p.Day.Stop))
	priced, err := priceAll(ctx, p, tl, places, progress)
	if err != nil {
		return nil, err
	}
	l := newLoading(p, tl, priced.strategies, dest, out)
	out.Work = priced.work
	for t, s := range priced.starts {
		l.setOff(t, s)
	}
	err = l.play(ctx, func(done, total int) { progress(StageLoad, done, total) })
	if err != nil {
		return nil, err
	}
	return out, nil
}

// destinations numbers the places that travellers go to, in the places' order.
func destinations(t *demand.Travellers) (places []demand.Place, dest []uint32) {
	places = slices.Compact(slices.Sorted(slices.Values(t.To)))
	dest = make([]uint32, t.Len())
	for i, to := range t.To {
		at, _ := slices.BinarySearch(places, to)
		dest[i] = uint32(at)
	}
	return places, dest
}

// byDestination lists each destination's travellers.
func byDestination(t *demand.Travellers, places []demand.Place) [][]uint32 {
	bound := make([][]uint32, len(places))
	for i, to := range t.To {
		k, _ := slices.BinarySearch(places, to)
		bound[k] = append(bound[k], uint32(i))
	}
	return bound
}
