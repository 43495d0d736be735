package main

import (
	"context"
	"net"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/web"
)

// TestConsoleInBrowser plans a day in the console, in Chromium: a first administrator
// comes in, makes an event, changes its service, runs it, compares, takes away.
func TestConsoleInBrowser(t *testing.T) {
	walkConsole(t, "plan.mjs")
}

// walkConsole takes the steps of a script of web/test/console at a console of its own,
// in Chromium. QALA_SHOTS names a folder for pictures of what was looked at.
func walkConsole(t *testing.T, script string) {
	t.Helper()
	walkConsoleOf(t, script, takeInCity)
}

// walkConsoleOf is walkConsole with another city than the built-in one.
func walkConsoleOf(t *testing.T, script string, takeIn func(context.Context, *office.Desk) error) {
	t.Helper()
	walk := browserWalk(t, script)
	walk(consoleServer(t, takeIn))
}

// browserWalk is a script of web/test/console, to be run with two arguments.
func browserWalk(t *testing.T, script string) func(first, second string) {
	t.Helper()
	chromium := require.Chromium(t)
	folder := filepath.Join(require.Root(t), "web")
	_, built := web.Console()
	_, err := os.Stat(filepath.Join(folder, "node_modules", "playwright-core"))
	require.Met(t, built && err == nil, "node")
	return func(first, second string) {
		t.Helper()
		run := exec.CommandContext(t.Context(), "node", filepath.Join(folder, "test", "console", script), first, second)
		run.Env = append(os.Environ(), "QALA_CHROMIUM="+chromium)
		out, err := run.CombinedOutput()
		t.Logf("%s", out)
		if err != nil {
			t.Fatal(err)
		}
	}
}

// consoleServer serves a city to people who sign in. It answers the
// address of the server and the link of its first administrator.
func consoleServer(t *testing.T, takeIn func(context.Context, *office.Desk) error) (address, first string) {
	t.Helper()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &house{out: testLog{t}, notes: testLog{t}, env: func(string) string { return "" }, now: time.Now}
	c := serveConsole(t, h, listener, serveOrder{workers: 1, processors: 2, lease: time.Minute}, takeIn)
	address = "http://" + listener.Addr().String()
	if first, err = c.firstLink(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	return address, first
}

// serveConsole answers at a listener, to the end of the test, for a centre of its
// own with one city.
func serveConsole(t *testing.T, h *house, at net.Listener, order serveOrder, takeIn func(context.Context, *office.Desk) error) *centre {
	t.Helper()
	c, err := h.openCentre(t.Context(), t.TempDir(), order)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	t.Cleanup(func() { stop(); c.close() })
	if err := c.admit(h, order.people); err != nil {
		t.Fatal(err)
	}
	c.startWorkers(ctx, order)
	c.startDispatcher(ctx, order)
	if err := takeIn(ctx, c.office); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(c.doors(h, ctx.Done()))
	_ = server.Listener.Close()
	server.Listener = at
	server.Start()
	t.Cleanup(func() { stop(); server.Close() })
	return c
}

// TestDayInBrowser takes in a town with streets by its files, in Chromium, and
// shapes an event day there with every kind of change.
func TestDayInBrowser(t *testing.T) {
	walkConsole(t, "day.mjs")
}
