package network

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

type row struct {
	To   []transit.Stop
	Walk []transit.Seconds
}

func rowsOf(l *Links) []row {
	var all []row
	for i := range len(l.First) - 1 {
		to, walk := l.Row(uint32(i))
		all = append(all, row{append([]transit.Stop{}, to...), append([]transit.Seconds{}, walk...)})
	}
	return all
}

func TestTransfersLinkServedStopsWithinReach(t *testing.T) {
	n := assembled(t, smallTown())
	near := walk(250)
	want := []row{
		{[]transit.Stop{0, 1}, []transit.Seconds{0, near}},
		{[]transit.Stop{1, 0, 2}, []transit.Seconds{0, near, near}},
		{[]transit.Stop{2, 1}, []transit.Seconds{0, near}},
		{[]transit.Stop{}, []transit.Seconds{}}, // the station: nothing calls there
		{[]transit.Stop{}, []transit.Seconds{}}, // the stop that nothing serves
	}
	if diff := cmp.Diff(want, rowsOf(&n.Transfers)); diff != "" {
		t.Error(diff)
	}
}

func TestAccessReachesAtLeastTheNearest(t *testing.T) {
	parts := smallTown()
	parts.Walking = DefaultWalking
	parts.Walking.MaxAccess, parts.Walking.Nearest = 150, 2
	n := assembled(t, parts)
	want := []row{
		{[]transit.Stop{0, 1}, []transit.Seconds{walk(100), walk(350)}},
		{[]transit.Stop{2, 1}, []transit.Seconds{walk(20), walk(270)}},
	}
	if diff := cmp.Diff(want, rowsOf(&n.Access)); diff != "" {
		t.Error(diff)
	}
	parts.Walking.Nearest = 0
	n = assembled(t, parts)
	if to, _ := n.Access.Row(1); len(to) != 1 {
		t.Errorf("without a nearest stop %d links, want the one within 150 m", len(to))
	}
}

func TestDifferentStopsAtOnePointAreASecondApart(t *testing.T) {
	parts := smallTown()
	parts.Timetable.Stops.At[1] = parts.Timetable.Stops.At[0]
	parts.Places.At[0] = parts.Timetable.Stops.At[0]
	n := assembled(t, parts)
	to, walk := n.Transfers.Row(1)
	if diff := cmp.Diff([]transit.Stop{1, 0}, to); diff != "" || walk[1] != 1 {
		t.Error(diff, walk)
	}
	if _, walk := n.Access.Row(0); walk[0] != 0 {
		t.Errorf("walk to a stop at the door %d s, want none", walk[0])
	}
}

func TestStopWithoutPositionHasOnlyItself(t *testing.T) {
	parts := smallTown()
	parts.Timetable.Stops.At[1] = geo.Point{}
	n := assembled(t, parts)
	if to, _ := n.Transfers.Row(1); len(to) != 1 || to[0] != 1 {
		t.Errorf("links %v, want itself alone", to)
	}
}

func TestWalkBetween(t *testing.T) {
	if got, ok := DefaultWalking.WalkBetween(east(0), east(2000)); !ok || got != walk(2000) {
		t.Errorf("2 km: %d %v, want %d", got, ok, walk(2000))
	}
	if _, ok := DefaultWalking.WalkBetween(east(0), east(2600)); ok {
		t.Error("somebody walks 2.6 km where 2.5 is the most")
	}
	if _, ok := DefaultWalking.WalkBetween(geo.Point{}, geo.Point{}); ok {
		t.Error("a walk between places whose position is not known")
	}
}

