package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// repeated writes a feed into a folder in which every trip of a source comes
// so many times, under an id of its own each time. Everything else is copied.
type repeated struct {
	source fs.FS
	folder string
	rows   int // of stop_times.txt, at least
	copies int // that follow from it
}

// repeat writes the feed; stop_times.txt goes to the disk copy by copy.
func (r *repeated) write(ctx context.Context) error {
	times, err := r.rowsOf("stop_times.txt")
	if err != nil {
		return err
	}
	if len(times.rows) == 0 {
		return errors.New("the feed has no stop_times to repeat")
	}
	r.copies = (r.rows + len(times.rows) - 1) / len(times.rows)
	trips, err := r.rowsOf("trips.txt")
	if err != nil {
		return err
	}
	for name, rows := range map[string]*repeatable{"stop_times.txt": times, "trips.txt": trips} {
		if err := r.multiply(ctx, name, rows); err != nil {
			return err
		}
	}
	r.rows = r.copies * len(times.rows)
	return r.copyRest()
}

// repeatable are the rows of a table, each cut behind its trip_id.
type repeatable struct {
	header []byte
	rows   []cutRow
}

type cutRow struct{ upTo, after []byte }

// rowsOf reads a table of the source.
func (r *repeated) rowsOf(name string) (*repeatable, error) {
	data, err := fs.ReadFile(r.source, name)
	if err != nil {
		return nil, err
	}
	read := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	read.FieldsPerRecord, read.LazyQuotes, read.TrimLeadingSpace = -1, true, true
	all, err := read.ReadAll()
	if err != nil || len(all) == 0 {
		return nil, fmt.Errorf("%s cannot be repeated: %w", name, errors.Join(err, io.ErrUnexpectedEOF))
	}
	at := slices.IndexFunc(all[0], func(column string) bool { return strings.EqualFold(strings.TrimSpace(column), "trip_id") })
	if at < 0 {
		return nil, fmt.Errorf("%s has no trip_id", name)
	}
	out := &repeatable{header: csvRow(all[0])}
	for _, row := range all[1:] {
		if len(row) > at {
			out.rows = append(out.rows, cutBehind(row, at))
		}
	}
	return out, nil
}

// cutBehind is a row as text, in two parts: something may be put between them
// that becomes the end of a cell.
func cutBehind(row []string, at int) cutRow {
	upTo, after := csvRow(row[:at+1]), []byte("\n")
	if at+1 < len(row) {
		after = append([]byte(","), csvRow(row[at+1:])...)
	}
	upTo = upTo[:len(upTo)-1]
	if bytes.HasSuffix(upTo, []byte(`"`)) {
		upTo, after = upTo[:len(upTo)-1], append([]byte(`"`), after...)
	}
	return cutRow{upTo, after}
}

// csvRow is a row of a table with its end of line.
func csvRow(cells []string) []byte {
	if len(cells) == 1 && cells[0] == "" {
		return []byte("\n") // a csv.Writer would quote it
	}
	var row bytes.Buffer
	w := csv.NewWriter(&row)
	_ = w.Write(cells) // a buffer takes everything
	w.Flush()
	return row.Bytes()
}

// multiply writes a table with all its copies.
func (r *repeated) multiply(ctx context.Context, name string, t *repeatable) error {
	file, err := os.Create(filepath.Join(r.folder, name))
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(file, 1<<20)
	_, _ = w.Write(t.header) // Flush tells what went wrong
	for i := range r.copies {
		if ctx.Err() != nil {
			break
		}
		mark := "~" + strconv.Itoa(i)
		for _, row := range t.rows {
			_, _ = w.Write(row.upTo)
			_, _ = w.WriteString(mark)
			_, _ = w.Write(row.after)
		}
	}
	return errors.Join(ctx.Err(), w.Flush(), file.Close())
}

// copyRest copies the tables that have no trips to repeat.
func (r *repeated) copyRest() error {
	entries, err := fs.ReadDir(r.source, ".")
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() || path.Ext(name) != ".txt" || name == "stop_times.txt" || name == "trips.txt" || name == "frequencies.txt" {
			continue
		}
		data, err := fs.ReadFile(r.source, name)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(r.folder, name), data, 0o600); err != nil {
			return err
		}
	}
	return nil
}
