// Package tree shows contents, each under a path, as a folder of files.
package tree

import (
	"cmp"
	"context"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// Open opens a content.
type Open func(ctx context.Context, sum workspace.Sum) (io.ReadSeekCloser, int64, error)

// Tree is a folder that cannot be changed. It is an fs.FS with folders for what
// lies between slashes. Files can be read from any place where their contents can.
type Tree struct {
	ctx     context.Context //nolint:containedctx // fs.FS has no other way to be told when to end
	open    Open
	entries map[string]*entry
}

// entry is a file or a folder of the tree.
type entry struct {
	name  string // the last part of its path
	file  workspace.File
	below []*entry // of a folder, by name; nil for a file
	isDir bool
}

// New shows files with valid paths (fs.ValidPath). A path that is a file and also
// the folder of another one is the folder.
func New(ctx context.Context, files []workspace.File, open Open) *Tree {
	t := &Tree{ctx: ctx, open: open, entries: map[string]*entry{".": {name: ".", isDir: true}}}
	for _, file := range files {
		if fs.ValidPath(file.Path) && file.Path != "." {
			t.folder(path.Dir(file.Path))
		}
	}
	for _, file := range files {
		if fs.ValidPath(file.Path) && t.entries[file.Path] == nil {
			t.add(file.Path, &entry{name: path.Base(file.Path), file: file})
		}
	}
	for _, e := range t.entries {
		slices.SortFunc(e.below, func(a, b *entry) int { return cmp.Compare(a.name, b.name) })
	}
	return t
}

func (t *Tree) folder(at string) {
	if t.entries[at] != nil {
		return
	}
	t.folder(path.Dir(at))
	t.add(at, &entry{name: path.Base(at), isDir: true})
}

func (t *Tree) add(at string, e *entry) {
	t.entries[at] = e
	above := t.entries[path.Dir(at)]
	above.below = append(above.below, e)
}

func (t *Tree) find(op, name string) (*entry, error) {
	e := t.entries[name]
	switch {
	case !fs.ValidPath(name):
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrInvalid}
	case e == nil:
		return nil, &fs.PathError{Op: op, Path: name, Err: fs.ErrNotExist}
	}
	return e, nil
}

// Open opens a file or a folder.
func (t *Tree) Open(name string) (fs.File, error) {
	e, err := t.find("open", name)
	if err != nil {
		return nil, err
	}
	if e.isDir {
		return &folder{entry: e}, nil
	}
	body, _, err := t.open(t.ctx, e.file.Sum)
	if err != nil {
		return nil, &fs.PathError{Op: "open", Path: name, Err: err}
	}
	if at, ok := body.(io.ReaderAt); ok {
		return &anywhere{file{body, e}, at}, nil
	}
	return &file{body, e}, nil
}

// Stat tells of a file without opening its content.
func (t *Tree) Stat(name string) (fs.FileInfo, error) {
	e, err := t.find("stat", name)
	if err != nil {
		return nil, err
	}
	return e, nil
}

// file is an open file.
type file struct {
	io.ReadSeekCloser
	entry *entry
}

// anywhere is an open file that can be read from any place at once.
type anywhere struct {
	file
	io.ReaderAt
}

// Stat tells of the file.
func (f *file) Stat() (fs.FileInfo, error) { return f.entry, nil }

// folder is an open folder.
type folder struct {
	entry *entry
	read  int
}

// Stat tells of the folder.
func (f *folder) Stat() (fs.FileInfo, error) { return f.entry, nil }

// Read fails: a folder has no bytes.
func (f *folder) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: f.entry.name, Err: fs.ErrInvalid}
}

// Close does nothing.
func (f *folder) Close() error { return nil }

// ReadDir lists the folder, as fs.ReadDirFile says.
func (f *folder) ReadDir(n int) ([]fs.DirEntry, error) {
	left := f.entry.below[f.read:]
	if n > 0 && len(left) == 0 {
		return nil, io.EOF
	}
	if n > 0 && n < len(left) {
		left = left[:n]
	}
	f.read += len(left)
	out := make([]fs.DirEntry, len(left))
	for i, e := range left {
		out[i] = e
	}
	return out, nil
}

// Name, Size, Mode, ModTime, IsDir, Sys, Type and Info tell of an entry; nothing was ever changed in a tree.
func (e *entry) Name() string { return e.name }

// Size is the length of a file.
func (e *entry) Size() int64 { return e.file.Bytes }

// Mode allows everybody to read.
func (e *entry) Mode() fs.FileMode {
	if e.isDir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

// ModTime is no time: contents have none.
func (e *entry) ModTime() time.Time { return time.Time{} }

// IsDir reports whether it is a folder.
func (e *entry) IsDir() bool { return e.isDir }

// Sys is nothing.
func (e *entry) Sys() any { return nil }

// Type is that of its mode.
func (e *entry) Type() fs.FileMode { return e.Mode().Type() }

// Info is the entry itself.
func (e *entry) Info() (fs.FileInfo, error) { return e, nil }

// String is the entry as fs.FormatDirEntry writes it.
func (e *entry) String() string { return strings.TrimSpace(fs.FormatDirEntry(e)) }
