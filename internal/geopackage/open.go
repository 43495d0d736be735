package geopackage

import (
	"database/sql"
	"errors"
	"io"
	"io/fs"
	"time"

	_ "modernc.org/sqlite" // SQLite itself
	"modernc.org/sqlite/vfs"
)

// only is the name of the one file.
const only = "package.gpkg"

// open makes a read-only database of what lies in data; the second value
// closes it.
func open(data io.ReaderAt, size int64) (*sql.DB, func(), error) {
	name, files, err := vfs.New(oneFile{data, size})
	if err != nil {
		return nil, nil, err
	}
	// immutable: no log beside the file is looked for, no lock is taken.
	db, err := sql.Open("sqlite", "file:"+only+"?vfs="+name+"&mode=ro&immutable=1&_pragma=trusted_schema(0)&_pragma=cell_size_check(1)")
	if err != nil {
		return nil, nil, errors.Join(err, files.Close())
	}
	db.SetMaxOpenConns(1)
	return db, func() {
		_ = db.Close()    // it was only read
		_ = files.Close() // nothing is open any more
	}, nil
}

// oneFile is a file system of one file.
type oneFile struct {
	data io.ReaderAt
	size int64
}

// Open implements [fs.FS].
func (f oneFile) Open(name string) (fs.File, error) {
	if name != only {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
	}
	return opened{io.NewSectionReader(f.data, 0, f.size)}, nil
}

// opened is the file while it is read.
type opened struct{ *io.SectionReader }

// Stat implements [fs.File].
func (o opened) Stat() (fs.FileInfo, error) { return info{o.Size()}, nil }

// Close implements [fs.File]; who opened the data closes it.
func (o opened) Close() error { return nil }

// info says how large the file is.
type info struct{ size int64 }

func (i info) Name() string       { return only }
func (i info) Size() int64        { return i.size }
func (i info) Mode() fs.FileMode  { return 0o444 }
func (i info) ModTime() time.Time { return time.Time{} }
func (i info) IsDir() bool        { return false }
func (i info) Sys() any           { return nil }
