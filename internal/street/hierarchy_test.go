package street

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/geo"
)

func prepared(t interface{ Fatal(...any) }, p *Paced) *Hierarchy {
	h, err := p.Hierarchy()
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// A Gather reaches what the plain algorithm reaches; a Climb and a search to one
// spot take as long.
func TestHierarchyAgreesWithPlainDijkstra(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawRaw(t).build(t)
		if len(g.From) == 0 {
			t.Skip("no street")
		}
		p := g.Walked(pace)
		spots := drawSpots(t, g, rapid.IntRange(1, 8).Draw(t, "spots"))
		h := prepared(t, p)
		climb, gather, search := h.Climb(), h.Targets(spots).Gather(), p.Search()
		limit := Milliseconds(rapid.Uint32Range(0, 600_000).Draw(t, "limit"))
		atLeast := rapid.IntRange(0, 4).Draw(t, "at least")
		for _, from := range spots { // one scratch for all
			want := plain(p, from, spots)
			checkReached(t, gather.Reach(from, limit, atLeast), want, limit, atLeast)
			for i, to := range spots {
				time, ok := climb.Time(from, to)
				if ok != (want[i] < uint64(Longest)) || (ok && uint64(time) != want[i]) {
					t.Fatalf("to spot %d %d ms (%v), want %d", i, time, ok, want[i])
				}
				checkTime(t, search, from, to, limit, want[i])
				if ok {
					checkTime(t, search, from, to, time, want[i])
				}
			}
		}
	})
}

func checkTime(t *rapid.T, s *Search, from, to Spot, limit Milliseconds, want uint64) {
	time, ok := s.Time(from, to, limit)
	if ok != (want <= uint64(limit)) || (ok && uint64(time) != want) {
		t.Fatalf("a search within %d: %d ms (%v), want %d", limit, time, ok, want)
	}
}

// A Climb's way takes as long as a Search's, and its course is as long as it says.
func TestClimbFindsTheWayOfASearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawRaw(t).build(t)
		if len(g.From) == 0 {
			t.Skip("no street")
		}
		p := g.Walked(pace)
		climb, search := prepared(t, p).Climb(), p.Search()
		for range 3 {
			spots := drawSpots(t, g, 2)
			got, ok := climb.Way(spots[0], spots[1])
			want, okWant := search.Way(spots[0], spots[1])
			if ok != okWant || got.Time != want.Time {
				t.Fatalf("%d ms (%v), want %d", got.Time, ok, want.Time)
			}
			if !ok {
				continue
			}
			checkCourse(t, g, got, want, spots)
		}
	})
}

// checkCourse compares where two ways begin and end, and measures the first one.
func checkCourse(t *rapid.T, g *Graph, got, want Walk, spots []Spot) {
	course := geo.Length(got.Course) + (spots[0].Off + spots[1].Off).Meters()
	if math.Abs(float64(course-got.Length.Meters())) > .05 {
		t.Fatalf("the course is %.3f m long, the way %.3f m", course, got.Length.Meters())
	}
	for i, s := range spots {
		end := got.Course[i*(len(got.Course)-1)]
		if end != foot(g, s) || end != want.Course[i*(len(want.Course)-1)] {
			t.Fatalf("end %d of the course is %v, want %v", i, end, foot(g, s))
		}
	}
}

// The times to all nodes are those of the ways there.
func TestToAllAgreesWithSearch(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := drawRaw(t).build(t)
		if len(g.From) == 0 {
			t.Skip("no street")
		}
		p := g.Walked(pace)
		climb, search, from := prepared(t, p).Climb(), p.Search(), drawSpots(t, g, 1)[0]
		search.Reach(from, p.Targets(nil), Longest, 0)
		for n, time := range climb.ToAll(from) {
			reached := search.round[n] == search.now
			if reached != (Milliseconds(time) < Longest) || (reached && Milliseconds(time) != search.cost[n]) {
				t.Fatalf("node %d after %d ms, want %d (%v)", n, time, search.cost[n], reached)
			}
		}
	})
}

func TestClimbGoesNoWayThatIsTooLong(t *testing.T) {
	g, err := Build([]Position{{0, 0}, {0, 1_790_000_000}}, []Way{{Street, []uint32{0, 1}}})
	if err != nil {
		t.Fatal(err)
	}
	climb := prepared(t, g.Walked(pace)).Climb()
	if walk, ok := climb.Way(Spot{}, Spot{Along: g.Length[0]}); ok {
		t.Errorf("somebody walks round half of the earth in %d ms", walk.Time)
	}
}
