// Package table reads delimited text row by row, as RFC 4180 says and as real
// files are: with a byte-order mark, spaces around names and values, any line
// ending, blank lines, rows that are too short or too long. What it cannot
// read becomes a finding, and every row is counted.
//
// The comma separates cells; a header without any comma may separate by
// semicolons or tabs instead. A quote opens a quoted cell only at the start of
// a cell; anywhere else it is text. A row is left out, with its own finding,
// when a quote is never closed (reading goes on at the next line, so that one
// stray quote costs one row) or when it holds NUL bytes. Bytes that are no
// UTF-8 are replaced by U+FFFD, with a warning.
package table

import (
	"errors"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/finding"
)

// ErrUnreadable says that the text is no table at all; the finding is in the log.
var ErrUnreadable = errors.New("not a readable table")

// Column is the place of a column in a table's rows.
type Column int

// Absent is the column that a table does not have; its cells are all empty.
const Absent Column = -1

// Table is one file while it is read. Next must be called before the first Get.
type Table struct {
	file    string
	log     *finding.Log
	header  []string
	columns map[string]Column

	text     string // without byte-order mark
	at       int    // where the next line starts
	lines    int
	comma    byte
	quote    int  // the first quote at or after at; len(text) when there is none
	loneCR   bool // a carriage return alone ends a line somewhere
	dirty    bool // NUL bytes or broken UTF-8 somewhere
	line     int  // of the current row
	nextLine int  // at at

	open bool    // more may follow behind the text
	cut  bool    // a quote was not closed in it, and more may follow
	feed *cutter // of a table that is read in blocks

	cells    []string
	rows     int
	rejected int
	surplus  int  // rows with empty cells too many
	odd      int  // rows with too few or too many cells
	out      bool // the current row is rejected already
	done     bool
}

// Open reads the header of a file. The error is ErrUnreadable for UTF-16 and
// for a text without a header; file only names it in findings.
func Open(file, text string, log *finding.Log) (*Table, error) {
	t := &Table{file: file, log: log, text: strings.TrimPrefix(text, "\uFEFF"), nextLine: 1}
	if utf16(text) {
		return nil, t.unreadable(codeUTF16)
	}
	t.inspect()
	if !t.readHeader() {
		return nil, t.unreadable(codeEmpty)
	}
	if t.mixedEndings() {
		t.Note(codeMixedEndings, "", "")
	}
	return t, nil
}

// unreadable reports the whole file; it counts as a file without rows.
func (t *Table) unreadable(code finding.Code) error {
	t.log.Add(finding.Finding{Level: finding.Error, Code: code, File: t.file})
	t.log.Count(finding.Tally{File: t.file})
	return ErrUnreadable
}

// Column finds a column by its name in small letters, else gives Absent and false.
func (t *Table) Column(name string) (Column, bool) {
	c, ok := t.columns[name]
	if !ok {
		return Absent, false
	}
	return c, true
}

// Columns are the names of all columns in order, in small letters.
func (t *Table) Columns() []string { return t.header }

// Require reports whether all named columns exist. If not, each missing one is
// an error finding and all rows are counted as rejected: Next gives no more.
func (t *Table) Require(names ...string) bool {
	complete := true
	for _, name := range names {
		if _, ok := t.Column(name); !ok {
			t.MissingColumn(name)
			complete = false
		}
	}
	if !complete {
		t.RejectRest()
	}
	return complete
}

// MissingColumn records that a column is needed and not there.
func (t *Table) MissingColumn(name string) {
	t.add(finding.Error, codeMissingColumn, 1, name, "", nil)
}

// RejectRest counts all rows that were not read yet as rejected.
func (t *Table) RejectRest() {
	for t.Next() {
		t.reject()
	}
	if t.feed != nil {
		t.feed.failed = InBlocks(t, 1, dropAll, func(*Block, *struct{}) error { return nil })
	}
}

func dropAll(b *Block, _ *struct{}) {
	for row := range b.Len() {
		b.Drop(row)
	}
}

// Err is why the rows that RejectRest counts could not be read to their end.
func (t *Table) Err() error {
	if t.feed == nil {
		return nil
	}
	return t.feed.failed
}

// File is the name that findings carry.
func (t *Table) File() string { return t.file }

// Line is the line on which the current row starts; 1 is the header's.
func (t *Table) Line() int { return t.line }

// Lines is about how many lines the file has, blank ones included.
func (t *Table) Lines() int { return t.lines }

// Progress is how many bytes are read, of how many.
func (t *Table) Progress() (done, total int64) {
	if t.feed != nil {
		return t.feed.taken, max(t.feed.taken, t.feed.total)
	}
	return int64(t.at), int64(len(t.text))
}

// Get is a cell of the current row without spaces around it; "" where the row
// or the table has none. It shares the memory of the whole file: see Keep.
func (t *Table) Get(c Column) string {
	if uint(c) >= uint(len(t.cells)) {
		return ""
	}
	return t.cells[c]
}

// Keep is Get as a copy of its own, to be held when the file is let go.
func (t *Table) Keep(c Column) string { return strings.Clone(t.Get(c)) }

// Reject leaves the current row out, with an error finding; args are names and
// values in turn. Further calls for one row only add findings.
func (t *Table) Reject(code finding.Code, field, value string, args ...string) {
	t.add(finding.Error, code, t.line, field, value, args)
	t.reject()
}

// RejectEarlier leaves out a row that Next gave before and nobody rejected.
func (t *Table) RejectEarlier(line int, code finding.Code, field, value string, args ...string) {
	t.add(finding.Error, code, line, field, value, args)
	t.rejected++
}

// Warn records that the current row is kept although it is suspicious.
func (t *Table) Warn(code finding.Code, field, value string, args ...string) {
	t.add(finding.Warning, code, t.line, field, value, args)
}

// WarnEarlier is Warn for a row that Next gave before.
func (t *Table) WarnEarlier(line int, code finding.Code, field, value string, args ...string) {
	t.add(finding.Warning, code, line, field, value, args)
}

// Note records something worth knowing about the whole file.
func (t *Table) Note(code finding.Code, field, value string, args ...string) {
	t.add(finding.Note, code, 0, field, value, args)
}

func (t *Table) reject() {
	if !t.out {
		t.rejected++
	}
	t.out = true
}

func (t *Table) add(level finding.Level, code finding.Code, line int, field, value string, args []string) {
	// A copy of what can be shown: a finding must not hold the text of a whole file.
	value = strings.Clone(value[:min(len(value), longestValue)])
	t.log.Add(finding.Finding{Level: level, Code: code, File: t.file, Line: line, Field: field, Value: value, Args: pairs(args)})
}

// longestValue is more than a finding.Log shows of a value, in bytes.
const longestValue = 1000

// pairs is a map of names and values given in turn; nil when there are none.
func pairs(args []string) map[string]string {
	if len(args) == 0 {
		return nil
	}
	named := make(map[string]string, len(args)/2)
	for i := 1; i < len(args); i += 2 {
		named[args[i-1]] = args[i]
	}
	return named
}

// Done records the tally: every row that was met is kept or rejected. Further
// calls do nothing.
func (t *Table) Done() {
	if t.done {
		return
	}
	t.done = true
	if t.surplus > 0 {
		t.Note(codeEmptyCells, "", "", "count", strconv.Itoa(t.surplus))
	}
	if t.odd > mostOddRows {
		t.Note(codeMoreOddRows, "", "", "count", strconv.Itoa(t.odd-mostOddRows))
	}
	t.log.Count(finding.Tally{File: t.file, Rows: t.rows, Kept: t.rows - t.rejected, Rejected: t.rejected})
}
