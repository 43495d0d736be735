package assign

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/transit"
)

// What a clock gives is what sorting gives, whatever is put in between: in the
// second that it shows, before it, after it, and weeks later.
func TestMomentsComeInTheirOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var c clock
		var want []moment
		for range rapid.IntRange(0, 80).Draw(t, "steps") {
			if len(want) > 0 && rapid.IntRange(0, 2).Draw(t, "pop") == 0 {
				if next := c.next(); next != want[0].at {
					t.Fatalf("the next is at %d, want %d", next, want[0].at)
				}
				if got := c.pop(); got != want[0] {
					t.Fatalf("%v, want %v", got, want[0])
				}
				want = want[1:]
				continue
			}
			m := moment{at: transit.Seconds(rapid.IntRange(-9, 9).Draw(t, "at")), step: uint16(rapid.IntRange(0, 3).Draw(t, "step")), visit: transit.Visit(rapid.IntRange(0, 1<<20).Draw(t, "visit"))}
			m.at += rapid.SampledFrom([]transit.Seconds{0, 0, 0, -9 * transit.Hour, 28 * transit.Hour, farOff - 5}).Draw(t, "from")
			if slices.Contains(want, m) {
				continue // no vehicle stands in a clock twice
			}
			c.push(m)
			want = append(want, m)
			slices.SortFunc(want, moment.compare)
		}
		if got := c.moments(); !slices.Equal(got, want) {
			t.Fatalf("%v are left, want %v", got, want)
		}
	})
}

// Once its chains are made a clock allocates nothing.
func TestAClockAllocatesNothing(t *testing.T) {
	var c clock
	for v := range 1000 {
		c.push(moment{at: transit.Seconds(v * 37 % 600), step: 1, visit: transit.Visit(v)})
	}
	c.push(moment{at: 3000, step: 1, visit: 1000})
	if n := testing.AllocsPerRun(100, func() {
		m := c.pop()
		m.at += 1 + transit.Seconds(m.visit)%50
		c.push(m)
	}); n > 0.1 {
		t.Errorf("%v allocations for a vehicle that goes on", n)
	}
}
