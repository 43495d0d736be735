package network

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// streets are built of lines, each a list of meters north and east of the center.
func streets(t interface {
	Helper()
	Fatal(...any)
}, lines ...[][2]float64,
) *street.Graph {
	t.Helper()
	var at []street.Position
	var ways []street.Way
	known := map[[2]float64]uint32{}
	for _, line := range lines {
		way := street.Way{Class: street.Street}
		for _, meters := range line {
			v, old := known[meters]
			if !old {
				v = uint32(len(at))
				known[meters] = v
				p := geo.Offset(center, geo.Meters(meters[0]), geo.Meters(meters[1]))
				at = append(at, street.Position{Lat: int32(math.Round(p.Lat * 1e7)), Lon: int32(math.Round(p.Lon * 1e7))})
			}
			way.Vertex = append(way.Vertex, v)
		}
		ways = append(ways, way)
	}
	g, err := street.Build(at, ways)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// detour is the small town with one street that leads from the first stop to
// the last by 300 m to the north, past the middle one.
func detour(t testing.TB) Parts {
	parts := smallTown()
	parts.Streets = streets(t, [][2]float64{{0, 0}, {300, 0}, {300, 500}, {0, 500}})
	parts.Walking = DefaultWalking
	return parts
}

// way is what somebody needs for so many meters of street.
func way(meters float64) transit.Seconds { return transit.Seconds(math.Ceil(meters / 1.34)) }

// nearly compares rows whose walks may differ by the second that rounding makes.
var nearly = cmp.Comparer(func(a, b transit.Seconds) bool { return max(a, b)-min(a, b) <= 1 })

func TestWalksGoAlongTheStreets(t *testing.T) {
	n := assembled(t, detour(t))
	access := []row{
		{[]transit.Stop{0, 1, 2}, []transit.Seconds{way(100), walk(350), way(1200)}}, // the middle stop is at no street
		{[]transit.Stop{2, 1, 0}, []transit.Seconds{way(20), walk(270), way(1120)}},
	}
	if diff := cmp.Diff(access, rowsOf(&n.Access), nearly); diff != "" {
		t.Error(diff)
	}
	near := walk(250)
	transfers := []row{
		{[]transit.Stop{0, 1}, []transit.Seconds{0, near}},
		{[]transit.Stop{1, 0, 2}, []transit.Seconds{0, near, near}},
		{[]transit.Stop{2, 1}, []transit.Seconds{0, near}},
		{[]transit.Stop{}, []transit.Seconds{}},
		{[]transit.Stop{}, []transit.Seconds{}},
	}
	if diff := cmp.Diff(transfers, rowsOf(&n.Transfers)); diff != "" {
		t.Error(diff)
	}
}

func TestDirectWalkGoesAlongTheStreets(t *testing.T) {
	n := assembled(t, detour(t))
	for _, pair := range [][2]demand.Place{{0, 1}, {1, 0}} {
		if got, ok := n.Direct(pair[0], pair[1]); !ok || !cmp.Equal(got, way(1220), nearly) {
			t.Errorf("%v: %d s %v, want %d", pair, got, ok, way(1220))
		}
	}
	if got, ok := n.Direct(1, 1); !ok || got != 0 {
		t.Errorf("from the gate to itself %d s", got)
	}
	parts := detour(t)
	parts.Walking.MaxDirect = 900 // 1,170 m of way
	if got, ok := assembled(t, parts).Direct(0, 1); ok {
		t.Errorf("somebody walks %d s where 900 m are the most", got)
	}
	n = assembled(t, smallTown())
	if got, ok := n.Direct(0, 1); !ok || got != walk(620) {
		t.Errorf("without streets %d s, want %d", got, walk(620))
	}
}

// Two walks that are short enough do not make one that is too long.
func TestTransfersAreNotClosed(t *testing.T) {
	parts := smallTown()
	parts.Streets = streets(t, [][2]float64{{0, -200}, {0, 0}, {0, 250}, {0, 500}, {0, 700}})
	n := assembled(t, parts)
	want := row{[]transit.Stop{0, 1}, []transit.Seconds{0, way(250)}}
	if diff := cmp.Diff(want, rowsOf(&n.Transfers)[0], nearly); diff != "" {
		t.Error(diff)
	}
}

func TestRecommendedTransferGoesAlongTheStreets(t *testing.T) {
	parts := detour(t)
	parts.Overrides = []Override{{0, 2, Recommended, 0}}
	n := assembled(t, parts)
	want := row{[]transit.Stop{0, 1, 2}, []transit.Seconds{0, walk(250), way(1100)}}
	if diff := cmp.Diff(want, rowsOf(&n.Transfers)[0], nearly); diff != "" {
		t.Error(diff)
	}
}

// On a square without paths the straight line is a way too.
func TestSquareIsCrossed(t *testing.T) {
	parts := smallTown()
	parts.Streets = streets(t, [][2]float64{{-150, -300}, {-150, 900}})
	n := assembled(t, parts)
	to, seconds := n.Access.Row(1)
	if to[0] != 2 || seconds[0] != walk(20) {
		t.Errorf("to the stop across the square %d s, want %d and not %d round by the street", seconds[0], walk(20), way(320))
	}
}

func TestWhatNoStreetReachesIsTold(t *testing.T) {
	var log finding.Log
	parts := detour(t)
	// The gate gets a street of its own that leads nowhere, beside kilometers of others.
	parts.Places.At[1] = geo.Offset(center, -700, 520)
	lines := [][][2]float64{{{0, 0}, {300, 0}, {300, 500}, {300, 9000}, {-2000, 9000}}, {{-700, 500}, {-700, 540}}}
	parts.Streets, parts.Log = streets(t, lines...), &log
	n := assembled(t, parts)
	want := []finding.Finding{
		{Level: finding.Note, Code: codeStopsOff, Value: "s1, s2", Args: map[string]string{"count": "2", "islands": "0", "meters": "200"}},
		{Level: finding.Warning, Code: codeGatesOff, Value: "gate", Args: map[string]string{"count": "1", "islands": "1", "meters": "200"}},
	}
	if diff := cmp.Diff(want, log.Findings()); diff != "" {
		t.Error(diff)
	}
	line := float64(geo.Distance(parts.Places.At[0], parts.Places.At[1]))
	if got, ok := n.Direct(0, 1); !ok || got != walk(line) {
		t.Errorf("from the island %d s, want the straight line's %d", got, walk(line))
	}
	if _, seconds := n.Access.Row(1); len(seconds) < 3 {
		t.Errorf("%d stops for the island, want the nearest 3 at least", len(seconds))
	}
}

// A part of the city without stops gets its nearest ones by the straight line.
func TestNearestStopsBeyondTheStreets(t *testing.T) {
	parts := smallTown()
	parts.Streets = streets(t, [][2]float64{{0, -20}, {0, 900}}, [][2]float64{{0, -100}, {0, -1000}}) // a river, two banks
	parts.Walking = DefaultWalking
	parts.Walking.MaxAccess = 90
	n := assembled(t, parts)
	to, seconds := n.Access.Row(0)
	if diff := cmp.Diff(row{[]transit.Stop{0, 1, 2}, []transit.Seconds{walk(100), walk(350), walk(600)}}, row{to, seconds}); diff != "" {
		t.Error(diff)
	}
}

// On random streets: all links within reach are there, none is quicker than
// flying, and changing takes as long there as back.
func TestWalksOnRandomStreets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := randomTown(t, 5, 150)
		n := &Network{Timetable: parts.Timetable, Streets: parts.Streets, Places: parts.Places, Walking: parts.Walking}
		f := newFoot(n, emptyInside(n.Timetable))
		n.Access, n.Transfers = f.access(), f.transfers(nil)
		checkLinks(t, f, &n.Access, f.places, n.Walking.MaxAccess)
		checkLinks(t, f, &n.Transfers, f.stops, n.Walking.MaxTransfer)
		checkSymmetry(t, &n.Transfers)
	})
}

