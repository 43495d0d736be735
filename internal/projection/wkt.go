package projection

import (
	"strconv"
	"strings"
)

// node is one part of a well-known text: a word with its parts in brackets, a
// quoted text, or a bare word or number.
type node struct {
	word  string // in capitals where it has brackets
	parts []node
}

// deepest bounds how far brackets nest.
const deepest = 16

// wkt is a text while it is read.
type wkt struct {
	text string
	at   int
}

func parse(text string) (node, error) {
	w := &wkt{text: text}
	root, ok := w.node(0)
	w.blanks()
	if !ok || w.at != len(w.text) || len(root.parts) == 0 {
		return node{}, unsupported("its description is not well-known text")
	}
	return root, nil
}

// node reads one part; false where there is none.
func (w *wkt) node(depth int) (node, bool) {
	w.blanks()
	if w.takes(`"`) {
		return w.quoted()
	}
	start := w.at
	for w.at < len(w.text) && !strings.ContainsRune("[](),\" \t\r\n", rune(w.text[w.at])) {
		w.at++
	}
	n := node{word: w.text[start:w.at]}
	w.blanks()
	if n.word == "" || depth > deepest || !(w.takes("[") || w.takes("(")) {
		return n, n.word != "" && depth <= deepest
	}
	n.word = strings.ToUpper(n.word)
	return w.inside(n, depth)
}

// inside reads the parts of a node up to its closing bracket.
func (w *wkt) inside(n node, depth int) (node, bool) {
	for {
		part, ok := w.node(depth + 1)
		if !ok {
			return n, false
		}
		n.parts = append(n.parts, part)
		w.blanks()
		switch {
		case w.takes(","):
		case w.takes("]"), w.takes(")"):
			return n, true
		default:
			return n, false
		}
	}
}

func (w *wkt) quoted() (node, bool) {
	end := strings.IndexByte(w.text[w.at:], '"')
	if end < 0 {
		return node{}, false
	}
	n := node{word: w.text[w.at : w.at+end]}
	w.at += end + 1
	return n, true
}

func (w *wkt) takes(sign string) bool {
	if !strings.HasPrefix(w.text[w.at:], sign) {
		return false
	}
	w.at += len(sign)
	return true
}

func (w *wkt) blanks() {
	for w.at < len(w.text) && strings.IndexByte(" \t\r\n", w.text[w.at]) >= 0 {
		w.at++
	}
}

// find is the first node of a word below this one.
func (n node) find(word string) (node, bool) {
	for _, part := range n.parts {
		if part.word == word && len(part.parts) > 0 {
			return part, true
		}
		if found, ok := part.find(word); ok {
			return found, true
		}
	}
	return node{}, false
}

// own is the node of a word among the parts, not deeper.
func (n node) own(word string) (node, bool) {
	for _, part := range n.parts {
		if part.word == word && len(part.parts) > 0 {
			return part, true
		}
	}
	return node{}, false
}

// name is the first part.
func (n node) name() string {
	if len(n.parts) == 0 {
		return "?"
	}
	return n.parts[0].word
}

// number is the i-th number among the parts.
func (n node) number(i int) (float64, bool) {
	for _, part := range n.parts {
		value, err := strconv.ParseFloat(part.word, 64)
		if err != nil || len(part.parts) > 0 {
			continue
		}
		if i == 0 {
			return value, finite(value)
		}
		i--
	}
	return 0, false
}
