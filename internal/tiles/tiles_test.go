package tiles_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/paulmach/orb/encoding/mvt"

	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/tiles"
)

// stadium is the tile of zoom 12 with Astana's stadium.
const stadium = "/tiles/city.astana/12/2860/1369.mvt"

func doorOf(t testing.TB, more ...func(*tiles.Options)) http.Handler {
	t.Helper()
	o := tiles.Options{Catalogue: example(t), Base: "/tiles"}
	for _, change := range more {
		change(&o)
	}
	return tiles.New(o)
}

func ask(door http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, http.NoBody)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	door.ServeHTTP(w, r)
	return w
}

func TestATileIsWhatTheAtlasDraws(t *testing.T) {
	want, err := example(t)["city.astana"].Tile(12, 2860, 1369)
	if err != nil || len(want) == 0 {
		t.Fatal(len(want), err)
	}
	w := ask(doorOf(t), http.MethodGet, stadium)
	if w.Code != http.StatusOK || !bytes.Equal(w.Body.Bytes(), want) || w.Header().Get("Content-Type") != "application/vnd.mapbox-vector-tile" {
		t.Errorf("%d %v, %d bytes of %d", w.Code, w.Header(), w.Body.Len(), len(want))
	}
	if _, err := mvt.Unmarshal(w.Body.Bytes()); err != nil {
		t.Error(err)
	}
}

func TestTilesArePackedWhereTheCallerCanUnpack(t *testing.T) {
	door := doorOf(t)
	plain := ask(door, http.MethodGet, stadium)
	for accept, packed := range map[string]bool{"gzip": true, "br, gzip;q=0.5": true, "*": true, "identity": false, "gzip;q=0": false, "gzip; q=0.0": false} {
		w := ask(door, http.MethodGet, stadium, "Accept-Encoding", accept)
		body := w.Body.Bytes()
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != packed {
			t.Errorf("Accept-Encoding %s: packed %v", accept, got)
		}
		if packed {
			z, err := gzip.NewReader(bytes.NewReader(body))
			if err != nil {
				t.Fatal(err)
			}
			if body, err = io.ReadAll(z); err != nil || w.Body.Len() >= len(body) {
				t.Error(err)
			}
		}
		if !bytes.Equal(body, plain.Body.Bytes()) || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %s: another tile", accept)
		}
	}
}

func TestWhatTheCallerHasIsNotSentAgain(t *testing.T) {
	door := doorOf(t)
	for path, keeping := range map[string]string{
		stadium: "private, no-cache", "/tiles/run.match/12/2860/1369.mvt": "private, max-age=604800, immutable", "/tiles/run.match/style.json": "private, no-cache",
	} {
		first := ask(door, http.MethodGet, path)
		tag := first.Header().Get("ETag")
		if first.Code != http.StatusOK || first.Header().Get("Cache-Control") != keeping || tag == "" {
			t.Errorf("%s: %d %v", path, first.Code, first.Header())
		}
		if again := ask(door, http.MethodGet, path, "If-None-Match", tag); again.Code != http.StatusNotModified || again.Body.Len() > 0 {
			t.Errorf("%s again: %d", path, again.Code)
		}
		if other := ask(door, http.MethodGet, path, "If-None-Match", `"other"`); other.Code != http.StatusOK {
			t.Errorf("%s with another tag: %d", path, other.Code)
		}
	}
}

func TestWhereNothingIs(t *testing.T) {
	if w := ask(doorOf(t), http.MethodGet, "/tiles/city.astana/12/0/0.mvt"); w.Code != http.StatusNoContent || w.Body.Len() > 0 {
		t.Errorf("the sea: %d with %d bytes", w.Code, w.Body.Len())
	}
	for _, path := range []string{
		"/", "/tiles", "/tiles/", "/tiles/city.astana", "/tiles/city.x/0/0/0.mvt", "/tiles/city.astana/0/0/0", "/tiles/city.astana/0/0/0.png", "/tiles/city.astana/0/1/0.mvt", "/tiles/city.astana/0/0/1.mvt",
		"/tiles/city.astana/17/0/0.mvt", "/tiles/city.astana/-1/0/0.mvt", "/tiles/city.astana/01/0/0.mvt", "/tiles/city.astana/a/b/c.mvt", "/tiles/city.astana/2/+1/1.mvt", "/tiles/city.astana/99999999999999999999/0/0.mvt", "/tiles/x/style.json",
	} {
		w := ask(doorOf(t), http.MethodGet, path)
		var problem struct{ Status int }
		if err := json.Unmarshal(w.Body.Bytes(), &problem); w.Code != http.StatusNotFound || err != nil || problem.Status != w.Code || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if w := ask(doorOf(t), http.MethodPost, stadium); w.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", w.Code)
	}
	if w := ask(doorOf(t), http.MethodGet, "/tiles/city.astana/style.json?lang=%22%3E"); w.Code != http.StatusBadRequest {
		t.Errorf("a language that is none: %d", w.Code)
	}
}

func TestFailuresAreNotToldOutside(t *testing.T) {
	var heard error
	w := ask(doorOf(t, func(o *tiles.Options) { o.Failed = func(_ *http.Request, err error) { heard = err } }), http.MethodGet, "/tiles/broken/0/0/0.mvt")
	if w.Code != http.StatusInternalServerError || strings.Contains(w.Body.String(), "fire") || heard == nil {
		t.Errorf("%d %s; heard %v", w.Code, w.Body, heard)
	}
}

