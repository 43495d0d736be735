package download

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// content is a file that no two blocks of are the same.
func content(n int) []byte {
	var out bytes.Buffer
	for i := 0; out.Len() < n; i++ {
		fmt.Fprintf(&out, "%d,", i)
	}
	return out.Bytes()[:n]
}

func sum(data []byte) string {
	digest := sha256.Sum256(data)
	return hex.EncodeToString(digest[:])
}

// publisher is a server of one file, with the faults that a test asks for.
type publisher struct {
	mu       sync.Mutex
	data     []byte
	etag     string
	modified string
	noRanges bool
	cuts     []int // after how many bytes of an answer the connection breaks, one an answer; 0 not at all
	statuses []int // sent before the file is
	ignore   bool  // If-Range, as a faulty server does
	asked    []string
}

func (p *publisher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = append(p.asked, strings.TrimSpace(r.Header.Get("Range")+" "+r.Header.Get("If-None-Match")+r.Header.Get("If-Modified-Since")))
	if len(p.statuses) > 0 {
		status := p.statuses[0]
		p.statuses = p.statuses[1:]
		w.Header().Set("Retry-After", "7")
		w.WriteHeader(status)
		return
	}
	p.validators(w)
	if p.etag != "" && r.Header.Get("If-None-Match") == p.etag || p.modified != "" && r.Header.Get("If-Modified-Since") == p.modified {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	data, status := p.data, http.StatusOK
	if from, ok := strings.CutPrefix(r.Header.Get("Range"), "bytes="); ok && !p.noRanges && p.fresh(r.Header.Get("If-Range")) {
		start, _ := strconv.Atoi(strings.TrimSuffix(from, "-"))
		if start >= len(data) {
			w.WriteHeader(http.StatusRequestedRangeNotSatisfiable)
			return
		}
		w.Header().Set("Content-Range", fmt.Sprintf("bytes %d-%d/%d", start, len(data)-1, len(data)))
		data, status = data[start:], http.StatusPartialContent
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(status)
	if len(p.cuts) > 0 {
		cut := p.cuts[0]
		p.cuts = p.cuts[1:]
		if cut > 0 && cut < len(data) {
			_, _ = w.Write(data[:cut])
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
	}
	_, _ = w.Write(data)
}

func (p *publisher) validators(w http.ResponseWriter) {
	if p.etag != "" {
		w.Header().Set("ETag", p.etag)
	}
	if p.modified != "" {
		w.Header().Set("Last-Modified", p.modified)
	}
}

func (p *publisher) fresh(ifRange string) bool {
	return p.ignore || ifRange == p.etag && ifRange != "" || ifRange == p.modified && ifRange != ""
}

// stand is a client, the waits that it made, and a place for one file.
type stand struct {
	*Client
	waits []time.Duration
	part  string
}

func newStand(t *testing.T) *stand {
	t.Helper()
	s := &stand{Client: New("qala test"), part: filepath.Join(t.TempDir(), "file.part")}
	s.Wait = func(_ context.Context, d time.Duration) error {
		s.waits = append(s.waits, d)
		return nil
	}
	return s
}

func serve(t *testing.T, handler http.Handler) string {
	t.Helper()
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	return server.URL + "/gtfs.zip"
}

// holds makes sure that the part is the whole file and that nothing stands beside it.
func (s *stand) holds(t *testing.T, got Fetched, err error, want []byte) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(s.part)
	if err != nil || !bytes.Equal(data, want) || got.SHA256 != sum(want) || got.Bytes != int64(len(want)) {
		t.Errorf("%d bytes, told %d with sum %.8s, %v; want %d bytes with %.8s", len(data), got.Bytes, got.SHA256, err, len(want), sum(want))
	}
	if names := s.beside(t); !slices.Equal(names, []string{"file.part"}) {
		t.Errorf("beside the file: %q", names)
	}
}

func (s *stand) beside(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(s.part))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestWholeFileThenUnchanged(t *testing.T) {
	for name, p := range map[string]*publisher{
		"etag":          {data: content(300_000), etag: `"a"`},
		"weak etag":     {data: content(300_000), etag: `W/"a"`},
		"last modified": {data: content(300_000), modified: "Sat, 05 Aug 2023 10:00:00 GMT"},
		"neither":       {data: content(300_000)},
		"empty":         {data: nil, etag: `"0"`},
	} {
		s, url := newStand(t), serve(t, p)
		got, err := s.Fetch(t.Context(), Request{From: url, Part: s.part})
		s.holds(t, got, err, p.data)
		again, err := s.Fetch(t.Context(), Request{From: url, Part: s.part, Known: got.Known})
		if err != nil || !again.Unchanged || again.SHA256 != got.SHA256 {
			t.Errorf("%s: the second time %+v, %v", name, again, err)
		}
		if len(s.waits) > 0 || len(p.asked) != 2 {
			t.Errorf("%s: waits %v, asked %q", name, s.waits, p.asked)
		}
	}
}

func TestCutIsResumed(t *testing.T) {
	for name, p := range map[string]*publisher{
		"etag":          {etag: `"a"`},
		"last modified": {etag: `W/"a"`, modified: "Sat, 05 Aug 2023 10:00:00 GMT"},
	} {
		p.data, p.cuts = content(500_000), []int{200_000, 100_000}
		s := newStand(t)
		got, err := s.Fetch(t.Context(), Request{From: serve(t, p), Part: s.part})
		s.holds(t, got, err, p.data)
		if want := []string{"", "bytes=200000-", "bytes=300000-"}; !slices.Equal(p.asked, want) || got.Resumed != 300_000 {
			t.Errorf("%s: asked %q, want %q; resumed from %d", name, p.asked, want, got.Resumed)
		}
		if want := []time.Duration{time.Second, time.Second}; !slices.Equal(s.waits, want) {
			t.Errorf("%s: waits %v, want %v: each try brought something", name, s.waits, want)
		}
	}
}

func TestCutWithoutRangesBeginsAnew(t *testing.T) {
	for name, p := range map[string]*publisher{
		"no ranges":     {etag: `"a"`, noRanges: true},
		"no validators": {},
		"weak etag":     {etag: `W/"a"`},
	} {
		p.data, p.cuts = content(500_000), []int{200_000}
		s := newStand(t)
		got, err := s.Fetch(t.Context(), Request{From: serve(t, p), Part: s.part})
		s.holds(t, got, err, p.data)
		if got.Resumed != 0 || len(p.asked) != 2 {
			t.Errorf("%s: resumed from %d, asked %q", name, got.Resumed, p.asked)
		}
	}
}

func TestChangedInBetweenBeginsAnew(t *testing.T) {
	for _, faulty := range []bool{false, true} {
		p := &publisher{data: content(500_000), etag: `"a"`, cuts: []int{200_000}}
		s, url := newStand(t), serve(t, p)
		s.Tries = 1
		if _, err := s.Fetch(t.Context(), Request{From: url, Part: s.part}); !errors.Is(err, errBroken) {
			t.Fatalf("%v, want a broken transfer", err)
		}
		p.data, p.etag, p.ignore = bytes.ToUpper(append(content(400_000), "NEW"...)), `"b"`, faulty
		s.Tries = 3
		got, err := s.Fetch(t.Context(), Request{From: url, Part: s.part})
		s.holds(t, got, err, p.data)
		if got.Resumed != 0 || got.ETag != `"b"` {
			t.Errorf("faulty %v: %+v", faulty, got)
		}
	}
}

func TestPartOfAnotherAddressIsNotResumed(t *testing.T) {
	p := &publisher{data: content(500_000), etag: `"a"`, cuts: []int{200_000}}
	s, url := newStand(t), serve(t, p)
	s.Tries = 1
	if _, err := s.Fetch(t.Context(), Request{From: url, Part: s.part}); err == nil {
		t.Fatal("a cut transfer succeeded")
	}
	got, err := s.Fetch(t.Context(), Request{From: url + "?other", Part: s.part})
	s.holds(t, got, err, p.data)
	if got.Resumed != 0 {
		t.Errorf("resumed from %d", got.Resumed)
	}
}

func TestStatuses(t *testing.T) {
	for _, c := range []struct {
		statuses []int
		want     int // 0: the file comes
		asked    int
	}{
		{[]int{404}, 404, 1},
		{[]int{403}, 403, 1},
		{[]int{501}, 501, 1},
		{[]int{500, 503}, 0, 3},
		{[]int{429}, 0, 2},
		{[]int{500, 500, 500, 500, 502}, 502, 5},
	} {
		p := &publisher{data: content(1000), etag: `"a"`, statuses: slices.Clone(c.statuses)}
		s := newStand(t)
		got, err := s.Fetch(t.Context(), Request{From: serve(t, p) + "?key=secret", Part: s.part})
		var status *Status
		switch {
		case c.want == 0:
			s.holds(t, got, err, p.data)
		case !errors.As(err, &status) || status.Code != c.want || strings.Contains(err.Error(), "secret"):
			t.Errorf("%v: %v, want %d and no key", c.statuses, err, c.want)
		}
		if len(p.asked) != c.asked || len(s.waits) != c.asked-1 {
			t.Errorf("%v: asked %d times, want %d; waits %v", c.statuses, len(p.asked), c.asked, s.waits)
		}
		if len(s.waits) > 0 && s.waits[0] != 7*time.Second {
			t.Errorf("%v: waits %v, want what the server asks for", c.statuses, s.waits)
		}
	}
}

func TestWaitsDouble(t *testing.T) {
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	s := newStand(t)
	_, err := s.Fetch(t.Context(), Request{From: closed.URL + "/x", Part: s.part})
	if want := []time.Duration{1e9, 2e9, 4e9, 8e9}; err == nil || !slices.Equal(s.waits, want) {
		t.Errorf("%v, waits %v, want %v", err, s.waits, want)
	}
}

func TestChecksum(t *testing.T) {
	p := &publisher{data: content(5000), etag: `"a"`}
	s, url := newStand(t), serve(t, p)
	_, err := s.Fetch(t.Context(), Request{From: url, Part: s.part, SHA256: sum([]byte("other"))})
	if !errors.Is(err, ErrChecksum) || !strings.Contains(err.Error(), sum(p.data)) || len(s.beside(t)) > 0 || len(p.asked) != 1 {
		t.Errorf("%v, left %q, asked %d times", err, s.beside(t), len(p.asked))
	}
	known := Known{SHA256: sum([]byte("old")), ETag: `"a"`}
	got, err := s.Fetch(t.Context(), Request{From: url, Part: s.part, SHA256: sum(p.data), Known: known})
	s.holds(t, got, err, p.data)
}

func TestTooLarge(t *testing.T) {
	p := &publisher{data: content(5000)}
	s, url := newStand(t), serve(t, p)
	s.Limit = 4999
	if _, err := s.Fetch(t.Context(), Request{From: url, Part: s.part}); !errors.Is(err, ErrTooLarge) || len(s.beside(t)) > 0 {
		t.Errorf("%v, left %q", err, s.beside(t))
	}
	s.Limit = 5000
	got, err := s.Fetch(t.Context(), Request{From: url, Part: s.part})
	s.holds(t, got, err, p.data)
}

func TestHangingServerIsGivenUp(t *testing.T) {
	release := make(chan struct{})
	asked := 0
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("Content-Length", "100")
		_, _ = w.Write([]byte("a few bytes"))
		w.(http.Flusher).Flush()
		<-release
	}))
	defer close(release)
	s := newStand(t)
	s.Idle, s.Tries = 30*time.Millisecond, 2
	_, err := s.Fetch(t.Context(), Request{From: url, Part: s.part})
	if !errors.Is(err, errBroken) || errors.Is(err, context.Canceled) || asked < 2 {
		t.Errorf("%v after %d questions", err, asked)
	}
}

