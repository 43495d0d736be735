package atlas_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/paulmach/orb"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

func all(t testing.TB, a *atlas.Atlas, collection string) []atlas.Feature {
	t.Helper()
	features, matched, err := a.Items(collection, atlas.Query{Limit: math.MaxInt})
	if err != nil || matched != len(features) {
		t.Fatalf("%s: %d features, %d matched, %v", collection, len(features), matched, err)
	}
	return features
}

func ids(features []atlas.Feature) []string {
	out := []string{}
	for _, f := range features {
		out = append(out, f.ID)
	}
	return out
}

func collections(a *atlas.Atlas) []string {
	var out []string
	for _, c := range a.Collections() {
		out = append(out, c.ID)
	}
	return out
}

func TestACityIsOnItsMap(t *testing.T) {
	n := astana(t)
	a := atlas.OfNetwork(n)
	want := []string{"stops", "lines", "venues", "gates", "places", "facilities", "platforms"}
	if diff := cmp.Diff(want, collections(a)); diff != "" {
		t.Fatal(diff)
	}
	stops := all(t, a, "stops")
	if len(stops) != len(n.Timetable.Stops.ID) {
		t.Errorf("%d stops of %d", len(stops), len(n.Timetable.Stops.ID))
	}
	for i, f := range stops {
		s := transit.Stop(i)
		at := n.Timetable.Stops.At[s]
		if p, ok := f.Geometry.(orb.Point); !ok || f.ID != string(n.Timetable.Stops.ID[s]) || math.Abs(p[0]-at.Lon)+math.Abs(p[1]-at.Lat) > 1e-6 {
			t.Fatalf("stop %d is %+v", i, f)
		}
	}
	people := 0
	for _, f := range all(t, a, "places") {
		people += f.Properties["people"].(int)
	}
	if uint64(people) != n.Places.Population() {
		t.Errorf("%d people on the map of %d", people, n.Places.Population())
	}
}

func TestAStopSaysWhatCallsThere(t *testing.T) {
	f, err := atlas.OfNetwork(astana(t)).Item("stops", "lrt-107-a")
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]any{"kind": "stop", "station": "lrt-107", "lines": "LRT", "line_count": 1, "step_free": true} {
		if f.Properties[name] != want {
			t.Errorf("%s is %v, want %v", name, f.Properties[name], want)
		}
	}
	if f.Properties["name_kk"] == nil || f.Properties["name_kk"] == f.Properties["name"] {
		t.Errorf("names %v", f.Properties)
	}
}

// A line leads past each of its stops: the feed of the example has shapes for all.
func TestLinesFollowTheirShapes(t *testing.T) {
	a := atlas.OfNetwork(astana(t))
	lines := all(t, a, "lines")
	directions := map[string]int{}
	for _, f := range lines {
		directions[f.Properties["route"].(string)]++
		if g, ok := f.Geometry.(orb.MultiLineString); !ok || len(g) == 0 || len(g[0]) < 2 {
			t.Errorf("line %s is %v", f.ID, f.Geometry)
		}
		if f.Properties["headsign"] == nil || !strings.HasPrefix(f.Properties["color"].(string), "#") {
			t.Errorf("line %s: %v", f.ID, f.Properties)
		}
	}
	if len(directions) != len(astana(t).Timetable.Routes.ID) || directions["LRT"] != 2 {
		t.Errorf("directions %v", directions)
	}
}

func TestUnknownNamesAreTold(t *testing.T) {
	a := atlas.OfNetwork(astana(t))
	if _, err := a.Item("stops", "nowhere"); !errors.Is(err, atlas.ErrUnknown) {
		t.Errorf("a stop: %v", err)
	}
	if _, err := a.Collection("trains"); !errors.Is(err, atlas.ErrUnknown) {
		t.Errorf("a collection: %v", err)
	}
	if _, _, err := a.Items("stops", atlas.Query{Where: map[string]string{"color": "red"}}); !errors.Is(err, atlas.ErrUnknown) {
		t.Errorf("a column: %v", err)
	}
}

