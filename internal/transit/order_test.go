package transit

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// What is sorted by counting is what comparing gives: by the second, then the
// step, then the visit; near each other and weeks apart.
func TestVisitsAreSortedAsComparingSortsThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, longest := rapid.IntRange(0, 60).Draw(t, "visits"), rapid.SampledFrom([]int{3, 40, 2 * mostSeconds}).Draw(t, "longest")
		second, step, visits := make([]Seconds, n), make([]uint16, n), make([]Visit, n)
		for v := range visits {
			visits[v] = Visit(v)
			second[v], step[v] = Seconds(rapid.IntRange(-5, longest).Draw(t, "second")), uint16(rapid.IntRange(0, 3).Draw(t, "step"))
		}
		want := slices.Clone(visits)
		slices.SortFunc(want, func(a, b Visit) int {
			return cmp.Or(cmp.Compare(second[a], second[b]), cmp.Compare(step[a], step[b]), cmp.Compare(a, b))
		})
		var c counts
		if got := c.sorted(visits, second, func(v Visit) uint16 { return step[v] }); !slices.Equal(got, want) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}
