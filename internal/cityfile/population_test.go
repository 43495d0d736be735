package cityfile

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
)

const peopleText = `city: town
name: {en: Town}
timezone: Asia/Almaty
feeds: [{id: bus, path: gtfs.zip}]
population:
  - points.csv
  - {path: census.gpkg, layer: blocks, id: code, people: N, basis: fact, source: census of 2021}
  - {path: towns.csv, spread: stops, prefix: zone, people: people_2019, id: town, except: [Centre], source: estimate}
`

func TestPopulationFromSeveralSources(t *testing.T) {
	var log finding.Log
	city, ok := ReadCity("city.yaml", []byte(peopleText), &log)
	if !ok || len(log.Findings()) > 0 {
		t.Fatal(told(&log))
	}
	if err := schema(t, "city").Validate(asJSON(t, peopleText)); err != nil {
		t.Error(err)
	}
	want := []Population{
		{Path: Path{Name: "points.csv"}, Basis: basis.Assumption},
		{Path: Path{Name: "census.gpkg"}, Layer: "blocks", ID: "code", People: "N", Basis: basis.Fact, Source: "census of 2021"},
		{
			Path: Path{Name: "towns.csv"}, ID: "town", People: "people_2019", Basis: basis.Assumption, Source: "estimate",
			Spread: &Spread{Prefix: "zone", Except: []string{"Centre"}},
		},
	}
	byName := cmp.Comparer(func(a, b Path) bool { return a.Name == b.Name })
	if diff := cmp.Diff(want, city.Population, byName); diff != "" {
		t.Error(diff)
	}
}

func TestMistakesInPopulation(t *testing.T) {
	for _, m := range []struct{ old, new, want string }{
		{"  - points.csv", "  - 7", "6 error yaml.not_text population[0]"},
		{"path: census.gpkg, ", "", "7 error yaml.missing_field population[1].path"},
		{"basis: fact", "basis: rumour", "7 error yaml.not_a_choice population[1].basis"},
		{"spread: stops", "spread: squares", "8 error yaml.not_a_choice population[2].spread"},
		{"prefix: zone, ", "", "8 error yaml.missing_field population[2].prefix"},
		{"spread: stops, ", "", "8 error city.no_meaning_here population[2].prefix"},
		{"census.gpkg", "census.csv", "7 error city.no_meaning_here population[1].layer"},
		{"people: N", "peeple: N", "7 error yaml.misspelt_key population[1].peeple"},
	} {
		var log finding.Log
		text := strings.Replace(peopleText, m.old, m.new, 1)
		if _, ok := ReadCity("city.yaml", []byte(text), &log); ok || !slices.Contains(told(&log), m.want) {
			t.Errorf("%q: %v, want %q", m.new, told(&log), m.want)
		}
		if beyond := m.new == "census.csv"; (schema(t, "city").Validate(asJSON(t, text)) == nil) != beyond {
			t.Errorf("%q: the schema accepts it: %v", m.new, !beyond)
		}
	}
}

func homesOf(t *testing.T, p Population, text string) ([]Home, []string, *finding.Log) {
	t.Helper()
	var log finding.Log
	homes, err := p.Read(context.Background(), strings.NewReader(text), int64(len(text)), town(), &log)
	if err != nil {
		t.Fatal(err)
	}
	return homes, told(&log), &log
}

func TestTableWithColumnsOfItsOwn(t *testing.T) {
	p := Population{Path: Path{Name: "p.csv"}, ID: "code", People: "N", Basis: basis.Fact, Source: "census"}
	homes, findings, _ := homesOf(t, p, "code,lat,lon,N,people,basis,source\na,51.1,71.4,12,99,,\nb,51.1,71.4,13,99,assumption,guess\nc,51.1,71.4,x,99,,\n")
	same(t, "homes", []Home{
		{ID: "a", At: geo.Point{Lat: 51.1, Lon: 71.4}, People: 12, File: "p.csv", Line: 2, Basis: "fact", Source: "census"},
		{ID: "b", At: geo.Point{Lat: 51.1, Lon: 71.4}, People: 13, File: "p.csv", Line: 3, Basis: "assumption", Source: "guess"},
	}, homes)
	same(t, "findings", []string{"4 error city.not_a_number n"}, findings)
}

