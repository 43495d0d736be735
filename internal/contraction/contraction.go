// Package contraction makes shortest ways quick to ask for. A graph's nodes are
// put in order from the least to the most important one, and taken out in that
// order; where a node lay on the only shortest way between two of its neighbors,
// a shortcut takes its place. A shortest way then climbs to more and more
// important nodes from both of its ends, and the two climbs meet.
//
// A Hierarchy never changes and may be used by several goroutines. A Search and
// a Sweep are the scratch of one, used again for every question without
// allocating. Costs are integers, so the answers are those of Dijkstra's
// algorithm, to the unit.
package contraction

import (
	"errors"
	"fmt"
	"slices"
)

// Longest bounds the ways that are found: all cost less, so that no sum of two
// overflows.
const Longest = 1 << 30

// ErrInvalid says that an arc does not fit its graph.
var ErrInvalid = errors.New("the graph contradicts itself")

// Arc leads one way from a node to another.
type Arc struct{ From, Into, Cost uint32 }

// Hierarchy is a graph with its shortcuts. Inside it nodes have ranks instead of
// numbers: 0 is the most important one.
type Hierarchy struct {
	rank []uint32 // by node
	node []uint32 // by rank
	up   side     // the arcs that climb, at their lower end
	down side     // the arcs that descend, at their lower end too
	even bool     // up and down are the same: no street is one way
	tops uint32   // the nodes below this rank are summits
	over []uint32 // by summit and summit: what the way from one to the other costs
}

// side is the arcs between each node and more important ones.
type side struct {
	first []uint32 // by rank: its arcs are arc[first[r]:first[r+1]]
	arc   []rung
	mid   []uint32 // by arc: what it stands for
}

// rung is an arc as it is seen from its lower end.
type rung struct{ over, cost uint32 }

// given marks, in what an arc stands for, an arc of the graph; all others are
// shortcuts, and the rest is the rank of the node that they go by way of.
const given = 1 << 31

// Build prepares a graph of so many nodes. The same graph makes the same
// hierarchy each time. Of arcs between the same two nodes the cheapest counts,
// of equals the first; one that costs Longest or more leads nowhere. It returns
// ErrInvalid for an arc whose ends the graph does not have.
func Build(nodes int, arcs []Arc) (*Hierarchy, error) { return build(nodes, arcs, mostSummits) }

func build(nodes int, arcs []Arc, summits int) (*Hierarchy, error) {
	if nodes >= given || len(arcs) >= given {
		return nil, fmt.Errorf("%w: %d nodes and %d arcs are too many", ErrInvalid, nodes, len(arcs))
	}
	for i, a := range arcs {
		if int(a.From) >= nodes || int(a.Into) >= nodes {
			return nil, fmt.Errorf("%w: arc %d from %d to %d of %d nodes", ErrInvalid, i, a.From, a.Into, nodes)
		}
	}
	c := newContracting(nodes, arcs)
	order := c.all()
	slices.Reverse(order)
	h := &Hierarchy{node: order, rank: make([]uint32, nodes)}
	for r, n := range order {
		h.rank[n] = uint32(r)
	}
	h.up, h.down = h.lay(c.out), h.lay(c.in)
	if h.even = slices.Equal(h.up.first, h.down.first) && slices.Equal(h.up.arc, h.down.arc); h.even {
		h.down.first, h.down.arc = h.up.first, h.up.arc // half of the memory to go through
	}
	h.measureSummits(min(summits, nodes))
	return h, nil
}

// lay puts the arcs that were left when each node was taken out end to end, the
// most important node first.
func (h *Hierarchy) lay(at [][]half) side {
	total := 0
	for _, halves := range at {
		total += len(halves)
	}
	s := side{first: make([]uint32, 1, len(at)+1), arc: make([]rung, 0, total), mid: make([]uint32, 0, total)}
	for _, n := range h.node {
		for _, a := range at[n] {
			if a.mid&given == 0 {
				a.mid = h.rank[a.mid]
			}
			s.arc, s.mid = append(s.arc, rung{h.rank[a.far], a.cost}), append(s.mid, a.mid)
		}
		s.first = append(s.first, uint32(len(s.arc)))
	}
	return s
}

// Nodes is how many the graph has.
func (h *Hierarchy) Nodes() int { return len(h.node) }

// Arcs is how many arcs and shortcuts there are to climb and to descend.
func (h *Hierarchy) Arcs() int { return len(h.up.arc) + len(h.down.arc) }

func (s *side) at(r uint32) []rung { return s.arc[s.first[r]:s.first[r+1]] }
