package journey_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// dearest is the oracle's price of what cannot be done.
const dearest = int64(1) << 50

// wide is weights as the oracle reckons with them.
type wide struct{ Walk, Wait, Change int64 }

func int64s(w journey.Weights) wide { return wide{int64(w.Walk), int64(w.Wait), int64(w.Change)} }

// cheapest is the least price of a journey for each set of lines, a bit each.
// It corrects labels until none changes.
func (o *oracle) cheapest(from, to spot, q journey.Query, weights journey.Weights, lines int) []int64 {
	w := int64s(weights)
	d, sets := o.day, 1<<lines
	aboard := make([][]int64, len(d.Stop)) // by visit as it arrives, by set: paid so far
	best := make([]int64, sets)
	for s := range best {
		best[s] = dearest
	}
	late := q.Leave == demand.Free
	if foot := o.direct(from, to); foot >= 0 {
		best[0] = w.Walk * int64(foot)
	}
	for v := range aboard {
		aboard[v] = slices.Repeat([]int64{dearest}, sets)
	}
	ride := func(b transit.Visit, set int, paid int64) bool {
		set |= 1 << int(o.net.Timetable.RouteOf(d.Trip[d.Owner[b]]))
		better := false
		_, past := d.Visits(d.Owner[b])
		for v := b + 1; v < past; v++ {
			if price := paid + 100*int64(d.Arrive[v]-d.Depart[b]); price < aboard[v][set] {
				aboard[v][set], better = price, true
			}
		}
		return better
	}
	for b := range d.Stop {
		walk := o.walk(from, d.Stop[b], true)
		if walk < 0 || d.Boarding[b]&transit.MayBoard == 0 || !late && q.Leave+walk > d.Depart[b] {
			continue
		}
		paid := w.Walk * int64(walk)
		if !late {
			paid += w.Wait * int64(d.Depart[b]-q.Leave-walk)
		}
		ride(transit.Visit(b), 0, paid)
	}
	for changed := true; changed; {
		changed = false
		for u, prices := range aboard {
			for set, paid := range prices {
				if paid >= dearest {
					continue
				}
				for _, b := range o.change[u] {
					walk := o.transfer(d.Stop[u], d.Stop[b])
					price := w.Walk*int64(walk) + w.Wait*int64(d.Depart[b]-d.Arrive[u]-walk) + 100*w.Change
					changed = ride(b, set, paid+price) || changed
				}
			}
		}
	}
	for u, prices := range aboard {
		home := o.walk(to, d.Stop[u], false)
		if home < 0 || d.Boarding[u]&transit.MayAlight == 0 || late && d.Arrive[u]+home > q.By {
			continue
		}
		rest := w.Walk * int64(home)
		if late {
			rest += w.Wait * int64(q.By-d.Arrive[u]-home)
		}
		for set, paid := range prices {
			best[set] = min(best[set], paid+rest)
		}
	}
	return best
}

// price is what a journey costs, by its legs.
func (o *oracle) price(j journey.Journey, q journey.Query, weights journey.Weights) int64 {
	w := int64s(weights)
	paid := w.Walk * int64(j.Walk)
	at, rides := q.Leave, 0
	if q.Leave == demand.Free {
		at = j.Depart
	}
	for _, l := range j.Legs {
		if !l.Walk {
			rides++
			paid += 100 * int64(l.Arrive-l.Depart)
		}
		at += l.Arrive - l.Depart
	}
	wait := int64(j.Arrive - at)
	for i := 1; i < len(j.Legs); i++ { // a time needed to change at one stop is a walk without a leg
		if a, b := j.Legs[i-1], j.Legs[i]; !a.Walk && !b.Walk {
			wait -= int64(o.transfer(a.To, b.From))
		}
	}
	if q.Leave == demand.Free {
		wait += int64(q.By - j.Arrive)
	}
	return paid + w.Wait*wait + 100*w.Change*int64(max(rides-1, 0))
}

// TestAlternatives are the cheapest journeys of the cheapest sets of lines.
func TestAlternatives(t *testing.T) {
	most := 0
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		class := randomClass(rt)
		o, s := newOracle(c, class), journey.NewIndex(c.net, c.day, class).Search()
		from, a := c.randomEnd(rt)
		to, b := c.randomEnd(rt)
		q := journey.Query{From: from, To: to, Leave: c.randomTime(rt), By: demand.Free}
		if rt.between(0, 2) == 0 {
			q.Leave, q.By = demand.Free, q.Leave
		}
		w := pick(rt, []journey.Weights{journey.DefaultWeights, {Walk: 100, Wait: 100}, {Walk: 300, Wait: 10, Change: 60}})
		k := rt.between(1, 6)
		found := s.Alternatives(q, k, w)
		most = max(most, len(found))
		best := o.cheapest(a, b, q, w, len(c.net.Timetable.Routes.ID))
		wanted := slices.DeleteFunc(slices.Clone(best), func(price int64) bool { return price >= dearest })
		slices.Sort(wanted)
		if len(found) != min(k, len(wanted)) {
			rt.Fatalf("%d alternatives of %d, asked for %d in\n%s", len(found), len(wanted), k, c.text)
		}
		sets := map[int]bool{}
		for i, j := range found {
			o.check(rt.T, a, b, j)
			set := o.lines(j)
			if sets[set] || j.Cost != wanted[i] || j.Cost != best[set] || j.Cost != o.price(j, q, w) {
				rt.Fatalf("alternative %d costs %d by lines %b, which cost %d: %d expected, %d by its legs: %+v in\n%s",
					i, j.Cost, set, best[set], wanted[i], o.price(j, q, w), j, c.text)
			}
			sets[set] = true
		}
	})
	if most < 4 {
		t.Errorf("never more than %d alternatives", most)
	}
}

// lines is the set of lines of a journey.
func (o *oracle) lines(j journey.Journey) int {
	set := 0
	for _, l := range j.Legs {
		if !l.Walk {
			set |= 1 << int(o.net.Timetable.RouteOf(o.day.Trip[l.Trip]))
		}
	}
	return set
}
