package draw

import "testing"

func TestBelowIsUniform(t *testing.T) {
	const faces, throws = 6, 60000
	var seen [faces]int
	for i := uint64(0); i < throws; i++ {
		seen[Seed(7).For(i).Below(0, faces)]++
	}
	chi := 0.0
	for _, n := range seen {
		d := float64(n) - throws/faces
		chi += d * d / (throws / faces)
	}
	if chi > 20.5 { // the 99.9th percentile with five degrees of freedom
		t.Errorf("chi square %.1f for %v", chi, seen)
	}
}

func TestDrawsDoNotDependOnOrder(t *testing.T) {
	first := Seed(1).For(9).Uint64(3)
	_ = Seed(1).For(8).Uint64(2)
	if again := Seed(1).For(9).Uint64(3); again != first {
		t.Errorf("drawn again: %d, first %d", again, first)
	}
}

func TestKeysTellWordsApart(t *testing.T) {
	if Key("ab", "c") == Key("a", "bc") {
		t.Error("words run together")
	}
	if got := Key("astana"); got != Key("astana") {
		t.Error("not repeatable")
	}
}

func TestUnitStaysBelowOne(t *testing.T) {
	for i := uint64(0); i < 100000; i++ {
		if u := Seed(3).Unit(i); u < 0 || u >= 1 {
			t.Fatalf("draw %d is %g", i, u)
		}
	}
}
