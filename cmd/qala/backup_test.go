package main

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/office"
)

// answers are what a server says at some addresses.
func answers(t *testing.T, h *house, c *centre, paths []string) map[string]string {
	t.Helper()
	if err := c.admit(h, peopleOrder{open: true}); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(c.doors(h, t.Context().Done()))
	defer server.Close()
	said := map[string]string{}
	for _, path := range paths {
		said[path] = fetched(t, server.URL+path)
	}
	return said
}

// TestARestoredServerGivesTheSameAnswers: it is backed up while it works, and brought back elsewhere.
func TestARestoredServerGivesTheSameAnswers(t *testing.T) {
	data := t.TempDir()
	h := &house{out: testLog{t}, notes: testLog{t}, env: func(string) string { return "" }, now: time.Now}
	order := serveOrder{workers: 1, processors: 1, lease: time.Second}
	c, err := h.openCentre(t.Context(), filepath.Join(data, "server"), order)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	defer func() { stop(); c.close() }()
	c.startWorkers(ctx, order)
	c.startDispatcher(ctx, order)
	scenario := prepareSmall(ctx, t, c.office)
	run := runBatch(ctx, t, c.office, scenario, 1, func(int) {})[0]
	paths := []string{
		"/api/v1/cities", "/api/v1/cities/astana/events/small", "/api/v1/runs/" + run.ID, "/api/v1/runs/" + run.ID + "/summary", "/api/v1/runs/" + run.ID + "/results",
		"/api/v1/cities/astana/versions/current/stops?limit=5",
	}
	before := answers(t, h, c, paths)
	late, err := c.office.AskRun(ctx, office.By{Who: "test"}, scenario, office.Ask{Rounds: 3})
	if err != nil {
		t.Fatal(err)
	}
	archive := filepath.Join(t.TempDir(), "qala.tar")
	if got := qala(t, "backup", "--data", data, "-o", archive); got.code != exitOK {
		t.Fatalf("%d: %s", got.code, got.notes)
	}
	if info, err := os.Stat(archive); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("others may read it: %v %v", info, err)
	}
	elsewhere := t.TempDir()
	if got := qala(t, "restore", "--data", elsewhere, archive); got.code != exitOK || !strings.Contains(got.out, "qala") {
		t.Fatalf("%d: %s %s", got.code, got.out, got.notes)
	}
	if got := qala(t, "restore", "--data", elsewhere, archive); got.code != exitFile {
		t.Errorf("a second time: %d", got.code)
	}
	again, err := h.openCentre(t.Context(), filepath.Join(elsewhere, "server"), order)
	if err != nil {
		t.Fatal(err)
	}
	going, end := context.WithCancel(t.Context())
	defer func() { end(); again.close() }()
	after := answers(t, h, again, paths)
	for path, text := range before {
		if after[path] != text || text == "" {
			t.Errorf("%s:\n%.300s\nrestored:\n%.300s", path, text, after[path])
		}
	}
	again.startWorkers(going, order)
	again.startDispatcher(going, order)
	for job := late.Job; !job.State.Over(); time.Sleep(20 * time.Millisecond) { // what was under way goes on
		out, err := again.office.Run(going, late.ID)
		if err != nil {
			t.Fatal(err)
		}
		job = out.Job
	}
}

// TestBackupsSaidWrongly are refused in the words of the command line.
func TestBackupsSaidWrongly(t *testing.T) {
	text := filepath.Join(t.TempDir(), "text")
	if err := os.WriteFile(text, []byte("no archive"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
	}{
		{[]string{"backup"}, exitUsage},
		{[]string{"backup", "--data", t.TempDir(), "-o", filepath.Join(t.TempDir(), "x.tar")}, exitFile},
		{[]string{"restore"}, exitUsage},
		{[]string{"restore", "--data", t.TempDir(), text}, exitRejected},
		{[]string{"restore", "--data", t.TempDir(), text + ".none"}, exitFile},
	} {
		if got := qala(t, c.args...); got.code != c.code {
			t.Errorf("%v: %d, want %d: %s", c.args, got.code, c.code, got.notes)
		}
	}
}
