package street

import (
	"errors"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/geo"
)

// cross is a street of 400 m to the east with a bend, crossed after 200 m by a
// path of 100 m whose last 50 m are steps; a ring of 400 m stands alone.
func cross() raw {
	return raw{
		at: []Position{
			spotAt(0, 0), spotAt(0, 100), spotAt(0, 200), spotAt(0, 400), // 0-3
			spotAt(50, 200), spotAt(100, 200), // 4-5
			spotAt(900, 0), spotAt(900, 100), spotAt(1000, 100), spotAt(1000, 0), // 6-9
		},
		ways: []Way{
			{Street, []uint32{0, 1, 2, 3}},
			{Path, []uint32{2, 4}},
			{Steps, []uint32{4, 5}},
			{Street, []uint32{6, 7, 8, 9, 6}},
		},
	}
}

func TestBuildKeepsNodesOnlyWhereSomethingHappens(t *testing.T) {
	g := cross().build(t)
	if len(g.At) != 6 || len(g.From) != 5 || len(g.Bend) != 4 {
		t.Errorf("%d nodes, %d edges, %d bends, want 0, 2, 3, 4, 5 and one of the ring; 5 edges; 1 and 3 bends", len(g.At), len(g.From), len(g.Bend))
	}
	for e, want := range []float64{200, 200, 50, 50, 400} {
		if math.Abs(float64(g.Length[e].Meters())-want) > .1 {
			t.Errorf("edge %d is %.2f m long, want %.0f", e, g.Length[e].Meters(), want)
		}
	}
	if diff := cmp.Diff([]Class{Street, Street, Path, Steps, Street}, g.Class); diff != "" {
		t.Error(diff)
	}
	if math.Abs(float64(g.Total())-900) > .5 {
		t.Errorf("%.1f m of street, want 900", g.Total())
	}
}

func TestWayGoesRoundTheCorner(t *testing.T) {
	g := cross().build(t)
	index, search := NewIndex(g, nil), g.Walked(pace).Search()
	spot := func(north, east float64) Spot {
		s, ok := index.Snap(spotAt(north, east).Point(), 30)
		if !ok {
			t.Fatalf("no street near %v, %v", north, east)
		}
		return s
	}
	walk, ok := search.Way(spot(-20, 50), spot(100, 200))
	// 20 m to the street, 150 m along it, 50 m of path, 50 m of steps at half the speed.
	if want := (20 + 150 + 50 + 2*50) / 1.34; !ok || math.Abs(float64(walk.Time)/1000-want) > .2 {
		t.Errorf("%d ms, want %.1f s", walk.Time, want)
	}
	want := []geo.Point{spotAt(0, 50).Point(), spotAt(0, 100).Point(), spotAt(0, 200).Point(), spotAt(50, 200).Point(), spotAt(100, 200).Point()}
	if len(walk.Course) != len(want) {
		t.Fatalf("course %v, want %v", walk.Course, want)
	}
	for i, p := range want {
		if geo.Distance(p, walk.Course[i]) > .1 {
			t.Errorf("point %d of the course is %v, want %v", i, walk.Course[i], p)
		}
	}
	if _, ok := search.Way(spot(0, 0), spot(900, 50)); ok {
		t.Error("a way to a ring that nothing leads to")
	}
}

func TestWayWithinOneEdgeStaysOnIt(t *testing.T) {
	g := cross().build(t)
	search := g.Walked(pace).Search()
	near, far := Spot{Edge: 0, Along: 50_000}, Spot{Edge: 0, Along: 150_000}
	for _, c := range [][2]Spot{{near, far}, {far, near}} {
		walk, ok := search.Way(c[0], c[1])
		if !ok || walk.Length != 100_000 || len(walk.Course) != 3 {
			t.Errorf("%v to %v: %d mm over %v, want 100 m over the bend", c[0], c[1], walk.Length, walk.Course)
		}
	}
	if walk, ok := search.Way(near, near); !ok || walk.Time != 0 {
		t.Errorf("from a spot to itself %d ms", walk.Time)
	}
	// On the ring the short way leads over the node where it begins.
	walk, ok := search.Way(Spot{Edge: 4, Along: 30_000}, Spot{Edge: 4, Along: g.Length[4] - 30_000})
	if !ok || walk.Length != 60_000 {
		t.Errorf("round the ring %d mm, want 60 m over its node", walk.Length)
	}
}

