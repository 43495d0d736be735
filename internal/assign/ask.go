package assign

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/journey"
)

// Where a whole city travels, few have much to regret, and they are bound for
// few places. Then a round asks those who, by all that is known, paid much more
// than they had to, and prices the destinations alone where most is regretted.
// What the others regret is known from what their best journeys cost when they
// were asked last. When the rounds are over everybody is asked.

// DefaultAsk is how much of what is regretted a round asks about where a whole city travels.
const DefaultAsk = 0.5

// worthAsking is how much more than his best journey one must have paid to be asked: one part in so many.
const worthAsking = 20

// unknown is the best journey of somebody who was never asked, or has none.
const unknown = journey.Cost(-1 << 31)

// sorry is a lane with those of its travellers who are worth asking.
type sorry struct {
	lane
	regret int64 // theirs, as far as is known
	order  int   // of the lane among all
}

// unasked is what is known of those who are not asked.
type unasked struct{ cost, regret int64 }

// asked are the lanes that a round prices, with those of their travellers who are asked.
func (r *rounds) asked(measuring bool) []lane {
	if r.choices == nil || measuring || r.problem.Ask == 0 {
		return r.lanes
	}
	lanes := mostSorry(r.sorry(), r.problem.Ask)
	asked := make([]bool, len(r.choices))
	for _, l := range lanes {
		for _, t := range l.bound {
			asked[t] = true
		}
	}
	r.unasked = r.others(asked)
	return lanes
}

// sorry are the lanes in which somebody is worth asking, in their order.
func (r *rounds) sorry() []sorry {
	p := r.problem
	var out []sorry
	for k := range r.lanes {
		l := &r.lanes[k]
		if !class(p.Travellers, l.class).Informed {
			continue
		}
		s := sorry{lane: lane{class: l.class, to: l.to, spot: l.spot, since: p.Day.Horizon.Length}, order: k}
		for _, t := range l.bound {
			if regret := r.regretOf(t); int64(regret)*worthAsking > int64(r.best[t]) {
				s.add(p.Travellers, int(t), p.Weights)
				s.regret += int64(regret)
			}
		}
		if len(s.bound) > 0 {
			out = append(out, s)
		}
	}
	return out
}

// mostSorry are as few of some lanes as make up a share of their regret, in the lanes' order.
func mostSorry(all []sorry, share float64) []lane {
	left := int64(0)
	for i := range all {
		left += all[i].regret
	}
	left = int64(share * float64(left))
	slices.SortFunc(all, func(a, b sorry) int { return cmp.Or(cmp.Compare(b.regret, a.regret), cmp.Compare(a.order, b.order)) })
	n := 0
	for ; n < len(all) && left > 0; n++ {
		left -= all[n].regret
	}
	some := all[:n]
	slices.SortFunc(some, func(a, b sorry) int { return cmp.Compare(a.order, b.order) })
	lanes := make([]lane, n)
	for i := range some {
		lanes[i] = some[i].lane
	}
	return lanes
}

// regretOf is what an informed traveller regrets of the last round by what he knew when he was asked last.
func (r *rounds) regretOf(t uint32) journey.Cost {
	if r.best[t] == unknown || r.luck != nil && r.luck[t] {
		return 0
	}
	return max(r.paid[t]-r.best[t], 0)
}

// others sums up the informed who are not asked.
func (r *rounds) others(asked []bool) unasked {
	var u unasked
	for t := range asked {
		if !asked[t] && r.best[t] != unknown && r.problem.Travellers.ClassOf(t).Informed {
			u.cost += int64(r.best[t])
			u.regret += int64(r.regretOf(uint32(t)))
		}
	}
	return u
}
