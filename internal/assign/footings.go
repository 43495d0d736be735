package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// Since is the earliest time at which one of a problem's travellers may be at a
// stop: what leaves before is not linked.
func Since(p *Problem) transit.Seconds { return slices.Min(sinces(p, lanesOf(p), false)) }

// sinces are, by class, the earliest time at which one of those who choose may be
// at a stop: journey.Ever where nobody chooses. Later than in the first round only the
// informed do.
func sinces(p *Problem, lanes []lane, later bool) []transit.Seconds {
	since := slices.Repeat([]transit.Seconds{journey.Ever}, max(len(p.Travellers.Classes), 1))
	for i := range lanes {
		l := &lanes[i]
		if !later || class(p.Travellers, l.class).Informed {
			since[l.class] = min(since[l.class], l.since)
		}
	}
	return since
}

// footings link a timeline for each class from a time on, in the room of others.
// Classes that walk alike share one, which stands on the first of them.
func footings(p *Problem, tl *journey.Timeline, since []transit.Seconds, before []*journey.Footing) []*journey.Footing {
	first, shared := alike(p.Travellers, len(since)), slices.Clone(since)
	for c, begin := range since {
		shared[first[c]] = min(shared[first[c]], begin)
	}
	out := make([]*journey.Footing, len(since))
	each(p.Workers, len(out), func(c int) {
		if first[c] == c && shared[c] != journey.Ever {
			out[c] = roomIn(before, c).Again(tl, p.Network, class(p.Travellers, uint8(c)), p.Weights, shared[c])
		}
	})
	for c, begin := range since {
		if first[c] != c && begin != journey.Ever {
			out[c] = out[first[c]].As(class(p.Travellers, uint8(c)))
		}
	}
	return out
}

// alike is by class the first that walks as it does.
func alike(t *demand.Travellers, classes int) []int {
	first := make([]int, classes)
	for c := range first {
		for !journey.WalkAlike(class(t, uint8(c)), class(t, uint8(first[c]))) {
			first[c]++
		}
	}
	return first
}

// roomIn is the footing of a class that is no longer used.
func roomIn(before []*journey.Footing, c int) *journey.Footing {
	if before == nil || before[c] == nil {
		return new(journey.Footing)
	}
	return before[c]
}
