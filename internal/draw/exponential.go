package draw

import "math/bits"

// Exponential is the n-th number of the seed, exponential with mean 1: the wait
// for what may happen at any moment alike, once a unit of time on average. It
// is at most 53 ln 2, about 36.7.
func (s Seed) Exponential(n uint64) float64 {
	return minusLog(s.Uint64(n)>>11 + 1)
}

// minusLog is -ln(k / 2^53) for k in 1..2^53 by a series, because the logarithm
// of package math may be compiled with fused operations on some architectures.
// Its error is under 1e-14.
func minusLog(k uint64) float64 {
	const ln2, root2 = 0.693147180559945309417232121458, 1.41421356237309504880168872421
	halvings := 54 - bits.Len64(k)
	m := float64(k<<halvings) / (1 << 53) // in [1, 2), with k / 2^53 = m / 2^halvings
	if m > root2 {
		m, halvings = m/2, halvings-1
	}
	return float64(float64(halvings)*ln2) - logNearOne(m)
}

// logNearOne is ln m for m between the roots of 1/2 and 2: twice the series of
// the inverse hyperbolic tangent of (m-1)/(m+1).
func logNearOne(m float64) float64 {
	x := float64(m-1) / float64(m+1)
	square := float64(x * x)
	sum, power := 0.0, x
	for n := 1.0; n <= 23; n += 2 {
		sum += power / n
		power = float64(power * square)
	}
	return float64(2 * sum)
}
