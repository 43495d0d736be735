package relation

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver

	"github.com/qala-city/qala/internal/workspace"
)

const first = `-- +goose Up
CREATE TABLE documents (kind TEXT, id TEXT, parent TEXT, state TEXT, revision INTEGER, created INTEGER, changed INTEGER,
	changed_by TEXT, body BLOB, PRIMARY KEY (kind, id));
CREATE TABLE probe (one INTEGER PRIMARY KEY, beats INTEGER);
`

func openSteps(t *testing.T, path string, steps map[string]string) (*Store, error) {
	t.Helper()
	files := fstest.MapFS{}
	for name, text := range steps {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return Open(t.Context(), Dialect{
		Name: goose.DialectSQLite3, Migrations: files,
		Alone:  func(context.Context) (func(), error) { return func() {}, nil },
		Again:  func(err error) bool { return errors.Is(err, errAgain) },
		Broken: func(error) bool { return false },
	}, db, db)
}

func kept(t *testing.T, store *Store, id string) bool {
	t.Helper()
	err := store.Read(t.Context(), func(r workspace.Reader) error {
		_, err := r.Document(workspace.KindJob, id)
		return err
	})
	if err != nil && !errors.Is(err, workspace.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

// A step that fails leaves the database as it was: for the program before, and for the step when it is mended.
func TestAStepIsThereWholeOrNot(t *testing.T) {
	path := filepath.Join(t.TempDir(), "db")
	old, err := openSteps(t, path, map[string]string{"1_first.sql": first})
	if err != nil {
		t.Fatal(err)
	}
	err = old.Write(t.Context(), func(w workspace.Writer) error {
		return w.Insert(workspace.Document{Kind: workspace.KindJob, ID: "kept"})
	})
	if err := errors.Join(err, old.Close()); err != nil {
		t.Fatal(err)
	}
	bad := "-- +goose Up\nDELETE FROM documents;\nALTER TABLE documents ADD COLUMN more TEXT;\nNONSENSE;\n"
	if _, err := openSteps(t, path, map[string]string{"1_first.sql": first, "2_second.sql": bad}); err == nil {
		t.Fatal("nonsense is no step")
	}
	good := "-- +goose Up\nALTER TABLE documents ADD COLUMN more TEXT;\n"
	for _, steps := range []map[string]string{
		{"1_first.sql": first},
		{"1_first.sql": first, "2_second.sql": good},
		{"1_first.sql": first, "2_second.sql": good},
	} {
		store, err := openSteps(t, path, steps)
		if err != nil {
			t.Fatal(err)
		}
		if !kept(t, store, "kept") {
			t.Error("the document is gone")
		}
		if err := store.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := openSteps(t, path, map[string]string{"1_first.sql": first}); !errors.Is(err, ErrNewer) ||
		!strings.Contains(err.Error(), "it has version 2, this one knows 1") {
		t.Errorf("%v", err)
	}
}

var errAgain = errors.New("again")

func TestConflictsEndWhenTheyNeverEnd(t *testing.T) {
	store, err := openSteps(t, filepath.Join(t.TempDir(), "db"), map[string]string{"1_first.sql": first})
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	if err := store.Write(t.Context(), func(workspace.Writer) error { calls++; return errAgain }); !errors.Is(err, ErrBusy) || calls != mostTries {
		t.Errorf("%d calls, %v", calls, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	err = store.Write(ctx, func(w workspace.Writer) error {
		cancel()
		return errAgain
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	calls = 0
	err = store.Write(t.Context(), func(w workspace.Writer) error {
		if calls++; calls < 3 {
			return errors.Join(w.Insert(workspace.Document{Kind: workspace.KindJob, ID: "early"}), errAgain)
		}
		return w.Insert(workspace.Document{Kind: workspace.KindJob, ID: "late"})
	})
	if err != nil || calls != 3 || kept(t, store, "early") || !kept(t, store, "late") {
		t.Errorf("%d calls, %v", calls, err)
	}
	if err := store.Close(); err != nil {
		t.Error(err)
	}
}
