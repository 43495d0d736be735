package contents

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/store/conformance"
	"github.com/qala-city/qala/internal/workspace"
)

func TestFolderConforms(t *testing.T) {
	conformance.Contents(t, func(t testing.TB) conformance.Shelf {
		root := filepath.Join(t.TempDir(), "contents")
		return func() (conformance.Keeper, error) { return OpenFolder(root) }
	})
}

func folder(t *testing.T) *Folder {
	t.Helper()
	f, err := OpenFolder(filepath.Join(t.TempDir(), "contents"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func put(t *testing.T, f *Folder, text string) workspace.Sum {
	t.Helper()
	sum, _, err := f.Put(t.Context(), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func TestDamageIsFoundAndMended(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"other byte": func(path string) error { return os.WriteFile(path, []byte("kepT"), 0o600) },
		"shorter":    func(path string) error { return os.Truncate(path, 2) },
		"longer":     func(path string) error { return os.WriteFile(path, []byte("kept!"), 0o600) },
	} {
		t.Run(name, func(t *testing.T) {
			f := folder(t)
			sum := put(t, f, "kept")
			if err := spoil(f.path(sum)); err != nil {
				t.Fatal(err)
			}
			if err := f.Check(t.Context(), sum); !errors.Is(err, workspace.ErrDamaged) {
				t.Errorf("%v", err)
			}
			put(t, f, "kept")
			if err := f.Check(t.Context(), sum); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestLeftoversGoAfterADay(t *testing.T) {
	f := folder(t)
	old, fresh := filepath.Join(f.root, incoming, "put-1"), filepath.Join(f.root, incoming, "put-2")
	for path, age := range map[string]time.Duration{old: leftover + time.Hour, fresh: leftover - time.Hour} {
		at := time.Now().Add(-age)
		if err := errors.Join(os.WriteFile(path, []byte("half"), 0o600), os.Chtimes(path, at, at)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := OpenFolder(f.root); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the old one is there: %v", err)
	}
	if _, err := os.Stat(fresh); err != nil {
		t.Errorf("the fresh one is gone: %v", err)
	}
}

func TestStrangeFilesAreNoContents(t *testing.T) {
	f := folder(t)
	sum := put(t, f, "kept")
	for _, name := range []string{string(sum) + ".tmp", "README", strings.Repeat("0", 64)} {
		if err := os.WriteFile(filepath.Join(f.root, string(sum[:2]), name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if sums, err := f.Sums(t.Context(), "", 10); err != nil || len(sums) != 1 || sums[0] != sum {
		t.Errorf("%q, %v", sums, err)
	}
}

func TestAFolderThatCannotBe(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenFolder(path); err == nil {
		t.Error("a file is no folder")
	}
}

var errDisk = syscall.EIO

// After a disk has failed nothing is acknowledged any more, and what was stays.
func TestAFailedDiskIsNotBelievedAgain(t *testing.T) {
	for name, failing := range map[string]disk{
		"file":   {sync: func(*os.File) error { return errDisk }, rename: os.Rename, syncFolder: onDisk.syncFolder},
		"folder": {sync: onDisk.sync, rename: os.Rename, syncFolder: func(string) error { return errDisk }},
	} {
		t.Run(name, func(t *testing.T) {
			f := folder(t)
			sum := put(t, f, "before")
			f.disk = failing
			if _, _, err := f.Put(t.Context(), strings.NewReader("x")); !errors.Is(err, errDisk) || !errors.Is(err, workspace.ErrBroken) {
				t.Errorf("%v", err)
			}
			f.disk = onDisk
			if _, _, err := f.Put(t.Context(), strings.NewReader("x")); !errors.Is(err, errDisk) || !errors.Is(err, workspace.ErrBroken) {
				t.Errorf("again: %v", err)
			}
			if err := f.Check(t.Context(), sum); err != nil {
				t.Error(err)
			}
			again, err := OpenFolder(f.root)
			if err != nil {
				t.Fatal(err)
			}
			put(t, again, "x")
		})
	}
}

func TestAFullDiskMayHaveRoomAgain(t *testing.T) {
	f := folder(t)
	f.disk.sync = func(*os.File) error { return &os.PathError{Op: "sync", Err: syscall.ENOSPC} }
	if _, _, err := f.Put(t.Context(), strings.NewReader("x")); !errors.Is(err, syscall.ENOSPC) || errors.Is(err, workspace.ErrBroken) {
		t.Errorf("%v", err)
	}
	f.disk = onDisk
	put(t, f, "x")
	if entries, err := os.ReadDir(filepath.Join(f.root, incoming)); err != nil || len(entries) != 0 {
		t.Errorf("%v is left, %v", entries, err)
	}
}

func TestWhatCannotBeMovedIsNotKept(t *testing.T) {
	f := folder(t)
	f.disk.rename = func(string, string) error { return errDisk }
	if _, _, err := f.Put(t.Context(), bytes.NewReader(nil)); !errors.Is(err, errDisk) {
		t.Errorf("%v", err)
	}
	if entries, err := os.ReadDir(filepath.Join(f.root, incoming)); err != nil || len(entries) != 0 {
		t.Errorf("%v is left, %v", entries, err)
	}
}
