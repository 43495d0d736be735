// Package exact has functions of analysis that give the same bits on every
// architecture.
package exact

// Decay is exp(-x) for x >= 0 by its series and repeated squaring, because the
// one of package math may be compiled with fused operations on some
// architectures. Its relative error is under 1e-9 for x up to 20; past 60 it is 0.
func Decay(x float64) float64 {
	if x > 60 {
		return 0
	}
	const halvings = 8
	small := -float64(x / (1 << halvings))
	sum, term := 1.0, 1.0
	for n := 1.0; n <= 14; n++ {
		term = float64(term*small) / n
		sum += term
	}
	for range halvings {
		sum = float64(sum * sum)
	}
	return sum
}
