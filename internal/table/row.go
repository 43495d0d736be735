package table

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/qala-city/qala/internal/finding"
)

// Next goes to the next row that can be read; false at the end of the file.
func (t *Table) Next() bool {
	for t.more() {
		if t.keeps(t.split()) {
			return true
		}
	}
	t.cells = t.cells[:0]
	return false
}

// more goes to the next row; false at the end of the text.
func (t *Table) more() bool {
	t.skipBlank()
	return t.at < len(t.text)
}

// keeps counts the row that was split and reports whether it can be kept; whole
// tells that its quotes are closed.
func (t *Table) keeps(whole bool) bool {
	t.rows++
	t.out = false
	if !t.readable(whole) {
		t.reject()
		return false
	}
	if len(t.cells) != len(t.header) {
		t.reportLength()
	}
	return true
}

func (t *Table) readable(whole bool) bool {
	if !whole {
		t.add(finding.Error, codeOpenQuote, t.line, "", "", nil)
		return false
	}
	return !t.dirty || t.clean()
}

// reportLength says that a row has too many or too few cells. Empty cells too
// many are only counted: a comma at the end of each line is common.
func (t *Table) reportLength() {
	have, want := len(t.cells), len(t.header)
	extra := strings.Join(t.cells[min(have, want):], "")
	t.cells = t.cells[:min(have, want)]
	if have > want && extra == "" {
		t.surplus++
		return
	}
	if t.odd++; t.odd > mostOddRows {
		return
	}
	args := []string{"have", strconv.Itoa(have), "want", strconv.Itoa(want)}
	if have < want {
		t.add(finding.Warning, codeMissingCells, t.line, "", "", args)
		return
	}
	t.add(finding.Warning, codeExtraCells, t.line, "", extra, args)
}

// mostOddRows is how many rows of the wrong length are told one by one: some
// makers leave out the empty cells at the end of every row.
const mostOddRows = 100

// clean looks for bytes that are no text; false when the row cannot be kept.
func (t *Table) clean() bool {
	for i, cell := range t.cells {
		if strings.IndexByte(cell, 0) >= 0 {
			t.add(finding.Error, codeNUL, t.line, t.columnAt(i), cell, nil)
			return false
		}
	}
	for i, cell := range t.cells {
		if !utf8.ValidString(cell) {
			t.cells[i] = strings.ToValidUTF8(cell, "\uFFFD")
			t.add(finding.Warning, codeNotUTF8, t.line, t.columnAt(i), t.cells[i], nil)
		}
	}
	return true
}

func (t *Table) columnAt(i int) string {
	if i < len(t.header) {
		return t.header[i]
	}
	return ""
}
