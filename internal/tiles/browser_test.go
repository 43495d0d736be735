package tiles_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/tiles"
)

// look is one view of a map; each of the layers must show something.
type look struct {
	Name   string   `json:"name"`
	Style  string   `json:"style"`
	Lon    float64  `json:"lon"`
	Lat    float64  `json:"lat"`
	Zoom   float64  `json:"zoom"`
	Layers []string `json:"layers"`
}

// TestTilesInMapLibre draws Astana and its match with MapLibre in Chromium.
// web/test/tiles.mjs says what is looked at; QALA_SHOTS names a folder for pictures.
func TestTilesInMapLibre(t *testing.T) {
	const lon, lat = 71.4031, 51.1083 // the stadium
	draw(t, example(t), []look{
		{"astana-10", "/tiles/city.astana/style.json", 71.43, 51.11, 10, []string{"lines", "venues", "places"}},
		{"astana-13", "/tiles/city.astana/style.json?lang=kk", lon, lat, 13, []string{"lines", "stops", "venues", "stops-names", "venues-names"}},
		{"astana-15-dark", "/tiles/city.astana/style.json?theme=dark&lang=ru", lon, lat, 15, []string{"lines", "stops", "gates", "venues"}},
		{"astana-18", "/tiles/city.astana/style.json", 71.4028, 51.0888, 18, []string{"facilities", "platforms", "stops"}},
		{"match-11", "/tiles/run.match/style.json", 71.43, 51.11, 11, []string{"segments", "stops", "venues"}},
		{"match-14", "/tiles/run.match/style.json?lang=ru", lon, lat, 14, []string{"segments", "stops", "gates"}},
		{"match-14-dark", "/tiles/run.match/style.json?theme=dark", lon, lat, 14, []string{"segments", "stops", "gates"}},
	})
}

// TestPortoInMapLibre draws a city with streets.
func TestPortoInMapLibre(t *testing.T) {
	require.Chromium(t)
	const lon, lat = -8.5836, 41.1617
	draw(t, porto(t), []look{
		{"porto-10", "/tiles/city.porto/style.json", -8.6, 41.16, 10, []string{"lines", "places", "streets-road"}},
		{"porto-13", "/tiles/city.porto/style.json", lon, lat, 13, []string{"lines", "stops", "streets-road", "streets-street"}},
		{"porto-16-dark", "/tiles/city.porto/style.json?theme=dark", lon, lat, 16, []string{"lines", "stops", "gates", "streets-path"}},
		{"porto-match-11", "/tiles/run.match/style.json", -8.6, 41.16, 11, []string{"segments", "stops"}},
		{"porto-match-14", "/tiles/run.match/style.json", lon, lat, 14, []string{"segments", "stops", "gates", "streets-road"}},
	})
}

// draw serves atlases and the page that draws them, and lets a browser look.
func draw(t *testing.T, c catalogue, looks []look) {
	t.Helper()
	chromium := require.Chromium(t)
	web := filepath.Join(require.Root(t), "web")
	library := filepath.Join(web, "node_modules", "maplibre-gl", "dist")
	_, err := os.Stat(library)
	require.Met(t, err == nil, "node")
	mux := http.NewServeMux()
	mux.Handle("/tiles/", tiles.New(tiles.Options{Catalogue: c, Base: "/tiles"}))
	mux.Handle("/maplibre/", http.StripPrefix("/maplibre/", http.FileServer(http.Dir(library))))
	mux.HandleFunc("/{$}", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(web, "test", "tiles.html"))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	for i := range looks {
		looks[i].Style = server.URL + looks[i].Style
	}
	asked, err := json.Marshal(looks)
	if err != nil {
		t.Fatal(err)
	}
	run := exec.CommandContext(t.Context(), "node", filepath.Join(web, "test", "tiles.mjs"), server.URL+"/", string(asked))
	run.Env = append(os.Environ(), "QALA_CHROMIUM="+chromium)
	out, err := run.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Fatal(err)
	}
}
