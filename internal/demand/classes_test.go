package demand

import (
	"math"
	"slices"
	"testing"
)

func TestClassesFollowTheirShares(t *testing.T) {
	e := match()
	e.Classes = []ClassShare{{Class{Name: "slow", Speed: 60, Crowding: 150, StepFree: true, Informed: true}, 0.1}, {Class{Name: "visitor", Speed: 100, Crowding: 100}, 0.4}, {Ordinary, 0.5}}
	all := people(t, e)
	var count [3]int
	for _, c := range all.Class {
		count[c]++
	}
	for i, want := range []float64{2000, 8000, 10000} {
		if math.Abs(float64(count[i])-want) > 5*math.Sqrt(want) {
			t.Errorf("%d of class %s, want about %.0f", count[i], all.Classes[i].Name, want)
		}
	}
	if !slices.Equal(all.Class[:10000], all.Class[10000:]) {
		t.Error("somebody goes home as another than he came")
	}
	e.TransitShare /= 2
	if fewer := people(t, e); !slices.Equal(fewer.Class[:5000], all.Class[:5000]) {
		t.Error("with fewer people the same ones are of other classes")
	}
}

func TestEverydayHasClassesOfItsOwn(t *testing.T) {
	e, town := weekday(1000), grid(6)
	e.Classes = []ClassShare{{Class{Name: "commuter", Speed: 110, Informed: true}, 1}}
	out := people(t, match())
	event := out.Len()
	if err := e.Travel(out, town, 0, 1); err != nil {
		t.Fatal(err)
	}
	if out.ClassOf(event-1).Name != "ordinary" || out.ClassOf(event).Name != "commuter" || len(out.Class) != out.Len() {
		t.Errorf("classes %+v", out.Classes)
	}
}
