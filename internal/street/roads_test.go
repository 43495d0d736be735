package street

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/geo"
)

var driving = Driving{Road: 10, Street: 5}

// town is a road of 1000 m along the north, streets to it at both ends, and a
// path that would be the short cut.
func town(t *testing.T) *Graph {
	t.Helper()
	return raw{
		at: []Position{spotAt(0, 0), spotAt(200, 0), spotAt(200, 1000), spotAt(0, 1000), spotAt(5000, 0), spotAt(5000, 1)},
		ways: []Way{
			{Street, []uint32{0, 1}},
			{Road, []uint32{1, 2}},
			{Street, []uint32{2, 3}},
			{Path, []uint32{0, 3}},
			{Street, []uint32{4, 5}},
		},
	}.build(t)
}

func TestVehiclesKeepOffPathsAndGoByTheSpeedOfTheStreet(t *testing.T) {
	walk, found := town(t).Driven(driving).Drive(spotAt(0, 0).Point(), spotAt(0, 1000).Point())
	if !found || math.Abs(float64(walk.Length.Meters())-1400) > 1 || math.Abs(float64(walk.Time)-180_000) > 200 {
		t.Errorf("%v m in %v ms, %v; wanted 1,400 m in 40 + 100 + 40 s", walk.Length.Meters(), walk.Time, found)
	}
	if first, last := walk.Course[0], walk.Course[len(walk.Course)-1]; geo.Distance(first, spotAt(0, 0).Point()) > 1 || geo.Distance(last, spotAt(0, 1000).Point()) > 1 {
		t.Errorf("from %v to %v", first, last)
	}
}

func TestNoRoadLeadsToAnIslandOrFarFromAnyRoad(t *testing.T) {
	roads := town(t).Driven(driving)
	for _, to := range []Position{spotAt(5000, 0), spotAt(-1000, 0)} {
		if walk, found := roads.Drive(spotAt(0, 0).Point(), to.Point()); found {
			t.Errorf("a way of %v m to %v", walk.Length.Meters(), to)
		}
	}
}

// A part of a graph is what Build makes of those streets alone, but for nodes
// at which nothing happens any more.
func TestOnlyKeepsWhatIsApproved(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawRaw(t).build(t)
		keep := rapid.SliceOfN(rapid.Bool(), len(g.From), len(g.From)).Draw(t, "keep")
		part := g.Only(func(e Edge) bool { return keep[e] })
		if err := part.Validate(); err != nil {
			t.Fatal(err)
		}
		var kept [][]geo.Point
		for e := range g.From {
			if keep[e] {
				kept = append(kept, g.Line(Edge(e)))
			}
		}
		if len(kept) != len(part.From) {
			t.Fatalf("%d edges of %d", len(part.From), len(kept))
		}
		for e, line := range kept {
			if got := part.Line(Edge(e)); len(got) != len(line) || got[0] != line[0] || got[len(got)-1] != line[len(line)-1] {
				t.Fatalf("edge %d: %v, want %v", e, got, line)
			}
		}
	})
}
