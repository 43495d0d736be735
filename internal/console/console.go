// Package console is the door through which planners work in a browser: the
// console's page with its scripts, styles and letters, all from this program.
// What the page shows comes from the doors api, tiles and ogc.
package console

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/qala-city/qala/web"
)

// Options are what the door is made of.
type Options struct {
	// Base is the path under which the door stands; the page is built for "/console".
	Base string
	// Site is the console's folder; nil: the one that is built into this program.
	Site fs.FS
	// Failed, unless nil, hears of what went wrong in here.
	Failed func(*http.Request, error)
}

// policy lets the page load from this server only, and run or draw nothing that
// stands in the page itself. The map draws from blobs of its own making.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; " +
	"img-src 'self' blob: data:; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// How long a browser keeps what it has: files whose name holds their hash for
// ever, all else only to ask whether it is still current.
const (
	forever = "public, max-age=31536000, immutable"
	asking  = "no-cache"
)

// door is the handler.
type door struct {
	Options
	kept sync.Map // name -> *page
}

// page is a file of the console as it is sent.
type page struct {
	plain, packed []byte // packed is nil where it would not be smaller
	media, tag    string
}

// New is the door: BASE/ and the files that it names. A program without the
// console says so, and how to get it.
func New(o Options) http.Handler {
	o.Base = strings.TrimSuffix(o.Base, "/")
	if o.Site == nil {
		if site, ok := web.Console(); ok {
			o.Site = site
		}
	}
	d := &door{Options: o}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+o.Base+"/{name...}", d.serve)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "the console can be read only", http.StatusMethodNotAllowed)
	})
	return mux
}

func (d *door) serve(w http.ResponseWriter, r *http.Request) {
	guard(w.Header())
	if d.Site == nil {
		http.Error(w, "The console was not built into this program: `make build` does it where Node is installed. The API is at /api/docs.", http.StatusNotFound)
		return
	}
	name := r.PathValue("name")
	if name == "" {
		name = "index.html"
	}
	p, err := d.page(name)
	switch {
	case errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrInvalid):
		http.Error(w, "there is no such file", http.StatusNotFound)
	case err != nil:
		if d.Failed != nil {
			d.Failed(r, err)
		}
		http.Error(w, "the file could not be read", http.StatusInternalServerError)
	default:
		p.send(w, r, name)
	}
}

// guard sets what every answer carries.
func guard(h http.Header) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cache-Control", "no-store")
}

// page is a file by its name, read and packed when it is first asked for.
func (d *door) page(name string) (*page, error) {
	if p, ok := d.kept.Load(name); ok {
		return p.(*page), nil
	}
	info, err := fs.Stat(d.Site, name)
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, fs.ErrNotExist
	}
	plain, err := fs.ReadFile(d.Site, name)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(plain)
	p := &page{plain: plain, media: mediaOf(name), tag: `"` + hex.EncodeToString(sum[:16]) + `"`}
	if !strings.HasPrefix(p.media, "font/") {
		p.packed = pack(plain)
	}
	kept, _ := d.kept.LoadOrStore(name, p)
	return kept.(*page), nil
}

// media are told by this list, since the list of the machine may lack them.
var media = map[string]string{
	".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
	".css": "text/css; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".json": "application/json",
}

func mediaOf(name string) string {
	ending := path.Ext(name)
	if m, ok := media[ending]; ok {
		return m
	}
	if m := mime.TypeByExtension(ending); m != "" {
		return m
	}
	return "application/octet-stream"
}

// pack is the data in gzip's form, nil where that is not smaller.
func pack(data []byte) []byte {
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil
	}
	if _, err := z.Write(data); err != nil {
		return nil
	}
	if err := z.Close(); err != nil || out.Len() >= len(data) {
		return nil
	}
	return out.Bytes()
}

// send answers with the page, or that the caller has it.
func (p *page) send(w http.ResponseWriter, r *http.Request, name string) {
	h := w.Header()
	h.Set("Content-Type", p.media)
	h.Set("ETag", p.tag)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", asking)
	if strings.HasPrefix(name, "assets/") {
		h.Set("Cache-Control", forever)
	}
	if strings.Contains(r.Header.Get("If-None-Match"), p.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	data := p.plain
	if p.packed != nil && unpacks(r) {
		h.Set("Content-Encoding", "gzip")
		data = p.packed
	}
	// Whoever hung up does not want the answer any more.
	_, _ = w.Write(data)
}

// unpacks is whether the caller takes gzip.
func unpacks(r *http.Request) bool {
	for _, part := range strings.Split(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if strings.EqualFold(name, "gzip") && !strings.HasPrefix(strings.ReplaceAll(weight, " ", ""), "q=0") {
			return true
		}
	}
	return false
}
