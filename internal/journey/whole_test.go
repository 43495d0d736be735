package journey

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/transit"
)

// TestWaitsAddUp: a wait in two parts costs what it does as a whole, within a second of
// what its seconds cost, and not less than whoever waits would pay at least.
func TestWaitsAddUp(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := DefaultWeights
		w.Wait = Cost(rapid.IntRange(1, 400).Draw(rt, "wait"))
		from := transit.Seconds(rapid.IntRange(-90_000, 100_000).Draw(rt, "from"))
		through := from + transit.Seconds(rapid.IntRange(0, 5000).Draw(rt, "first"))
		to := through + transit.Seconds(rapid.IntRange(0, 5000).Draw(rt, "second"))
		all := w.waited(from, to)
		if parts := w.waited(from, through).and(w.waited(through, to)); parts != all {
			rt.Fatalf("%d in parts, %d as a whole", parts, all)
		}
		if off := all.cost() - w.Wait.Of(to-from); off > Ride || off < -Ride {
			rt.Fatalf("%d for %d", all.cost(), w.Wait.Of(to-from))
		}
		if w.leastOf(to-from) > all {
			rt.Fatalf("at least %d, it costs %d", w.leastOf(to-from), all)
		}
	})
}

// TestLongWaitsHaveAPrice: what a journey cost is told even where no scan would have advised it.
func TestLongWaitsHaveAPrice(t *testing.T) {
	w := DefaultWeights
	for _, c := range []struct{ wait, minutes Cost }{{20 * 60, 20 + 9}, {25 * 3600, 25*60 + 9}} {
		got, want := w.Between(100, 100+transit.Seconds(c.wait)), c.minutes*6000+45*Ride
		if got != want {
			t.Errorf("a wait of %d s cost %d, want %d", c.wait, got, want)
		}
	}
}

// TestWhole rounds to the nearest second and ends at lost.
func TestWhole(t *testing.T) {
	for _, c := range []struct {
		cost Cost
		want price
	}{{0, 0}, {49, 0}, {50, 1}, {149, 1}, {6_553_400, lost - 1}, {6_553_449, lost - 1}, {6_553_450, lost}, {Never, lost}} {
		if got := whole(c.cost); got != c.want {
			t.Errorf("%d hundredths are %d s, want %d", c.cost, got, c.want)
		}
	}
	if lost.cost() != Never || (lost-1).and(1) != lost || price(3).and(4) != 7 || span(-5) != 0 {
		t.Error("prices do not end at lost")
	}
}