func TestInterruptedKeepsThePart(t *testing.T) {
	p := &publisher{data: content(1 << 20), etag: `"a"`}
	release := make(chan struct{})
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Range") != "" {
			p.ServeHTTP(w, r)
			return
		}
		p.validators(w)
		w.Header().Set("Content-Length", strconv.Itoa(len(p.data)))
		_, _ = w.Write(p.data[:600_000])
		w.(http.Flusher).Flush()
		<-release
	}))
	defer close(release)
	s := newStand(t)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := s.Fetch(ctx, Request{From: url, Part: s.part, Progress: func(done, total int64) {
		if done == 600_000 && total == 1<<20 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) || size(s.part) != 600_000 {
		t.Fatalf("%v with %d bytes", err, size(s.part))
	}
	got, err := s.Fetch(t.Context(), Request{From: url, Part: s.part})
	s.holds(t, got, err, p.data)
	if got.Resumed != 600_000 {
		t.Errorf("resumed from %d", got.Resumed)
	}
}

func TestRedirects(t *testing.T) {
	p := &publisher{data: content(1000)}
	mux := http.NewServeMux()
	mux.HandleFunc("/old", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/gtfs.zip", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/ftp", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "ftp://x.invalid/y", http.StatusFound)
	})
	mux.Handle("/gtfs.zip", p)
	base := strings.TrimSuffix(serve(t, mux), "/gtfs.zip")
	s := newStand(t)
	got, err := s.Fetch(t.Context(), Request{From: base + "/old", Part: s.part})
	s.holds(t, got, err, p.data)
	if _, err := s.Fetch(t.Context(), Request{From: base + "/loop", Part: s.part}); !errors.Is(err, ErrRedirects) || len(s.waits) > 0 {
		t.Errorf("loop: %v, waits %v", err, s.waits)
	}
	s.Tries = 1
	if _, err := s.Fetch(t.Context(), Request{From: base + "/ftp", Part: s.part}); err == nil {
		t.Error("followed to ftp")
	}
	plain := httptest.NewRequest(http.MethodGet, "http://x/", nil)
	safe := httptest.NewRequest(http.MethodGet, "https://x/", nil)
	if err := followSome(plain, []*http.Request{safe}); !errors.Is(err, ErrAnswer) {
		t.Errorf("from https to http: %v", err)
	}
}