func TestEveryTileIsGuarded(t *testing.T) {
	door := doorOf(t, func(o *tiles.Options) {
		o.Allow = func(need role.Need, next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !need.Met(role.Role(r.Header.Get("Role"))) {
					w.WriteHeader(http.StatusUnauthorized)
					return
				}
				next.ServeHTTP(w, r)
			})
		}
	})
	for _, path := range []string{stadium, "/tiles/city.astana/style.json"} {
		if w := ask(door, http.MethodGet, path); w.Code != http.StatusUnauthorized {
			t.Errorf("%s lets anybody in: %d", path, w.Code)
		}
		if w := ask(door, http.MethodGet, path, "Role", "viewer"); w.Code != http.StatusOK {
			t.Errorf("%s keeps viewers out: %d", path, w.Code)
		}
	}
}

// A style leads to tiles on the host that the caller came to, and nowhere else.
func TestStylesNeedNoOtherHost(t *testing.T) {
	door := doorOf(t, func(o *tiles.Options) { o.Forwarded = true })
	for path, want := range map[string]string{"/tiles/city.astana/style.json": "http://example.com/tiles/city.astana/{z}/{x}/{y}.mvt", "/tiles/run.match/style.json?theme=dark&lang=kk": "http://example.com/tiles/run.match/{z}/{x}/{y}.mvt"} {
		var style struct {
			Version int
			Sources map[string]struct{ Tiles []string }
			Glyphs  string
			Sprite  any
			Layers  []struct{ ID string }
		}
		body := ask(door, http.MethodGet, path).Body.Bytes()
		if err := json.Unmarshal(body, &style); err != nil {
			t.Fatal(err)
		}
		if style.Version != 8 || style.Glyphs != "" || style.Sprite != nil || len(style.Layers) < 10 || style.Sources["atlas"].Tiles[0] != want {
			t.Errorf("%s: %s", path, body)
		}
		if strings.Count(string(body), "://") != 1 {
			t.Errorf("%s names another host", path)
		}
		if kk := strings.Contains(string(body), "name_kk"); kk != strings.Contains(path, "lang=kk") {
			t.Errorf("%s: Kazakh %v", path, kk)
		}
	}
	proxied := ask(door, http.MethodGet, "/tiles/city.astana/style.json", "X-Forwarded-Proto", "https", "X-Forwarded-Host", "city.example", "X-Forwarded-Prefix", "/q/")
	if !strings.Contains(proxied.Body.String(), `"https://city.example/q/tiles/city.astana/{z}/{x}/{y}.mvt"`) {
		t.Errorf("behind a proxy: %s", proxied.Body)
	}
}

// A city that was imported anew is drawn anew, though its tiles were kept.
func TestAnotherAtlasHasTilesOfItsOwn(t *testing.T) {
	c := catalogue{"x": example(t)["city.astana"]}
	door := tiles.New(tiles.Options{Catalogue: c})
	first := ask(door, http.MethodGet, "/x/12/2860/1369.mvt").Body.Bytes()
	c["x"] = example(t)["run.match"]
	second := ask(door, http.MethodGet, "/x/12/2860/1369.mvt").Body.Bytes()
	c["x"] = example(t)["city.astana"]
	third := ask(door, http.MethodGet, "/x/12/2860/1369.mvt").Body.Bytes()
	if bytes.Equal(first, second) || !bytes.Equal(first, third) {
		t.Error("the tile of one atlas was given for another")
	}
}

// Many callers at once get the same bytes, however few of them are kept.
func TestManyCallersAtOnce(t *testing.T) {
	var paths []string
	for i := range 9 {
		paths = append(paths, fmt.Sprintf("/tiles/city.astana/12/%d/%d.mvt", 2859+i%3, 1368+i/3))
	}
	plenty := doorOf(t)
	for _, cache := range []int{1, 20_000, tiles.UsualCache} {
		door := doorOf(t, func(o *tiles.Options) { o.Cache = cache })
		var wg sync.WaitGroup
		for caller := range 8 {
			wg.Go(func() {
				for i := range 27 {
					path := paths[(i*caller+i)%len(paths)]
					if got, want := ask(door, http.MethodGet, path).Body.Bytes(), ask(plenty, http.MethodGet, path).Body.Bytes(); !bytes.Equal(got, want) {
						t.Errorf("cache of %d: %s differs", cache, path)
					}
				}
			})
		}
		wg.Wait()
	}
}

func FuzzPath(f *testing.F) {
	f.Add("city.astana", "12", "2860", "1369.mvt")
	f.Add("run.match", "style.json", "", "")
	door := doorOf(f)
	f.Fuzz(func(t *testing.T, name, z, x, y string) {
		r := httptest.NewRequest(http.MethodGet, "/", http.NoBody)
		r.URL.Path = "/tiles/" + name + "/" + z + "/" + x + "/" + y
		w := httptest.NewRecorder()
		door.ServeHTTP(w, r)
		switch w.Code {
		case http.StatusOK, http.StatusNoContent, http.StatusNotFound, http.StatusMovedPermanently, http.StatusTemporaryRedirect:
		default:
			t.Errorf("%s: %d", r.URL.Path, w.Code)
		}
	})
}
