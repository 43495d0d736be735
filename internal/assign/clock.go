package assign

import (
	"cmp"

	"github.com/qala-city/qala/internal/transit"
)

// moment is a vehicle's next arrival or departure. Within one second vehicles
// arrive at even steps and leave at the odd ones after them, as in transit.Day.
type moment struct {
	at    transit.Seconds
	step  uint16
	visit transit.Visit
}

func (m moment) leaves() bool { return m.step&1 == 1 }

func (m moment) before(o moment) bool {
	if m.at != o.at {
		return m.at < o.at
	}
	if m.step != o.step {
		return m.step < o.step
	}
	return m.visit < o.visit
}

func (m moment) compare(o moment) int {
	return cmp.Or(cmp.Compare(m.at, o.at), cmp.Compare(m.step, o.step), cmp.Compare(m.visit, o.visit))
}

// clock gives moments in their order: a heap with four children a node.
type clock []moment

func (c *clock) push(m moment) {
	h := append(*c, m)
	i := len(h) - 1
	for i > 0 {
		up := (i - 1) / 4
		if !m.before(h[up]) {
			break
		}
		h[i], i = h[up], up
	}
	h[i] = m
	*c = h
}

func (c *clock) pop() moment {
	h := *c
	first, last := h[0], h[len(h)-1]
	h = h[:len(h)-1]
	*c = h
	if len(h) > 0 {
		h.sink(last)
	}
	return first
}

// sink puts a moment at the top and lets it down to its place.
func (c clock) sink(m moment) {
	i := 0
	for {
		least, from := i, 4*i+1
		best := m
		for k := from; k < min(from+4, len(c)); k++ {
			if c[k].before(best) {
				least, best = k, c[k]
			}
		}
		if least == i {
			break
		}
		c[i], i = best, least
	}
	c[i] = m
}