func TestPackedOnTheWayIsUnpacked(t *testing.T) {
	want := content(300_000)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	_, _ = z.Write(want)
	_ = z.Close()
	asked, coding := 0, "gzip"
	url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Accept-Encoding") != "identity" || r.Header.Get("Range") != "" {
			t.Errorf("asked with %v", r.Header)
		}
		asked++
		w.Header().Set("Content-Encoding", coding)
		w.Header().Set("ETag", `"a"`)
		w.Header().Set("Content-Length", strconv.Itoa(packed.Len()))
		if asked == 1 {
			_, _ = w.Write(packed.Bytes()[:packed.Len()/2])
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		}
		_, _ = w.Write(packed.Bytes())
	}))
	s := newStand(t)
	got, err := s.Fetch(t.Context(), Request{From: url, Part: s.part})
	s.holds(t, got, err, want)
	if got.Resumed != 0 || got.ETag != `"a"` {
		t.Errorf("%+v", got)
	}
	coding = "br"
	if _, err := s.Fetch(t.Context(), Request{From: url, Part: s.part}); !errors.Is(err, ErrAnswer) {
		t.Errorf("br: %v", err)
	}
}

func TestUnaskedAnswersAreRefused(t *testing.T) {
	for _, status := range []int{http.StatusNotModified, http.StatusPartialContent, http.StatusNoContent} {
		url := serve(t, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Range", "bytes 5-9/10")
			w.WriteHeader(status)
		}))
		s := newStand(t)
		if got, err := s.Fetch(t.Context(), Request{From: url, Part: s.part}); err == nil {
			t.Errorf("%d: %+v", status, got)
		}
	}
}

