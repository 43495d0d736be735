package draw

import (
	"math"
	"testing"
)

func TestMinusLogIsTheLogarithm(t *testing.T) {
	check := func(k uint64) {
		want := -math.Log(float64(k) / (1 << 53))
		if got := minusLog(k); math.Abs(got-want) > 1e-14*max(want, 1) {
			t.Fatalf("-ln(%d / 2^53) = %.17g, want %.17g", k, got, want)
		}
	}
	for bit := range 54 {
		for step := uint64(0); step < 1000; step++ {
			check(min(max(uint64(1)<<bit+step<<bit/1000, 1), 1<<53))
		}
	}
	for n := range uint64(100_000) {
		check(Seed(5).Uint64(n)>>11 + 1)
	}
}

// The wait for a happening of rate one has mean, variance and third moment 1, 1, 6.
func TestExponentialHasItsMoments(t *testing.T) {
	const draws = 400_000
	var sum, square, cube, beyond float64
	for n := range uint64(draws) {
		x := Seed(11).For(n).Exponential(0)
		sum, square, cube = sum+x, square+x*x, cube+x*x*x
		if x > 5 {
			beyond++
		}
	}
	for name, c := range map[string]struct{ got, want, deviation float64 }{
		"mean":        {sum / draws, 1, 1},
		"square":      {square / draws, 2, math.Sqrt(20)},
		"cube":        {cube / draws, 6, math.Sqrt(684)},
		"share above": {beyond / draws, math.Exp(-5), math.Sqrt(math.Exp(-5))},
	} {
		if math.Abs(c.got-c.want) > 4*c.deviation/math.Sqrt(draws) {
			t.Errorf("%s %.5f, want %.5f", name, c.got, c.want)
		}
	}
}
