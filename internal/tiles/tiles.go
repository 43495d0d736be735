// Package tiles is the door through which a browser draws atlases: vector tiles,
// and a style for MapLibre that needs nothing from any other host. Package ogc
// serves the same things to map programs as features.
package tiles

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/atlas"
	"github.com/qala-city/qala/internal/role"
)

// Catalogue is what this door needs of the atlases.
type Catalogue interface {
	// Atlas is the one with a name; the error is atlas.ErrUnknown where there is none.
	Atlas(ctx context.Context, name string) (*atlas.Atlas, error)
}

// UsualCache is how many bytes of tiles are kept where nothing else is said.
const UsualCache = 64 << 20

// Options are what the door is made of.
type Options struct {
	Catalogue Catalogue
	// Base is the path under which the door stands, such as "/tiles".
	Base string
	// Allow guards every resource, which all need role.Look; nil lets everybody in.
	Allow func(role.Need, http.Handler) http.Handler
	// Cache is how many bytes of drawn tiles are kept; 0: UsualCache.
	Cache int
	// Forwarded believes X-Forwarded-Proto, -Host and -Prefix: only behind a proxy
	// that sets them.
	Forwarded bool
	// Failed, unless nil, hears of what went wrong in here.
	Failed func(*http.Request, error)
}

// door is the handler.
type door struct {
	Options
	drawn *cache
}

// New is the door: BASE/{atlas}/{z}/{x}/{y}.mvt and BASE/{atlas}/style.json.
func New(o Options) http.Handler {
	o.Base = strings.TrimSuffix(o.Base, "/")
	if o.Cache <= 0 {
		o.Cache = UsualCache
	}
	d := &door{o, newCache(o.Cache)}
	mux := http.NewServeMux()
	mux.Handle("GET "+o.Base+"/{atlas}/{z}/{x}/{y}", d.guarded(d.tile))
	mux.Handle("GET "+o.Base+"/{atlas}/style.json", d.guarded(d.style))
	mux.HandleFunc("GET /", func(w http.ResponseWriter, r *http.Request) { d.fail(w, r, atlas.ErrUnknown) })
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Allow", "GET, HEAD")
		problem(w, http.StatusMethodNotAllowed, "tiles can be read only")
	})
	return mux
}

func (d *door) guarded(serve func(http.ResponseWriter, *http.Request) error) http.Handler {
	h := http.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := serve(w, r); err != nil {
			d.fail(w, r, err)
		}
	}))
	if d.Allow != nil {
		h = d.Allow(role.Look, h)
	}
	return h
}

func (d *door) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, atlas.ErrUnknown) || errors.Is(err, atlas.ErrNoTile) {
		problem(w, http.StatusNotFound, "there is no such tile or atlas")
		return
	}
	if d.Failed != nil {
		d.Failed(r, err)
	}
	problem(w, http.StatusInternalServerError, "the tile could not be drawn")
}

func problem(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	// Whoever hung up does not want the answer any more.
	_ = json.NewEncoder(w).Encode(map[string]any{"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": detail})
}

func (d *door) tile(w http.ResponseWriter, r *http.Request) error {
	a, err := d.Catalogue.Atlas(r.Context(), r.PathValue("atlas"))
	if err != nil {
		return err
	}
	at, err := placeOf(r)
	if err != nil {
		return err
	}
	t, err := d.drawnTile(a, r.PathValue("atlas"), at)
	if err != nil {
		return err
	}
	return t.write(w, r, keeping(a))
}

func (d *door) drawnTile(a *atlas.Atlas, name string, at place) (*tile, error) {
	if t := d.drawn.get(key{name, at}, a); t != nil {
		return t, nil
	}
	data, err := a.Tile(at.z, at.x, at.y)
	if err != nil {
		return nil, err
	}
	t, err := pack(data)
	if err == nil {
		d.drawn.put(key{name, at}, a, t)
	}
	return t, err
}

// placeOf reads z, x and y.mvt, written as numbers are and in no other way.
func placeOf(r *http.Request) (place, error) {
	y, named := strings.CutSuffix(r.PathValue("y"), ".mvt")
	var n [3]int
	for i, text := range []string{r.PathValue("z"), r.PathValue("x"), y} {
		v, err := strconv.Atoi(text)
		if err != nil || strconv.Itoa(v) != text || !named {
			return place{}, atlas.ErrNoTile
		}
		n[i] = v
	}
	return place{n[0], n[1], n[2]}, nil
}

// keeping is how long callers may keep what an atlas gave: for good what never
// changes, else they ask each time whether it did.
func keeping(a *atlas.Atlas) string {
	if a.Fixed {
		return "private, max-age=604800, immutable"
	}
	return "private, no-cache"
}

// style is a style of MapLibre for an atlas: BASE/{atlas}/style.json with theme=dark
// and lang=kk where wanted.
func (d *door) style(w http.ResponseWriter, r *http.Request) error {
	name := r.PathValue("atlas")
	a, err := d.Catalogue.Atlas(r.Context(), name)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	language := query.Get("lang")
	if len(language) > 35 || strings.ContainsFunc(language, func(c rune) bool { return !strings.ContainsRune(letters, c) }) {
		problem(w, http.StatusBadRequest, "lang is a language as BCP 47 has it, such as kk")
		return nil
	}
	tiles := d.root(r) + "/" + url.PathEscape(name) + "/{z}/{x}/{y}.mvt"
	body, err := json.Marshal(styleOf(a, tiles, language, query.Get("theme") == "dark"))
	if err != nil {
		return err
	}
	t, err := pack(body)
	if err != nil {
		return err
	}
	t.media = "application/json"
	return t.write(w, r, "private, no-cache")
}

// root is how the caller reaches the door: MapLibre wants whole URLs.
func (d *door) root(r *http.Request) string {
	u := url.URL{Scheme: "http", Host: r.Host, Path: d.Base}
	if r.TLS != nil {
		u.Scheme = "https"
	}
	said := func(name, otherwise string) string {
		first, _, _ := strings.Cut(r.Header.Get("X-Forwarded-"+name), ",")
		if first = strings.TrimSpace(first); first != "" && d.Forwarded {
			return first
		}
		return otherwise
	}
	u.Scheme, u.Host = said("Proto", u.Scheme), said("Host", u.Host)
	u.Path = strings.TrimSuffix(said("Prefix", ""), "/") + u.Path
	return u.String()
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
