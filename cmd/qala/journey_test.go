package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/geo"
)

// journeysOf are the journeys of a JSON answer.
func journeysOf(t *testing.T, got outcome) []journeyTold {
	t.Helper()
	text, err := json.Marshal(answered(t, got).Summary["journeys"])
	if err != nil {
		t.Fatal(err)
	}
	var journeys []journeyTold
	if err := json.Unmarshal(text, &journeys); err != nil {
		t.Fatal(err)
	}
	return journeys
}

func TestJourneyThereAndInTime(t *testing.T) {
	city, day := imported(t), "--date=2026-08-15"
	first := journeysOf(t, must(t, "journey", city, "expo", "nurly-zhol", "--leave", "18:00", day, "--json"))
	if len(first) != 1 || first[0].Boardings == 0 || len(first[0].Legs) < 2 || first[0].Depart < "2026-08-15T18:00:00+05:00" {
		t.Fatalf("%+v", first)
	}
	by := first[0].Arrive[len("2026-08-15T"):][:len("18:00:00")]
	last := journeysOf(t, must(t, "journey", city, "expo", "nurly-zhol", "--by", by, day, "--json"))
	if len(last) != 1 || last[0].Depart < first[0].Depart || last[0].Arrive > first[0].Arrive {
		t.Errorf("by %s: %+v, though %+v", by, last, first)
	}
	people := must(t, "journey", city, "expo", "nurly-zhol", "--leave", "18:00", day, "--lang", "ru")
	if !strings.Contains(people.out, "пешком") || !strings.Contains(people.out, "2026-08-15") {
		t.Errorf("told to people: %s", people.out)
	}
}

func TestJourneyAlternativesDiffer(t *testing.T) {
	got := journeysOf(t, must(t, "journey", imported(t), "expo", "51.17,71.42", "--leave", "18:00", "--date=2026-08-15", "--alternatives", "4", "--json"))
	var sets []string
	for i, j := range got {
		var lines []string
		for _, l := range j.Legs {
			if l.Mode == "ride" {
				lines = append(lines, l.Route)
			}
		}
		slices.Sort(lines)
		sets = append(sets, strings.Join(slices.Compact(lines), " "))
		if i > 0 && j.CostSeconds < got[i-1].CostSeconds {
			t.Errorf("%d is cheaper than %d", i, i-1)
		}
	}
	if len(sets) < 2 || len(slices.Compact(slices.Sorted(slices.Values(sets)))) != len(sets) {
		t.Errorf("lines %q", sets)
	}
}

// collection is a GeoJSON document as others read it.
type collection struct {
	Type     string `json:"type"`
	Features []struct {
		Properties map[string]any `json:"properties"`
		Geometry   struct {
			Type        string          `json:"type"`
			Coordinates json.RawMessage `json:"coordinates"`
		} `json:"geometry"`
	} `json:"features"`
}

func collected(t *testing.T, got outcome) collection {
	t.Helper()
	var c collection
	if err := json.Unmarshal([]byte(got.out), &c); err != nil || c.Type != "FeatureCollection" || len(c.Features) == 0 {
		t.Fatalf("no GeoJSON: %v\n%.300s", err, got.out)
	}
	return c
}

func TestJourneyAsGeoJSON(t *testing.T) {
	c := collected(t, must(t, "journey", imported(t), "expo", "nurly-zhol", "--leave", "18:00", "--date=2026-08-15", "--geojson"))
	var before [2]float64
	for i, f := range c.Features {
		var line [][2]float64
		if err := json.Unmarshal(f.Geometry.Coordinates, &line); err != nil || f.Geometry.Type != "LineString" || len(line) < 2 {
			t.Fatalf("leg %d is no line: %v", i, err)
		}
		if i > 0 && line[0] != before {
			t.Errorf("leg %d begins at %v, the one before ends at %v", i, line[0], before)
		}
		before = line[len(line)-1]
	}
}