// What the evaluation counts stands on the map, and nothing is counted twice.
func TestResultsAreOnTheMap(t *testing.T) {
	e := match(t)
	a := atlas.OfResults(e, astana(t))
	minutes, loads := 0, 0
	for _, s := range e.Stops {
		minutes += len(s.Minutes)
	}
	for _, s := range e.Segments {
		loads += len(s.Loads)
	}
	for collection, want := range map[string]int{
		"stops": len(e.Stops), "queues": minutes, "segments": len(e.Segments), "loads": loads,
		"facilities": len(e.Facilities), "platforms": len(e.Platforms), "venues": 1, "gates": len(e.Event.Venue.Gates),
	} {
		if got := all(t, a, collection); len(got) != want || want == 0 {
			t.Errorf("%d %s, want %d", len(got), collection, want)
		}
	}
	boardings := 0
	for _, f := range all(t, a, "stops") {
		boardings += f.Properties["boardings"].(int)
	}
	if boardings != e.Totals.Boardings {
		t.Errorf("%d boardings, want %d", boardings, e.Totals.Boardings)
	}
	for _, f := range all(t, a, "facilities") {
		if f.Geometry == nil {
			t.Errorf("facility %s stands nowhere", f.ID)
		}
	}
}

// Without the network the gates of the event's venue have a position and others
// have none; what has none is in every box.
func TestFacilitiesWithoutANetwork(t *testing.T) {
	a := atlas.OfResults(match(t), nil)
	var nowhere []string
	for _, f := range all(t, a, "facilities") {
		if f.Geometry == nil {
			nowhere = append(nowhere, f.ID)
		} else if !strings.HasPrefix(f.ID, "astana-arena/") {
			t.Errorf("facility %s stands at %v", f.ID, f.Geometry)
		}
	}
	got, matched, err := a.Items("facilities", atlas.Query{Box: &atlas.Box{West: 1, South: 1, East: 2, North: 2}, Limit: 1000})
	if diff := cmp.Diff(nowhere, ids(got)); diff != "" || err != nil || matched == 0 {
		t.Errorf("%d in a box far away: %v %s", matched, err, diff)
	}
}

func TestIdsLeadBack(t *testing.T) {
	for _, a := range []*atlas.Atlas{atlas.OfNetwork(astana(t)), atlas.OfResults(match(t), astana(t))} {
		for _, c := range a.Collections() {
			seen := map[string]bool{}
			for _, f := range all(t, a, c.ID) {
				back, err := a.Item(c.ID, f.ID)
				if err != nil || seen[f.ID] {
					t.Fatalf("%s %s: %v, seen before: %v", c.ID, f.ID, err, seen[f.ID])
				}
				if diff := cmp.Diff(f, back); diff != "" {
					t.Fatal(diff)
				}
				seen[f.ID] = true
			}
			for _, id := range []string{"", "@", "x@", "x@1", "@1"} {
				if _, err := a.Item(c.ID, id); !errors.Is(err, atlas.ErrUnknown) {
					t.Errorf("%s %q: %v", c.ID, id, err)
				}
			}
		}
	}
}

// A quarter of an hour is asked for by an instant within it.
func TestLoadsOfAMoment(t *testing.T) {
	e := match(t)
	start, err := time.Parse(time.RFC3339, e.Horizon.Start)
	if err != nil {
		t.Fatal(err)
	}
	bin := e.Segments[0].Loads[0].Bin
	moment := start.Unix() + int64(bin)*evaluation.BinSeconds + 60
	a := atlas.OfResults(e, nil)
	got, matched, err := a.Items("loads", atlas.Query{During: &atlas.Span{From: moment, To: moment}, Limit: 100000})
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, s := range e.Segments {
		want += len(slices.DeleteFunc(slices.Clone(s.Loads), func(l evaluation.Load) bool { return l.Bin != bin }))
	}
	if matched != want || want == 0 || len(got) != want {
		t.Errorf("%d of %d matched, want %d", len(got), matched, want)
	}
	for _, f := range got {
		if f.Properties["bin"] != bin {
			t.Errorf("bin %v, want %d", f.Properties["bin"], bin)
		}
	}
	if _, gates, _ := a.Items("gates", atlas.Query{During: &atlas.Span{From: 1, To: 2}}); gates != len(e.Event.Venue.Gates) {
		t.Errorf("%d gates long before: what lasts is always there", gates)
	}
}

