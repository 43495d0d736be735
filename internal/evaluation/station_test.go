package evaluation

import (
	"slices"
	"testing"
)

func TestQuartersAreSumsOfMinutes(t *testing.T) {
	f := Facility{PerHour: 240, Minutes: []Flow{
		{Minute: 13, Came: 4, Passed: 4},
		{Minute: 14, Came: 10, Passed: 4, Queue: 6},
		{Minute: 15, Came: 10, Passed: 4, Queue: 12},
		{Minute: 16, Passed: 12},
		{Minute: 31, Came: 4, Passed: 4},
	}}
	want := []Quarter{{Bin: 0, Came: 14, Passed: 8, Waiting: 6}, {Bin: 1, Came: 10, Passed: 16}, {Bin: 2, Came: 4, Passed: 4}}
	if got := f.Quarters(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
	if busiest, found := f.Busiest(); !found || busiest.Bin != 0 {
		t.Errorf("busiest %v", busiest)
	}
}

// A facility is over its rate when a quarter of an hour had to take more than a
// quarter of it and left somebody waiting: 61 of 240 an hour, not 60. It held people up
// too when more than two minutes' worth of people stood there: 9, not 8.
func TestRedIsAboveTheRate(t *testing.T) {
	for _, c := range []struct {
		passed, waiting, perHour int
		red                      bool
	}{
		{60, 0, 240, false}, {59, 1, 240, false}, {60, 1, 240, true}, {60, 1, 0, false}, {70, 0, 240, false},
	} {
		f := Facility{PerHour: c.perHour, Minutes: []Flow{{Minute: 14, Queue: c.waiting, Passed: c.passed}}}
		if f.Over() != c.red || f.Red() != c.red {
			t.Errorf("%+v: over %v, red %v", c, f.Over(), f.Red())
		}
	}
	for queue, red := range map[int]bool{8: false, 9: true} {
		if f := (Facility{PerHour: 240, MaxQueue: queue}); f.Red() != red || (&Facility{MaxQueue: queue}).Red() {
			t.Errorf("a queue of %d: red %v", queue, f.Red())
		}
	}
}

func TestReasonsBeginAndEndWithVehicles(t *testing.T) {
	all := Reasons()
	if all[0] != ForService || all[len(all)-1] != LastGone || len(all) != len(FacilityKinds())+4 {
		t.Errorf("%v", all)
	}
	onFoot := 0
	for _, w := range all {
		if w.OnFoot() {
			onFoot++
		}
	}
	if onFoot != len(FacilityKinds())+1 {
		t.Errorf("%d reasons on foot", onFoot)
	}
}
