package arch

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/require"
)

func TestLinksKeepsToTheRepository(t *testing.T) {
	got := Links("docs/CLI.md", "[a](../README.md#top) ![b](images/map.png) [c](https://example.org/x) [d](#here) <img src=\"images/x.png\">")
	if want := []string{"README.md", "docs/images/map.png", "docs/images/x.png"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestMachinePathsTellsTheLine(t *testing.T) {
	folder := "/ho" + "me/aigul"
	got := MachinePaths("README.md", "fine: docs/home/page, https://example.org/home/page\nsee "+folder+" for more")
	if want := []string{"README.md:2: " + folder + " exists on one machine only"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestUnnamedTellsTheRoom(t *testing.T) {
	got := Unnamed("The room `gtfs`.", map[string]Layer{".": Map, "internal/gtfs": Formats, "internal/table": Formats})
	if want := []string{"table"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestLinksInPagesLeadSomewhere(t *testing.T) {
	root := require.Root(t)
	eachPage(t, func(page, text string) {
		for _, target := range Links(page, text) {
			if _, err := os.Stat(filepath.Join(root, target)); err != nil {
				t.Errorf("%s: link to %s, which does not exist", page, target)
			}
		}
	})
}

func TestPagesHoldOnAnyMachine(t *testing.T) {
	eachPage(t, func(page, text string) { complain(t, MachinePaths(page, text)) })
}

func TestArchitectureNamesEveryRoom(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(require.Root(t), "docs", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range Unnamed(string(text), Rooms) {
		t.Errorf("docs/ARCHITECTURE.md does not mention room `%s`", name)
	}
}

// eachPage visits every Markdown page of the repository that people wrote.
func eachPage(t *testing.T, visit func(page, text string)) {
	t.Helper()
	root := require.Root(t)
	pages := 0
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && slices.Contains([]string{".git", "node_modules", "build", "bin", "out"}, entry.Name()):
			return filepath.SkipDir
		case entry.IsDir() || !strings.HasSuffix(path, ".md"):
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		page, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		pages++
		visit(filepath.ToSlash(page), string(text))
		return nil
	})
	if err != nil || pages == 0 {
		t.Fatalf("%d pages read: %v", pages, err)
	}
}
