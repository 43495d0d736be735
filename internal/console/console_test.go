package console_test

import (
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qala-city/qala/internal/console"
)

var site = fstest.MapFS{
	"index.html":          {Data: []byte("<!doctype html><title>console</title>" + strings.Repeat(" ", 400))},
	"assets/index-a1b.js": {Data: []byte(strings.Repeat("go();", 200))},
	"assets/noto.woff2":   {Data: []byte("wOF2" + strings.Repeat("x", 400))},
}

func ask(t *testing.T, o console.Options, method, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	o.Base = "/console"
	r := httptest.NewRequestWithContext(t.Context(), method, path, http.NoBody)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	console.New(o).ServeHTTP(w, r)
	return w
}

func body(t *testing.T, r io.Reader) string {
	t.Helper()
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPageIsSentWithItsGuards(t *testing.T) {
	got := ask(t, console.Options{Site: site}, http.MethodGet, "/console/")
	if got.Code != http.StatusOK || got.Header().Get("Content-Type") != "text/html; charset=utf-8" || body(t, got.Body) != string(site["index.html"].Data) {
		t.Errorf("%d %v", got.Code, got.Header())
	}
	if got.Header().Get("Cache-Control") != "no-cache" {
		t.Errorf("the page is kept: %q", got.Header().Get("Cache-Control"))
	}
	policy := got.Header().Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy %q lacks %s", policy, want)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Errorf("the policy %q allows what is unsafe", policy)
	}
}

func TestFilesAreKeptByTheirName(t *testing.T) {
	for name, want := range map[string]string{"assets/index-a1b.js": "text/javascript; charset=utf-8", "assets/noto.woff2": "font/woff2"} {
		got := ask(t, console.Options{Site: site}, http.MethodGet, "/console/"+name)
		if got.Code != http.StatusOK || got.Header().Get("Content-Type") != want || !strings.Contains(got.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", name, got.Code, got.Header())
		}
		again := ask(t, console.Options{Site: site}, http.MethodGet, "/console/"+name, "If-None-Match", got.Header().Get("ETag"))
		if again.Code != http.StatusNotModified || body(t, again.Body) != "" {
			t.Errorf("%s is sent again: %d", name, again.Code)
		}
	}
}

func TestScriptsArePackedWhereTheCallerUnpacks(t *testing.T) {
	for accept, want := range map[string]string{"gzip, br": "gzip", "br": "", "gzip;q=0": ""} {
		got := ask(t, console.Options{Site: site}, http.MethodGet, "/console/assets/index-a1b.js", "Accept-Encoding", accept)
		if got.Header().Get("Content-Encoding") != want {
			t.Errorf("%q is answered with %q", accept, got.Header().Get("Content-Encoding"))
			continue
		}
		text := io.Reader(got.Body)
		if want == "gzip" {
			z, err := gzip.NewReader(got.Body)
			if err != nil {
				t.Fatal(err)
			}
			text = z
		}
		if body(t, text) != string(site["assets/index-a1b.js"].Data) {
			t.Errorf("%q: another text", accept)
		}
	}
}

func TestWhereNothingIs(t *testing.T) {
	for path, want := range map[string]int{
		"/console/none.js": http.StatusNotFound, "/console/assets": http.StatusNotFound, "/console/assets/": http.StatusNotFound, "/console/%2e%2e/go.mod": http.StatusNotFound,
	} {
		if got := ask(t, console.Options{Site: site}, http.MethodGet, path); got.Code != want {
			t.Errorf("%s: %d, want %d", path, got.Code, want)
		}
	}
	if got := ask(t, console.Options{Site: site}, http.MethodPost, "/console/"); got.Code != http.StatusMethodNotAllowed {
		t.Errorf("POST: %d", got.Code)
	}
}

// broken fails as a disk does.
type broken struct{ fstest.MapFS }

func (broken) Open(string) (fs.File, error) { return nil, errors.New("disk on fire at /srv") }
func (broken) Stat(string) (fs.FileInfo, error) {
	return nil, errors.New("disk on fire at /srv")
}

func TestFailuresAreNotToldOutside(t *testing.T) {
	var heard error
	got := ask(t, console.Options{Site: broken{}, Failed: func(_ *http.Request, err error) { heard = err }}, http.MethodGet, "/console/")
	if text := body(t, got.Body); got.Code != http.StatusInternalServerError || strings.Contains(text, "/srv") {
		t.Errorf("%d %q", got.Code, text)
	}
	if heard == nil {
		t.Error("nobody heard of it")
	}
}
