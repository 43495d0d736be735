package main

import (
	"context"
	"net/http"

	"github.com/qala-city/qala/internal/api"
	"github.com/qala-city/qala/internal/ogc"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/tiles"
)

// open is the gate of a server that asks nobody who he is: for one person, or a
// team that trusts each other, on an address that others cannot reach.
type open struct{}

// Who is the same for everybody.
func (open) Who(*http.Request) (string, []role.Role, error) {
	return "local", []role.Role{role.Planner, role.Dispatcher, role.Administrator}, nil
}

// doors is the handler of everything that a server answers. Its streams end when ending is closed.
func (c *centre) doors(h *house, ending <-chan struct{}) http.Handler {
	mux := http.NewServeMux()
	door := api.New(api.Options{
		Office: c.office, Gate: open{}, Now: h.now, Version: version, Failed: c.failed, Ending: ending,
		Checks: map[string]func(context.Context) error{"database": c.store.Check, "queue": c.stream.Check},
	})
	mux.Handle("/api/", door)
	mux.Handle("/healthz", door)
	mux.Handle("/readyz", door)
	maps := newAtlases(c.office)
	features := ogc.New(ogc.Options{Catalogue: maps, Base: "/ogc", Now: h.now, Failed: c.failed})
	mux.Handle("/ogc", features)
	mux.Handle("/ogc/", features)
	mux.Handle("/tiles/", tiles.New(tiles.Options{Catalogue: maps, Base: "/tiles", Failed: c.failed}))
	mux.Handle("GET /{$}", http.RedirectHandler("/api/docs", http.StatusSeeOther))
	mux.Handle("/", door)
	return mux
}

// failed hears of answers that are the server's own fault.
func (c *centre) failed(r *http.Request, err error) {
	c.log.Error("request failed", "method", r.Method, "path", r.URL.Path, "error", err)
}
