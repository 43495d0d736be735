package tiles

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// tile is bytes ready to be sent.
type tile struct {
	media  string
	packed []byte // by gzip; nil for an empty tile
	tag    string
}

// overhead is what a tile weighs in a cache besides its bytes, about.
const overhead = 256

func (t *tile) weight() int { return len(t.packed) + overhead }

func pack(data []byte) (*tile, error) {
	sum := sha256.Sum256(data)
	t := &tile{media: "application/vnd.mapbox-vector-tile", tag: `W/"` + hex.EncodeToString(sum[:12]) + `"`}
	if len(data) == 0 {
		return t, nil
	}
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	t.packed = b.Bytes()
	return t, nil
}

// write sends a tile, packed where the caller can unpack it.
func (t *tile) write(w http.ResponseWriter, r *http.Request, keeping string) error {
	h := w.Header()
	h.Set("ETag", t.tag)
	h.Set("Vary", "Accept-Encoding")
	h.Set("Cache-Control", keeping)
	h.Set("X-Content-Type-Options", "nosniff")
	if has(r.Header.Values("If-None-Match"), t.tag) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	if t.packed == nil {
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	body := t.packed
	if unpacks(r.Header.Values("Accept-Encoding")) {
		h.Set("Content-Encoding", "gzip")
	} else {
		var err error
		if body, err = t.unpacked(); err != nil {
			return err
		}
	}
	h.Set("Content-Type", t.media)
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // whoever hung up does not want the rest
	return nil
}

func (t *tile) unpacked() ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(t.packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(z)
}

// unpacks reports whether a caller takes gzip.
func unpacks(accept []string) bool {
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		coding, q, _ := strings.Cut(strings.ReplaceAll(part, " ", ""), ";")
		refused := strings.TrimRight(q, "0.") == "q="
		if (coding == "gzip" || coding == "*") && !refused {
			return true
		}
	}
	return false
}

// has reports whether a caller has what a tag stands for.
func has(tags []string, tag string) bool {
	for one := range strings.SplitSeq(strings.Join(tags, ","), ",") {
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}
