package gtfs

import (
	"errors"
	"io"
	"io/fs"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/table"
)

// file is one table of the feed; it stops at a cancelled context and tells progress.
type file struct {
	*table.Table
	r     *reader
	name  string
	given int
}

// field is a column with its name, for findings.
type field struct {
	name string
	at   table.Column
}

// open opens a file that has the named columns. It is nil without an error
// when the file is not there, or is not readable but not mandatory either.
func (r *reader) open(name string, columns ...string) (*file, error) {
	where, there := r.paths[name]
	if !there {
		return nil, nil
	}
	text, err := r.text(where)
	if err != nil {
		return nil, err
	}
	t, err := table.Open(r.label(name), text, r.log)
	if err != nil {
		return nil, r.badFile(name, err)
	}
	return r.begin(name, t, columns)
}

// begin looks at the header of a table.
func (r *reader) begin(name string, t *table.Table, columns []string) (*file, error) {
	f := &file{Table: t, r: r, name: name}
	r.opened = append(r.opened, f)
	if !t.Require(columns...) {
		return nil, r.unusable(f)
	}
	f.noteColumns()
	return f, nil
}

// openBlocks is open for a file that is read in blocks, and then closed.
func (r *reader) openBlocks(name string, columns ...string) (*file, func(), error) {
	where, there := r.paths[name]
	if !there {
		return nil, nil, nil
	}
	in, err := r.src.FS.Open(where)
	if err != nil {
		return nil, nil, r.failure(Damaged, where, err)
	}
	closeFile := func() { _ = in.Close() } // nothing was written
	f, err := r.beginBlocks(name, in, sizeOf(in), columns)
	if f == nil {
		closeFile()
	}
	return f, closeFile, err
}

func (r *reader) beginBlocks(name string, in io.Reader, size int64, columns []string) (*file, error) {
	t, err := table.OpenBlocks(r.label(name), in, size, r.src.block, r.log)
	switch {
	case errors.Is(err, table.ErrUnreadable):
		return nil, r.badFile(name, err)
	case err != nil:
		return nil, r.whyDamaged(name, err)
	}
	return r.begin(name, t, columns)
}

// whyDamaged is why a file cannot be read to its end.
func (r *reader) whyDamaged(name string, err error) error {
	if r.ctx.Err() != nil {
		return r.ctx.Err()
	}
	return r.failure(Damaged, r.paths[name], err)
}

// unusable counts all rows of a file as rejected and gives it up.
func (r *reader) unusable(f *file) error {
	f.RejectRest()
	f.Done()
	if err := f.Err(); err != nil {
		return r.whyDamaged(f.name, err)
	}
	return r.badFile(f.name, nil)
}

// badFile is a failure for the files that a timetable is made of. Without the
// others it is poorer, and their findings say so.
func (r *reader) badFile(name string, cause error) error {
	switch name {
	case "frequencies.txt", "transfers.txt", "shapes.txt", "translations.txt", "feed_info.txt", "levels.txt", "pathways.txt":
		return nil
	}
	return r.failure(BadFile, name, cause)
}

// text is a whole file; the tables share its memory while the feed is read.
func (r *reader) text(where string) (string, error) {
	in, err := r.src.FS.Open(where)
	if err != nil {
		return "", r.failure(Damaged, where, err)
	}
	defer in.Close() //nolint:errcheck // nothing was written
	var text strings.Builder
	text.Grow(int(min(sizeOf(in), 1<<28)))
	buffer := make([]byte, 1<<18)
	for {
		n, err := in.Read(buffer)
		text.Write(buffer[:n])
		switch {
		case errors.Is(err, io.EOF):
			return text.String(), nil
		case err != nil:
			return "", r.failure(Damaged, where, err)
		case r.ctx.Err() != nil:
			return "", r.ctx.Err()
		}
	}
}

// sizeOf is the file's stated size, which is not to be trusted far.
func sizeOf(in fs.File) int64 {
	info, err := in.Stat()
	if err != nil {
		return 0
	}
	return max(info.Size(), 0)
}

// Next goes to the next row; false at the end or when the context is cancelled.
func (f *file) Next() bool {
	if f.given%4096 == 0 {
		f.tell()
		if f.r.ctx.Err() != nil {
			return false
		}
	}
	f.given++
	return f.Table.Next()
}

func (f *file) tell() {
	if f.r.src.Progress != nil {
		done, total := f.Progress()
		f.r.src.Progress(f.File(), done, total)
	}
}

// noteOf is noteCount for a file that is closed already.
func (r *reader) noteOf(name string, code finding.Code, count int) {
	for _, f := range r.opened {
		if f.name == name {
			f.noteCount(code, count)
		}
	}
}

// close ends a file; the error is that of the context.
func (f *file) close() error {
	f.tell()
	f.Done()
	return f.r.ctx.Err()
}

// noteCount records how often something harmless was met; nothing for never.
func (f *file) noteCount(code finding.Code, count int) {
	if count > 0 {
		f.Note(code, "", "", "count", strconv.Itoa(count))
	}
}

// field finds a column; without it all its cells are empty.
func (f *file) field(name string) field {
	at, _ := f.Column(name)
	return field{name, at}
}

func (f *file) has(c field) bool { return c.at != table.Absent }

func (f *file) value(c field) string { return f.Get(c.at) }

// reject leaves the row out because of one of its cells.
func (f *file) reject(code finding.Code, c field, args ...string) {
	f.Reject(code, c.name, f.value(c), args...)
}

// warn keeps the row although one of its cells is suspicious.
func (f *file) warn(code finding.Code, c field, args ...string) {
	f.Warn(code, c.name, f.value(c), args...)
}
