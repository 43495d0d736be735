// Package ogc is the door through which map programs such as QGIS read features:
// OGC API - Features, part 1, version 1.0 (OGC 17-069r4), with its classes core,
// GeoJSON, HTML and OpenAPI 3.0. Package tiles serves what a browser draws.
//
// A collection is called after its atlas: "city.astana.stops" is the collection
// "stops" of the atlas "city.astana". Everything is read only.
package ogc

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/role"
)

// Catalogue is what this door needs: which atlases there are.
type Catalogue interface {
	// Atlases are the names of all, in the order in which they are to be listed.
	Atlases(ctx context.Context) ([]string, error)
	// Atlas is the one with a name; the error is atlas.ErrUnknown where there is none.
	Atlas(ctx context.Context, name string) (*atlas.Atlas, error)
}

// Options are what the door is made of.
type Options struct {
	Catalogue Catalogue
	// Base is the path under which the door stands, such as "/ogc"; "" is the root.
	Base string
	// Allow guards every resource; nil lets everybody in. All of them need role.Look.
	Allow func(role.Need, http.Handler) http.Handler
	// Security is how callers say who they are: OpenAPI security schemes by name.
	// The API definition tells them.
	Security map[string]any
	// Now is the time; nil is that of the machine.
	Now func() time.Time
	// Forwarded believes X-Forwarded-Proto, -Host and -Prefix: only behind a proxy
	// that sets them.
	Forwarded bool
	// Failed, unless nil, hears of what went wrong in here and is told to nobody else.
	Failed func(*http.Request, error)
}

// door is the handler.
type door struct{ Options }

// New is the door.
func New(o Options) http.Handler {
	o.Base = strings.TrimSuffix(o.Base, "/")
	if o.Now == nil {
		o.Now = time.Now
	}
	d := &door{o}
	mux := http.NewServeMux()
	d.route(mux, "/", d.landing, "f")
	d.route(mux, "/conformance", d.conformance, "f")
	d.route(mux, "/api", d.definition, "f")
	d.route(mux, "/collections", d.collections, "f")
	d.route(mux, "/collections/{collection}", d.collection, "f")
	d.routeItems(mux)
	d.route(mux, "/collections/{collection}/items/{feature}", d.feature, "f")
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, http.StatusNotFound, "there is no such resource")
	})
	return readOnly(mux)
}

// route is a resource with the query parameters that it takes.
func (d *door) route(mux *http.ServeMux, path string, answer func(*call) (answer, error), parameters ...string) {
	handler := d.resource(answer, func(*call) ([]string, error) { return parameters, nil })
	mux.Handle(d.pattern(path), d.guarded(handler))
	if path == "/" && d.Base != "" {
		mux.Handle(d.Base, d.guarded(handler))
	}
}

// routeItems is the resource of features; its parameters depend on the collection.
func (d *door) routeItems(mux *http.ServeMux) {
	handler := d.resource(d.items, d.itemParameters)
	mux.Handle(d.pattern("/collections/{collection}/items"), d.guarded(handler))
}

func (d *door) pattern(path string) string {
	if path == "/" {
		return d.Base + "/{$}"
	}
	return d.Base + path
}

func (d *door) guarded(h http.Handler) http.Handler {
	if d.Allow == nil {
		return h
	}
	return d.Allow(role.Look, h)
}

// readOnly refuses whatever would change something.
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			writeProblem(w, http.StatusMethodNotAllowed, "everything here can be read only")
			return
		}
		next.ServeHTTP(w, r)
	})
}
