package assign

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
)

// Where a whole city travels, few have much to regret, and they are bound for
// few places. Then a round asks those who, by all that is known, paid much more
// than they had to, and prices the destinations alone where most is regretted.
// What the others regret is known from what their best journeys cost when they
// were asked last. The event's own people are asked in any case: when they leave
// they are one or two for each of many destinations, which would always come
// last. When the rounds are over everybody is asked.

// DefaultAsk is how much of what is regretted a round asks about where a whole city travels.
const DefaultAsk = 0.5

// worthAsking is how much more than his best journey one must have paid to be asked: one part in so many.
const worthAsking = 20

// unknown is the best journey of somebody who was never asked, or has none.
const unknown = journey.Cost(-1 << 31)

// sorry is a lane with those of its travellers who are worth asking.
type sorry struct {
	lane
	own    lane  // with those of the event alone
	regret int64 // of all of them, as far as is known
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
		nobody := lane{class: l.class, to: l.to, spot: l.spot, since: p.Day.Horizon.Length}
		s := sorry{lane: nobody, own: nobody, order: k}
		for _, t := range l.bound {
			if regret := r.regretOf(t); int64(regret)*worthAsking > int64(r.best[t]) {
				s.ask(p, t, regret)
			}
		}
		if len(s.bound) > 0 {
			out = append(out, s)
		}
	}
	return out
}

func (s *sorry) ask(p *Problem, t uint32, regret journey.Cost) {
	s.add(p.Travellers, int(t), p.Weights)
	s.regret += int64(regret)
	if ofEvent(p.Travellers, t) {
		s.own.add(p.Travellers, int(t), p.Weights)
	}
}

// ofEvent reports whether somebody comes to an event or leaves it, and does not just travel that day.
func ofEvent(people *demand.Travellers, t uint32) bool {
	return len(people.Crowd) > 0 && people.Crowds[people.Crowd[t]].Way != demand.Background
}

// mostSorry are as few of some lanes as make up a share of their regret, and of
// the others what an event has in them, in the lanes' order.
func mostSorry(all []sorry, share float64) []lane {
	left := int64(0)
	for i := range all {
		left += all[i].regret
	}
	left = int64(share * float64(left))
	slices.SortFunc(all, func(a, b sorry) int { return cmp.Or(cmp.Compare(b.regret, a.regret), cmp.Compare(a.order, b.order)) })
	for i := range all {
		if left <= 0 {
			all[i].lane = all[i].own
		}
		left -= all[i].regret
	}
	slices.SortFunc(all, func(a, b sorry) int { return cmp.Compare(a.order, b.order) })
	var lanes []lane
	for i := range all {
		if len(all[i].bound) > 0 {
			lanes = append(lanes, all[i].lane)
		}
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
