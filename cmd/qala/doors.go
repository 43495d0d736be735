package main

import (
	"context"
	"net/http"

	"github.com/felixge/httpsnoop"

	"github.com/qala-city/qala/internal/api"
	"github.com/qala-city/qala/internal/console"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/ogc"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/tiles"
)

// doors is the handler of everything that a server answers. Its streams end when ending is closed.
func (c *centre) doors(h *house, ending <-chan struct{}) http.Handler {
	mux := http.NewServeMux()
	door := api.New(api.Options{
		Office: c.office, Access: c.access, Audit: c.people.log, Plans: c.plans, SignIn: c.gate, Provider: c.provider,
		Now: h.now, Version: version, Failed: c.failed, Ending: ending, Checks: c.checks(),
	})
	mux.Handle("/api/", door)
	mux.Handle("/healthz", door)
	mux.Handle("/readyz", door)
	maps := newAtlases(c.office, h.now)
	features := c.gate.Needs(role.Look, ogc.New(ogc.Options{Catalogue: maps, Base: "/ogc", Now: h.now, Failed: c.failed}))
	mux.Handle("/ogc", features)
	mux.Handle("/ogc/", features)
	mux.Handle("/tiles/", c.gate.Needs(role.Look, tiles.New(tiles.Options{Catalogue: maps, Base: "/tiles", Failed: c.failed})))
	if c.oidc != nil {
		mux.HandleFunc("GET /auth/"+c.provider+"/start", c.oidc.Start)
		mux.HandleFunc("GET /auth/"+c.provider+"/return", c.oidc.Return)
	}
	mux.Handle("/console/", console.New(console.Options{Base: "/console", Failed: c.failed}))
	mux.Handle("GET /{$}", http.RedirectHandler("/console/", http.StatusSeeOther))
	mux.Handle("/", door)
	handler := c.told(c.gate.Guard(mux))
	for _, watch := range c.around {
		handler = watch(handler)
	}
	return handler
}

// checks tell whether what the server needs can be reached.
func (c *centre) checks() map[string]func(context.Context) error {
	return map[string]func(context.Context) error{"database": c.store.Check, "queue": c.stream.Check}
}

// told writes a line about every request. The query is left out: it may hold what is nobody else's business.
func (c *centre) told(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		counted := httpsnoop.CaptureMetrics(next, w, r)
		c.events.Info("request", "id", w.Header().Get("X-Request-Id"), "method", r.Method, "path", r.URL.Path,
			"status", counted.Code, "bytes", counted.Written, "ms", counted.Duration.Milliseconds())
	})
}

// failed hears of answers that are the server's own fault.
func (c *centre) failed(r *http.Request, err error) {
	c.events.Error("request failed", "id", ledger.From(r.Context()).Request, "method", r.Method, "path", r.URL.Path, "error", err)
}
