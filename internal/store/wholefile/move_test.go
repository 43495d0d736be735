package wholefile

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestMoveReplaces(t *testing.T) {
	dir, path := place(t)
	from := filepath.Join(dir, "part")
	if err := os.WriteFile(from, []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Move(from, path); err != nil {
		t.Fatal(err)
	}
	content, _ := os.ReadFile(path)
	if entries, _ := os.ReadDir(dir); string(content) != "new" || len(entries) != 1 {
		t.Errorf("%q, %d files", content, len(entries))
	}
	if err := Move(from, path); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v", err)
	}
}

func TestMoveThatCannotSyncMovesNothing(t *testing.T) {
	dir, path := place(t)
	from := filepath.Join(dir, "part")
	if err := os.WriteFile(from, []byte("new"), 0o600); err != nil {
		t.Fatal(err)
	}
	failing := disk{func(*os.File) error { return errDisk }, os.Rename, SyncFolder}
	if err := failing.move(from, path); !errors.Is(err, errDisk) {
		t.Errorf("%v", err)
	}
	if content, _ := os.ReadFile(path); string(content) != "old" {
		t.Errorf("%q", content)
	}
}
