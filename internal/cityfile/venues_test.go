package cityfile

import (
	"math"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
)

const venuesText = `- id: arena
  kind: arena
  name: {en: Arena, kk: Арена}
  lat: 51.1
  lon: 71.4
  capacity: 30000
  basis: fact
  source: the operator
  gates:
    - {id: north, lat: 51.101, lon: 71.4, per_minute: 300, in_per_minute: 44}
    - {id: south, lat: 51.099, lon: 71.4, per_minute: 900}
- {id: airport, kind: airport, name: {en: Airport}, lat: 51.1, lon: 71.42}
`

func TestVenues(t *testing.T) {
	var log finding.Log
	venues := ReadVenues("venues.yaml", []byte(venuesText), town(), &log)
	same(t, "venues", []Venue{
		{
			ID: "arena", Kind: "arena", Names: label.Names{"en": "Arena", "kk": "Арена"}, At: geo.Point{Lat: 51.1, Lon: 71.4},
			Capacity: 30000, Basis: "fact", Source: "the operator",
			Gates: []Gate{
				{ID: "north", At: geo.Point{Lat: 51.101, Lon: 71.4}, PerMinute: 300, InPerMin: 44, Share: .25},
				{ID: "south", At: geo.Point{Lat: 51.099, Lon: 71.4}, PerMinute: 900, Share: .75},
			},
		},
		{
			ID: "airport", Kind: "airport", Names: label.Names{"en": "Airport"}, At: geo.Point{Lat: 51.1, Lon: 71.42},
			Gates: []Gate{{ID: "main", At: geo.Point{Lat: 51.1, Lon: 71.42}, Share: 1}},
		},
	}, clean(venues))
	same(t, "findings", []string{"12 note city.venue_without_gates [1]"}, told(&log))
	balanced(t, &log, finding.Tally{File: "venues.yaml", Rows: 2, Kept: 2})
}

// clean forgets what only the reader needs.
func clean(venues []Venue) []Venue {
	for _, v := range venues {
		for i := range v.Gates {
			v.Gates[i].stated = false
		}
	}
	return venues
}

// venue is a venue with some fields changed, as one line of YAML.
func venue(fields, gates string) string {
	return "- {id: a, kind: park, name: {en: A}, " + fields + ", gates: [" + gates + "]}\n"
}

func TestMistakesInVenues(t *testing.T) {
	const here, gate = "lat: 51.1, lon: 71.4", "{id: g, lat: 51.1, lon: 71.4}"
	for text, want := range map[string]string{
		venue("lat: 71.4, lon: 51.1", ""):                             "1 error city.venue_swapped [0]",
		venue("lat: 40, lon: 30", gate):                               "1 error city.venue_outside [0]",
		venue("lat: 51.14, lon: 71.4", ""):                            "1 warning city.venue_far [0]",
		venue("lat: 0, lon: 0", ""):                                   "1 error city.bad_position [0]",
		venue("lon: 71.4", gate):                                      "1 error yaml.missing_field [0].lat",
		venue(here+", capacty: 3", gate):                              "1 error yaml.misspelt_key [0].capacty",
		venue(here+", capacity: -3", gate):                            "1 error yaml.out_of_range [0].capacity",
		venue(here+", basis: rumour", gate):                           "1 error yaml.not_a_choice [0].basis",
		venue(here, gate+", "+gate):                                   "1 error city.id_twice [0].gates[1].id",
		venue(here, "{id: g, lat: 51.14, lon: 71.4}"):                 "1 warning city.gate_far [0]",
		venue(here, "{id: g, lat: 51.1, lon: 71.4, share: 0.5}"):      "1 error city.gate_shares [0]",
		venue(here, "{id: g, lat: 51.1, lon: 71.4, share: 1.5}"):      "1 error yaml.out_of_range [0].gates[0].share",
		venue(here, "{id: g, lat: 51.1, lon: 71.4, per_minute: 1.5}"): "1 error yaml.not_whole [0].gates[0].per_minute",
		venue(here, gate) + venue(here, gate):                         "2 error city.id_twice [1].id",
		strings.Replace(venue(here, gate), "park", "pub", 1):          "1 error yaml.not_a_choice [0].kind",
	} {
		var log finding.Log
		venues := ReadVenues("venues.yaml", []byte(text), town(), &log)
		if got := told(&log); len(got) == 0 || got[0] != want {
			t.Errorf("%s: %v, want %s", text, got, want)
		}
		if rejected := log.Tallies()[0].Rejected; (rejected > 0) != strings.Contains(want, "error") || rejected+len(venues) != strings.Count(text, "kind:") {
			t.Errorf("%s: %d rejected, %d kept", text, rejected, len(venues))
		}
	}
}

