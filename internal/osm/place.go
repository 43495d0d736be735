package osm

import (
	"slices"

	"github.com/qala-city/qala/internal/street"
)

// place puts the streets on the earth. A way ends where a node is missing, as
// it does at the rim of an extract. At a barrier it ends too: each side gets an
// end of its own, so that nothing else that is there joins them.
func (r *reader) place() ([]street.Position, []street.Way) {
	var ways []street.Way
	counted := make([]bool, len(r.needed))
	for _, w := range r.ways {
		var line []uint32
		finish := func() {
			if len(line) > 1 {
				ways = append(ways, street.Way{Class: w.class, Vertex: line})
			}
			line = nil
		}
		for _, id := range r.refs[w.from:w.to] {
			i, _ := slices.BinarySearch(r.needed, id)
			switch {
			case !r.found[i]:
				r.count(&r.missing, counted, i)
				finish()
			case r.blocked[i]:
				r.count(&r.cut, counted, i)
				line = append(line, r.twin(i))
				finish()
				line = append(line, r.twin(i))
			default:
				line = append(line, uint32(i))
			}
		}
		finish()
	}
	return r.at, ways
}

// count counts a node once.
func (r *reader) count(into *met, counted []bool, i int) {
	if !counted[i] {
		counted[i] = true
		into.add(r.needed[i])
	}
}

// twin is one more vertex where a node is.
func (r *reader) twin(i int) uint32 {
	r.at = append(r.at, r.at[i])
	return uint32(len(r.at) - 1)
}
