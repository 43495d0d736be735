package headway

import "math/bits"

// Fractions are whole numbers in parts of 2^-32, so that they are the same on
// every architecture.
const (
	decayBits = 32
	whole     = uint64(1) << decayBits
	log2e     = 6196328019 // 1 / ln 2, in parts of 2^-32
	ln2       = 2977044472 // ln 2
)

// halves holds 2^-(i/1024), in parts of 2^-32.
var halves = halvesTable()

const halvesBits = 10

// halvesTable takes the 1024th root of a half by ten square roots, in parts of
// 2^-62, and its powers.
func halvesTable() (table [1<<halvesBits + 1]uint64) {
	const one = uint64(1) << 62
	root := one / 2
	for range halvesBits {
		root = squareRoot(root)
	}
	power := one
	for i := range table {
		table[i] = (power + 1<<29) >> 30
		high, low := bits.Mul64(power, root)
		power = high<<2 | low>>62
	}
	return table
}

// squareRoot of a number in parts of 2^-62, rounded down.
func squareRoot(x uint64) uint64 {
	root := uint64(0)
	for bit := uint64(1) << 62; bit > 0; bit >>= 1 {
		high, low := bits.Mul64(root|bit, root|bit)
		if square := high<<2 | low>>62; square < x || square == x && low<<2 == 0 {
			root |= bit
		}
	}
	return root
}

// decay is exp(-x).
func decay(x uint64) uint64 {
	x = product(x, log2e, decayBits)
	if x >= 33*whole {
		return 0
	}
	part := uint32(x)
	i, rest := part>>(32-halvesBits), uint64(part)<<halvesBits&(whole-1)
	value := halves[i] - (halves[i]-halves[i+1])*rest>>decayBits
	return value >> (x >> decayBits)
}

// decayed is the x at which decay is y, 33 halvings where there is none.
func decayed(y uint64) uint64 {
	if y == 0 {
		return 33 * ln2
	}
	halvings := uint64(max(bits.LeadingZeros64(y)-(64-decayBits), 0))
	y = min(y<<halvings, whole)
	i := 0
	for bit := 1 << (halvesBits - 1); bit > 0; bit >>= 1 {
		if halves[i|bit] >= y {
			i |= bit
		}
	}
	rest := (halves[i] - y) << decayBits / (halves[i] - halves[i+1])
	return product(halvings<<decayBits+uint64(i)<<(decayBits-halvesBits)+rest>>halvesBits, ln2, decayBits)
}

// product is a * b / 2^shift, or the greatest number where that is too great.
func product(a, b uint64, shift uint) uint64 {
	high, low := bits.Mul64(a, b)
	if high>>shift > 0 {
		return 1<<64 - 1
	}
	return high<<(64-shift) | low>>shift
}

// scaled is a * b / c, or the greatest number where that is too great.
func scaled(a, b, c uint64) uint64 {
	high, low := bits.Mul64(a, b)
	if high >= c {
		return 1<<64 - 1
	}
	quotient, _ := bits.Div64(high, low, c)
	return quotient
}
