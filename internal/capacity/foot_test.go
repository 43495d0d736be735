package capacity

import (
	"math"
	"testing"
)

// Weidmann 1993: at most 1.2249 people a second and meter, at 1.7507 a square meter.
func TestFlowOnFoot(t *testing.T) {
	for _, x := range []struct {
		law               FootLaw
		speed, best, flow float64
	}{{Level, FreeSpeed, 1.7507, 1.2249}, {Steps, .61, 2.2259, .85}} {
		at, most := 0.0, 0.0
		for d := .0001; d < x.law.Jam; d += .0001 {
			if flow := d * x.speed * x.law.Share(d); flow > most {
				at, most = d, flow
			}
		}
		if math.Abs(at-x.best) > .0003 || math.Abs(most-x.flow) > .0005 {
			t.Errorf("most flow %.4f at %.4f, want %.4f at %.4f", most, at, x.flow, x.best)
		}
		if math.Abs(x.law.Best-at) > .0003 || math.Abs(x.law.PerSecond(x.speed, 1)-most) > 1e-5 {
			t.Errorf("the law's own best is %.6f at %.4f, found %.6f at %.4f", x.law.PerSecond(x.speed, 1), x.law.Best, most, at)
		}
	}
}

func TestShareIsTheLaw(t *testing.T) {
	for d := .001; d < 5.4; d += .001 {
		want := 1 - math.Exp(-1.913*(1/d-1/5.4))
		if got := Level.Share(d); math.Abs(got-want) > 1e-9 {
			t.Fatalf("at %.3f a square meter %.12f, want %.12f", d, got, want)
		}
	}
	for d, want := range map[float64]float64{-1: 1, 0: 1, 5.4: 0, 9: 0} {
		if got := Level.Share(d); got != want {
			t.Errorf("at %g a square meter %g, want %g", d, got, want)
		}
	}
}

func TestGaps(t *testing.T) {
	for width, want := range map[float64]int64{1: 751880, 2: 375940, 0: 0} { // 1e6 / 1.33 = 751,879.7
		if got := DoorGap(width); got != want {
			t.Errorf("a door of %g m lets one through every %d us, want %d", width, got, want)
		}
	}
	if got := Level.Gap(FreeSpeed, 1); got != 816382 { // 1e6 / 1.22492
		t.Errorf("a passage of 1 m lets one out every %d us", got)
	}
	for _, x := range []struct {
		people, seconds float64
		want            uint32
	}{{25, 60, 2400}, {1800, 3600, 2000}, {11, 60, 5455}, {EscalatorPerHour, 3600, 536}, {0, 1, 0}} {
		if got := ServiceAt(x.people, x.seconds); got != x.want {
			t.Errorf("%g in %g s: %d ms each, want %d", x.people, x.seconds, got, x.want)
		}
	}
}
