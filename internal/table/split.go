package table

import "strings"

// mostCells is how many cells of a row are told apart; the rest of a longer
// row stays in the last one. It keeps a line of commas from filling the memory.
const mostCells = 4096

// skipBlank goes past lines that hold nothing but spaces.
func (t *Table) skipBlank() {
	for t.at < len(t.text) && t.text[t.at] <= ' ' {
		end, next := t.lineEnd(t.at)
		if strings.TrimSpace(t.text[t.at:end]) != "" || t.leadingTab(t.text[t.at:end]) {
			return
		}
		t.at, t.nextLine = next, t.nextLine+1
	}
}

// leadingTab reports a line of tabs where tabs separate cells: it is a row of empty cells.
func (t *Table) leadingTab(line string) bool {
	return t.comma == '\t' && strings.IndexByte(line, '\t') >= 0
}

// lineEnd is where the line that holds from ends and where the next one starts.
func (t *Table) lineEnd(from int) (end, next int) {
	if t.loneCR {
		return t.anyLineEnd(from)
	}
	end = indexFrom(t.text, '\n', from)
	next = min(end+1, len(t.text))
	if end > from && t.text[end-1] == '\r' {
		end--
	}
	return end, next
}

// anyLineEnd is lineEnd where carriage returns alone end lines too.
func (t *Table) anyLineEnd(from int) (end, next int) {
	i := strings.IndexAny(t.text[from:], "\r\n")
	switch {
	case i < 0:
		return len(t.text), len(t.text)
	case t.text[from+i] == '\n':
		return from + i, from + i + 1
	}
	return from + i, t.afterCR(from + i)
}

// afterCR is where the next line starts after the carriage return at r.
func (t *Table) afterCR(r int) int {
	if r+1 < len(t.text) && t.text[r+1] == '\n' {
		return r + 2
	}
	return r + 1
}

// split cuts the row at at into cells and goes behind it. It is false when a
// quote is not closed; the row then ends with its first line.
func (t *Table) split() bool {
	t.line = t.nextLine
	end, next := t.lineEnd(t.at)
	if t.quote < t.at {
		t.quote = indexFrom(t.text, '"', t.at)
	}
	if t.quote >= end {
		t.splitPlain(t.text[t.at:end])
		t.at, t.nextLine = next, t.nextLine+1
		return true
	}
	if t.splitQuoted() {
		return true
	}
	t.at, t.nextLine = next, t.line+1
	return false
}

// splitPlain cuts a line that has no quotes.
func (t *Table) splitPlain(line string) {
	cells, from := t.cells[:0], 0
	for i := 0; i < len(line); i++ {
		if line[i] == t.comma && len(cells) < mostCells {
			cells = append(cells, t.trim(line[from:i]))
			from = i + 1
		}
	}
	t.cells = append(cells, t.trim(line[from:]))
}

// trim takes spaces off; most cells have none, and that is seen quickly.
func (t *Table) trim(cell string) string {
	if cell == "" || plain(cell[0]) && plain(cell[len(cell)-1]) {
		return cell
	}
	return strings.TrimSpace(cell)
}

// plain reports whether a byte is surely no part of a space.
func plain(c byte) bool { return c > ' ' && c < 0x7f }

// splitQuoted cuts a row in which quoted cells may run over several lines.
func (t *Table) splitQuoted() bool {
	t.cells = t.cells[:0]
	at, ended := t.at, false
	for !ended {
		var cell string
		var ok bool
		if cell, at, ended, ok = t.cell(at); !ok {
			return false
		}
		if len(t.cells) < mostCells {
			t.cells = append(t.cells, cell)
		}
	}
	lines := t.countLines(t.text[t.at:at])
	// A cell over several lines in a row that is too short: somebody else's
	// quote closed it, and the lines between would be lost.
	if lines > 1 && len(t.header) > 0 && len(t.cells) < len(t.header) {
		return false
	}
	t.at, t.nextLine = at, t.nextLine+lines
	return true
}

// cell reads one cell; next is behind its comma or line ending, and ended
// tells which of the two it was.
func (t *Table) cell(from int) (cell string, next int, ended, ok bool) {
	start := t.skipSpaces(from)
	if start < len(t.text) && t.text[start] == '"' {
		return t.quotedCell(start + 1)
	}
	end := from
	for end < len(t.text) && t.text[end] != t.comma && !t.endsLine(end) {
		end++
	}
	if end < len(t.text) && t.text[end] == t.comma {
		return t.trim(t.text[from:end]), end + 1, false, true
	}
	_, next = t.lineEnd(end)
	return t.trim(t.text[from:end]), next, true, true
}

// endsLine reports whether a line ending starts at a place.
func (t *Table) endsLine(at int) bool {
	c := t.text[at]
	return c == '\n' || c == '\r' && (t.loneCR || t.text[at+1] == '\n')
}

// skipSpaces goes past spaces and tabs, but not past a comma that is a tab.
func (t *Table) skipSpaces(at int) int {
	for at < len(t.text) && t.text[at] != t.comma && (t.text[at] == ' ' || t.text[at] == '\t') {
		at++
	}
	return at
}

// quotedCell reads a cell whose opening quote is behind; two quotes stand for
// one. It is not ok when no quote closes it or text follows the closing one.
func (t *Table) quotedCell(from int) (cell string, next int, ended, ok bool) {
	end, twins := t.closing(from)
	if end == len(t.text) {
		return "", 0, true, false
	}
	cell = t.text[from:end]
	if twins {
		cell = strings.ReplaceAll(cell, `""`, `"`)
	}
	cell = t.trim(cell)
	behind := t.skipSpaces(end + 1)
	if behind < len(t.text) && t.text[behind] == t.comma {
		return cell, behind + 1, false, true
	}
	stop, next := t.lineEnd(behind)
	return cell, next, true, stop == behind
}

// closing is the place of the quote that closes a cell, else the text's
// length; twins tells that the cell holds doubled quotes.
func (t *Table) closing(from int) (end int, twins bool) {
	for {
		end = indexFrom(t.text, '"', from)
		if end+1 >= len(t.text) || t.text[end+1] != '"' {
			t.cut = t.open && end == len(t.text)
			return end, twins
		}
		from, twins = end+2, true
	}
}

// countLines is how many lines a row covers, its own ending included.
func (t *Table) countLines(row string) int {
	lines := strings.Count(row, "\n")
	if t.loneCR {
		lines += strings.Count(row, "\r") - strings.Count(row, "\r\n")
	}
	if last := row[len(row)-1]; last != '\n' && last != '\r' {
		lines++
	}
	return lines
}
