package geojson

import (
	"testing"

	"github.com/qala-city/qala/internal/geo"
)

func TestWriteIsRFC7946(t *testing.T) {
	square := [][]geo.Point{{{Lat: 1, Lon: 2}, {Lat: 1, Lon: 3}, {Lat: 2, Lon: 3}, {Lat: 1, Lon: 2}}}
	got, err := Write([]Feature{
		NewFeature(PointShape(geo.Point{Lat: 51.12345678, Lon: 71.5}), map[string]any{"b": 2, "a": "ә"}),
		NewFeature(LineShape([]geo.Point{{Lat: 1, Lon: 2}, {Lat: 3, Lon: -4}}), nil),
		NewFeature(SurfaceShape([][][]geo.Point{square}), nil),
	})
	if err != nil {
		t.Fatal(err)
	}
	want := `{"type":"FeatureCollection","features":[` +
		`{"type":"Feature","properties":{"a":"ә","b":2},"geometry":{"type":"Point","coordinates":[71.5,51.123457]}},` +
		`{"type":"Feature","properties":null,"geometry":{"type":"LineString","coordinates":[[2,1],[-4,3]]}},` +
		`{"type":"Feature","properties":null,"geometry":{"type":"MultiPolygon","coordinates":[[[[2,1],[3,1],[3,2],[2,1]]]]}}]}` + "\n"
	if string(got) != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if got, _ := Write(nil); string(got) != `{"type":"FeatureCollection","features":[]}`+"\n" {
		t.Errorf("nothing is written as %s", got)
	}
}
