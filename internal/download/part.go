package download

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/store/wholefile"
)

// remains is what is known of a part: which content it begins.
type remains struct {
	From string `json:"from"`
	Known
	Total int64 `json:"total,omitempty"` // bytes of the whole, 0 when nobody knows

	bytes int64 // that are there
}

// recall is what an earlier try left; nothing where it cannot be resumed.
func recall(r Request) remains {
	data, err := os.ReadFile(r.Part + ".json")
	var left remains
	if err != nil || json.Unmarshal(data, &left) != nil || left.From != r.From || left.validator() == "" {
		return remains{}
	}
	left.bytes = size(r.Part)
	if left.Total > 0 && left.bytes >= left.Total {
		return remains{} // whole, and yet not taken away: begin anew
	}
	return left
}

// begin makes an empty part; what it belongs to is written first.
func (m remains) begin(part string) error {
	if err := discard(part); err != nil {
		return err
	}
	data, err := json.Marshal(m)
	if err != nil {
		return err
	}
	return wholefile.WriteBytes(part+".json", data)
}

// validator is what a server compares before it gives the rest: an ETag that
// stands for every byte, else the time of the last change.
func (m remains) validator() string {
	if m.ETag != "" && !strings.HasPrefix(m.ETag, "W/") {
		return m.ETag
	}
	return m.LastModified
}

// same reports whether a server's rest belongs to the part; what it does not say is believed.
func (m remains) same(given Known, total int64) bool {
	fits := func(a, b string) bool { return a == "" || b == "" || a == b }
	return fits(m.ETag, given.ETag) && fits(m.LastModified, given.LastModified) && (total == 0 || m.Total == 0 || total == m.Total)
}

func size(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// appendTo writes what comes to the end of a file, up to a limit, and counts it.
// What was written before an error is there.
func appendTo(path string, from io.Reader, limit int64, tell func(done int64)) (written int64, err error) {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	for block := make([]byte, 1<<16); ; {
		n, failure := from.Read(block)
		if int64(n) > limit-written {
			return written, ErrTooLarge
		}
		if _, err := file.Write(block[:n]); err != nil {
			return written, err
		}
		written += int64(n)
		tell(written)
		switch {
		case errors.Is(failure, io.EOF):
			return written, file.Sync()
		case failure != nil:
			return written, fmt.Errorf("%w: %w", errBroken, plainly(failure))
		}
	}
}

// measure is the SHA-256 and the length of a file.
func measure(path string) (sum string, length int64, err error) {
	file, err := os.Open(path)
	if err != nil {
		return "", 0, err
	}
	defer func() { _ = file.Close() }() // it was only read
	hash := sha256.New()
	length, err = io.Copy(hash, file)
	return hex.EncodeToString(hash.Sum(nil)), length, err
}

// watched is a body that is given up when nothing comes for too long.
type watched struct {
	body  io.Reader
	idle  time.Duration
	timer *time.Timer
}

func watch(body io.Reader, idle time.Duration, giveUp func()) *watched {
	return &watched{body, idle, time.AfterFunc(idle, giveUp)}
}

// Read passes the bytes on; each gives the server as much time again.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.body.Read(p)
	if n > 0 {
		w.timer.Reset(w.idle)
	}
	return n, err
}

func (w *watched) stop() { w.timer.Stop() }

// plainly is an error without the address, which may hold a key, and without
// "context canceled" for what was given up here.
func plainly(err error) error {
	var at *url.Error
	if errors.As(err, &at) {
		err = at.Err
	}
	if errors.Is(err, context.Canceled) {
		return errors.New("nothing came for too long")
	}
	return err
}
