package street

import (
	"fmt"
	"math"

	"github.com/qala-city/qala/internal/geo"
)

// Way is a line of street through vertices, which are rows of the positions
// that it is built with. Ways are joined where they share a vertex, and nowhere else.
type Way struct {
	Class  Class
	Vertex []uint32
}

// Build makes a graph of ways. A vertex becomes a node where a way ends, where
// more than two pieces meet or where the class changes; at all others an edge
// only bends. It returns ErrInvalid for a vertex that at does not have.
func Build(at []Position, ways []Way) (*Graph, error) {
	b := &building{at: at}
	if err := b.cut(ways); err != nil {
		return nil, err
	}
	b.meet()
	b.trace()
	return &b.graph, b.graph.Validate()
}

// none stands for no node, no piece.
const none = math.MaxUint32

// piece is the straight stretch between two neighboring vertices of a way.
type piece struct {
	a, b  uint32
	class Class
	used  bool // it is part of an edge
}

func (p *piece) other(v uint32) uint32 { return p.a ^ p.b ^ v }

// building is a graph on its way.
type building struct {
	at     []Position
	pieces []piece
	first  []uint32 // by vertex: its pieces are of[first[v]:first[v+1]]
	of     []uint32
	node   []uint32 // by vertex, or none
	graph  Graph
}

// cut takes the ways apart.
func (b *building) cut(ways []Way) error {
	for i, w := range ways {
		if w.Class >= classes {
			return fmt.Errorf("%w: way %d has class %d", ErrInvalid, i, w.Class)
		}
		for j, v := range w.Vertex {
			if int(v) >= len(b.at) {
				return fmt.Errorf("%w: way %d has vertex %d of %d", ErrInvalid, i, v, len(b.at))
			}
			if j > 0 && v != w.Vertex[j-1] {
				b.pieces = append(b.pieces, piece{a: w.Vertex[j-1], b: v, class: w.Class})
			}
		}
	}
	return nil
}

// meet lists the pieces at each vertex.
func (b *building) meet() {
	b.first = make([]uint32, len(b.at)+1)
	for _, p := range b.pieces {
		b.first[p.a+1]++
		b.first[p.b+1]++
	}
	for v := range b.at {
		b.first[v+1] += b.first[v]
	}
	next := append([]uint32{}, b.first...)
	b.of = make([]uint32, 2*len(b.pieces))
	for i, p := range b.pieces {
		for _, v := range [2]uint32{p.a, p.b} {
			b.of[next[v]] = uint32(i)
			next[v]++
		}
	}
}

func (b *building) piecesAt(v uint32) []uint32 { return b.of[b.first[v]:b.first[v+1]] }

// joint reports whether a vertex must be a node.
func (b *building) joint(v uint32) bool {
	at := b.piecesAt(v)
	return len(at) != 2 || b.pieces[at[0]].class != b.pieces[at[1]].class
}

// trace lays the pieces end to end into edges: first from every joint, then
// those that are left, which are rings without one.
func (b *building) trace() {
	b.graph.First = []uint32{0}
	b.node = make([]uint32, len(b.at))
	for v := range b.node {
		b.node[v] = none
	}
	for v := range uint32(len(b.at)) {
		if b.joint(v) {
			b.traceFrom(v)
		}
	}
	for i := range b.pieces {
		if !b.pieces[i].used {
			b.traceFrom(b.pieces[i].a)
		}
	}
}

func (b *building) traceFrom(v uint32) {
	for _, p := range b.piecesAt(v) {
		if !b.pieces[p].used {
			b.edge(v, p)
		}
	}
}

// edge follows pieces from a vertex until the next node, or back to where it started.
func (b *building) edge(start, p uint32) {
	g, length, class := &b.graph, geo.Meters(0), b.pieces[p].class
	for at := start; ; {
		b.pieces[p].used = true
		next := b.pieces[p].other(at)
		length += geo.Distance(b.at[at].Point(), b.at[next].Point())
		if next == start || b.joint(next) {
			g.From, g.Into = append(g.From, b.nodeOf(start)), append(g.Into, b.nodeOf(next))
			break
		}
		g.Bend = append(g.Bend, b.at[next])
		p = b.otherPiece(next, p)
		at = next
	}
	g.Length, g.Class = append(g.Length, millimeters(length)), append(g.Class, class)
	g.First = append(g.First, uint32(len(g.Bend)))
}

// otherPiece is the second of the two pieces at a vertex.
func (b *building) otherPiece(v, p uint32) uint32 {
	at := b.piecesAt(v)
	return at[0] ^ at[1] ^ p
}

func (b *building) nodeOf(v uint32) Node {
	if b.node[v] == none {
		b.node[v] = uint32(len(b.graph.At))
		b.graph.At = append(b.graph.At, b.at[v])
	}
	return Node(b.node[v])
}

// millimeters rounds a length; one that is too long is the longest.
func millimeters(m geo.Meters) Millimeters {
	return Millimeters(min(math.Round(float64(m)*1000), math.MaxUint32))
}
