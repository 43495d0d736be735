package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"
)

// provider is an OpenID Connect provider that others have written, with one client
// and a user test-user2, whose password is verysecure.
func provider(t *testing.T, redirect string) (issuer string) {
	t.Helper()
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	kept := storage.NewStorageWithClients(storage.NewUserStore(server.URL), map[string]*storage.Client{"qala": storage.WebClient("qala", "hush", redirect)})
	handler = exampleop.SetupServer(server.URL, kept, slog.New(slog.DiscardHandler), false, op.WithAllowInsecure())
	return server.URL
}

// pageOf is the page at an address, after all that it leads to; with a form it is sent.
func pageOf(t *testing.T, browser *http.Client, address string, form url.Values) (text string, status int, at *url.URL) {
	t.Helper()
	method := http.MethodGet
	if form != nil {
		method = http.MethodPost
	}
	request, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := browser.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body), answer.StatusCode, answer.Request.URL
}

// TestAProviderSpeaksForSomebody goes the whole way of a browser through a server that
// was given --oidc: to the provider, through its page, and back with a session.
func TestAProviderSpeaksForSomebody(t *testing.T) {
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + listener.Addr().String()
	issuer := provider(t, base+"/auth/town/return")
	settings := filepath.Join(t.TempDir(), "oidc.json")
	text := `{"name": "town", "issuer": "` + issuer + `", "client_id": "qala", "rules": [{"role": "planner", "scope": "city:astana"}]}`
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	h := &house{out: testLog{t}, notes: testLog{t}, now: time.Now, env: func(name string) string {
		return map[string]string{"QALA_OIDC_SECRET": "hush"}[name]
	}}
	order := serveOrder{workers: 1, processors: 1, lease: time.Second, people: peopleOrder{oidc: settings}}
	c, err := h.openCentre(t.Context(), t.TempDir(), order)
	if err != nil {
		t.Fatal(err)
	}
	defer c.close()
	order.people.meet(listener.Addr().String())
	if err := c.admit(h, order.people); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- c.serveHTTP(ctx, h, listener, order.people) }()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser := &http.Client{Jar: jar}
	page, _, at := pageOf(t, browser, base+"/auth/town/start?back=/console/", nil)
	id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(page)
	if len(id) != 2 || !strings.HasPrefix(at.String(), issuer) {
		t.Fatalf("at %s: %.600s", at, page)
	}
	page, _, at = pageOf(t, browser, issuer+"/login/username", url.Values{"username": {"test-user2"}, "password": {"verysecure"}, "id": {id[1]}})
	if !strings.HasPrefix(at.String(), base) || !strings.Contains(page, `url=/console/`) {
		t.Fatalf("at %s: %.600s", at, page)
	}
	page, _, _ = pageOf(t, browser, base+"/api/v1/session", nil)
	var session struct {
		Who   string
		Roles []string
		CSRF  string
	}
	if err := json.Unmarshal([]byte(page), &session); err != nil || session.Who == "" || len(session.Roles) != 1 || session.Roles[0] != "planner" || session.CSRF == "" {
		t.Errorf("%v: %s", err, page)
	}
	if _, status, _ := pageOf(t, browser, at.String(), nil); status != http.StatusBadRequest { // the way back is taken once
		t.Errorf("a second time: %d", status)
	}
	stop()
	if err := <-served; err != nil {
		t.Error(err)
	}
}
