package main

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
)

// putSection keeps a part of a page between two marks that name it, so that
// several measurements share one page. A new part goes to its end.
func putSection(ctx context.Context, path, name string, text []byte) error {
	page, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return keep(ctx, path, withSection(page, name, text))
}

func withSection(page []byte, name string, text []byte) []byte {
	begin, end := []byte("<!-- "+name+" -->\n"), []byte("<!-- end of "+name+" -->\n")
	part := bytes.Join([][]byte{begin, text, end}, nil)
	before, rest, found := bytes.Cut(page, begin)
	if !found {
		return bytes.Join([][]byte{bytes.TrimRight(page, "\n"), part}, []byte("\n\n"))
	}
	_, after, found := bytes.Cut(rest, end)
	if !found {
		after = nil
	}
	return bytes.Join([][]byte{before, part, after}, nil)
}

// sectionsOf are the marked parts of a page, as they stand.
func sectionsOf(page []byte) []byte {
	at := bytes.Index(page, []byte("<!-- "))
	if at < 0 {
		return nil
	}
	return append([]byte("\n"), page[at:]...)
}