func TestFarVenueSaysHowFar(t *testing.T) {
	var log finding.Log
	ReadVenues("venues.yaml", []byte(venue("lat: 51.14, lon: 71.4", "")), town(), &log)
	same(t, "distance", "4.4", log.Findings()[0].Args["km"])
}

func TestShares(t *testing.T) {
	for _, test := range []struct {
		gates []Gate
		want  []float64 // nil: cannot be
	}{
		{[]Gate{{}, {}}, []float64{.5, .5}},
		{[]Gate{{PerMinute: 100}, {}}, []float64{.5, .5}},
		{[]Gate{{PerMinute: 100}, {PerMinute: 300}}, []float64{.25, .75}},
		{[]Gate{{stated: true, Share: .6}, {}, {}}, []float64{.6, .2, .2}},
		{[]Gate{{stated: true, Share: .6}, {PerMinute: 10}, {PerMinute: 30}}, []float64{.6, .1, .3}},
		{[]Gate{{stated: true, Share: .3333}, {stated: true, Share: .6666}}, []float64{.3333 / .9999, .6666 / .9999}},
		{[]Gate{{stated: true, Share: .7}, {stated: true, Share: .7}}, nil},
		{[]Gate{{stated: true, Share: .7}, {stated: true, Share: .7}, {}}, nil},
		{[]Gate{{stated: true, Share: 0}}, nil},
	} {
		if ok := share(test.gates); ok != (test.want != nil) {
			t.Errorf("%v: %v", test.gates, ok)
		}
		for i, want := range test.want {
			if math.Abs(test.gates[i].Share-want) > 1e-12 {
				t.Errorf("gate %d of %v: want %v", i, test.gates, want)
			}
		}
	}
}

const geoJSONText = `{
	"type": "FeatureCollection", "name": "venues",
	"features": [
		{"type": "Feature", "geometry": {"type": "Point", "coordinates": [71.4, 51.1, 340]},
			"properties": {"id": "arena", "kind": "arena", "name": "Arena", "name:kk": "Арена", "capacity": 30000, "colour": "red"}},
		{"type": "Feature", "geometry": {"type": "Point", "coordinates": [71.401, 51.1]},
			"properties": {"id": "east", "venue": "arena", "per_minute": 200}},
		{"type": "Feature", "geometry": {"type": "Point", "coordinates": [71.401, 51.1]},
			"properties": {"id": "west", "venue": "areena"}},
		{"type": "Feature", "geometry": {"type": "Polygon", "coordinates": []},
			"properties": {"id": "hall", "kind": "arena", "name": {"en": "Hall"}}},
		{"type": "Feature", "geometry": {"type": "Point", "coordinates": [71.4, 51.1]},
			"properties": {"id": "gate", "venue": "hall"}}
	]
}`

func TestGeoJSON(t *testing.T) {
	var log finding.Log
	venues := ReadVenues("venues.geojson", []byte(geoJSONText), town(), &log)
	same(t, "venues", []Venue{{
		ID: "arena", Kind: "arena", Names: label.Names{"und": "Arena", "kk": "Арена"}, At: geo.Point{Lat: 51.1, Lon: 71.4}, Capacity: 30000,
		Gates: []Gate{{ID: "east", At: geo.Point{Lat: 51.1, Lon: 71.401}, PerMinute: 200, Share: 1}},
	}}, clean(venues))
	same(t, "findings", []string{
		"5 warning city.unused_property features[0].properties.colour",
		"10 error city.not_a_point features[3].geometry",
		"9 error city.gate_without_venue features[2].properties.venue",
	}, told(&log))
	balanced(t, &log, finding.Tally{File: "venues.geojson", Rows: 5, Kept: 2, Rejected: 3})
}

func TestNotGeoJSON(t *testing.T) {
	var log finding.Log
	ReadVenues("venues.json", []byte(`{"type": "Topology"}`), town(), &log)
	same(t, "findings", []string{"1 error city.not_a_feature_collection "}, told(&log))
}

func FuzzVenues(f *testing.F) {
	f.Add([]byte(venuesText), false)
	f.Add([]byte(geoJSONText), true)
	f.Add([]byte("- {id: a, kind: park, name: {en: A}, lat: 51.1, lon: 71.4, gates: [{id: g, lat: 51.1, lon: 71.4, share: 1e-300}, {id: h, lat: 51.1, lon: 71.4}]}"), false)
	f.Fuzz(func(t *testing.T, data []byte, json bool) {
		var log finding.Log
		file := map[bool]string{false: "v.yaml", true: "v.geojson"}[json]
		for _, v := range ReadVenues(file, data, town(), &log) {
			sum := 0.0
			for _, gate := range v.Gates {
				sum += gate.Share
			}
			if v.ID == "" || !v.At.Valid() || math.Abs(sum-1) > 1e-6 {
				t.Errorf("accepted: %+v", v)
			}
		}
		counted(t, &log)
	})
}
