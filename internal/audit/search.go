package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// Query is what somebody looks for in the log. A field that is zero asks nothing.
type Query struct {
	Who      string // a reference
	Verb     ledger.Verb
	Kind     workspace.Kind
	Place    string // id of a city or an event: what happened with it and with all in it
	From, To time.Time
	Before   int64 // the number of an entry: only what came before it
	Limit    int   // entries that are found at most
}

// Found is what was found, the newest first.
type Found struct {
	Entries []ledger.Entry
	Next    int64 // the Before by which the search goes on; 0 when the log's beginning was reached
}

// mostLooked is how many entries one search looks at: then it says where to go on.
const mostLooked = 20_000

// Search looks for entries from the newest to the oldest.
func (d *Desk) Search(ctx context.Context, q Query) (Found, error) {
	var found Found
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		end, _, err := headOf(r)
		if err != nil {
			return err
		}
		before := end.Number + 1
		if q.Before > 0 {
			before = min(q.Before, before)
		}
		s := &search{Reader: r, Query: q, parents: map[string]string{}}
		err = s.back(before)
		found = s.found
		return err
	})
	return found, err
}

// search is one under way.
type search struct {
	workspace.Reader
	Query
	found   Found
	parents map[string]string // of things that are there, by kind and id
}

// back goes through the log towards its beginning, a page at a time.
func (s *search) back(before int64) error {
	for looked := 0; before > 1; {
		if looked >= mostLooked {
			s.found.Next = before
			return nil
		}
		first := max(1, before-workspace.MostPage)
		page, err := s.InState(workspace.KindEntry, stateLogged, workspace.Page{After: EntryID(first - 1), Limit: int(before - first)})
		if err != nil {
			return err
		}
		looked += len(page)
		for _, document := range slices.Backward(page) {
			if len(s.found.Entries) == s.Limit {
				s.found.Next = before
				return nil
			}
			if before, err = s.look(document); err != nil {
				return err
			}
		}
		before = first
	}
	return nil
}

// look takes an entry that fits, and gives its number.
func (s *search) look(document workspace.Document) (int64, error) {
	var e ledger.Entry
	if err := json.Unmarshal(document.Body, &e); err != nil {
		return 0, fmt.Errorf("reading entry %s of the audit log: %w", document.ID, err)
	}
	if !s.fits(e) {
		return e.Number, nil
	}
	here, err := s.here(e)
	if here {
		s.found.Entries = append(s.found.Entries, e)
	}
	return e.Number, err
}

func (q Query) fits(e ledger.Entry) bool {
	return (q.Who == "" || e.Who == q.Who) && (q.Verb == "" || e.Verb == q.Verb) && (q.Kind == "" || e.Kind == q.Kind) &&
		(q.From.IsZero() || !e.At.Before(q.From)) && (q.To.IsZero() || e.At.Before(q.To))
}

// here reports whether an entry is about the place or something in it. Things
// whose id does not say where they are know what they belong to while they are there.
func (s *search) here(e ledger.Entry) (bool, error) {
	if s.Place == "" || in(s.Place, e.ID) {
		return true, nil
	}
	name := string(e.Kind) + "\n" + e.ID
	parent, known := s.parents[name]
	if !known {
		document, err := s.Document(e.Kind, e.ID)
		if err != nil && !errors.Is(err, workspace.ErrNotFound) {
			return false, err
		}
		parent = document.Parent
		s.parents[name] = parent
	}
	return in(s.Place, parent), nil
}

func in(place, id string) bool { return id == place || strings.HasPrefix(id, place+"/") }
