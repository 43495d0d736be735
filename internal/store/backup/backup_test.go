package backup

import (
	"archive/tar"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/store/contents"
	"github.com/qala-city/qala/internal/store/relation"
	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/workspace"
)

var written = Manifest{Program: "qala test", At: time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)}

// server is what a server keeps.
type server struct {
	t      *testing.T
	folder string
	store  *relation.Store
	kept   *contents.Folder
}

func open(t *testing.T, folder string) *server {
	t.Helper()
	if err := os.MkdirAll(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	store, err := sqlite.Open(t.Context(), filepath.Join(folder, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	kept, err := contents.OpenFolder(filepath.Join(folder, contentsName))
	if err != nil {
		t.Fatal(err)
	}
	return &server{t, folder, store, kept}
}

// keep keeps a content and a document that names it.
func (s *server) keep(ctx context.Context, n int) error {
	sum, _, err := s.kept.Put(ctx, strings.NewReader(strings.Repeat(fmt.Sprint(n, " "), 1+n%5000)))
	if err != nil {
		return err
	}
	return s.store.Write(ctx, func(w workspace.Writer) error {
		return w.Insert(workspace.Document{Kind: workspace.KindEvent, ID: fmt.Sprintf("e%06d", n), Body: []byte(`"` + string(sum) + `"`), Created: written.At, Changed: written.At})
	})
}

// named looks at every document, and at the content that it names.
func (s *server) named() (count int) {
	s.t.Helper()
	err := s.store.Read(s.t.Context(), func(r workspace.Reader) error {
		for after := ""; ; {
			page, err := r.Children(workspace.KindEvent, "", workspace.Page{After: after, Limit: workspace.MostPage})
			if err != nil || len(page) == 0 {
				return err
			}
			for _, d := range page {
				count, after = count+1, d.ID
				if err := s.kept.Check(s.t.Context(), workspace.Sum(strings.Trim(string(d.Body), `"`))); err != nil {
					return fmt.Errorf("%s: %w", d.ID, err)
				}
			}
		}
	})
	if err != nil {
		s.t.Error(err)
	}
	return count
}

// TestABusyServerIsKeptAsItIsAtOneMoment: what was acknowledged before is there, and
// all that documents name.
func TestABusyServerIsKeptAsItIsAtOneMoment(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "server"))
	if err := os.WriteFile(filepath.Join(s.folder, "secret.key"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	var acknowledged atomic.Int64
	ctx, stop := context.WithCancel(t.Context())
	busy := make(chan error, 1)
	go func() {
		for n := 0; ctx.Err() == nil; n++ {
			if err := s.keep(ctx, n); err != nil {
				busy <- err
				return
			}
			acknowledged.Add(1)
		}
		busy <- ctx.Err()
	}()
	for round := range 5 {
		for before := acknowledged.Load(); acknowledged.Load() < before+20; {
			time.Sleep(time.Millisecond)
		}
		at := int(acknowledged.Load())
		var archive bytes.Buffer
		tally, err := Write(t.Context(), s.folder, &archive, written)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(t.TempDir(), "server")
		m, again, err := Restore(t.Context(), &archive, to)
		if err != nil || again != tally || m.Program != written.Program || !m.At.Equal(written.At) {
			t.Fatalf("%+v %+v, written %+v: %v", m, again, tally, err)
		}
		if there := open(t, to).named(); there < at {
			t.Errorf("round %d: %d documents, %d were acknowledged before", round, there, at)
		}
		if secret, err := os.ReadFile(filepath.Join(to, "secret.key")); err != nil || string(secret) != "secret" {
			t.Errorf("the secret is %q: %v", secret, err)
		}
	}
	stop()
	if err := <-busy; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// small is an archive of a server with three documents.
func small(t *testing.T) []byte {
	t.Helper()
	s := open(t, filepath.Join(t.TempDir(), "server"))
	for n := range 3 {
		if err := s.keep(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	var archive bytes.Buffer
	if _, err := Write(t.Context(), s.folder, &archive, written); err != nil {
		t.Fatal(err)
	}
	return archive.Bytes()
}

// refused is whether an archive leaves nothing behind, and why.
func refused(t *testing.T, archive []byte) error {
	t.Helper()
	at := t.TempDir()
	_, _, err := Restore(t.Context(), bytes.NewReader(archive), filepath.Join(at, "server"))
	left, errLeft := os.ReadDir(at)
	if err != nil && (len(left) > 0 || errLeft != nil) {
		t.Errorf("%v; left behind: %v %v", err, left, errLeft)
	}
	return err
}

// TestADamagedBackupIsFoundAndLeavesNothing: cut off anywhere, or with other bytes.
func TestADamagedBackupIsFoundAndLeavesNothing(t *testing.T) {
	whole := small(t)
	endsAt := bytes.LastIndex(whole, []byte(endName))
	for length := 0; length < endsAt; length += 1 + endsAt/150 {
		if err := refused(t, whole[:length]); !errors.Is(err, ErrDamaged) && !errors.Is(err, ErrForm) {
			t.Errorf("cut off at %d: %v", length, err)
		}
	}
	found := 0
	for at := 0; at < endsAt; at += 1 + endsAt/150 {
		other := bytes.Clone(whole)
		other[at] ^= 0x20
		if err := refused(t, other); err != nil {
			found++
		}
	}
	if found < 100 {
		t.Errorf("only %d of 150 changed bytes were found", found) // the others lie between files, and mean nothing
	}
	if err := refused(t, whole); err != nil {
		t.Errorf("the whole one: %v", err)
	}
}

// TestABackupWritesNowhereElse: whatever names an archive has.
func TestABackupWritesNowhereElse(t *testing.T) {
	for _, header := range []tar.Header{
		{Typeflag: tar.TypeReg, Name: "../evil"},
		{Typeflag: tar.TypeReg, Name: "/etc/evil"},
		{Typeflag: tar.TypeReg, Name: "contents/../../evil"},
		{Typeflag: tar.TypeReg, Name: "lock"},
		{Typeflag: tar.TypeReg, Name: "contents/" + strings.Repeat("g", 64)},
		{Typeflag: tar.TypeReg, Name: "contents\\evil"},
		{Typeflag: tar.TypeSymlink, Name: databaseName, Linkname: "/etc/passwd"},
		{Typeflag: tar.TypeLink, Name: "secret.key", Linkname: "/etc/passwd"},
		{Typeflag: tar.TypeDir, Name: "contents/"},
		{Typeflag: tar.TypeChar, Name: databaseName},
	} {
		var archive bytes.Buffer
		w := tar.NewWriter(&archive)
		note := []byte(`{"format":1}`)
		err := errors.Join(w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: manifestName, Size: int64(len(note))}))
		_, errNote := w.Write(note)
		if err := errors.Join(err, errNote, w.WriteHeader(&header), w.Close()); err != nil {
			t.Fatal(err)
		}
		if err := refused(t, archive.Bytes()); !errors.Is(err, ErrDamaged) {
			t.Errorf("%q: %v", header.Name, err)
		}
	}
}

// TestWhatIsThereIsNotReplaced by a backup, and a newer backup is not guessed at.
func TestWhatIsThereIsNotReplaced(t *testing.T) {
	whole := small(t)
	at := t.TempDir()
	if _, _, err := Restore(t.Context(), bytes.NewReader(whole), at); !errors.Is(err, ErrThere) {
		t.Errorf("%v", err)
	}
	newer := bytes.Replace(whole, []byte(`{"format":1,`), []byte(`{"format":2,`), 1)
	if err := refused(t, newer); !errors.Is(err, ErrFormat) {
		t.Errorf("%v", err)
	}
	if _, err := Write(t.Context(), filepath.Join(at, "none"), &bytes.Buffer{}, written); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a server that is not there: %v", err)
	}
	if _, err := os.Stat(filepath.Join(at, "none")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it is there now: %v", err)
	}
}

func FuzzRestore(f *testing.F) {
	f.Add([]byte("x"))
	var archive bytes.Buffer
	w := tar.NewWriter(&archive)
	note := []byte(`{"format":1}`)
	_ = w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: manifestName, Size: int64(len(note))})
	_, _ = w.Write(note)
	_ = w.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: endName, Size: 2})
	_, _ = w.Write([]byte("{}"))
	_ = w.Close()
	f.Add(archive.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := refused(t, data); err == nil {
			t.Error("no database, and restored")
		}
	})
}
