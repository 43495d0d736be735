package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// Watched is a store whose changes become entries by themselves, in the same
// transaction, and that lets nobody change what is to stay as it is. Who asks
// is what the context knows (ledger.With), else what the document says.
type Watched struct {
	Store
	Log  *Desk
	Told []workspace.Kind // kinds whose changes are told
	// Frozen are kinds whose documents are never changed or removed once they are there.
	Frozen []workspace.Kind
}

// Watch is a store with a log beside it, as the house uses it: what a team plans
// is told of; entries of the log and released plans stay as they are. Jobs are
// not told of: they follow from the runs that were asked for. Accounts, keys and plans tell
// of themselves, in words.
func Watch(store Store, log *Desk) *Watched {
	return &Watched{
		Store: store, Log: log,
		Told: []workspace.Kind{
			workspace.KindCity, workspace.KindEvent, workspace.KindScenario, workspace.KindRun, workspace.KindBatch, workspace.KindReport,
		},
		Frozen: []workspace.Kind{workspace.KindEntry, workspace.KindRelease},
	}
}

// ErrFrozen is the error of a change to something that never changes.
var ErrFrozen = errors.New("what was written there stays as it is")

// Write does all that do does and tells of it, or does nothing.
func (s *Watched) Write(ctx context.Context, do func(workspace.Writer) error) error {
	return s.Store.Write(ctx, func(w workspace.Writer) error {
		watched := &watchedWriter{Writer: w, store: s, by: ledger.From(ctx)}
		if err := do(watched); err != nil {
			return err
		}
		for _, act := range watched.acts {
			if err := s.Log.Append(w, act); err != nil {
				return err
			}
		}
		return nil
	})
}

// watchedWriter remembers what was done.
type watchedWriter struct {
	workspace.Writer
	store *Watched
	by    ledger.Origin
	acts  []ledger.Act
}

func (w *watchedWriter) tell(verb ledger.Verb, d workspace.Document, before, after []byte) {
	if !slices.Contains(w.store.Told, d.Kind) {
		return
	}
	by := w.by
	if by.Who == "" {
		by.Who = d.By
	}
	w.acts = append(w.acts, ledger.Act{Origin: by, Verb: verb, Kind: d.Kind, ID: d.ID, Before: object(before), After: object(after)})
}

// object is a body as something to compare; nil for none.
func object(body []byte) any {
	if body == nil {
		return nil
	}
	return json.RawMessage(body)
}

// Insert keeps a new document.
func (w *watchedWriter) Insert(d workspace.Document) error {
	if err := w.Writer.Insert(d); err != nil {
		return err
	}
	w.tell(ledger.Create, d, nil, d.Body)
	return nil
}

// Replace keeps another text of a document.
func (w *watchedWriter) Replace(d workspace.Document) (int64, error) {
	before, err := w.was(d.Kind, d.ID)
	if err != nil {
		return 0, err
	}
	revision, err := w.Writer.Replace(d)
	if err == nil {
		w.tell(ledger.Change, d, before.Body, d.Body)
	}
	return revision, err
}

// Delete removes a document.
func (w *watchedWriter) Delete(kind workspace.Kind, id string, revision int64) error {
	before, err := w.was(kind, id)
	if err != nil {
		return err
	}
	if err := w.Writer.Delete(kind, id, revision); err != nil {
		return err
	}
	w.tell(ledger.Remove, workspace.Document{Kind: kind, ID: id}, before.Body, nil)
	return nil
}

// was is the document before a change, where that is told of. One that never changes is ErrFrozen.
func (w *watchedWriter) was(kind workspace.Kind, id string) (workspace.Document, error) {
	if slices.Contains(w.store.Frozen, kind) {
		return workspace.Document{}, fmt.Errorf("%s %q: %w", kind, id, ErrFrozen)
	}
	if !slices.Contains(w.store.Told, kind) {
		return workspace.Document{}, nil
	}
	return w.Writer.Document(kind, id)
}