// tb is what a helper for tests needs of a random one.
type tb struct{ *rapid.T }

func (tb) Helper() {}

func checkLinks(t *rapid.T, f *foot, links *Links, from *goals, meters float64) {
	for i, start := range from.stand {
		to, walks := links.Row(uint32(i))
		found := map[transit.Stop]transit.Seconds{}
		for j, s := range to {
			found[s] = walks[j]
			line := float64(geo.Distance(start.at, f.stops.stand[s].at))
			if float64(walks[j]) < line/1.34*.995-1 {
				t.Fatalf("%d s for %.0f m of straight line", walks[j], line)
			}
		}
		for s, stop := range f.stops.stand {
			if !start.onStreet || !stop.onStreet {
				continue
			}
			way, ok := f.search.Way(start.spot, stop.spot)
			got, linked := found[transit.Stop(s)]
			if ok && float64(way.Time) <= meters*1.3/1.34*1000-1 && (!linked || got > max(1, wholeSeconds(way.Time))) {
				t.Fatalf("row %d lacks stop %d, %d ms away, or takes %d s", i, s, way.Time, got)
			}
		}
	}
}

func checkSymmetry(t *rapid.T, links *Links) {
	there := map[[2]transit.Stop]transit.Seconds{}
	for i := range len(links.First) - 1 {
		to, walks := links.Row(uint32(i))
		for j, s := range to {
			there[[2]transit.Stop{transit.Stop(i), s}] = walks[j]
		}
	}
	for pair, walk := range there {
		if back, ok := there[[2]transit.Stop{pair[1], pair[0]}]; !ok || back != walk {
			t.Fatalf("from %d to %d %d s, back %d s %v", pair[0], pair[1], walk, back, ok)
		}
	}
}
