package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"

	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
)

// call is what is known of one request.
type call struct {
	subject  role.Subject
	key      string // the Idempotency-Key
	hash     string // of the request, where it has a key
	language string
	request  *http.Request
}

type callKey struct{}

func callOf(ctx context.Context) call {
	c, _ := ctx.Value(callKey{}).(call)
	return c
}

// by is who asks, as the office wants to know it.
func by(ctx context.Context) office.By {
	c := callOf(ctx)
	return office.By{Who: c.subject.Who, Key: c.key, Request: c.hash}
}

// mostKey is the length of an Idempotency-Key.
const mostKey = 100

var (
	errKey     = errors.New("an Idempotency-Key has 1 to 100 letters, digits and signs")
	errTooLong = errors.New("the body is longer than this may be")
)

// known finds out what belongs to the request, and puts it into the context.
func (d *door) known(r *http.Request) (*http.Request, error) {
	c := call{subject: role.Of(r.Context()), language: languageOf(r), request: r}
	if key := r.Header.Get("Idempotency-Key"); key != "" && r.Method == http.MethodPost {
		hash, err := requestHash(r)
		if err != nil {
			return nil, err
		}
		if !printable(key) || len(key) > mostKey {
			return nil, errKey
		}
		c.key, c.hash = key, hash
	}
	return r.WithContext(context.WithValue(r.Context(), callKey{}, c)), nil
}

func printable(s string) bool {
	for i := range len(s) {
		if s[i] <= ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// requestHash tells requests apart; it reads the body and puts it back.
func requestHash(r *http.Request) (string, error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, mostJSON+1))
	if err != nil {
		return "", err
	}
	if len(body) > mostJSON {
		return "", errTooLong
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	hash := sha256.New()
	for _, part := range []string{r.Method, r.URL.RequestURI(), string(body)} {
		sum := sha256.Sum256([]byte(part))
		hash.Write(sum[:])
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}
