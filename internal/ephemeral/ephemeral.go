// Package ephemeral keeps documents in memory, for tests of those who use a
// store. It passes the same tests as the stores on disk.
package ephemeral

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"github.com/qala-city/qala/internal/workspace"
)

// Store is a store of documents. NewStore makes one.
type Store struct {
	turn   chan struct{} // of whoever writes
	kept   atomic.Pointer[map[name]workspace.Document]
	closed atomic.Bool
}

type name struct {
	kind workspace.Kind
	id   string
}

// NewStore is an empty store.
func NewStore() *Store {
	s := &Store{turn: make(chan struct{}, 1)}
	s.kept.Store(&map[name]workspace.Document{})
	return s
}

var errClosed = errors.New("the store is closed")

// Read gives do a snapshot.
func (s *Store) Read(ctx context.Context, do func(workspace.Reader) error) error {
	if err := s.open(ctx); err != nil {
		return err
	}
	v := &view{kept: *s.kept.Load(), reading: true}
	return errors.Join(do(v), v.refused, ctx.Err())
}

// Write does all that do does, or nothing of it.
func (s *Store) Write(ctx context.Context, do func(workspace.Writer) error) error {
	select {
	case s.turn <- struct{}{}:
		defer func() { <-s.turn }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if err := s.open(ctx); err != nil {
		return err
	}
	v := &view{kept: maps.Clone(*s.kept.Load())}
	if err := errors.Join(do(v), ctx.Err()); err != nil {
		return err
	}
	s.kept.Store(&v.kept)
	return nil
}

func (s *Store) open(ctx context.Context) error {
	if s.closed.Load() {
		return errClosed
	}
	return ctx.Err()
}

// Check reports whether the store is open.
func (s *Store) Check(ctx context.Context) error { return s.open(ctx) }

// Close closes the store.
func (s *Store) Close() error {
	s.closed.Store(true)
	return nil
}

// view is the documents as of one moment, or as a writer has changed them. A
// reader's refuses to write, and remembers it.
type view struct {
	kept    map[name]workspace.Document
	reading bool
	refused error
}

var errReading = errors.New("a reader cannot write")

// writes tells whether this view is a writer's.
func (v *view) writes() error {
	if v.reading {
		v.refused = errReading
	}
	return v.refused
}

// Document is one document.
func (v *view) Document(kind workspace.Kind, id string) (workspace.Document, error) {
	d, known := v.kept[name{kind, id}]
	if !known {
		return workspace.Document{}, told(kind, id, workspace.ErrNotFound)
	}
	d.Body = slices.Clone(d.Body)
	return d, nil
}

// Children lists the documents of a parent.
func (v *view) Children(kind workspace.Kind, parent string, page workspace.Page) ([]workspace.Document, error) {
	return v.list(kind, page, func(d workspace.Document) bool { return d.Parent == parent })
}

// InState lists the documents in a state.
func (v *view) InState(kind workspace.Kind, state string, page workspace.Page) ([]workspace.Document, error) {
	return v.list(kind, page, func(d workspace.Document) bool { return d.State == state })
}

func (v *view) list(kind workspace.Kind, page workspace.Page, is func(workspace.Document) bool) ([]workspace.Document, error) {
	if page.Limit < 1 || page.Limit > workspace.MostPage || !word(page.After) {
		return nil, workspace.ErrLimit
	}
	var found []workspace.Document
	for n, d := range v.kept {
		if n.kind == kind && n.id > page.After && is(d) {
			d.Body = slices.Clone(d.Body)
			found = append(found, d)
		}
	}
	slices.SortFunc(found, func(a, b workspace.Document) int { return strings.Compare(a.ID, b.ID) })
	return found[:min(len(found), page.Limit)], nil
}

// Insert keeps a new document.
func (v *view) Insert(d workspace.Document) error {
	if _, known := v.kept[name{d.Kind, d.ID}]; known {
		return told(d.Kind, d.ID, workspace.ErrExists)
	}
	d.Revision, d.Created = 1, workspace.Now(d.Created)
	return v.put(d)
}

// Replace keeps another text of a document.
func (v *view) Replace(d workspace.Document) (int64, error) {
	if err := limits(d); err != nil {
		return 0, err
	}
	there, err := v.at(d.Kind, d.ID, d.Revision)
	if err != nil {
		return 0, err
	}
	d.Revision, d.Parent, d.Created = d.Revision+1, there.Parent, there.Created
	return d.Revision, v.put(d)
}

// Delete removes a document.
func (v *view) Delete(kind workspace.Kind, id string, revision int64) error {
	if _, err := v.at(kind, id, revision); err != nil {
		return err
	}
	if err := v.writes(); err != nil {
		return err
	}
	delete(v.kept, name{kind, id})
	return nil
}

func (v *view) at(kind workspace.Kind, id string, revision int64) (workspace.Document, error) {
	there, known := v.kept[name{kind, id}]
	switch {
	case !known:
		return there, told(kind, id, workspace.ErrNotFound)
	case there.Revision != revision:
		return there, told(kind, id, workspace.ErrStale)
	}
	return there, nil
}

func (v *view) put(d workspace.Document) error {
	if err := errors.Join(v.writes(), limits(d)); err != nil {
		return err
	}
	d.Changed, d.Body = workspace.Now(d.Changed), slices.Clone(d.Body)
	v.kept[name{d.Kind, d.ID}] = d
	return nil
}

func limits(d workspace.Document) error {
	if d.Kind == "" || d.ID == "" || len(d.Body) > workspace.MostBody ||
		slices.ContainsFunc([]string{string(d.Kind), d.ID, d.Parent, d.State, d.By}, func(text string) bool { return !word(text) }) {
		return told(d.Kind, d.ID, workspace.ErrLimit)
	}
	return nil
}

func word(text string) bool {
	return len(text) <= workspace.MostID && utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

func told(kind workspace.Kind, id string, err error) error {
	return fmt.Errorf("%s %q: %w", kind, id, err)
}