func TestPagesMakeTheWhole(t *testing.T) {
	a := atlas.OfResults(match(t), nil)
	for _, q := range []atlas.Query{{}, {Where: map[string]string{"direction": "1"}}, {Box: &atlas.Box{West: 71.4, South: 51.05, East: 71.5, North: 51.12}}} {
		q.Limit = math.MaxInt
		whole, matched, err := a.Items("segments", q)
		if err != nil || matched != len(whole) || matched == 0 {
			t.Fatalf("%d of %d, %v", len(whole), matched, err)
		}
		var pages []string
		for q.Limit = 7; len(pages) < matched; q.Offset += 7 {
			page, told, _ := a.Items("segments", q)
			if told != matched || len(page) == 0 || len(page) > 7 {
				t.Fatalf("page of %d, %d matched", len(page), told)
			}
			pages = append(pages, ids(page)...)
		}
		if diff := cmp.Diff(ids(whole), pages); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWhereCompares(t *testing.T) {
	a := atlas.OfNetwork(astana(t))
	for _, c := range []struct {
		column, value string
		want          func(atlas.Feature) bool
	}{
		{"kind", "station", func(f atlas.Feature) bool { return f.Properties["kind"] == "station" }},
		{"line_count", "2", func(f atlas.Feature) bool { return f.Properties["line_count"] == 2 }},
		{"line_count", "2.0", func(f atlas.Feature) bool { return f.Properties["line_count"] == 2 }},
		{"line_count", "two", func(atlas.Feature) bool { return false }},
		{"step_free", "true", func(f atlas.Feature) bool { return f.Properties["step_free"] == true }},
	} {
		want := slices.DeleteFunc(all(t, a, "stops"), func(f atlas.Feature) bool { return !c.want(f) })
		got, _, err := a.Items("stops", atlas.Query{Where: map[string]string{c.column: c.value}, Limit: 100000})
		if diff := cmp.Diff(ids(want), ids(got)); diff != "" || err != nil {
			t.Errorf("%s=%s: %v %s", c.column, c.value, err, diff)
		}
	}
}

// Any box gives what lies in it, and what has no position.
func TestAnyBox(t *testing.T) {
	a := atlas.OfNetwork(astana(t))
	stops := all(t, a, "stops")
	rapid.Check(t, func(t *rapid.T) {
		at := stops[rapid.IntRange(0, len(stops)-1).Draw(t, "stop")].Geometry.(orb.Point)
		size := rapid.SampledFrom([]float64{0, 1e-4, .01, .1, 10}).Draw(t, "size")
		off := rapid.Float64Range(-1, 1).Draw(t, "off") * size
		b := atlas.Box{West: at[0] + off, South: at[1] - off, East: at[0] + off + size, North: at[1] - off + size}
		if rapid.Bool().Draw(t, "around the earth") {
			b.West, b.East = b.East, b.West
		}
		inside := func(f atlas.Feature) bool {
			p := f.Geometry.(orb.Point)
			if b.West <= b.East && (p[0] < b.West || p[0] > b.East) || b.West > b.East && p[0] < b.West && p[0] > b.East {
				return false
			}
			return p[1] >= b.South && p[1] <= b.North
		}
		got, _, err := a.Items("stops", atlas.Query{Box: &b, Limit: math.MaxInt})
		want := slices.DeleteFunc(slices.Clone(stops), func(f atlas.Feature) bool { return !inside(f) })
		if diff := cmp.Diff(ids(want), ids(got)); diff != "" || err != nil {
			t.Fatalf("%+v: %v %s", b, err, diff)
		}
	})
}

// A line that only crosses a box is in it, one whose own box meets it need not be.
func TestLinesThroughABox(t *testing.T) {
	for _, c := range []struct {
		line orb.LineString
		want bool
	}{
		{orb.LineString{{0, 5}, {10, 5}}, true},
		{orb.LineString{{0, 0}, {10, 10}}, true},
		{orb.LineString{{0, 7}, {7, 14}}, false},
		{orb.LineString{{0, 8}, {8, 0}, {20, 0}}, true},
		{orb.LineString{{5, 5}, {5, 5.1}}, true},
		{orb.LineString{{0, 4}, {4, 4}}, true},
		{orb.LineString{{0, 6.1}, {10, 6.1}}, false},
		{orb.LineString{{6.1, 0}, {6.1, 10}}, false},
	} {
		box := atlas.Box{West: 4, South: 4, East: 6, North: 6}
		if got := atlas.Meets(box, c.line); got != c.want {
			t.Errorf("%v: %v", c.line, got)
		}
	}
}
