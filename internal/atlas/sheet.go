package atlas

import (
	"sort"

	"github.com/paulmach/orb"
	"github.com/tidwall/rtree"
)

// sheet is the rows of one collection. Values are taken from the network or the
// evaluation when somebody asks for them, and not copied.
type sheet struct {
	Collection
	id      func(row int) string
	columns []column

	// shape is where a group of rows lies; nil when that is not known. Group g has
	// the rows first[g] to first[g+1]; without first each row is its own group.
	shape func(group int) orb.Geometry
	first []int
	// lookup finds the row of an id; nil: by a table of all ids.
	lookup func(id string) (row int, found bool)
	span   func(row int) Span // nil: what lasts

	tile onTiles

	rows    map[string]int
	index   rtree.RTreeG[int] // groups by their boxes
	nowhere []int             // groups without a position
}

// column is a property with where its values come from.
type column struct {
	Column
	of      func(row int) any // string, int, float64 or bool; nil when not known
	onTiles bool
	from    zoom // on tiles from this zoom on
}

// onTiles says how a sheet stands on tiles.
type onTiles struct {
	from zoom              // the first zoom that shows it; notOnTiles: none
	thin func(row int) int // unless nil: where points crowd, the row with the most stays
	last int               // the order in which sheets are left out of a tile that gets too big; 0: never
}

// finish makes what is looked up: ids, the index, the extent.
func (s *sheet) finish() {
	for _, c := range s.columns {
		s.Columns = append(s.Columns, c.Column)
	}
	if s.lookup == nil {
		s.rows = make(map[string]int, s.Rows)
		for row := range s.Rows {
			if _, taken := s.rows[s.id(row)]; !taken {
				s.rows[s.id(row)] = row
			}
		}
	}
	for g := range s.groups() {
		shape := s.shape(g)
		if shape == nil {
			s.nowhere = append(s.nowhere, g)
			continue
		}
		b := boxOf(shape.Bound())
		s.index.Insert(b.low(), b.high(), g)
		if !s.Placed {
			s.Extent, s.Placed = b, true
		}
		s.Extent = s.Extent.with(b)
	}
}

func (s *sheet) groups() int {
	if s.first == nil {
		return s.Rows
	}
	return len(s.first) - 1
}

// group is the one that a row belongs to.
func (s *sheet) group(row int) int {
	if s.first == nil {
		return row
	}
	return sort.Search(len(s.first), func(g int) bool { return s.first[g] > row }) - 1
}

// rowsOf are the first row of a group and the one after its last.
func (s *sheet) rowsOf(group int) (from, to int) {
	if s.first == nil {
		return group, group + 1
	}
	return s.first[group], s.first[group+1]
}

func (s *sheet) find(id string) (int, bool) {
	if s.lookup != nil {
		return s.lookup(id)
	}
	row, found := s.rows[id]
	return row, found
}

func (s *sheet) feature(row int) Feature {
	return Feature{ID: s.id(row), Geometry: s.shape(s.group(row)), Properties: s.properties(row, func(column) bool { return true })}
}

// properties are the values of a row that are known, of the columns that are wanted.
func (s *sheet) properties(row int, wanted func(column) bool) map[string]any {
	out := make(map[string]any, len(s.columns))
	for _, c := range s.columns {
		if !wanted(c) {
			continue
		}
		if v := c.of(row); v != nil {
			out[c.Name] = v
		}
	}
	return out
}