func TestFilesOfThisMachine(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "people 1.csv")
	if err := os.WriteFile(path, content(5000), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{path, "file://" + strings.ReplaceAll(filepath.ToSlash(path), " ", "%20")} {
		s := newStand(t)
		got, err := s.Fetch(t.Context(), Request{From: from, Part: s.part})
		s.holds(t, got, err, content(5000))
		again, err := s.Fetch(t.Context(), Request{From: from, Part: s.part, Known: got.Known})
		if err != nil || !again.Unchanged || len(s.beside(t)) > 0 {
			t.Errorf("%s: %+v, %v, left %q", from, again, err, s.beside(t))
		}
		if _, err := s.Fetch(t.Context(), Request{From: from, Part: s.part, SHA256: strings.Repeat("0", 64)}); !errors.Is(err, ErrChecksum) {
			t.Errorf("%s: %v", from, err)
		}
	}
	s := newStand(t)
	if _, err := s.Fetch(t.Context(), Request{From: filepath.Join(folder, "none"), Part: s.part}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
	for _, from := range []string{"ftp://x/y", "https://", "file://elsewhere/x", "http:/x"} {
		if _, err := s.Fetch(t.Context(), Request{From: from, Part: s.part}); err == nil || len(s.beside(t)) > 0 {
			t.Errorf("%s: %v", from, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Fetch(ctx, Request{From: path, Part: s.part}); !errors.Is(err, context.Canceled) || len(s.beside(t)) > 0 {
		t.Errorf("%v, left %q", err, s.beside(t))
	}
}

func TestFolderComesAsTheSameZip(t *testing.T) {
	folder := t.TempDir()
	for name, text := range map[string]string{"stops.txt": "a", "deep/trips.txt": "b", ".hidden": "c", ".git/x": "d"} {
		path := filepath.Join(folder, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o600)); err != nil {
			t.Fatal(err)
		}
	}
	s := newStand(t)
	first, err := s.Fetch(t.Context(), Request{From: folder, Part: s.part})
	if err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(s.part)
	if !bytes.Contains(data, []byte("deep/trips.txt")) || bytes.Contains(data, []byte("hidden")) || bytes.Contains(data, []byte(".git")) {
		t.Error("the zip holds the wrong files")
	}
	later := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := os.Chtimes(filepath.Join(folder, "stops.txt"), later, later); err != nil {
		t.Fatal(err)
	}
	again, err := s.Fetch(t.Context(), Request{From: folder, Part: s.part, Known: first.Known})
	if err != nil || !again.Unchanged {
		t.Errorf("%+v, %v", again, err)
	}
}

func TestContentRange(t *testing.T) {
	for text, want := range map[string]string{
		"bytes 5-9/10": "5 10 true", "bytes 5-9/*": "5 0 true", "bytes */10": "0 0 false", "": "0 0 false",
		"bytes 9-9/5": "9 5 false", "items 5-9/10": "0 0 false", "bytes 5/10": "0 0 false",
	} {
		from, total, ok := contentRange(text)
		if got := fmt.Sprint(from, total, ok); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func TestIsWeb(t *testing.T) {
	for from, want := range map[string]bool{
		"https://x.org/a": true, "http://x": true, "file:///x": false, "/x": false, `C:\x`: false, "x.zip": false, "ftp://x": false, "a:b.zip": false,
	} {
		if IsWeb(from) != want {
			t.Errorf("%s: %v", from, !want)
		}
	}
}

var _ io.Reader = heedful{}
