package atlas

import (
	"slices"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/street"
)

// backdrop is the streets below everything else on a tile.
type backdrop struct {
	strands []strand
	index   rtree.RTreeG[int]
}

// strand is a piece of street without a fork.
type strand struct {
	class street.Class
	line  orb.LineString
}

// streetClasses are the words for the classes, and the first zoom that shows one.
var streetClasses = []struct {
	class street.Class
	word  string
	from  zoom
}{
	{street.Road, "road", 10},
	{street.Street, "street", 13},
	{street.Path, "path", 14},
	{street.Steps, "steps", 15},
}

// backdropOf joins edges of one class where no third of them meets two: fewer
// and longer lines make smaller tiles.
func backdropOf(g *street.Graph) backdrop {
	var b backdrop
	for _, c := range streetClasses {
		t := thread{g: g, class: c.class, at: make([][]street.Edge, len(g.At)), used: make([]bool, len(g.From))}
		t.gather()
		for e, class := range g.Class {
			if class == c.class && !t.used[e] {
				b.add(strand{c.class, t.through(street.Edge(e))})
			}
		}
	}
	return b
}

// linesBackdrop is a backdrop of lines of which no class is known.
func linesBackdrop(lines [][]geo.Point) backdrop {
	var b backdrop
	for _, points := range lines {
		b.add(strand{street.Road, lineOf(points)})
	}
	return b
}

func (b *backdrop) add(s strand) {
	if len(s.line) < 2 {
		return
	}
	box := boxOf(s.line.Bound())
	b.index.Insert(box.low(), box.high(), len(b.strands))
	b.strands = append(b.strands, s)
}

// around are the strands of a class that may come into a box.
func (b *backdrop) around(box Box, class street.Class) orb.MultiLineString {
	var found []int
	b.index.Search(box.low(), box.high(), func(_, _ [2]float64, i int) bool {
		if b.strands[i].class == class {
			found = append(found, i)
		}
		return true
	})
	slices.Sort(found)
	lines := make(orb.MultiLineString, len(found))
	for i, f := range found {
		lines[i] = b.strands[f].line
	}
	return lines
}

// thread joins the edges of a class.
type thread struct {
	g     *street.Graph
	class street.Class
	at    [][]street.Edge // by street.Node: the edges of the class that end there
	used  []bool          // by street.Edge
}

func (t *thread) gather() {
	for e, class := range t.g.Class {
		if class == t.class {
			t.at[t.g.From[e]] = append(t.at[t.g.From[e]], street.Edge(e))
			t.at[t.g.Into[e]] = append(t.at[t.g.Into[e]], street.Edge(e))
		}
	}
}

// through is the strand that an edge lies on.
func (t *thread) through(e street.Edge) orb.LineString {
	t.used[e] = true
	line := t.g.Line(e)
	line = t.follow(line, t.g.Into[e])
	slices.Reverse(line)
	return lineOf(t.follow(line, t.g.From[e]))
}

// follow goes on from the end of a line, at a node, until a fork or an end.
func (t *thread) follow(line []geo.Point, from street.Node) []geo.Point {
	for {
		next := slices.IndexFunc(t.at[from], func(e street.Edge) bool { return !t.used[e] })
		if len(t.at[from]) != 2 || next < 0 {
			return line
		}
		e := t.at[from][next]
		t.used[e] = true
		more := t.g.Line(e)
		if t.g.From[e] == from {
			from = t.g.Into[e]
		} else {
			slices.Reverse(more)
			from = t.g.From[e]
		}
		line = append(line, more[1:]...)
	}
}
