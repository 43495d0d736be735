package assign

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// The last rounds settle. Means over rounds find the price of queues, but not
// the single place that a vehicle leaves with today; and where many see it, all
// would come for it. In a round that settles people know the last day as it was,
// and each second of those who regret changes his mind if he boards first what
// left with a free place, one for each place.

// learned reports whether the rounds before the settling ones are over: used up,
// or people have little to regret.
func (r *rounds) learned() bool {
	return r.done >= r.problem.Rounds-r.problem.Settle || r.done > 1 && r.gap <= r.problem.Gap
}

// over reports whether the rounds are used up or people have little to regret;
// where they settle, in that last stretch.
func (r *rounds) over() bool {
	if r.problem.Settle == 0 || r.done >= r.problem.Rounds {
		return r.learned()
	}
	return r.settled > 0 && r.gap <= r.problem.Gap
}

// nearBalance is the regret from which on settling helps. Where more is left, people
// have still to learn which queues there are, and who takes them as they were
// yesterday runs from one into the next.
const nearBalance = 0.07

// weight is the round as which the memory learns what has just been played.
func (r *rounds) weight() int {
	switch {
	case r.settles:
		r.settled++
	case r.problem.Settle > 0 && r.learned() && r.gap <= nearBalance:
		r.settles = true
	}
	if r.settles {
		return 1
	}
	return r.done
}

// grant lets those change their minds for whom there is a place; who comes
// first is drawn anew in every round.
func (r *rounds) grant(s *pricing, tl *journey.Timeline) {
	left := map[transit.Visit]int{}
	for _, t := range r.drawn(s) {
		e := s.boards[t]
		if e == journey.NoEvent {
			continue
		}
		v := tl.Visit(e)
		if _, known := left[v]; !known {
			left[v] = int(r.problem.room(r.problem.Day.Owner[v])) - int(r.last.Load[v])
		}
		if left[v] <= 0 {
			s.chosen[t], s.choices[t] = false, s.before[t]
			s.changed--
			continue
		}
		left[v]--
	}
}

// drawn are those who want to change their minds in this round, in an order that is drawn.
func (r *rounds) drawn(s *pricing) []int {
	var who []int
	for t, chosen := range s.chosen {
		if chosen {
			who = append(who, t)
		}
	}
	p := r.problem
	lot := func(t int) uint64 { return p.Seed.For(p.Travellers.Key[t]).Uint64(drawTurn + uint64(s.round)) }
	slices.SortFunc(who, func(a, b int) int { return cmp.Or(cmp.Compare(lot(a), lot(b)), cmp.Compare(a, b)) })
	return who
}
