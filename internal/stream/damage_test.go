package stream

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// damages are what may have become of a file.
var damages = map[string]func(path string, content []byte) error{
	"removed": func(path string, _ []byte) error { return os.Remove(path) },
	"empty":   func(path string, _ []byte) error { return os.WriteFile(path, nil, 0o600) },
	"half":    func(path string, content []byte) error { return os.WriteFile(path, content[:len(content)/2], 0o600) },
	"bit": func(path string, content []byte) error {
		content[len(content)/2] ^= 4
		return os.WriteFile(path, content, 0o600)
	},
	"zeros": func(path string, content []byte) error { clear(content); return os.WriteFile(path, content, 0o600) },
	"appended": func(path string, content []byte) error {
		return os.WriteFile(path, append(content, "rubbish"...), 0o600)
	},
}

// A store with a damaged file either opens and works, or is refused with its
// folder named. It never hangs. Jobs are missing only where the damage is to the
// file that holds them.
func TestDamagedStore(t *testing.T) {
	whole := t.TempDir()
	const jobs = 30
	s := openEmbedded(t, whole, AckWait(testAckWait))
	for i := range jobs {
		publish(t, s, fmt.Sprint(i))
	}
	done(t, take(t, s))
	shut(t, s)
	for _, path := range files(t, whole) {
		for name, damage := range damages {
			t.Run(filepath.Base(path)+" "+name, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "queue")
				if err := os.CopyFS(dir, os.DirFS(whole)); err != nil {
					t.Fatal(err)
				}
				content, err := os.ReadFile(filepath.Join(dir, path))
				if err != nil {
					t.Fatal(err)
				}
				if err := damage(filepath.Join(dir, path), content); err != nil {
					t.Fatal(err)
				}
				came := tryDamaged(t, dir)
				t.Logf("%s: %d jobs", path, came)
				if came > jobs-1 || came >= 0 && came < jobs-1 && filepath.Ext(path) != ".blk" {
					t.Errorf("%d jobs came, want %d", came, jobs-1)
				}
			})
		}
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	var found []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() {
			found = append(found, path)
		}
		return err
	})
	if err != nil || len(found) < 4 {
		t.Fatalf("the store has the files %q (%v)", found, err)
	}
	return found
}

// tryDamaged says how many jobs a damaged store hands out, -1 for one that is refused.
func tryDamaged(t *testing.T, dir string) int {
	t.Helper()
	s, err := Embedded(within(t, 30*time.Second), dir, AckWait(testAckWait))
	if err != nil {
		if errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), dir) {
			t.Errorf("%v; want a reason with the folder, at once", err)
		}
		t.Log(err)
		return -1
	}
	defer shut(t, s)
	publish(t, s, "after the damage")
	for n := 0; ; n++ {
		d := take(t, s)
		done(t, d)
		if d.Job() == "after the damage" {
			return n
		}
	}
}

func TestAFolderThatWasRemovedIsMadeAnew(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "queue")
	s := openEmbedded(t, dir)
	publish(t, s, "old")
	shut(t, s)
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	s = openEmbedded(t, dir)
	publish(t, s, "new")
	if d := take(t, s); d.Job() != "new" {
		t.Errorf("took %q of a new queue", d.Job())
	}
}
