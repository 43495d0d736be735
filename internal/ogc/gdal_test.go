package ogc_test

import (
	"encoding/json"
	"os/exec"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/require"
)

// TestGDALReadsTheDoor asks with the library that QGIS and most map programs read
// features by: it finds every collection, and all features page by page.
func TestGDALReadsTheDoor(t *testing.T) {
	ogrinfo, err := exec.LookPath("ogrinfo")
	require.Met(t, err == nil, "gdal")
	c := serve(t)
	ogr := func(arguments ...string) string {
		t.Helper()
		command := exec.CommandContext(t.Context(), ogrinfo, append([]string{"-ro", "OAPIF:" + c.root}, arguments...)...)
		out, err := command.CombinedOutput()
		if err != nil || strings.Contains(string(out), "ERROR") || strings.Contains(string(out), "Warning") {
			t.Fatalf("%v: %v\n%s", arguments, err, out)
		}
		return string(out)
	}
	layers := ogr()
	t.Log(layers)
	for _, one := range c.collections() {
		if !strings.Contains(layers, one.ID) {
			t.Errorf("GDAL does not see %s", one.ID)
		}
	}
	for _, ask := range []struct {
		layer, query string
		arguments    []string
	}{
		{"city.astana.lines", "", nil},
		{"city.astana.stops", "?bbox=71.4,51.08,71.42,51.1", []string{"-spat", "71.4", "51.08", "71.42", "51.1"}},
		{"city.astana.stops", "?kind=station", []string{"-where", "kind = 'station'"}},
		{"run.match.loads", "", nil},
	} {
		out := ogr(append([]string{"-so", ask.layer, "-oo", "PAGE_SIZE=500"}, ask.arguments...)...)
		t.Log(out)
		want := *c.page("/collections/" + ask.layer + "/items" + ask.query).NumberMatched
		told, err := json.Marshal(want)
		if err != nil || want == 0 || !strings.Contains(out, "Feature Count: "+string(told)+"\n") {
			t.Errorf("%s %v: want %d features\n%s", ask.layer, ask.arguments, want, out)
		}
	}
}
