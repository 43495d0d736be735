package contraction

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/frontier"
)

// half is an arc as it is seen from one of its ends.
type half struct{ far, cost, mid uint32 }

// contracting is a graph from which nodes are taken out.
type contracting struct {
	out, in [][]half // by node: the arcs to and from those that are left
	even    bool     // every arc has a twin the other way
	depth   []uint32 // by node: how many were taken out one after the other below it
	witness witness
	added   []shortcut // scratch
	around  []uint32   // scratch
}

// shortcut is an arc to be put in for a node that is taken out.
type shortcut struct{ from, into, cost uint32 }

func newContracting(nodes int, arcs []Arc) *contracting {
	c := &contracting{
		out: make([][]half, nodes), in: make([][]half, nodes), depth: make([]uint32, nodes),
	}
	for i, a := range arcs {
		if a.From != a.Into && a.Cost < Longest {
			c.out[a.From] = append(c.out[a.From], half{a.Into, a.Cost, given | uint32(i)})
			c.in[a.Into] = append(c.in[a.Into], half{a.From, a.Cost, given | uint32(i)})
		}
	}
	c.even = true
	for n := range nodes {
		c.out[n], c.in[n] = cheapest(c.out[n]), cheapest(c.in[n])
		c.even = c.even && slices.EqualFunc(c.out[n], c.in[n], func(a, b half) bool { return a.far == b.far && a.cost == b.cost })
	}
	c.witness = witness{cost: make([]uint32, nodes)}
	for n := range c.witness.cost {
		c.witness.cost[n] = Longest
	}
	return c
}

// cheapest keeps one arc to each node, sorted by it.
func cheapest(at []half) []half {
	slices.SortFunc(at, func(a, b half) int {
		return cmp.Or(cmp.Compare(a.far, b.far), cmp.Compare(a.cost, b.cost), cmp.Compare(a.mid, b.mid))
	})
	return slices.CompactFunc(at, func(a, b half) bool { return a.far == b.far })
}

// all takes out every node, always the one whose going costs least, and tells
// the order. Of equals the lower number goes first. A price is looked at again
// only when its turn has come: most go up in the meantime.
func (c *contracting) all() []uint32 {
	order := make([]uint32, 0, len(c.out))
	var next frontier.Frontier
	for n := range uint32(len(c.out)) {
		next.Push(c.price(n), n)
	}
	for len(next) > 0 {
		before, n := next.Pop()
		if now := c.price(n); now > before {
			next.Push(now, n)
			continue
		}
		c.takeOut(n)
		order = append(order, n)
	}
	return order
}

// level is what a price is counted from, so that it is never negative.
const level = 1 << 30

// price is what taking out a node costs: the arcs that are more afterwards, and
// how deep the hierarchy below it is already, so that nodes go evenly all over
// the graph.
func (c *contracting) price(n uint32) uint32 {
	c.shortcuts(n)
	more := 2*len(c.added) - len(c.out[n]) - len(c.in[n])
	if !c.even {
		more = len(c.added) - len(c.out[n]) - len(c.in[n])
	}
	return uint32(level + more + 2*int(c.depth[n]))
}

// shortcuts are those that a node leaves behind. In a graph that is the same
// both ways one of two twins is listed.
func (c *contracting) shortcuts(n uint32) {
	c.added = c.added[:0]
	for i, from := range c.in[n] {
		into := c.out[n]
		if c.even {
			into = into[i+1:]
		}
		if len(into) == 0 {
			continue
		}
		c.witness.look(c.out, n, from, into)
		for _, to := range into {
			cost := from.cost + to.cost
			if to.far != from.far && cost < Longest && c.witness.cost[to.far] > cost {
				c.added = append(c.added, shortcut{from.far, to.far, cost})
			}
		}
		c.witness.forget()
	}
}

// takeOut removes a node from the arcs of its neighbors and puts in the
// shortcuts that pricing it has found. Its own arcs stay as they are: they lead to more important nodes.
func (c *contracting) takeOut(n uint32) {
	c.around = c.around[:0]
	for _, a := range c.out[n] {
		c.in[a.far] = without(c.in[a.far], n)
		c.around = append(c.around, a.far)
	}
	for _, a := range c.in[n] {
		c.out[a.far] = without(c.out[a.far], n)
		c.around = append(c.around, a.far)
	}
	slices.Sort(c.around)
	c.around = slices.Compact(c.around)
	for _, m := range c.around {
		c.depth[m] = max(c.depth[m], c.depth[n]+1)
	}
	for _, s := range c.added {
		c.put(s.from, s.into, s.cost, n)
		if c.even {
			c.put(s.into, s.from, s.cost, n)
		}
	}
}

// without takes out the arc to a node and keeps the order of the others.
func without(at []half, n uint32) []half {
	i := slices.IndexFunc(at, func(a half) bool { return a.far == n })
	return slices.Delete(at, i, i+1)
}

// put makes an arc, or makes the one that is there cheaper.
func (c *contracting) put(from, into, cost, by uint32) {
	c.out[from] = lower(c.out[from], half{into, cost, by})
	c.in[into] = lower(c.in[into], half{from, cost, by})
}

func lower(at []half, a half) []half {
	i := slices.IndexFunc(at, func(b half) bool { return b.far == a.far })
	if i < 0 {
		return append(at, a)
	}
	if a.cost < at[i].cost {
		at[i] = a
	}
	return at
}
