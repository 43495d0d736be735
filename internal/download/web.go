package download

import (
	"compress/gzip"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// errBroken is a try that ended before the file did, or with an answer that
// does not fit; another one may do better.
var errBroken = errors.New("the transfer broke off")

// fromWeb tries until the file is there, a try fails for good, or too many in a row bring nothing.
func (c *Client) fromWeb(ctx context.Context, r Request) (Fetched, error) {
	most := 20 * c.Tries // of a server that gives a few bytes at a time
	for try, idle := 1, 1; ; try, idle = try+1, idle+1 {
		before := size(r.Part)
		got, err := c.try(ctx, r)
		switch {
		case err == nil && got.Unchanged:
			return got, nil
		case err == nil:
			return accept(r, got)
		case ctx.Err() != nil:
			return Fetched{}, ctx.Err()
		case !again(err):
			return Fetched{}, err
		}
		if size(r.Part) > before {
			idle = 1
		}
		if idle >= c.Tries || try >= most {
			return Fetched{}, fmt.Errorf("%w (tried %d times)", err, try)
		}
		if err := c.Wait(ctx, pause(idle, err)); err != nil {
			return Fetched{}, err
		}
	}
}

// again reports whether another try may help.
func again(err error) bool {
	var status *Status
	if errors.As(err, &status) {
		return status.Code >= 500 && status.Code != http.StatusNotImplemented ||
			status.Code == http.StatusTooManyRequests || status.Code == http.StatusRequestTimeout
	}
	for _, final := range []error{ErrChecksum, ErrTooLarge, ErrRedirects, ErrNoPlace, ErrAnswer, syscall.ENOSPC} {
		if errors.Is(err, final) {
			return false
		}
	}
	var onDisk *os.PathError
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	return !errors.As(err, &onDisk) && !errors.As(err, &certificate) && (!errors.As(err, &name) || !name.IsNotFound)
}

// The waits between tries: they double, and a server may ask for a longer one.
const (
	firstPause   = time.Second
	longestPause = 2 * time.Minute
)

func pause(idle int, err error) time.Duration {
	wait := firstPause << min(idle-1, 6)
	var status *Status
	if errors.As(err, &status) {
		wait = max(wait, status.wait)
	}
	return min(wait, longestPause)
}

// try asks once and gathers what comes.
func (c *Client) try(ctx context.Context, r Request) (Fetched, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	left := recall(r)
	request, err := c.ask(ctx, r, left)
	if err != nil {
		return Fetched{}, err
	}
	answer, err := c.HTTP.Do(request)
	if err != nil {
		return Fetched{}, fmt.Errorf("%s: %w", hidden(r.From), plainly(err))
	}
	defer func() { _ = answer.Body.Close() }() // it was read as far as it went
	watched := watch(answer.Body, c.Idle, func() { cancel(errBroken) })
	defer watched.stop()
	switch answer.StatusCode {
	case http.StatusNotModified:
		if r.Known.SHA256 == "" {
			return Fetched{}, fmt.Errorf("%s: %w: it says that the file is unchanged, and nobody asked", hidden(r.From), ErrAnswer)
		}
		return Fetched{Known: r.Known, Unchanged: true}, nil
	case http.StatusOK:
		return c.whole(r, answer, watched)
	case http.StatusPartialContent:
		return c.rest(r, left, answer, watched)
	case http.StatusRequestedRangeNotSatisfiable:
		return Fetched{}, errors.Join(fmt.Errorf("%s: %w", hidden(r.From), errBroken), discard(r.Part))
	}
	return Fetched{}, &Status{answer.StatusCode, hidden(r.From), retryAfter(answer.Header)}
}

// ask is the question: for the rest of what an earlier try left, or for the
// file if it is not the known one.
func (c *Client) ask(ctx context.Context, r Request, left remains) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, r.From, nil)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", hidden(r.From), ErrNoPlace)
	}
	request.Header.Set("User-Agent", c.Agent)
	request.Header.Set("Accept-Encoding", "identity")
	switch {
	case left.bytes > 0:
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", left.bytes))
		request.Header.Set("If-Range", left.validator())
	case r.Known.ETag != "":
		request.Header.Set("If-None-Match", r.Known.ETag)
	case r.Known.LastModified != "":
		request.Header.Set("If-Modified-Since", r.Known.LastModified)
	}
	return request, nil
}