const blocksText = `{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"code": "a", "N": 12.4}, "geometry": {"type": "Point", "coordinates": [71.4, 51.1]}},
{"type": "Feature", "properties": {"code": "b", "N": "7"}, "geometry": {"type": "Polygon", "coordinates": [[[71.4, 51.1], [71.42, 51.1], [71.41, 51.13]]]}},
{"type": "Feature", "properties": {"code": "a", "N": 1}, "geometry": {"type": "Point", "coordinates": [71.4, 51.1]}},
{"type": "Feature", "properties": {"N": 1}, "geometry": {"type": "Point", "coordinates": [71.4, 51.1]}},
{"type": "Feature", "properties": {"code": "c"}, "geometry": {"type": "Point", "coordinates": [71.4, 51.1]}},
{"type": "Feature", "properties": {"code": "d", "N": -1}, "geometry": {"type": "Point", "coordinates": [71.4, 51.1]}},
{"type": "Feature", "properties": {"code": "e", "N": 1}, "geometry": {"type": "Point", "coordinates": [51.1, 71.4]}},
{"type": "Feature", "properties": {"code": "f", "N": 1}, "geometry": {"type": "Point", "coordinates": [0, 0]}},
{"type": "Feature", "properties": {"code": "g", "N": 1}, "geometry": null}
]}`

func TestPopulationInGeoJSON(t *testing.T) {
	p := Population{Path: Path{Name: "blocks.GeoJSON"}, ID: "code", People: "N", Basis: basis.Fact, Source: "census"}
	homes, findings, log := homesOf(t, p, blocksText)
	if len(homes) != 2 || homes[0].People != 12 || homes[1].People != 7 || geo.Distance(homes[1].At, geo.Point{Lat: 51.11, Lon: 71.41}) > 1 {
		t.Errorf("%+v", homes)
	}
	same(t, "findings", []string{
		"4 error city.id_twice id", "5 error city.id_missing code", "6 error city.not_a_number N", "7 error city.out_of_range N",
		"8 error city.swapped_position geometry", "9 error city.bad_position geometry", "10 error geojson.no_geometry geometry",
	}, findings)
	balanced(t, log, finding.Tally{File: "blocks.GeoJSON", Rows: 9, Kept: 2, Rejected: 7})
}

func TestTotals(t *testing.T) {
	p := Population{
		Path: Path{Name: "towns.csv"}, ID: "town", People: "n", Basis: basis.Fact, Source: "estimate",
		Spread: &Spread{Prefix: "zone", Except: []string{"Centre", "Center"}},
	}
	var log finding.Log
	totals := p.ReadTotals("town,zone,n\nCentre,C,1000\nNorth,N,501\nSouth,,5\nNorth,N,7\nEast,E,\n", &log)
	same(t, "totals", []Total{{ID: "North", Prefix: "N", People: 501, File: "towns.csv", Line: 3, Basis: "fact", Source: "estimate"}}, totals)
	same(t, "findings", []string{
		"4 error city.id_missing zone", "5 error city.id_twice town", "6 error city.not_a_number n", "0 error city.unknown_area except",
	}, told(&log))
	balanced(t, &log, finding.Tally{File: "towns.csv", Rows: 5, Kept: 2, Rejected: 3})
}

func FuzzPopulationInGeoJSON(f *testing.F) {
	f.Add(blocksText)
	f.Fuzz(func(t *testing.T, text string) {
		p := Population{Path: Path{Name: "p.json"}, ID: "code", People: "N"}
		homes, _, _ := homesOf(t, p, text)
		for _, h := range homes {
			if h.ID == "" || !h.At.Valid() {
				t.Errorf("%+v", h)
			}
		}
	})
}
