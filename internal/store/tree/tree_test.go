package tree

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"testing"
	"testing/fstest"

	"github.com/qala-city/qala/internal/workspace"
)

type body struct{ *bytes.Reader }

func (body) Close() error { return nil }

// seeking can be read from one place at a time only.
type seeking struct{ io.ReadSeekCloser }

func opener(whole bool) Open {
	return func(_ context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error) {
		if sum == "" {
			return nil, 0, workspace.ErrNoContent
		}
		b := body{bytes.NewReader([]byte(sum))}
		if whole {
			return b, b.Size(), nil
		}
		return seeking{b}, b.Size(), nil
	}
}

func files(paths ...string) (files []workspace.File) {
	for i, path := range paths {
		text := fmt.Sprintf("text of %d", i)
		files = append(files, workspace.File{Path: path, Sum: workspace.Sum(text), Bytes: int64(len(text))})
	}
	return files
}

func TestTreeIsAFileSystem(t *testing.T) {
	for _, whole := range []bool{true, false} {
		tree := New(context.Background(), files("city.yaml", "gtfs/stops.txt", "gtfs/trips.txt", "a/b/c/d", "z"), opener(whole))
		if err := fstest.TestFS(tree, "city.yaml", "gtfs/stops.txt", "gtfs/trips.txt", "a/b/c/d", "z"); err != nil {
			t.Error(err)
		}
	}
}

func TestTreeWithoutFilesIsAnEmptyFolder(t *testing.T) {
	if err := fstest.TestFS(New(context.Background(), nil, opener(true))); err != nil {
		t.Error(err)
	}
}

func TestOddPathsAreNotShown(t *testing.T) {
	tree := New(context.Background(), files("../x", "/y", "a", "a/b", "", "."), opener(true))
	if err := fstest.TestFS(tree, "a/b"); err != nil {
		t.Error(err)
	}
	for _, name := range []string{"../x", "/y", "x", "y"} {
		if _, err := tree.Open(name); err == nil {
			t.Errorf("%s can be opened", name)
		}
	}
}

func TestContentsThatAreNotThereAreErrors(t *testing.T) {
	tree := New(context.Background(), []workspace.File{{Path: "gone"}}, opener(true))
	_, err := tree.Open("gone")
	var at *fs.PathError
	if !errors.As(err, &at) || !errors.Is(err, workspace.ErrNoContent) {
		t.Errorf("%v", err)
	}
}
