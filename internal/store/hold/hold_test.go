package hold

import (
	"errors"
	"path/filepath"
	"testing"
)

func TestOneAtATime(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lock")
	release, err := Try(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Try(path); !errors.Is(err, ErrHeld) {
		t.Errorf("a second hold: %v", err)
	}
	release()
	again, err := Try(path)
	if err != nil {
		t.Fatalf("after it was given back: %v", err)
	}
	again()
}

func TestAFolderThatIsNotThere(t *testing.T) {
	if _, err := Try(filepath.Join(t.TempDir(), "no", "lock")); err == nil || errors.Is(err, ErrHeld) {
		t.Errorf("%v", err)
	}
}
