package networkfile

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

func town(t *testing.T) *network.Network {
	t.Helper()
	n, err := network.Assemble(network.Parts{City: network.City{ID: "town"}, Timetable: &transit.Timetable{}})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSaveAndOpen(t *testing.T) {
	path, n := filepath.Join(t.TempDir(), "town.qala"), town(t)
	saved, err := Save(path, n)
	if err != nil {
		t.Fatal(err)
	}
	got, opened, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(n, got); diff != "" || saved != opened || saved != network.Hash(n) {
		t.Error(diff, saved, opened)
	}
}

func TestOpenSaysWhatToDo(t *testing.T) {
	dir := t.TempDir()
	good, cut, zip := filepath.Join(dir, "good"), filepath.Join(dir, "cut"), filepath.Join(dir, "gtfs.zip")
	if _, err := Save(good, town(t)); err != nil {
		t.Fatal(err)
	}
	data, _ := os.ReadFile(good)
	for path, content := range map[string][]byte{cut: data[:len(data)-3], zip: []byte("PK\x03\x04")} {
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]error{
		filepath.Join(dir, "none"): fs.ErrNotExist,
		cut:                        network.ErrTruncated,
		zip:                        network.ErrNotNetwork,
	} {
		_, _, err := Open(path)
		if !errors.Is(err, want) || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "import") {
			t.Errorf("%s: %v", path, err)
		}
	}
	if _, _, err := Open(dir); err == nil || !strings.Contains(err.Error(), dir) {
		t.Errorf("a folder: %v", err)
	}
}
