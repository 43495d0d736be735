package atlas

import (
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// hop leads from one stop to the next of a pattern.
type hop struct{ from, to transit.Stop }

// hops are those that are drawn already.
type hops map[hop]bool

// slower tells of a hop whether a pattern calls somewhere on the way between its
// two stops: an express is drawn where the others of its line go.
func (c *city) slower(patterns []transit.Pattern) func(hop) bool {
	places := make([]map[transit.Stop]int, len(patterns))
	for i, p := range patterns {
		places[i] = map[transit.Stop]int{}
		for place, s := range c.tt.PatternStops(p) {
			places[i][s] = place
		}
	}
	return func(one hop) bool {
		return slices.ContainsFunc(places, func(at map[transit.Stop]int) bool {
			from, calls := at[one.from]
			to, calls2 := at[one.to]
			return calls && calls2 && to > from+1
		})
	}
}
