package gate

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
)

func newID() string { return "r1" }

// TestWhereARequestComesFrom: what a proxy says counts when the proxy is believed.
func TestWhereARequestComesFrom(t *testing.T) {
	g := New(Options{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}})
	for _, c := range []struct{ peer, forwarded, want string }{
		{"192.0.2.1:99", "", "192.0.2.1"},
		{"192.0.2.1:99", "198.51.100.7", "192.0.2.1"},
		{"10.1.1.1:99", "198.51.100.7", "198.51.100.7"},
		{"10.1.1.1:99", "203.0.113.9, 198.51.100.7", "198.51.100.7"},
		{"10.1.1.1:99", "198.51.100.7, 10.2.2.2", "198.51.100.7"},
		{"10.1.1.1:99", "nonsense", "10.1.1.1"},
		{"10.1.1.1:99", "198.51.100.7, nonsense", "10.1.1.1"},
		{"[::ffff:10.1.1.1]:99", "2001:db8::7", "2001:db8::7"},
		{"nonsense", "198.51.100.7", ""},
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.RemoteAddr = c.peer
		if c.forwarded != "" {
			r.Header.Set("X-Forwarded-For", c.forwarded)
		}
		if got := g.address(r); got != c.want {
			t.Errorf("from %s, forwarded for %q: %q, want %q", c.peer, c.forwarded, got, c.want)
		}
	}
}

// TestAnOpenHouseIsForItsOwnMachine: a page from elsewhere whose name leads here does not get in.
func TestAnOpenHouseIsForItsOwnMachine(t *testing.T) {
	local := role.Subject{Who: "local", Grants: []role.Grant{{Role: role.Planner, Scope: role.Everything}}}
	var seen role.Subject
	var from ledger.Origin
	h := New(Options{Local: local, Now: time.Now, NewID: newID}).Guard(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		seen, from = role.Of(r.Context()), ledger.From(r.Context())
	}))
	for host, want := range map[string]int{
		"localhost:8080": 200, "127.0.0.1": 200, "[::1]:8080": 200, "evil.example": 403, "evil.example:8080": 403, "127.0.0.1.evil.example": 403, "192.0.2.1": 403, "": 403,
	} {
		seen = role.Subject{}
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want || (want == 200) != (seen.Who == "local") {
			t.Errorf("at %q: %d, known as %q", host, w.Code, seen.Who)
		}
		if w.Header().Get("X-Request-Id") != "r1" || want == 200 && from.Request != "r1" {
			t.Errorf("at %q: no request id", host)
		}
	}
}

// TestOneAddressCannotAskWithoutEnd: others still can.
func TestOneAddressCannotAskWithoutEnd(t *testing.T) {
	now := time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	limits := access.NewLimits(access.Rate{Every: time.Second, Burst: 3}, 100)
	h := New(Options{Limits: limits, Now: func() time.Time { return now }, NewID: newID}).Guard(http.NotFoundHandler())
	ask := func(from string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "http://localhost/", nil)
		r.RemoteAddr = from + ":1"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for range 3 {
		if got := ask("192.0.2.1").Code; got != 404 {
			t.Fatalf("%d", got)
		}
	}
	if got := ask("192.0.2.1"); got.Code != 429 || got.Header().Get("Retry-After") != "1" {
		t.Errorf("%d, to wait %q", got.Code, got.Header().Get("Retry-After"))
	}
	if got := ask("192.0.2.2").Code; got != 404 {
		t.Errorf("another address: %d", got)
	}
	now = now.Add(time.Second)
	if got := ask("192.0.2.1").Code; got != 404 {
		t.Errorf("a second later: %d", got)
	}
}

// TestCookiesAreBoundToTheHouse: no script reads them, no other site sends them.
func TestCookiesAreBoundToTheHouse(t *testing.T) {
	for _, secure := range []bool{false, true} {
		g := New(Options{Secure: secure})
		c := g.cookie(sessionCookie, "x", time.Hour)
		want := "qala"
		if secure {
			want = "__Host-qala"
		}
		if c.Name != want || !c.HttpOnly || c.Secure != secure || c.SameSite != http.SameSiteStrictMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 3600 {
			t.Errorf("secure %v: %+v", secure, c)
		}
		if gone := g.Leaving()[0]; gone.MaxAge >= 0 || gone.Value != "" {
			t.Errorf("%+v", gone)
		}
	}
}
