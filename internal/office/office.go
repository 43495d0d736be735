// Package office is the shared desk of a team: it keeps its cities, events,
// scenarios and runs, checks what is written, orders the work that follows, and
// reads what came of it. Package job does the work.
package office

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/workspace"
)

// Store keeps documents.
type Store interface {
	Read(ctx context.Context, do func(workspace.Reader) error) error
	Write(ctx context.Context, do func(workspace.Writer) error) error
}

// Contents keeps files by what is in them.
type Contents interface {
	Put(ctx context.Context, from io.Reader) (workspace.Sum, int64, error)
	Open(ctx context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error)
}

// Notices go to all processes that listen.
type Notices interface {
	Tell(ctx context.Context, topic string, body []byte) error
	Listen(ctx context.Context, topic string) (<-chan []byte, error)
}

// Desk is the office. Every field is needed.
type Desk struct {
	Store    Store
	Contents Contents
	Notices  Notices
	Now      func() time.Time
	Every    func(length time.Duration) (ticks <-chan time.Time, stop func())
	NewID    func() string // of letters and digits, later ones sort after earlier ones
	Program  string        // that does the work
	Shelf    *Shelf        // of networks and results in memory
}

// Refused is the error of a text or a file that makes no sense; its findings say why.
type Refused struct {
	What     string
	Findings []finding.Finding
}

func (r *Refused) Error() string {
	for _, f := range r.Findings {
		if f.Rejects() {
			return fmt.Sprintf("%s is refused: %s at line %d: %s %q", r.What, f.Code, f.Line, f.Field, f.Value)
		}
	}
	return r.What + " is refused"
}

// The errors of the office, beside those of package workspace.
var (
	ErrName      = errors.New("a name may have Latin letters, digits, '.', '_' and '-', and at most 64 of them")
	ErrPath      = errors.New("a path has slashes between names, none of them is . or .., and no backslash, colon, control character or mark of direction")
	ErrNoNetwork = errors.New("the city has no network yet: import it first")
	ErrNoResults = errors.New("the run has no results")
	ErrInUse     = errors.New("something else still belongs to it")
	ErrKeyReused = errors.New("the key was sent before with another request")
	ErrTooMany   = errors.New("that is more than can be asked for at once")
	ErrRange     = errors.New("a number is outside its range")
	ErrText      = errors.New("a text may have no control characters and no marks of direction")
)

// By is who asks, and with which key, if any: a request that is sent again with
// the same key is carried out once.
type By struct {
	Who     string // a reference
	Key     string // "" for none
	Request string // hash of the request, to tell another one with the same key
}
