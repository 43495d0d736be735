package main

import (
	"net"
	"path/filepath"
	"testing"
	"time"
)

// TestConsoleInBrowserPeople lets two people and an administrator work in the console, in Chromium:
// invited by a link, a second signature, an account of one's own, the log, a session that ends.
func TestConsoleInBrowserPeople(t *testing.T) {
	walkConsole(t, "people.mjs")
}

// TestConsoleInBrowserProvider comes into the console by a provider of identities.
func TestConsoleInBrowserProvider(t *testing.T) {
	walk := browserWalk(t, "provider.mjs")
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + listener.Addr().String()
	issuer := provider(t, base+"/auth/town/return")
	h := &house{out: testLog{t}, notes: testLog{t}, now: time.Now, env: func(name string) string {
		return map[string]string{"QALA_OIDC_SECRET": "hush"}[name]
	}}
	settings := filepath.Join(t.TempDir(), "oidc.json")
	text := `{"name": "town", "issuer": "` + issuer + `", "client_id": "qala", "rules": [{"role": "planner", "scope": "city:astana"}]}`
	write(t, settings, []byte(text))
	order := serveOrder{workers: 1, processors: 1, lease: time.Minute, people: peopleOrder{oidc: settings}}
	order.people.meet(listener.Addr().String())
	serveConsole(t, h, listener, order, takeInCity)
	walk(base, issuer)
}
