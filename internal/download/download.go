// Package download brings a file from the web, or from elsewhere on the
// machine, to a place where it is gathered: a broken transfer is resumed, a
// wrong checksum refused, an unchanged file not fetched again. Package
// store/cities keeps what was brought.
package download

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// Request says what to bring, and where to gather it.
type Request struct {
	From string // an http, https or file URL, or a path of this machine; a folder comes as a zip
	Part string // the path where the file grows; its folder exists. Part + ".json" stands beside it
	// Known is the content that is at hand; the same one is not brought again.
	Known Known
	// SHA256 is what the content must have, in lower-case hexadecimal digits; "" allows any.
	SHA256 string
	// Progress, unless nil, hears how many bytes are there; total 0 means that nobody knows.
	Progress func(done, total int64)
}

// Known identifies a content, by its checksum and by what the server said of it.
type Known struct {
	SHA256       string `json:"sha256,omitempty"`
	ETag         string `json:"etag,omitempty"`
	LastModified string `json:"last_modified,omitempty"`
}

// Fetched is what was brought: a whole file at Part, or nothing new.
type Fetched struct {
	Known
	Unchanged bool  // the content is the known one; nothing stands at Part
	Bytes     int64 // of the file; 0 when a server said that it is unchanged
	Resumed   int64 // of these, the bytes that an earlier try had left
}

// Client brings files. Its fields are limits; New sets all of them.
type Client struct {
	HTTP  *http.Client
	Wait  func(ctx context.Context, d time.Duration) error // between tries
	Agent string                                           // how requests name the program
	Tries int                                              // in a row that bring no byte
	Idle  time.Duration                                    // without a byte, until a try is given up
	Limit int64                                            // bytes of a file
}

// The errors of a file that is there and yet not the right one, or not to be had.
var (
	ErrChecksum  = errors.New("the content has another checksum than the city file says")
	ErrTooLarge  = errors.New("the file is larger than allowed")
	ErrRedirects = errors.New("redirected too often")
	ErrNoPlace   = errors.New("neither a file or folder nor an http, https or file URL")
	ErrAnswer    = errors.New("the server's answer cannot be used")
)

// Status is the error of a server that answered with something else than the file.
type Status struct {
	Code int
	From string
	wait time.Duration // as the server asks for, 0 where it does not
}

// Error names the answer and the file.
func (e *Status) Error() string {
	return fmt.Sprintf("%s: the server answered %d %s", e.From, e.Code, http.StatusText(e.Code))
}

// DefaultLimit is the size up to which files are brought: more than any country's extract of a map.
const DefaultLimit = 64 << 30

// New is a client for servers on the web, with limits for slow ones.
func New(agent string) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression = true // the bytes are counted and resumed as they are
	transport.ResponseHeaderTimeout = time.Minute
	return &Client{
		HTTP:  &http.Client{Transport: transport, CheckRedirect: followSome},
		Wait:  sleep,
		Agent: agent, Tries: 5, Idle: time.Minute, Limit: DefaultLimit,
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// mostRedirects is how often a server may send elsewhere.
const mostRedirects = 8

// followSome follows redirects, but not for ever, and not from a safe connection to an open one.
func followSome(next *http.Request, before []*http.Request) error {
	if len(before) > mostRedirects {
		return ErrRedirects
	}
	if last := before[len(before)-1].URL; last.Scheme == "https" && next.URL.Scheme != "https" {
		return fmt.Errorf("%w: it leads from https to %s", ErrAnswer, next.URL.Scheme)
	}
	return nil
}

// Fetch brings a file. After an error, that of the context among them, what
// has arrived stays at Part where it can be resumed.
func (c *Client) Fetch(ctx context.Context, r Request) (Fetched, error) {
	if r.Progress == nil {
		r.Progress = func(int64, int64) {}
	}
	if r.SHA256 != "" && r.SHA256 != r.Known.SHA256 {
		r.Known = Known{} // another content is wanted than the one at hand
	}
	place, web, err := locate(r.From)
	if err != nil {
		return Fetched{}, fmt.Errorf("%s: %w", hidden(r.From), err)
	}
	if web {
		return c.fromWeb(ctx, r)
	}
	return c.fromDisk(ctx, r, place)
}

// locate is the path that From stands for, or whether it is an address on the web.
func locate(from string) (path string, web bool, err error) {
	u, err := url.Parse(from)
	switch {
	case err != nil || u.Scheme == "" || len(u.Scheme) == 1: // one letter is a disk
		if strings.Contains(from, "://") {
			return "", false, ErrNoPlace
		}
		return from, false, nil
	case (u.Scheme == "http" || u.Scheme == "https") && u.Host != "":
		return "", true, nil
	case u.Scheme == "file" && (u.Host == "" || u.Host == "localhost") && u.Path != "":
		return fromFileURL(u.Path), false, nil
	case !strings.Contains(from, "://") && u.Scheme != "file":
		return from, false, nil // a file whose name holds a colon
	}
	return "", false, ErrNoPlace
}

// fromFileURL is the path of a file URL; on Windows it starts with the disk.
func fromFileURL(path string) string {
	if runtime.GOOS == "windows" {
		path = strings.TrimPrefix(path, "/")
	}
	return filepath.FromSlash(path)
}

// IsWeb reports whether a place is an address on the web.
func IsWeb(from string) bool {
	_, web, err := locate(from)
	return err == nil && web
}

// hidden is an address without what may be somebody's key.
func hidden(from string) string {
	u, err := url.Parse(from)
	if err != nil || u.Host == "" {
		return from
	}
	u.User, u.RawQuery, u.Fragment = nil, "", ""
	return u.String()
}

// accept sees a gathered file through: its checksum, and whether it is new.
func accept(r Request, got Fetched) (Fetched, error) {
	switch {
	case r.SHA256 != "" && got.SHA256 != r.SHA256:
		return Fetched{}, errors.Join(fmt.Errorf("%s: %w: %s instead of %s", hidden(r.From), ErrChecksum, got.SHA256, r.SHA256), discard(r.Part))
	case got.SHA256 == r.Known.SHA256:
		got.Unchanged = true
		return got, discard(r.Part)
	}
	return got, forget(r.Part)
}

// discard removes a part and what is known of it.
func discard(part string) error {
	return errors.Join(remove(part), forget(part))
}

// forget removes what is known of a part.
func forget(part string) error { return remove(part + ".json") }

func remove(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}
