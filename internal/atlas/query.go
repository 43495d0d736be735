package atlas

import (
	"slices"
)

// Query says which features of a collection are asked for.
type Query struct {
	Box    *Box              // nil: wherever they are; those without a position are in every box
	During *Span             // nil: whenever; what lasts is always there
	Where  map[string]string // columns and their values, all of which must be so; see Column.Reads
	Offset int               // so many of those that match are passed over
	Limit  int               // at most so many are given
}

// Items are the features that match, in the collection's order, and how many
// match in all. The error is ErrUnknown, also for a column that there is not.
func (a *Atlas) Items(collection string, q Query) (features []Feature, matched int, err error) {
	s, err := a.sheet(collection)
	if err != nil {
		return nil, 0, err
	}
	wanted, err := s.wanted(q)
	if err != nil {
		return nil, 0, err
	}
	s.visit(q.Box, func(row int) {
		if !wanted(row) {
			return
		}
		if matched >= q.Offset && len(features) < q.Limit {
			features = append(features, s.feature(row))
		}
		matched++
	})
	return features, matched, nil
}

// wanted tells of a row whether it has the values and is in the time asked for.
func (s *sheet) wanted(q Query) (func(row int) bool, error) {
	type test struct {
		of    func(row int) any
		asked any
	}
	var tests []test
	for name, value := range q.Where {
		i := slices.IndexFunc(s.columns, func(c column) bool { return c.Name == name })
		if i < 0 {
			return nil, ErrUnknown
		}
		asked, ok := s.columns[i].value(value)
		if !ok {
			return func(int) bool { return false }, nil
		}
		tests = append(tests, test{s.columns[i].of, asked})
	}
	return func(row int) bool {
		if q.During != nil && s.span != nil && !s.during(row, *q.During) {
			return false
		}
		for _, t := range tests {
			if !same(t.of(row), t.asked) {
				return false
			}
		}
		return true
	}, nil
}

func (s *sheet) during(row int, asked Span) bool {
	span := s.span(row)
	return span.Empty() || span.meets(asked)
}

// visit goes through the rows that lie in a box or nowhere, or all of them, in their order.
func (s *sheet) visit(box *Box, do func(row int)) {
	if box == nil {
		for row := range s.Rows {
			do(row)
		}
		return
	}
	for _, g := range s.within(*box) {
		from, to := s.rowsOf(g)
		for row := from; row < to; row++ {
			do(row)
		}
	}
}

// within are the groups that have a point in a box, and those without a
// position, ascending.
func (s *sheet) within(box Box) []int {
	out := slices.Clone(s.nowhere)
	for _, part := range box.parts() {
		s.index.Search(part.low(), part.high(), func(_, _ [2]float64, g int) bool {
			if part.meets(s.shape(g)) {
				out = append(out, g)
			}
			return true
		})
	}
	slices.Sort(out)
	return slices.Compact(out)
}
