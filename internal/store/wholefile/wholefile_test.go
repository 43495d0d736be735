package wholefile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var errDisk = errors.New("disk full")

// place is a path with the content "old" and the folder it stands in.
func place(t *testing.T) (dir, path string) {
	t.Helper()
	dir = t.TempDir()
	path = filepath.Join(dir, "city.qala")
	if err := os.WriteFile(path, []byte("old"), 0o640); err != nil {
		t.Fatal(err)
	}
	return dir, path
}

// untouched makes sure that nothing happened.
func untouched(t *testing.T, dir, path string) {
	t.Helper()
	if content, err := os.ReadFile(path); err != nil || string(content) != "old" {
		t.Errorf("content %q, %v; want the old one", content, err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("%d files, want one: something was left behind", len(entries))
	}
}

func TestWriteReplacesAndKeepsPermissions(t *testing.T) {
	dir, path := place(t)
	if err := WriteBytes(path, []byte("new")); err != nil {
		t.Fatal(err)
	}
	content, _ := os.ReadFile(path)
	info, _ := os.Stat(path)
	entries, _ := os.ReadDir(dir)
	if string(content) != "new" || info.Mode().Perm() != 0o640 || len(entries) != 1 {
		t.Errorf("content %q, mode %o, %d files", content, info.Mode().Perm(), len(entries))
	}
}

func TestWriteMakesANewFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new")
	if err := WriteBytes(path, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("%v, %v", info, err)
	}
}

func TestWriteFollowsALink(t *testing.T) {
	dir, path := place(t)
	link := filepath.Join(dir, "link")
	if err := os.Symlink(path, link); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := WriteBytes(link, []byte("new")); err != nil {
		t.Fatal(err)
	}
	if content, _ := os.ReadFile(path); string(content) != "new" {
		t.Errorf("behind the link stands %q", content)
	}
	if info, _ := os.Lstat(link); info.Mode()&os.ModeSymlink == 0 {
		t.Error("the link became a file")
	}
}

func TestFailureLeavesNothing(t *testing.T) {
	part := func(w io.Writer) error { _, err := io.WriteString(w, strings.Repeat("x", 1<<20)); return err }
	for name, test := range map[string]struct {
		disk disk
		fill func(io.Writer) error
	}{
		"writer": {onDisk, func(w io.Writer) error { return errors.Join(part(w), errDisk) }},
		"fsync":  {disk{func(*os.File) error { return errDisk }, os.Rename, SyncFolder}, part},
		"rename": {disk{(*os.File).Sync, func(string, string) error { return errDisk }, SyncFolder}, part},
	} {
		dir, path := place(t)
		if err := test.disk.write(path, test.fill); !errors.Is(err, errDisk) || !strings.Contains(err.Error(), path) {
			t.Errorf("%s: %v, want the disk's error with the path", name, err)
		}
		untouched(t, dir, path)
	}
}

func TestFullDeviceIsAnError(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here")
	}
	defer full.Close()
	if err := onDisk.fill(full, 0, func(w io.Writer) error { _, err := w.Write([]byte("x")); return err }); err == nil {
		t.Error("writing to a full device succeeded")
	}
}

func TestPanicLeavesNothing(t *testing.T) {
	dir, path := place(t)
	func() {
		defer func() { _ = recover() }()
		_ = Write(path, func(io.Writer) error { panic("half way") })
	}()
	untouched(t, dir, path)
}

func TestFolderNameThatDidNotLastIsToldThough(t *testing.T) {
	_, path := place(t)
	failing := disk{(*os.File).Sync, os.Rename, func(string) error { return errDisk }}
	if err := failing.write(path, func(io.Writer) error { return nil }); !errors.Is(err, errDisk) {
		t.Errorf("%v", err)
	}
}

func TestFolderIsNoFile(t *testing.T) {
	if err := WriteBytes(t.TempDir(), nil); err == nil {
		t.Error("wrote over a folder")
	}
	if err := WriteBytes(filepath.Join(t.TempDir(), "no", "folder"), nil); err == nil {
		t.Error("wrote into a folder that does not exist")
	}
}
