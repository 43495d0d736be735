package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/qala-city/qala/internal/store/conformance"
	"github.com/qala-city/qala/internal/store/hold"
	"github.com/qala-city/qala/internal/store/relation"
	"github.com/qala-city/qala/internal/workspace"
)

func TestConformance(t *testing.T) {
	conformance.Documents(t, func(t testing.TB) conformance.Place {
		path := inFolder(t, "folder with ?, # and %20")
		return func() (conformance.Store, error) { return Open(t.Context(), path) }
	})
}

// inFolder is where a database can be, in a new folder of that name.
func inFolder(t testing.TB, name string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), name)
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(folder, "qala.db")
}

func opened(t testing.TB, path string) *relation.Store {
	t.Helper()
	store, err := Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

// raw is the database without the store.
func raw(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := pool(path, 1, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestEveryConnectionIsDurable(t *testing.T) {
	path := inFolder(t, "a")
	opened(t, path)
	for more, writing := range map[string]string{"_txlock=immediate": "0", "_pragma=query_only(1)": "1"} {
		db, err := pool(path, 1, more)
		if err != nil {
			t.Fatal(err)
		}
		for name, want := range map[string]string{
			"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "10000",
			"journal_size_limit": "67108864", "query_only": writing,
		} {
			var got string
			if err := db.QueryRow("PRAGMA " + name).Scan(&got); err != nil || got != want {
				t.Errorf("with %s %s is %q, want %q (%v)", more, name, got, want, err)
			}
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestTheFileIsForItsOwnerOnly(t *testing.T) {
	path := inFolder(t, "a")
	opened(t, path)
	for _, ending := range []string{"", "-wal"} {
		if info, err := os.Stat(path + ending); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", ending, info, err)
		}
	}
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	path := inFolder(t, "a")
	if err := opened(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := raw(t, path).Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); !errors.Is(err, relation.ErrNewer) || !strings.Contains(err.Error(), "version 99") {
		t.Errorf("%v", err)
	}
}

func TestWhatIsNoDatabaseIsRefused(t *testing.T) {
	path := inFolder(t, "a")
	text := []byte(strings.Repeat("this is a letter\n", 1000))
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), path); err == nil {
		t.Error("opened a letter")
	}
	if got, err := os.ReadFile(path); err != nil || string(got) != string(text) {
		t.Errorf("the letter was changed (%v)", err)
	}
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "no", "qala.db")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestManyOpenANewDatabaseAtOnce(t *testing.T) {
	path := inFolder(t, "a")
	var group sync.WaitGroup
	for i := range 6 {
		group.Go(func() {
			store, err := Open(t.Context(), path)
			if err != nil {
				t.Error(err)
				return
			}
			err = store.Write(t.Context(), func(w workspace.Writer) error {
				return w.Insert(workspace.Document{Kind: workspace.KindJob, ID: fmt.Sprint(i)})
			})
			if err := errors.Join(err, store.Check(t.Context()), store.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	var count int
	if err := raw(t, path).QueryRow("SELECT count(*) FROM documents").Scan(&count); err != nil || count != 6 {
		t.Errorf("%d, %v", count, err)
	}
}

func TestOpeningWaitsForItsTurnAndGivesUp(t *testing.T) {
	path := inFolder(t, "a")
	release, err := hold.Try(path + ".lock")
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { _, err := Open(ctx, path); done <- err }()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// A database that is damaged in the middle of its life is found out, and nothing is written to it any more.
func TestADamagedDatabaseTakesNoMore(t *testing.T) {
	path := inFolder(t, "a")
	store := opened(t, path)
	insert := func(id string) error {
		return store.Write(t.Context(), func(w workspace.Writer) error {
			return w.Insert(workspace.Document{Kind: workspace.KindJob, ID: id, Body: make([]byte, 1000)})
		})
	}
	for i := range 100 {
		if err := insert(fmt.Sprint(i)); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	spoil(t, path)
	store = opened(t, path)
	for i := 0; ; i++ {
		if err := insert(fmt.Sprint("new", i)); errors.Is(err, workspace.ErrBroken) {
			break
		} else if err != nil || i > 1000 {
			t.Fatalf("%d: %v", i, err)
		}
	}
	if err := insert("later"); !errors.Is(err, workspace.ErrBroken) {
		t.Errorf("%v", err)
	}
	if err := store.Check(t.Context()); !errors.Is(err, workspace.ErrBroken) {
		t.Errorf("check: %v", err)
	}
}

// spoil overwrites the pages behind the tables of the schema.
func spoil(t *testing.T, path string) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	var root int64
	db := raw(t, path)
	if err := db.QueryRow("SELECT rootpage FROM sqlite_schema WHERE name = 'documents'").Scan(&root); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = file.WriteAt([]byte(strings.Repeat("\xff", 4096)), (root-1)*4096)
	if err := errors.Join(err, file.Close()); err != nil {
		t.Fatal(err)
	}
}
