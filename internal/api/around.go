package api

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/klauspost/compress/gzhttp"
)

func escape(s string) string { return url.QueryEscape(s) }

// serve answers one request whose caller is found out first.
func (d *door) serve(w http.ResponseWriter, r *http.Request) {
	if r.Body == nil {
		r.Body = http.NoBody
	}
	known, err := d.known(r)
	if err != nil {
		var p *Problem
		if errors.As(d.problem(r.Context(), err), &p) {
			p.write(w)
		}
		return
	}
	answer := &answer{ResponseWriter: w}
	d.mux.ServeHTTP(answer, known)
}

// answer turns the plain answers of the router into problems.
type answer struct {
	http.ResponseWriter
	wrote, dropped bool
}

// WriteHeader keeps everything but the router's own words.
func (a *answer) WriteHeader(status int) {
	plain := strings.HasPrefix(a.Header().Get("Content-Type"), "text/plain")
	if !a.wrote && plain && (status == http.StatusNotFound || status == http.StatusMethodNotAllowed) {
		a.wrote, a.dropped = true, true
		a.Header().Del("X-Content-Type-Options")
		a.Header().Del("Content-Length")
		detail := "there is nothing under this path"
		if status == http.StatusMethodNotAllowed {
			detail = "this cannot be done here; Allow says what can"
		}
		a.Header().Set("X-Content-Type-Options", "nosniff")
		problemOf(status, detail).write(a.ResponseWriter)
		return
	}
	a.wrote = true
	a.ResponseWriter.WriteHeader(status)
}

// Write drops the router's own words.
func (a *answer) Write(data []byte) (int, error) {
	if a.dropped {
		return len(data), nil
	}
	a.wrote = true
	return a.ResponseWriter.Write(data)
}

// ReadFrom lets a file be sent without passing through this program's memory.
func (a *answer) ReadFrom(from io.Reader) (int64, error) {
	if a.dropped {
		return io.Copy(io.Discard, from)
	}
	a.wrote = true
	return io.Copy(a.ResponseWriter, from)
}

// Flush sends what was written until now.
func (a *answer) Flush() {
	if f, ok := a.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// Unwrap is the writer below.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }

// secured sets the headers that every answer has.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// zipped packs answers that are text for whoever takes them packed.
func zipped(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(1000), gzhttp.CompressionLevel(1), gzhttp.ContentTypes([]string{
		"application/json", "application/problem+json", "application/geo+json", "text/html", "text/csv", "application/yaml",
	}))
	if err != nil {
		panic(err) // the settings above are constants
	}
	return wrap(next)
}
