package demand

import (
	"math"
	"testing"
)

// The triangle on 0..10 with its top at 4: F(4) = 0.4, F(2) = 4/40, F(7) = 1 - 9/60.
func TestSpanIsATriangle(t *testing.T) {
	s := Span{Low: 0, High: 10}
	for part, want := range map[float64]float64{0: 0, 0.1: 2, 0.4: 4, 0.85: 7, 1: 10} {
		if got := s.At(part, 4); math.Abs(got-want) > 1e-9 {
			t.Errorf("a part of %g lies below %g, want %g", part, got, want)
		}
	}
	if got := (Span{}).At(0.9, 4); got != 4 {
		t.Errorf("a number without a span is %g, want 4", got)
	}
	if got := (Span{Low: 4, High: 10}).At(0.5, 4); math.Abs(got-(10-math.Sqrt(18))) > 1e-9 {
		t.Errorf("the middle of a falling triangle is %g", got)
	}
}

func TestSplitKeepsTheSum(t *testing.T) {
	for total := range uint32(500) {
		sum := uint32(0)
		for i, n := range split(total, []float64{1, 2, 0, 4.5}) {
			sum += n
			if i == 2 && n > 0 {
				t.Fatalf("of %d, %d go where nothing is due", total, n)
			}
		}
		if sum != total {
			t.Fatalf("%d became %d", total, sum)
		}
	}
	if got := split(10, []float64{0, 0}); got[0]+got[1] != 0 {
		t.Errorf("nothing weighs, and gets %v", got)
	}
}

func TestNamedDaysAreDays(t *testing.T) {
	for _, n := range NamedDays() {
		sum := 0.0
		for _, share := range n.Hours {
			sum += share
		}
		if math.Abs(sum-1) > 1e-9 || n.Source == "" {
			t.Errorf("%s sums to %g, source %q", n.Name, sum, n.Source)
		}
	}
}
