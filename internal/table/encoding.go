package table

import (
	"strings"
	"unicode/utf8"
)

// utf16 reports whether a text is UTF-16: by its byte-order mark, or because
// more than a third of its start is NUL.
func utf16(text string) bool {
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return true
	}
	start := text[:min(len(text), 200)]
	return len(start) >= 4 && strings.Count(start, "\x00")*3 > len(start)
}

// inspect looks once over the whole text, so that clean files need no second
// look at each row.
func (t *Table) inspect() {
	t.loneCR = hasLoneCR(t.text)
	t.dirty = strings.IndexByte(t.text, 0) >= 0 || !utf8.ValidString(t.text)
	t.quote = indexFrom(t.text, '"', 0)
}

func hasLoneCR(text string) bool {
	for {
		i := strings.IndexByte(text, '\r')
		if i < 0 {
			return false
		}
		if i+1 == len(text) || text[i+1] != '\n' {
			return true
		}
		text = text[i+2:]
	}
}

// indexFrom is the first place of c at or after from, else the text's length.
func indexFrom(text string, c byte, from int) int {
	i := strings.IndexByte(text[from:], c)
	if i < 0 {
		return len(text)
	}
	return from + i
}

// mixedEndings counts the lines and reports whether they end in more than one way.
func (t *Table) mixedEndings() bool {
	both := strings.Count(t.text, "\r\n")
	feeds, returns := strings.Count(t.text, "\n")-both, strings.Count(t.text, "\r")-both
	t.lines = both + feeds + returns
	return t.lines > max(both, feeds, returns)
}
