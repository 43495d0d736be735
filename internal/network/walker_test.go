package network

import (
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// TestWalkerWalksAsPlacesDo: a point at a place has the place's walks, with
// streets and without; so has a twin.
func TestWalkerWalksAsPlacesDo(t *testing.T) {
	for name, parts := range map[string]Parts{"streets": detour(t), "none": smallTown(), "a station": twoDoors()} {
		n := assembled(t, parts)
		for _, w := range []*Walker{NewWalker(n, false), NewWalker(n, false).Twin()} {
			for p, at := range n.Places.At {
				stops, walks := w.Stops(at)
				wantStops, wantWalks := n.Access.Row(uint32(p))
				if !slices.Equal(stops, wantStops) || !slices.Equal(walks, wantWalks) {
					t.Errorf("%s: to %v in %v, the place to %v in %v", name, stops, walks, wantStops, wantWalks)
				}
				for to := range n.Places.At {
					walk, near := w.Between(at, n.Places.At[to])
					if want, ok := n.Direct(demand.Place(p), demand.Place(to)); near != ok || near && max(walk, want)-min(walk, want) > 1 {
						t.Errorf("%s: from %d to %d in %d (%v), Direct has %d (%v)", name, p, to, walk, near, want, ok)
					}
				}
			}
		}
	}
}

// Where the only street is steps, who takes none does not get along it.
func TestWalkerFreeOfSteps(t *testing.T) {
	parts := detour(t)
	n := assembled(t, parts)
	for e := range n.Streets.Class {
		n.Streets.Class[e] = street.Steps
	}
	stops, _ := NewWalker(n, true).Stops(n.Places.At[0])
	// The first stop stands at the same end of the street, the next at no street.
	if !slices.Equal(stops, []transit.Stop{0, 1}) {
		t.Errorf("without steps to %v, want the two that no steps lead to", stops)
	}
	if _, near := NewWalker(n, true).Between(n.Places.At[0], n.Places.At[1]); near {
		t.Error("a walk over steps for somebody who takes none")
	}
}

// Who takes no steps goes into a station by the lift.
func TestWalkerFreeOfStepsTakesTheLift(t *testing.T) {
	n := assembled(t, twoDoors())
	stops, walks := NewWalker(n, true).Stops(n.Places.At[0])
	i := slices.Index(stops, 1)
	if i < 0 || walks[i] != walk(500)+30 {
		t.Errorf("to %v in %v, want the middle stop in %d", stops, walks, walk(500)+30)
	}
}

// Places are those that Between finds.
func TestWalkerPlaces(t *testing.T) {
	n := assembled(t, detour(t))
	w := NewWalker(n, false)
	at := east(250)
	places, walks := w.Places(at)
	for p := range n.Places.At {
		walk, near := w.Between(at, n.Places.At[p])
		i := slices.Index(places, demand.Place(p))
		if near != (i >= 0) || near && walks[i] != walk {
			t.Errorf("place %d: %d (%v) between, row %d of %v", p, walk, near, i, walks)
		}
	}
	if len(places) == 0 {
		t.Error("no place is near")
	}
}

// Between is the walk that around finds to a goal that is alone.
func TestWalkerBetweenIsAroundWithOneGoal(t *testing.T) {
	walkers := map[bool]*Walker{}
	for _, stepFree := range []bool{false, true} {
		parts := detour(t)
		parts.Streets = streets(t, [][2]float64{{0, 0}, {300, 0}}, [][2]float64{{300, 0}, {300, 500}, {0, 500}}, [][2]float64{{300, 0}, {300, -200}})
		parts.Walking.MaxDirect = 600
		parts.Streets.Class[0] = street.Steps
		walkers[stepFree] = NewWalker(assembled(t, parts), stepFree)
	}
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) geo.Point {
			north, east := rapid.Float64Range(-300, 900).Draw(t, name+" north"), rapid.Float64Range(-300, 700).Draw(t, name+" east")
			return geo.Offset(center, geo.Meters(north), geo.Meters(east))
		}
		w, a, b := walkers[rapid.Bool().Draw(t, "step-free")], draw("from"), draw("to")
		f := w.foot
		hops := f.around(w.stand(a), f.goals(f.index, []geo.Point{b}, []bool{true}), f.walking.MaxDirect, 0)
		walk, near := w.Between(a, b)
		if near != (len(hops) == 1) || (near && walk != hops[0].walk) {
			t.Fatalf("%d (%v), want %v", walk, near, hops)
		}
	})
}

// Twins work side by side.
func TestWalkerTwins(t *testing.T) {
	n := assembled(t, detour(t))
	w := NewWalker(n, false)
	want, _ := w.Stops(east(40))
	var all sync.WaitGroup
	for range 4 {
		twin := w.Twin()
		all.Go(func() {
			for range 20 {
				if got, _ := twin.Stops(east(40)); !slices.Equal(got, want) {
					t.Errorf("%v, want %v", got, want)
				}
				twin.Between(east(40), east(480))
			}
		})
	}
	all.Wait()
}