// whole gathers a file from its start.
func (c *Client) whole(r Request, answer *http.Response, body io.Reader) (Fetched, error) {
	packed, err := encoded(answer.Header)
	if err != nil {
		return Fetched{}, fmt.Errorf("%s: %w", hidden(r.From), err)
	}
	now := remains{From: r.From, Known: validators(answer.Header), Total: max(answer.ContentLength, 0)}
	if packed {
		now = remains{From: r.From, Total: 0} // what is unpacked on the way cannot be resumed
		unpacked, err := gzip.NewReader(body)
		if err != nil {
			return Fetched{}, fmt.Errorf("%s: %w: %w", hidden(r.From), errBroken, err)
		}
		body = unpacked
	}
	if err := now.begin(r.Part); err != nil {
		return Fetched{}, err
	}
	return c.gather(r, now, body, validators(answer.Header))
}

// rest appends what was missing.
func (c *Client) rest(r Request, left remains, answer *http.Response, body io.Reader) (Fetched, error) {
	from, total, ok := contentRange(answer.Header.Get("Content-Range"))
	packed, err := encoded(answer.Header)
	given := validators(answer.Header)
	fits := ok && err == nil && !packed && left.bytes > 0 && from == left.bytes && left.same(given, total)
	if !fits {
		return Fetched{}, errors.Join(fmt.Errorf("%s: %w: the server gave another part than it was asked for", hidden(r.From), errBroken), discard(r.Part))
	}
	left.Total = max(total, left.Total)
	return c.gather(r, left, body, left.Known)
}

// gather writes the body to the part and measures the whole.
func (c *Client) gather(r Request, now remains, body io.Reader, known Known) (Fetched, error) {
	written, err := appendTo(r.Part, body, c.Limit-now.bytes, func(done int64) { r.Progress(now.bytes+done, now.Total) })
	switch {
	case errors.Is(err, ErrTooLarge):
		return Fetched{}, errors.Join(fmt.Errorf("%s: %w (%d bytes)", hidden(r.From), err, c.Limit), discard(r.Part))
	case err != nil:
		return Fetched{}, fmt.Errorf("%s: %w", hidden(r.From), err)
	case now.Total > 0 && now.bytes+written < now.Total:
		return Fetched{}, fmt.Errorf("%s: %w", hidden(r.From), errBroken)
	}
	sum, length, err := measure(r.Part)
	if err != nil {
		return Fetched{}, err
	}
	known.SHA256 = sum
	return Fetched{Known: known, Bytes: length, Resumed: now.bytes}, nil
}

// encoded reports whether the body is packed although it was not asked to be.
func encoded(h http.Header) (gzipped bool, err error) {
	switch coding := strings.ToLower(h.Get("Content-Encoding")); coding {
	case "", "identity":
		return false, nil
	case "gzip", "x-gzip":
		return true, nil
	default:
		return false, fmt.Errorf("%w: the file is packed as %q", ErrAnswer, coding)
	}
}

// validators are what a server says to tell one content from another.
func validators(h http.Header) Known {
	return Known{ETag: h.Get("ETag"), LastModified: h.Get("Last-Modified")}
}

// contentRange reads "bytes 100-199/200"; a total of 0 is not known.
func contentRange(text string) (from, total int64, ok bool) {
	span, rest, ok := strings.Cut(strings.TrimPrefix(text, "bytes "), "/")
	first, _, dashed := strings.Cut(span, "-")
	from, err := strconv.ParseInt(first, 10, 64)
	if !ok || !dashed || err != nil || !strings.HasPrefix(text, "bytes ") {
		return 0, 0, false
	}
	if rest == "*" {
		return from, 0, true
	}
	total, err = strconv.ParseInt(rest, 10, 64)
	return from, total, err == nil && total > from
}

// retryAfter is how long a server asks to wait; a date is taken for no answer.
func retryAfter(h http.Header) time.Duration {
	seconds, err := strconv.ParseUint(h.Get("Retry-After"), 10, 16)
	if err != nil {
		return 0
	}
	return time.Duration(seconds) * time.Second
}
