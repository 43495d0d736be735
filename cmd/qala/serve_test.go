package main

import (
	"io/fs"
	"strings"
	"testing"

	example "github.com/qala-city/qala/examples/astana"
)

// exampleFile is a file of the built-in city.
func exampleFile(t *testing.T, name string) string {
	t.Helper()
	data, err := example.Files.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// exampleFiles are the files of the built-in city beside its description.
func exampleFiles(t *testing.T) (names []string) {
	t.Helper()
	err := fs.WalkDir(example.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !strings.HasPrefix(name, "events/") && name != "city.yaml" {
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
