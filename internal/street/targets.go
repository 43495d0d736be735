package street

import (
	"cmp"
	"slices"
)

// Targets are spots that ways are searched to, prepared for any number of searches.
type Targets struct {
	spots []Spot
	first []uint32 // by Node: the ends of targets' edges there
	ends  []end
	order []uint32 // the targets by their edge
}

// end is what is left to a target from one end of its edge.
type end struct {
	target uint32
	cost   Milliseconds
}

// Targets prepares spots of this graph.
func (p *Paced) Targets(spots []Spot) *Targets {
	t := &Targets{spots: spots, first: make([]uint32, len(p.Graph.At)+1), ends: make([]end, 2*len(spots))}
	for _, s := range spots {
		t.first[p.Graph.From[s.Edge]+1]++
		t.first[p.Graph.Into[s.Edge]+1]++
	}
	for n := range p.Graph.At {
		t.first[n+1] += t.first[n]
	}
	next := append([]uint32{}, t.first...)
	for i, s := range spots {
		a, b := p.Graph.From[s.Edge], p.Graph.Into[s.Edge]
		toFrom, toInto := p.toEnds(s)
		t.ends[next[a]] = end{uint32(i), toFrom}
		next[a]++
		t.ends[next[b]] = end{uint32(i), toInto}
		next[b]++
		t.order = append(t.order, uint32(i))
	}
	slices.SortFunc(t.order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(spots[a].Edge, spots[b].Edge), cmp.Compare(a, b))
	})
	return t
}

// toEnds is the time between what was snapped and both ends of its edge.
func (p *Paced) toEnds(s Spot) (from, into Milliseconds) {
	off := p.Off(s.Off)
	return off + p.along(s.Edge, s.Along), off + p.along(s.Edge, p.Graph.Length[s.Edge]-s.Along)
}

// between is the time between two spots of one edge without leaving it.
func (p *Paced) between(s, t Spot) Milliseconds {
	return p.Off(s.Off) + p.Off(t.Off) + p.along(s.Edge, max(s.Along, t.Along)-min(s.Along, t.Along))
}

// on are the targets on an edge.
func (t *Targets) on(e Edge) []uint32 {
	by := func(target uint32, e Edge) int { return cmp.Compare(t.spots[target].Edge, e) }
	low, found := slices.BinarySearchFunc(t.order, e, by)
	if !found {
		return nil
	}
	high, _ := slices.BinarySearchFunc(t.order, e+1, by)
	return t.order[low:high]
}
