// Package draw gives random numbers that depend on who draws, never on when:
// the same seed and key give the same number in any order of work and on any
// machine, so two scenarios share their draws.
package draw

import "math/bits"

// Seed starts a family of independent draws.
type Seed uint64

// For is the seed of one member of the family, such as one traveller.
func (s Seed) For(key uint64) Seed {
	return Seed(mix(uint64(s) ^ mix(key+0x9e3779b97f4a7c15)))
}

// Uint64 is the n-th number of the seed, uniform over all 64 bits.
func (s Seed) Uint64(n uint64) uint64 {
	return mix(uint64(s) + (n+1)*0x9e3779b97f4a7c15)
}

// Below is the n-th number of the seed, uniform over 0..limit-1; 0 when limit is 0.
func (s Seed) Below(n, limit uint64) uint64 {
	high, _ := bits.Mul64(s.Uint64(n), limit)
	return high
}

// Unit is the n-th number of the seed, uniform over [0, 1).
func (s Seed) Unit(n uint64) float64 {
	return float64(s.Uint64(n)>>11) / (1 << 53)
}

// Key folds words into one key: the same words give the same key everywhere.
func Key(words ...string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	hash := uint64(offset)
	for _, word := range words {
		for i := 0; i < len(word); i++ {
			hash = (hash ^ uint64(word[i])) * prime
		}
		hash = (hash ^ 0xff) * prime
	}
	return mix(hash)
}

// mix spreads every input bit over all output bits (the finalizer of SplitMix64).
func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
