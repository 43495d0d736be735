package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/qala-city/qala/internal/store/conformance"
)

func place(t testing.TB) conformance.Place {
	path := filepath.Join(t.TempDir(), "folder with ? and %20", "qala.db")
	makeFolder(t, path)
	return func() (conformance.Store, error) { return Open(t.Context(), path) }
}

func TestConformance(t *testing.T) { conformance.Documents(t, place) }

func makeFolder(t testing.TB, path string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
}
