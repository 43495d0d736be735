package geojson

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
)

const districts = `{
  "type": "FeatureCollection",
  "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
  "features": [
    {"type": "Feature", "id": 7, "properties": {"code": "0012", "people": 120},
     "geometry": {"type": "Point", "coordinates": [71.4, 51.1, 350]}},
    {"type": "Feature", "id": "b", "properties": {"code": "0013", "people": "80.5", "name": null},
     "geometry": {"type": "Polygon", "coordinates": [[[71, 51], [71.2, 51], [71.2, 51.2], [71, 51.2], [71, 51]]]}},
    {"type": "Feature", "properties": {"code": "0014"},
     "geometry": {"type": "MultiPolygon", "coordinates": [[[[71, 51], [73, 51], [73, 53], [71, 53]]], [[[80, 51], [80.1, 51], [80, 51.1]]]]}}
  ],
  "generator": {"a": [1, {"b": null}]}
}`

func read(text string, columns Columns) (places []Place, told []string, rejected int) {
	var log finding.Log
	rejected = Read("districts.geojson", []byte(text), columns, &log, func(p Place) { places = append(places, p) })
	for _, f := range log.Findings() {
		told = append(told, fmt.Sprintf("%d %s %s %s", f.Line, f.Level, f.Code, f.Value))
	}
	return places, told, rejected
}

func TestRead(t *testing.T) {
	for _, bom := range []string{"", "\xef\xbb\xbf"} {
		places, told, rejected := read(bom+districts, Columns{ID: "code", People: "people"})
		if len(told) > 0 || rejected > 0 {
			t.Errorf("%v, %d rejected", told, rejected)
		}
		want := []Place{
			{5, "0012", "120", geo.Point{Lat: 51.1, Lon: 71.4}},
			{7, "0013", "80.5", geo.Point{Lat: 51.1, Lon: 71.1}},
			{9, "0014", "", geo.Point{Lat: 51.99758936, Lon: 72.00898587}},
		}
		near := cmp.Comparer(func(a, b geo.Point) bool { return geo.Distance(a, b) < 2000 && a.Valid() && b.Valid() })
		if diff := cmp.Diff(want, places, near); diff != "" {
			t.Error(diff)
		}
	}
}

func TestWithoutAColumnTheIDIsTheFeatures(t *testing.T) {
	places, _, _ := read(districts, Columns{People: "people"})
	if len(places) != 3 || places[0].ID != "7" || places[1].ID != "b" || places[2].ID != "" {
		t.Errorf("%+v", places)
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct {
		old, new string
		want     []string
		kept     int
	}{
		{`"Point", "coordinates": [71.4, 51.1, 350]`, `"Point", "coordinates": []`, []string{"5 error geojson.no_geometry Point"}, 2},
		{`"type": "Polygon"`, `"type": "LineString"`, []string{"7 error geojson.no_geometry LineString"}, 2},
		{`{"type": "Point", "coordinates": [71.4, 51.1, 350]}`, `null`, []string{"5 error geojson.no_geometry null"}, 2},
		{`"geometry": {"type": "Point"`, `"geometry": "here", "was": {"type": "Point"`, []string{"5 error geojson.no_geometry ?"}, 2},
		{`[71.2, 51]`, `[71.2]`, []string{"7 error geojson.no_geometry Polygon"}, 2},
		{`OGC:1.3:CRS84`, `EPSG::3763`, []string{"4 error geojson.not_in_degrees "}, 3},
		{`"features"`, `"places"`, []string{"13 error geojson.not_a_collection "}, 0},
		{districts, `[1, 2]`, []string{"1 error geojson.not_a_collection "}, 0},
		{`"id": "b",`, `"id": b,`, []string{"7 error geojson.broken "}, 1},
		{districts, "", []string{"1 error geojson.not_a_collection ", "1 error geojson.broken "}, 0},
	} {
		places, told, _ := read(strings.Replace(districts, c.old, c.new, 1), Columns{ID: "code", People: "people"})
		if diff := cmp.Diff(c.want, told); diff != "" || len(places) != c.kept {
			t.Errorf("%q: %d kept; %s", c.new, len(places), diff)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(districts)
	f.Add(districts[:len(districts)/2])
	f.Add(`{"features": [{"geometry": {"type": "Polygon", "coordinates": [[]]}}]}`)
	f.Fuzz(func(t *testing.T, text string) {
		places, told, rejected := read(text, Columns{People: "people"})
		if len(told) < rejected {
			t.Errorf("%d were left out, %d findings", rejected, len(told))
		}
		for _, p := range places {
			if p.Line < 1 || p.Line > strings.Count(text, "\n")+1 {
				t.Errorf("line %d", p.Line)
			}
		}
	})
}
