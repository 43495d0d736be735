package postgres

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/store/conformance"
	"github.com/qala-city/qala/internal/store/relation"
	"github.com/qala-city/qala/internal/workspace"
)

func TestConformance(t *testing.T) {
	conformance.Documents(t, func(t testing.TB) conformance.Place {
		address := require.Postgres(t)
		return func() (conformance.Store, error) { return Open(t.Context(), address) }
	})
}

func TestContentsConform(t *testing.T) {
	conformance.Contents(t, func(t testing.TB) conformance.Shelf {
		address := require.Postgres(t)
		return func() (conformance.Keeper, error) { return opened(t, address).Contents(), nil }
	})
}

func opened(t testing.TB, address string) *Store {
	t.Helper()
	store, err := Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store
}

func TestADamagedContentIsFound(t *testing.T) {
	store := opened(t, require.Postgres(t))
	for name, spoil := range map[string]string{
		"other byte": "UPDATE chunks SET body = set_byte(body, 3, 0) WHERE number = 1",
		"shorter":    "UPDATE chunks SET body = substr(body, 1, 9) WHERE number = 0",
		"gone":       "DELETE FROM chunks WHERE number = 1",
	} {
		sum, _, err := store.Contents().Put(t.Context(), strings.NewReader(name+strings.Repeat("x", 2*chunk)))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.contents.writing.Exec(spoil); err != nil {
			t.Fatal(err)
		}
		err = store.Contents().Check(t.Context(), sum)
		if !errors.Is(err, workspace.ErrDamaged) && !errors.Is(err, workspace.ErrNoContent) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestManyOpenAnEmptyDatabaseAtOnce(t *testing.T) {
	address := require.Postgres(t)
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			store, err := Open(t.Context(), address)
			if err != nil {
				t.Error(err)
				return
			}
			if err := errors.Join(store.Check(t.Context()), store.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func TestACommitWaitsForTheDisk(t *testing.T) {
	address := require.Postgres(t)
	db := raw(t, address)
	if _, err := db.Exec("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$"); err != nil {
		t.Fatal(err)
	}
	store := opened(t, address)
	for name, want := range map[string]string{"synchronous_commit": "on", "enable_seqscan": "off", "idle_in_transaction_session_timeout": "1min"} {
		for _, pool := range []*sql.DB{store.contents.reading, store.contents.writing} {
			var got string
			if err := pool.QueryRow("SHOW " + name).Scan(&got); err != nil || got != want {
				t.Errorf("%s is %q, want %q (%v)", name, got, want, err)
			}
		}
	}
}

func raw(t testing.TB, address string) *sql.DB {
	t.Helper()
	db, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	address := require.Postgres(t)
	if err := opened(t, address).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := raw(t, address).Exec("INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, true)"); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), address); !errors.Is(err, relation.ErrNewer) || !strings.Contains(err.Error(), "version 99") {
		t.Errorf("%v", err)
	}
}

func TestADatabaseThatCannotBeReached(t *testing.T) {
	for _, address := range []string{"postgres://qala@/none?host=" + t.TempDir(), "postgres://qala@127.0.0.1:bad/x", "\x00"} {
		if _, err := Open(t.Context(), address); err == nil {
			t.Errorf("%q was opened", address)
		}
	}
}

// Two who read what the other writes cannot both be right: one of them is called again.
func TestConflictsAreTriedAgain(t *testing.T) {
	store := opened(t, require.Postgres(t))
	kinds := []workspace.Kind{workspace.KindRun, workspace.KindBatch}
	var ready, group sync.WaitGroup
	ready.Add(2)
	calls := [2]int{}
	for i := range 2 {
		group.Go(func() {
			err := store.Write(t.Context(), func(w workspace.Writer) error {
				calls[i]++
				list, err := w.Children(kinds[1-i], "", workspace.Page{Limit: 1})
				if err != nil || len(list) > 0 {
					return err
				}
				if calls[i] == 1 {
					ready.Done()
					ready.Wait()
				}
				return w.Insert(workspace.Document{Kind: kinds[i], ID: "mine"})
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	both := 0
	err := store.Read(context.Background(), func(r workspace.Reader) error {
		for _, kind := range kinds {
			if _, err := r.Document(kind, "mine"); err == nil {
				both++
			}
		}
		return nil
	})
	if err != nil || both != 1 || calls[0]+calls[1] != 3 {
		t.Errorf("%d were kept in %v calls, %v", both, calls, err)
	}
}
