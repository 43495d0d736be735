package cities

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/kept"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

func sum(text string) string {
	digest := sha256.Sum256([]byte(text))
	return hex.EncodeToString(digest[:])
}

// stock puts a content on the shelf.
func stock(t *testing.T, s *Shelf, name, text string) string {
	t.Helper()
	part, err := s.Part(name, "here")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.WriteFile(part, []byte(text), 0o600), s.Keep(name, part, sum(text))); err != nil {
		t.Fatal(err)
	}
	return sum(text)
}

func TestIndexComesBack(t *testing.T) {
	s := At(filepath.Join(t.TempDir(), "not", "there", "yet"))
	if names, err := s.Names(); err != nil || len(names) != 0 {
		t.Fatal(names, err)
	}
	at := time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)
	for _, name := range []string{"porto", "almaty"} {
		c := kept.City{
			Format: kept.Format, Name: name, Description: kept.Source{Path: "city.yaml", SHA256: "x", Fetched: at},
			Sources:  []kept.Source{{Path: "a.zip", Location: "https://x/a.zip", ETag: `"1"`}},
			Versions: []kept.Version{{ID: "1", Counts: map[string]int{"stops": 3}, Made: at}},
		}
		if err := s.Write(c); err != nil {
			t.Fatal(err)
		}
		got, err := s.Read(name)
		if diff := cmp.Diff(c, got); err != nil || diff != "" {
			t.Error(err, diff)
		}
	}
	if names, err := s.Names(); err != nil || !slices.Equal(names, []string{"almaty", "porto"}) {
		t.Error(names, err)
	}
}

func TestIndexThatCannotBeRead(t *testing.T) {
	s := At(t.TempDir())
	for _, name := range []string{"none", "../x", "", "a/b"} {
		if _, err := s.Read(name); !errors.Is(err, ErrNoCity) {
			t.Errorf("%q: %v", name, err)
		}
	}
	for _, text := range []string{"{", `{"format": 99}`, `{"format": 1, "name": 5}`, ""} {
		if err := s.writeWhole([]byte(text), "town", indexName); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Read("town"); !errors.Is(err, ErrIndex) || !strings.Contains(err.Error(), indexName) {
			t.Errorf("%s: %v", text, err)
		}
	}
	if err := s.Write(kept.City{Name: "../out"}); !errors.Is(err, ErrNoCity) {
		t.Errorf("wrote outside: %v", err)
	}
}

func TestSources(t *testing.T) {
	s := At(t.TempDir())
	id := stock(t, s, "town", "content")
	if !s.Has("town", id, 7) || s.Has("town", id, 8) || s.Has("town", sum("other"), 7) || s.Has("town", "", 7) {
		t.Error("what is kept is told wrongly")
	}
	if err := s.Check("town", id); err != nil {
		t.Error(err)
	}
	file, err := s.Open("town", id)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, ok := file.(io.ReaderAt); !ok {
		t.Error("a source cannot be read from any place")
	}
	if err := os.WriteFile(s.in("town", sourcesName, id), []byte("CONTENT"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := s.Check("town", id); !errors.Is(err, ErrDamaged) || s.Has("town", id, 7) {
		t.Errorf("%v; a damaged source is still kept: %v", err, s.Has("town", id, 7))
	}
}

func TestNetworks(t *testing.T) {
	s := At(t.TempDir())
	n, err := network.Assemble(network.Parts{City: network.City{ID: "town"}, Timetable: &transit.Timetable{}})
	if err != nil {
		t.Fatal(err)
	}
	hash, bytes, err := s.SaveNetwork("town", "v1", n)
	if err != nil || hash != network.Hash(n) || bytes == 0 || !s.HasNetwork("town", "v1") || s.HasNetwork("town", "v2") {
		t.Error(hash, bytes, err)
	}
	if got, err := s.Network("town", "v1"); err != nil || got.City.ID != "town" {
		t.Error(err)
	}
}

func TestLockIsForOne(t *testing.T) {
	s := At(t.TempDir())
	inside, most := 0, 0
	var mu sync.Mutex
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			release, err := s.Lock(t.Context(), "town", func() {})
			if err != nil {
				t.Error(err)
				return
			}
			mu.Lock()
			inside++
			most = max(most, inside)
			mu.Unlock()
			time.Sleep(5 * time.Millisecond)
			mu.Lock()
			inside--
			mu.Unlock()
			release()
		})
	}
	group.Wait()
	if most != 1 {
		t.Errorf("%d had the lock at once", most)
	}
}

func TestLockIsWaitedForUntilTheContextEnds(t *testing.T) {
	s := At(t.TempDir())
	release, err := s.Lock(t.Context(), "town", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	other, err := s.Lock(t.Context(), "", nil)
	if err != nil {
		t.Fatalf("the shelf is another lock: %v", err)
	}
	other()
	ctx, cancel := context.WithCancel(t.Context())
	told := 0
	if _, err := s.Lock(ctx, "town", func() { told++; cancel() }); !errors.Is(err, context.Canceled) || told != 1 {
		t.Errorf("%v, told %d times", err, told)
	}
	if _, err := s.Lock(t.Context(), "../x", nil); !errors.Is(err, ErrNoCity) {
		t.Errorf("%v", err)
	}
}
