package frontier

import (
	"cmp"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever is pushed comes out by cost, then by id, also when some is taken
// out in between.
func TestLabelsComeInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var f Frontier
		var want [][2]uint32
		order := func(a, b [2]uint32) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) }
		for range rapid.IntRange(0, 60).Draw(t, "steps") {
			if len(want) > 0 && rapid.IntRange(0, 2).Draw(t, "pop") == 0 {
				slices.SortFunc(want, order)
				if least := f.Least(); least != want[0][0] {
					t.Fatalf("the least cost is %d, want %d", least, want[0][0])
				}
				if cost, id := f.Pop(); cost != want[0][0] || id != want[0][1] {
					t.Fatalf("%d of %d came first, want %v", cost, id, want[0])
				}
				want = want[1:]
				continue
			}
			l := [2]uint32{rapid.Uint32Range(0, 9).Draw(t, "cost"), rapid.Uint32().Draw(t, "id")}
			f.Push(l[0], l[1])
			want = append(want, l)
		}
		if len(f) != len(want) {
			t.Fatalf("%d labels are left, want %d", len(f), len(want))
		}
	})
}
