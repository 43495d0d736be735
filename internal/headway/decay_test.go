package headway

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestDecayIsTheExponential compares the table with the library's function.
func TestDecayIsTheExponential(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.OneOf(rapid.Uint64Max(40*whole), rapid.Uint64Max(whole), rapid.Uint64Max(whole/1000)).Draw(t, "x")
		want := math.Exp(-float64(x) / float64(whole))
		if got := float64(decay(x)) / float64(whole); math.Abs(got-want) > 1e-9+6e-8*want {
			t.Fatalf("decay(%d) is %.12f, want %.12f", x, got, want)
		}
	})
}

// TestDecayedIsTheLogarithm goes the other way.
func TestDecayedIsTheLogarithm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.OneOf(rapid.Uint64Range(1, whole), rapid.Uint64Range(whole-1000, whole)).Draw(t, "y")
		want := -math.Log(float64(y) / float64(whole))
		if got := float64(decayed(y)) / float64(whole); math.Abs(got-want) > 1e-7 {
			t.Fatalf("decayed(%d) is %.9f, want %.9f", y, got, want)
		}
	})
}

// TestDecayNeverRises, or more waiting could cost less.
func TestDecayNeverRises(t *testing.T) {
	last := whole
	for x := uint64(0); x < 40*whole; x += 7_777_777 {
		y := decay(x)
		if y > last {
			t.Fatalf("decay(%d) is %d, more than %d before", x, y, last)
		}
		last = y
	}
	if last != 0 {
		t.Errorf("after 40 it is %d", last)
	}
}

// TestProduct of what does not fit is the greatest number.
func TestProduct(t *testing.T) {
	for _, c := range [][4]uint64{{6, 7, 1, 21}, {7, 7, 1, 24}, {1 << 63, 1 << 40, 41, 1 << 62}, {1 << 63, 4, 1, 1<<64 - 1}} {
		if got := product(c[0], c[1], uint(c[2])); got != c[3] {
			t.Errorf("%d * %d / 2^%d is %d, want %d", c[0], c[1], c[2], got, c[3])
		}
	}
}

// TestScaled of what does not fit is the greatest number.
func TestScaled(t *testing.T) {
	for _, c := range [][4]uint64{{6, 7, 2, 21}, {7, 7, 2, 24}, {1 << 63, 1 << 40, 1 << 41, 1 << 62}, {1 << 63, 4, 1, 1<<64 - 1}} {
		if got := scaled(c[0], c[1], c[2]); got != c[3] {
			t.Errorf("%d * %d / %d is %d, want %d", c[0], c[1], c[2], got, c[3])
		}
	}
}