func TestSnapLeavesOutWhatItIsTold(t *testing.T) {
	g := cross().build(t)
	index := NewIndex(g, func(e Edge) bool { return g.Class[e] != Steps })
	s, ok := index.Snap(spotAt(100, 200).Point(), 60)
	if !ok || s.Edge != 2 || math.Abs(float64(s.Off.Meters())-50) > .1 {
		t.Errorf("%+v %v, want the upper end of the path, 50 m away", s, ok)
	}
	for name, p := range map[string]geo.Point{"nowhere": {}, "no number": {Lat: math.NaN()}, "far": spotAt(0, 2000).Point()} {
		if s, ok := index.Snap(p, 200); ok {
			t.Errorf("%s: snapped to %+v", name, s)
		}
	}
	empty, err := Build(nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := NewIndex(empty, nil).Snap(center, 1e6); ok {
		t.Error("snapped where there is no street")
	}
}

func TestIslands(t *testing.T) {
	g := cross().build(t)
	islands, of := g.Islands()
	if len(islands) != 2 || islands[0].Nodes != 5 || islands[1].Nodes != 1 || islands[1].Edges != 1 || of[5] != 1 {
		t.Errorf("%+v %v, want the cross and the ring", islands, of)
	}
}

func TestWayTooLongIsNoWay(t *testing.T) {
	g, err := Build([]Position{{0, 0}, {0, 1_790_000_000}}, []Way{{Street, []uint32{0, 1}}})
	if err != nil {
		t.Fatal(err)
	}
	if walk, ok := g.Walked(pace).Search().Way(Spot{}, Spot{Along: g.Length[0]}); ok {
		t.Errorf("somebody walks round half of the earth in %d ms", walk.Time)
	}
}

func TestBuildRefusesWhatDoesNotFit(t *testing.T) {
	for name, r := range map[string]raw{
		"vertex":   {[]Position{{}}, []Way{{Street, []uint32{0, 1}}}},
		"class":    {[]Position{{}, {Lat: 1}}, []Way{{classes, []uint32{0, 1}}}},
		"position": {[]Position{{}, {Lat: math.MaxInt32}}, []Way{{Street, []uint32{0, 1}}}},
	} {
		if _, err := Build(r.at, r.ways); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestValidateFindsEveryContradiction(t *testing.T) {
	for name, spoil := range map[string]func(*Graph){
		"from":      func(g *Graph) { g.From[1] = 6 },
		"into":      func(g *Graph) { g.Into[1] = 6 },
		"class":     func(g *Graph) { g.Class[0] = classes },
		"length":    func(g *Graph) { g.Length = g.Length[1:] },
		"offsets":   func(g *Graph) { g.First[1], g.First[2] = g.First[4], 0 },
		"last":      func(g *Graph) { g.Bend = g.Bend[1:] },
		"no offset": func(g *Graph) { g.First = nil },
		"node":      func(g *Graph) { g.At[0].Lat = 900_000_001 },
		"bend":      func(g *Graph) { g.Bend[0].Lon = -1_800_000_001 },
	} {
		g := cross().build(t)
		if err := g.Validate(); err != nil {
			t.Fatal(err)
		}
		spoil(g)
		if err := g.Validate(); !errors.Is(err, ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A search settles the neighborhood and not the city.
func TestSearchIsBounded(t *testing.T) {
	const side = 100
	var r raw
	for i := range side * side {
		r.at = append(r.at, spotAt(float64(i/side)*100, float64(i%side)*100))
	}
	for i := range uint32(side) {
		var row, column []uint32
		for j := range uint32(side) {
			row, column = append(row, i*side+j), append(column, j*side+i)
		}
		r.ways = append(r.ways, Way{Street, row}, Way{Street, column})
	}
	p := r.build(t).Walked(pace)
	index := NewIndex(p.Graph, nil)
	from, _ := index.Snap(spotAt(5000, 5000).Point(), 50)
	search := p.Search()
	search.Reach(from, p.Targets(nil), p.Off(1_000_000), 0)
	// Within 1,000 m of a crossing lie 2*10*11+1 crossings.
	if search.Settled < 200 || search.Settled > 260 {
		t.Errorf("%d labels settled for 1 km, want about 221", search.Settled)
	}
}
