package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	example "github.com/qala-city/qala/examples/astana"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/store/hold"
	"github.com/qala-city/qala/internal/workspace"
)

// exampleFile is a file of the built-in city.
func exampleFile(t *testing.T, name string) string {
	t.Helper()
	data, err := example.Files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// exampleFiles are the files of the built-in city beside its description.
func exampleFiles(t *testing.T) (names []string) {
	t.Helper()
	err := fs.WalkDir(example.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasPrefix(name, "events/") && name != "city.yaml" {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestServerWiredAsAUserStartsIt starts a server as the command does, with the
// built-in city, and looks at each of its doors.
func TestServerWiredAsAUserStartsIt(t *testing.T) {
	h := &house{out: testLog{t}, notes: testLog{t}, env: func(string) string { return "" }, now: time.Now}
	order := serveOrder{workers: 1, processors: 1, lease: time.Second, people: peopleOrder{open: true}}
	c, err := h.openCentre(t.Context(), t.TempDir(), order)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.admit(h, order.people); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer func() { stop(); c.close() }()
	c.startWorkers(ctx, order)
	c.startDispatcher(ctx, order)
	if err := takeInExample(ctx, c.office); err != nil {
		t.Fatal(err)
	}
	if err := takeInExample(ctx, c.office); err != nil {
		t.Errorf("a second time: %v", err)
	}
	server := httptest.NewServer(c.doors(h, t.Context().Done()))
	defer server.Close()
	for path, part := range map[string]string{
		"/": "The console", "/readyz": `"queue":"ok"`, "/api/v1/cities": "astana", "/ogc/collections": "city.astana.stops",
		"/ogc/collections/city.astana.venues/items?limit=1": "FeatureCollection", "/tiles/city.astana/style.json": `"version":8`, "/nothing": "nothing under this path",
	} {
		if body := fetched(t, server.URL+path); !strings.Contains(body, part) {
			t.Errorf("%s: %.300s", path, body)
		}
	}
	if err := awaitEnd(ctx, c.office); err != nil {
		t.Error(err)
	}
	if body := fetched(t, server.URL+"/ogc/collections"); !strings.Contains(body, "run.") {
		t.Errorf("no run among the collections: %.300s", body)
	}
}

// awaitEnd waits until a run of the example is over.
func awaitEnd(ctx context.Context, desk *office.Desk) error {
	runs, err := desk.Runs(ctx, "astana/astana-match-2026/timetable", workspace.Page{Limit: 1})
	if err != nil {
		return err
	}
	return awaitJob(ctx, desk, runs[0].Job.ID)
}

func fetched(t *testing.T, address string) string {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

func TestOneServerAtATimeHasAFolder(t *testing.T) {
	h := &house{out: testLog{t}, notes: testLog{t}, env: func(string) string { return "" }, now: time.Now}
	folder, order := t.TempDir(), serveOrder{lease: time.Second}
	c, err := h.openCentre(t.Context(), folder, order)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := h.openCentre(t.Context(), folder, order); !errors.Is(err, hold.ErrHeld) || exitCode(err) != exitFile {
		t.Errorf("a second server: %v", err)
	}
	c.close()
	again, err := h.openCentre(t.Context(), folder, order)
	if err != nil {
		t.Fatal(err)
	}
	again.close()
}

func TestServeOrdersThatMakeNoSense(t *testing.T) {
	for _, args := range [][]string{
		{"serve", "--workers", "0"},
		{"serve", "--lease", "1ms"},
		{"serve", "--database", "postgres://x"},
		{"serve", "--nats", "nats://x"},
		{"serve", "--processors", "0"},
		{"worker"},
		{"bench", "readers", "nowhere", "/"},
	} {
		h := &house{out: testLog{t}, notes: testLog{t}, env: func(string) string { return "" }, now: time.Now}
		if code := h.run(t.Context(), args); code != exitUsage {
			t.Errorf("qala %s ends with %d", strings.Join(args, " "), code)
		}
	}
}

func TestSectionsOfAPageStayApart(t *testing.T) {
	page := withSection([]byte("# Page\n\ntable\n"), "a", []byte("one\n"))
	page = withSection(page, "b", []byte("two\n"))
	page = withSection(page, "a", []byte("three\n"))
	want := "# Page\n\ntable\n\n<!-- a -->\nthree\n<!-- end of a -->\n\n\n<!-- b -->\ntwo\n<!-- end of b -->\n"
	if strings.ReplaceAll(string(page), "\n\n\n", "\n\n") != strings.ReplaceAll(want, "\n\n\n", "\n\n") {
		t.Errorf("%q", page)
	}
	if got := string(sectionsOf(page)); !strings.HasPrefix(got, "\n<!-- a -->") || !strings.Contains(got, "two") {
		t.Errorf("%q", got)
	}
}

// testLog writes into the log of a test.
type testLog struct{ t *testing.T }

func (w testLog) Write(text []byte) (int, error) {
	w.t.Logf("%s", text)
	return len(text), nil
}

// TestAServerThatStopsAnswersFirst: a request that is under way is answered, and a
// stream, which would go on, is ended.
func TestAServerThatStopsAnswersFirst(t *testing.T) {
	h := &house{out: testLog{t}, notes: testLog{t}, env: func(string) string { return "" }, now: time.Now}
	order := serveOrder{workers: 1, processors: 1, lease: time.Second, people: peopleOrder{open: true}}
	c, err := h.openCentre(t.Context(), t.TempDir(), order)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	if err := c.admit(h, order.people); err != nil {
		t.Fatal(err)
	}
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- c.serveHTTP(ctx, h, listener, order.people) }()
	base := "http://" + listener.Addr().String()
	if _, _, err := c.office.CreateCity(t.Context(), exampleBy, []byte(exampleFile(t, "city.yaml"))); err != nil {
		t.Fatal(err)
	}
	job, err := c.office.Import(t.Context(), exampleBy, exampleCity) // nobody works it off
	if err != nil {
		t.Fatal(err)
	}
	stream := opened(t, base+"/api/v1/jobs/"+job.ID+"/progress")
	if !stream.Scan() {
		t.Fatalf("the stream said nothing: %v", stream.Err())
	}
	body, sending := io.Pipe()
	answered := make(chan int, 1)
	go func() { answered <- put(t, base+"/api/v1/cities/"+exampleCity+"/files/slow.csv", body) }()
	if _, err := io.WriteString(sending, "a,b\n"); err != nil { // the server reads
		t.Fatal(err)
	}
	stop()
	for stream.Scan() { // until the server ends it
		t.Log(stream.Text())
	}
	_, _ = io.WriteString(sending, "1,2\n")
	_ = sending.Close()
	if status := <-answered; status != http.StatusOK {
		t.Errorf("the request under way is answered with %d", status)
	}
	if err := <-served; err != nil {
		t.Errorf("the server ended with %v", err)
	}
}

// opened is the lines of a stream.
func opened(t *testing.T, address string) *bufio.Scanner {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = answer.Body.Close() })
	return bufio.NewScanner(answer.Body)
}

// put sends a body once the server asks for it, and gives the status of the answer.
func put(t *testing.T, address string, body io.Reader) int {
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPut, address, body)
	if err != nil {
		t.Error(err)
		return 0
	}
	request.Header.Set("If-Match", "*")
	request.Header.Set("Expect", "100-continue")
	client := http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}
	defer client.CloseIdleConnections()
	answer, err := client.Do(request)
	if err != nil {
		t.Error(err)
		_ = body.(io.Closer).Close()
		return 0
	}
	_ = answer.Body.Close()
	return answer.StatusCode
}