func TestOverrides(t *testing.T) {
	const s0, s1, s2, station = 0, 1, 2, 3
	near := walk(250)
	for name, test := range map[string]struct {
		overrides []Override
		row       uint32
		want      row
	}{
		"minimum time": {[]Override{{s0, s1, MinimumTime, 90}}, 0, row{[]transit.Stop{0, 1}, []transit.Seconds{0, 90}}},
		"one way only": {[]Override{{s0, s1, MinimumTime, 90}}, 2, row{[]transit.Stop{2, 1}, []transit.Seconds{0, near}}},
		"self":         {[]Override{{s0, s0, MinimumTime, 400}}, 0, row{[]transit.Stop{0, 1}, []transit.Seconds{400, near}}},
		"not possible": {[]Override{{s1, s0, NotPossible, 0}}, 1, row{[]transit.Stop{1, 2}, []transit.Seconds{0, near}}},
		"no change of vehicle": {
			[]Override{{s1, s1, NotPossible, 0}},
			1,
			row{[]transit.Stop{0, 2}, []transit.Seconds{near, near}},
		},
		"recommended far":   {[]Override{{s0, s2, Recommended, 0}}, 0, row{[]transit.Stop{0, 1, 2}, []transit.Seconds{0, near, walk(500)}}},
		"recommended known": {[]Override{{s0, s1, Timed, 7}}, 0, row{[]transit.Stop{0, 1}, []transit.Seconds{0, near}}},
		"station":           {[]Override{{station, s2, MinimumTime, 30}}, 1, row{[]transit.Stop{1, 2, 0}, []transit.Seconds{0, 30, near}}},
		"stop before station": {
			[]Override{{s1, s2, MinimumTime, 40}, {station, s2, MinimumTime, 30}},
			1,
			row{[]transit.Stop{1, 2, 0}, []transit.Seconds{0, 40, near}},
		},
	} {
		parts := smallTown()
		parts.Overrides = test.overrides
		n := assembled(t, parts)
		to, walk := n.Transfers.Row(test.row)
		if diff := cmp.Diff(test.want, row{to, walk}); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// The band must find what looking at every stop finds.
func TestAroundAgreesWithLookingAtAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 40).Draw(t, "stops")
		b := transit.NewBuilder()
		spot := func(name string) geo.Point {
			return geo.Offset(center, geo.Meters(rapid.IntRange(-3, 3).Draw(t, name)*400), geo.Meters(rapid.IntRange(-3, 3).Draw(t, name)*400))
		}
		wanted := make([]bool, n)
		for i := range n {
			b.AddStop("s", "", spot("stop"))
			wanted[i] = rapid.Bool().Draw(t, "served")
		}
		tt, from := b.Timetable(), spot("from")
		limit, nearest := geo.Meters(rapid.IntRange(0, 2000).Draw(t, "limit")), rapid.IntRange(0, 5).Draw(t, "nearest")
		got := newBand(tt.Stops.At, wanted).around(from, limit, nearest)
		if diff := cmp.Diff(aroundByHand(tt, wanted, from, limit, nearest), got, cmp.AllowUnexported(near{})); diff != "" {
			t.Fatal(diff)
		}
	})
}

func aroundByHand(tt *transit.Timetable, wanted []bool, from geo.Point, limit geo.Meters, nearest int) []near {
	all := ranking{limit: geo.Meters(math.Inf(1))}
	for s, at := range tt.Stops.At {
		if wanted[s] {
			all.add(near{uint32(s), geo.Distance(from, at)})
		}
	}
	var kept []near
	for i, n := range all.found {
		if i < nearest || n.line <= limit {
			kept = append(kept, n)
		}
	}
	return kept
}

func BenchmarkWalks(b *testing.B) {
	builder, places := transit.NewBuilder(), demand.Places{}
	var calls []transit.Call
	for i := range 4000 {
		at := geo.Offset(center, geo.Meters(i%63*400), geo.Meters(i/63*400))
		calls = append(calls, transit.Call{Stop: builder.AddStop("s", "", at)})
		if i%2 == 0 {
			places.ID, places.At = append(places.ID, "p"), append(places.At, geo.Offset(at, 130, 70))
		}
	}
	builder.AddTrip(transit.TripRow{Calls: calls})
	tt, links := builder.Timetable(), 0
	for b.Loop() {
		f := newFoot(&Network{Timetable: tt, Places: places, Walking: DefaultWalking}, emptyInside(tt))
		transfers, access := f.transfers(nil), f.access()
		links = len(transfers.To) + len(access.To)
	}
	b.ReportMetric(float64(links), "links")
}
