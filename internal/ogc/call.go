package ogc

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// call is one request.
type call struct {
	*http.Request
	root   string // the URL of the landing page, without a slash at its end
	format format
	query  url.Values
}

// answer is a resource, to be told in either format.
type answer struct {
	json  any
	media string // of the JSON
	page  page
	fixed bool   // never changes
	same  []byte // unless nil, what makes two answers the same, moments aside
}

// link is a link of the standard.
type link struct {
	Href  string `json:"href"`
	Rel   string `json:"rel"`
	Type  string `json:"type"`
	Title string `json:"title,omitempty"`
}

// resource answers calls whose parameters are among those that it takes.
func (d *door) resource(make func(*call) (answer, error), parameters func(*call) ([]string, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, err := d.read(r, parameters)
		if err != nil {
			d.fail(w, r, err)
			return
		}
		a, err := make(c)
		if err != nil {
			d.fail(w, r, err)
			return
		}
		if err := c.write(w, a); err != nil {
			d.fail(w, r, err)
		}
	})
}

func (d *door) read(r *http.Request, parameters func(*call) ([]string, error)) (*call, error) {
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, bad("the query cannot be read: %v", err)
	}
	c := &call{Request: r, root: d.root(r), query: query}
	known, err := parameters(c)
	if err != nil {
		return nil, err
	}
	for name, values := range query {
		if !slices.Contains(known, name) {
			return nil, bad("there is no parameter %q here", name)
		}
		if len(values) > 1 {
			return nil, bad("the parameter %q is given %d times", name, len(values))
		}
	}
	c.format, err = chosen(r, query.Get("f"))
	return c, err
}

// root is how the caller reaches the door.
func (d *door) root(r *http.Request) string {
	scheme, host, prefix := "http", r.Host, ""
	if r.TLS != nil {
		scheme = "https"
	}
	if d.Forwarded {
		scheme = forwarded(r, "Proto", scheme)
		host = forwarded(r, "Host", host)
		prefix = strings.TrimSuffix(forwarded(r, "Prefix", ""), "/")
	}
	return (&url.URL{Scheme: scheme, Host: host, Path: prefix + d.Base}).String()
}

// forwarded is what the first proxy says, the one next to the caller.
func forwarded(r *http.Request, name, otherwise string) string {
	first, _, _ := strings.Cut(r.Header.Get("X-Forwarded-"+name), ",")
	if first = strings.TrimSpace(first); first != "" {
		return first
	}
	return otherwise
}

// url is that of a resource with a query.
func (c *call) url(query url.Values, path ...string) string {
	escaped := make([]string, len(path))
	for i, p := range path {
		escaped[i] = url.PathEscape(p)
	}
	u := c.root + "/" + strings.Join(escaped, "/")
	if len(query) > 0 {
		u += "?" + query.Encode()
	}
	return u
}

// selves are the links of a resource to itself and to its other format.
func (c *call) selves(media string, path ...string) []link {
	in := func(name string) string {
		query := url.Values{}
		for k, v := range c.query {
			query[k] = v
		}
		query.Set("f", name)
		return c.url(query, path...)
	}
	json, html := link{in("json"), "self", media, "as JSON"}, link{in("html"), "alternate", typeHTML, "as a page"}
	if c.format == asHTML {
		json.Rel, html.Rel = "alternate", "self"
	}
	return []link{json, html}
}

// write tells an answer, or that the caller has it already.
func (c *call) write(w http.ResponseWriter, a answer) error {
	body, media, err := c.body(a)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", media)
	h.Set("Vary", "Accept")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Cache-Control", "private, no-cache")
	if a.fixed {
		h.Set("Cache-Control", "private, max-age=86400")
	}
	tag := tagOf(media, body, a.same)
	h.Set("ETag", tag)
	if has(c.Header.Values("If-None-Match"), tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	_, _ = w.Write(body) // whoever hung up does not want the rest
	return nil
}

func (c *call) body(a answer) (body []byte, media string, err error) {
	if c.format == asHTML {
		body, err = a.page.render(c)
		return body, typeHTML + "; charset=utf-8", err
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	err = encoder.Encode(a.json)
	return b.Bytes(), a.media, err
}

// tagOf is the weak entity tag of an answer: it says what is told, not at which moment.
func tagOf(media string, body, same []byte) string {
	if same == nil {
		same = body
	}
	sum := sha256.New()
	_, _ = sum.Write([]byte(media + "\n"))
	_, _ = sum.Write(same)
	return `W/"` + hex.EncodeToString(sum.Sum(nil)[:12]) + `"`
}

// has reports whether a caller has what a tag stands for.
func has(tags []string, tag string) bool {
	for _, one := range strings.Split(strings.Join(tags, ","), ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
