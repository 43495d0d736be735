package assign

import (
	"context"
	"slices"

	"github.com/qala-city/qala/internal/demand"
)

// Progress is told how far a stage has come; it may be called from several goroutines.
type Progress func(stage string, done, total int)

// Stage is the one stage of Load. Its total is that of all rounds which may
// come; fewer may do.
const Stage = "play"

// Load plays the day of a Problem as often as its Rounds allow and Gap asks,
// each time with the queues of the rounds before in the prices. Its error is
// ctx's alone; the same Problem gives the same Outcome for any number of Workers.
func Load(ctx context.Context, p *Problem, progress Progress) (*Outcome, error) {
	if progress == nil {
		progress = func(string, int, int) {}
	}
	r := newRounds(p, progress)
	for {
		out, err := r.play(ctx)
		if err != nil || r.over() {
			return out, err
		}
	}
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
