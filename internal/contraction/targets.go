package contraction

import (
	"cmp"
	"slices"
)

// Targets are ends of ways, prepared for any number of searches: at each node
// that a climb from one of them comes by is written what is left from there.
type Targets struct {
	on    *Hierarchy
	count int
	first []uint32 // by rank
	left  []left   // at each rank the least first
}

type left struct{ target, cost uint32 }

// Targets prepares ends, each of which may be come to by any of its seeds.
func (h *Hierarchy) Targets(ends [][]Seed) *Targets {
	t := &Targets{on: h, count: len(ends), first: make([]uint32, h.Nodes()+1)}
	type written struct {
		r uint32
		left
	}
	var all []written
	c := newClimb(h, &h.down, &h.up)
	for i, seeds := range ends {
		c.begin(seeds)
		for len(c.queue) > 0 {
			if cost, r, on := c.next(); on {
				all = append(all, written{r, left{uint32(i), cost}})
				t.first[r+1]++
				c.rise(r, cost, Longest)
			}
		}
	}
	for r := range h.Nodes() {
		t.first[r+1] += t.first[r]
	}
	next := slices.Clone(t.first)
	t.left = make([]left, len(all))
	for _, w := range all {
		t.left[next[w.r]] = w.left
		next[w.r]++
	}
	for r := range h.Nodes() {
		slices.SortFunc(t.left[t.first[r]:t.first[r+1]], func(a, b left) int {
			return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.target, b.target))
		})
	}
	return t
}

// Reach finds shortest ways from few nodes to many targets. It is the scratch of
// one goroutine.
type Reach struct {
	Met uint64 // looks at what is left to a target, of all searches so far: a count of the work

	to    *Targets
	climb climb
	cost  []uint32 // by target, Longest between questions
	found []Found
}

// Found is a target with the cost of the shortest way to it.
type Found struct{ Target, Cost uint32 }

// Reach makes a scratch for ways to these targets.
func (t *Targets) Reach() *Reach {
	r := &Reach{to: t, climb: newClimb(t.on, &t.on.up, &t.on.down), cost: make([]uint32, t.count)}
	for i := range r.cost {
		r.cost[i] = Longest
	}
	return r
}

// Settled is how many labels all searches so far have settled, a count of the work.
func (r *Reach) Settled() uint64 { return r.climb.settled }

// From are the targets to which the shortest way from one of the seeds costs no
// more than a limit, in no order. They are good until the next question.
func (r *Reach) From(seeds []Seed, limit uint32) []Found {
	limit = min(limit, Longest-1)
	r.found = r.found[:0]
	r.climb.begin(seeds)
	for len(r.climb.queue) > 0 && r.climb.queue.Least() <= limit {
		if cost, n, on := r.climb.next(); on {
			r.meet(n, cost, limit)
			r.climb.rise(n, cost, limit+1)
		}
	}
	for i, f := range r.found {
		r.found[i].Cost, r.cost[f.Target] = r.cost[f.Target], Longest
	}
	return r.found
}

// meet looks at the targets that have written at a node.
func (r *Reach) meet(n, cost, limit uint32) {
	for _, l := range r.to.left[r.to.first[n]:r.to.first[n+1]] {
		whole := cost + l.cost
		r.Met++
		if whole > limit {
			return
		}
		if whole < r.cost[l.target] {
			if r.cost[l.target] == Longest {
				r.found = append(r.found, Found{Target: l.target})
			}
			r.cost[l.target] = whole
		}
	}
}
