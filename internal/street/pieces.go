package street

import "github.com/qala-city/qala/internal/geo"

// Pieces finds pieces of street by points on a map. It is the scratch of one goroutine.
type Pieces struct {
	search *Search
	index  *Index
}

// MaxOffPiece is how far from a street a point may lie that stands for it.
const MaxOffPiece = geo.Meters(200)

// Pieces prepares the streets. All pieces count by their length alone.
func (g *Graph) Pieces() *Pieces {
	return &Pieces{g.Walked(Pace{Speed: 1, Steps: 1}).Search(), NewIndex(g, nil)}
}

// Along are the pieces that points stand for, each once, in their order: of a
// single point the nearest piece, of several all of the shortest way from each
// to the next. It is false where a point lies at no street or there is no way.
func (p *Pieces) Along(points []geo.Point) ([]Edge, bool) {
	var edges []Edge
	seen := map[Edge]bool{}
	add := func(more ...Edge) {
		for _, e := range more {
			if !seen[e] {
				seen[e], edges = true, append(edges, e)
			}
		}
	}
	var last Spot
	for i, at := range points {
		spot, ok := p.index.Snap(at, MaxOffPiece)
		if !ok {
			return nil, false
		}
		if i > 0 {
			between, found := p.search.edges(last, spot)
			if !found {
				return nil, false
			}
			add(between...)
		}
		add(spot.Edge)
		last = spot
	}
	return edges, true
}

// edges are the whole pieces of the shortest way between two spots.
func (s *Search) edges(from, to Spot) ([]Edge, bool) {
	if len(s.Reach(from, s.on.Targets([]Spot{to}), 0, 1)) == 0 {
		return nil, false
	}
	last := s.via[len(s.on.Graph.At)]
	if last == none {
		return nil, true
	}
	arcs, _ := s.arcsTo(Node(last))
	edges := make([]Edge, len(arcs))
	for i, a := range arcs {
		edges[i] = s.on.arc[a].edge
	}
	return edges, true
}
