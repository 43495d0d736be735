package table

import (
	"strings"

	"github.com/qala-city/qala/internal/finding"
)

// readHeader reads the first line that is not blank; names lose spaces, NUL
// bytes and capital letters.
func (t *Table) readHeader() bool {
	t.comma = ','
	t.skipBlank()
	t.chooseComma()
	if t.at == len(t.text) || !t.split() {
		return false
	}
	t.nameColumns()
	return true
}

// chooseComma takes semicolons or tabs for a header that has no comma.
func (t *Table) chooseComma() {
	end, _ := t.lineEnd(t.at)
	line := t.text[t.at:end]
	for _, c := range []byte{',', ';', '\t'} {
		if strings.IndexByte(line, c) < 0 {
			continue
		}
		t.comma = c
		if c != ',' {
			t.add(finding.Note, codeDelimiter, t.nextLine, "", string(c), nil)
		}
		return
	}
}

func (t *Table) nameColumns() {
	t.columns = make(map[string]Column, len(t.cells))
	for i, cell := range t.cells {
		name := t.columnName(cell)
		t.header = append(t.header, name)
		if _, twice := t.columns[name]; twice && name != "" {
			t.add(finding.Warning, codeDuplicateColumn, t.line, name, "", nil)
			continue
		}
		t.columns[name] = Column(i)
	}
	delete(t.columns, "")
}

func (t *Table) columnName(cell string) string {
	if strings.IndexByte(cell, 0) >= 0 {
		t.add(finding.Warning, codeNUL, t.line, "", cell, nil)
		cell = strings.ReplaceAll(cell, "\x00", "")
	}
	return strings.ToLower(strings.TrimSpace(strings.ToValidUTF8(cell, "\uFFFD")))
}
