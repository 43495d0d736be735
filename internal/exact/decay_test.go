package exact

import (
	"math"
	"testing"
)

func TestDecay(t *testing.T) {
	for x := 0.0; x < 20; x += 0.01 {
		if got, want := Decay(x), math.Exp(-x); math.Abs(got-want) > want*1e-9 {
			t.Fatalf("Decay(%g) = %g, want %g", x, got, want)
		}
	}
	if Decay(1e9) != 0 {
		t.Error("far away is not nothing")
	}
}