// TestReach: more time reaches more, and the surface holds where one starts.
func TestReach(t *testing.T) {
	city, day := imported(t), "--date=2026-08-15"
	summary := answered(t, must(t, "reach", city, "expo", "--leave", "18:00", "--within", "30m", day, "--json")).Summary
	bands, _ := summary["bands"].([]any)
	people := -1.0
	for _, b := range bands {
		now := b.(map[string]any)["people"].(float64)
		if now < people {
			t.Errorf("fewer people in more time: %v", bands)
		}
		people = now
	}
	if len(bands) != bandsTold || people <= 0 || len(summary["stops"].(map[string]any)) == 0 {
		t.Fatalf("%v", summary)
	}
	first := must(t, "reach", city, "expo", "--leave", "18:00", "--within", "30m", day, "--geojson")
	if again := must(t, "reach", city, "expo", "--leave", "18:00", "--within", "30m", day, "--geojson"); again.out != first.out {
		t.Error("the same question, another surface")
	}
	c := collected(t, first)
	var surface [][][][2]float64
	if err := json.Unmarshal(c.Features[0].Geometry.Coordinates, &surface); err != nil || c.Features[0].Geometry.Type != "MultiPolygon" || len(surface) == 0 {
		t.Fatalf("no surface: %v", err)
	}
	box := geo.Box{}
	for _, at := range surface[0][0] {
		box = box.Extend(geo.Point{Lat: at[1], Lon: at[0]})
	}
	if gap := box.Gap(geo.Point{Lat: 51.0888, Lon: 71.4158}); gap > 3000 {
		t.Errorf("the surface %+v lies %.0f m off the exhibition", box, gap)
	}
}

func TestJourneyMistakes(t *testing.T) {
	city := imported(t)
	for name, c := range map[string]struct {
		args []string
		code int
		says string
	}{
		"no time":          {[]string{"journey", city, "expo", "nurly-zhol"}, exitUsage, "--leave HH:MM or --by"},
		"two times":        {[]string{"journey", city, "expo", "nurly-zhol", "--leave", "8:00", "--by", "9:00"}, exitUsage, "--leave HH:MM or --by"},
		"bad time":         {[]string{"journey", city, "expo", "nurly-zhol", "--leave", "8:61", "--date", "2026-08-15"}, exitUsage, "--leave"},
		"after the night":  {[]string{"journey", city, "expo", "nurly-zhol", "--by", "29:00", "--date", "2026-08-15"}, exitUsage, "28:00"},
		"unknown end":      {[]string{"journey", city, "exp", "nurly-zhol", "--leave", "8:00", "--date", "2026-08-15"}, exitUsage, "alike are: expo"},
		"bad date":         {[]string{"journey", city, "expo", "nurly-zhol", "--leave", "8:00", "--date", "soon"}, exitUsage, "--date"},
		"no service then":  {[]string{"reach", city, "expo", "--leave", "8:00", "--date", "1999-01-01"}, exitUsage, "the timetable runs from"},
		"two kinds of out": {[]string{"reach", city, "expo", "--leave", "8:00", "--json", "--geojson"}, exitUsage, "one of them"},
		"no city":          {[]string{"reach", "nowhere.qala", "expo", "--leave", "8:00"}, exitFile, "nowhere.qala"},
		"too long":         {[]string{"reach", city, "expo", "--leave", "8:00", "--within", "48h"}, exitUsage, "--within"},
		"too many":         {[]string{"journey", city, "expo", "nurly-zhol", "--leave", "8:00", "--alternatives", "1000"}, exitUsage, "--alternatives"},
	} {
		if got := qala(t, c.args...); got.code != c.code || !strings.Contains(got.notes, c.says) {
			t.Errorf("%s: code %d, %q; want %d and %q", name, got.code, got.notes, c.code, c.says)
		}
	}
}

// A day on which nothing leads there is an answer, not a mistake.
func TestJourneyThatThereIsNot(t *testing.T) {
	got := must(t, "journey", imported(t), "expo", "nurly-zhol", "--by", "0:01", "--date", "2026-08-15", "--json")
	if journeys := journeysOf(t, got); len(journeys) != 0 {
		t.Errorf("%+v", journeys)
	}
}
