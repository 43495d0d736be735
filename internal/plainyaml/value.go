package plainyaml

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/text/language"

	"github.com/qala-city/qala/internal/label"
)

// idShape is the shape of an id, the same as in docs/schema.
var idShape = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)

// Text is a string. A number or a truth value is refused: as text it would lose leading zeros.
func (s Spot) Text() string {
	if !s.Present() {
		return ""
	}
	switch s.node.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return s.written()
	}
	s.refuseKind(codeNotText)
	return ""
}

// Word is a string that is not blank.
func (s Spot) Word() string {
	before := s.mistakes()
	text := strings.TrimSpace(s.Text())
	if text == "" && s.Present() && s.Mistakes() == before {
		s.Refuse(codeMissing)
	}
	return text
}

// mistakes is Mistakes, also for a field that the file does not have.
func (s Spot) mistakes() int {
	if s.d == nil {
		return 0
	}
	return s.Mistakes()
}

// ID is a short word that may stand in a file name.
func (s Spot) ID() string {
	text := s.Word()
	if text != "" && !idShape.MatchString(text) {
		s.Refuse(codeBadID)
	}
	return text
}

// Choice is one of the given words; "" when it is not.
func (s Spot) Choice(words ...string) string {
	text := s.Word()
	if text == "" || slices.Contains(words, text) {
		return text
	}
	s.Refuse(codeChoice, "choices", strings.Join(words, ", "), "suggestion", Nearest(text, words))
	return ""
}

// Written is a text or a number as the file has it.
func (s Spot) Written() string {
	switch s.node.(type) {
	case *ast.IntegerNode, *ast.FloatNode:
		return s.written()
	}
	return s.Word()
}

// Names are names by language; at least one.
func (s Spot) Names() label.Names {
	o := s.Object() // any key: it is a language
	names := label.Names{}
	for _, l := range o.Keys() {
		o.values[l].knownLanguage(l)
		names[l] = o.values[l].Word()
	}
	if s.Present() && !o.broken && len(names) == 0 {
		s.Refuse(codeMissing)
	}
	return names
}

// mistaken are countries' letters that are often written for a language.
var mistaken = map[string]string{"kz": "kk", "cn": "zh", "qz": "kk", "eng": "en", "rus": "ru", "kaz": "kk", "chi": "zh"}

// knownLanguage refuses letters that are no BCP 47 language.
func (s Spot) knownLanguage(letters string) {
	if likely, ok := mistaken[letters]; ok {
		s.Refuse(codeLanguage, "language", letters, "suggestion", likely)
		return
	}
	if _, err := language.Parse(letters); err != nil {
		s.Refuse(codeLanguage, "language", letters, "suggestion", "en, kk, ru, zh")
	}
}

// Number is a number from least to most; 0 when it is not.
func (s Spot) Number(least, most float64) float64 {
	if !s.Present() {
		return 0
	}
	value, ok := s.float()
	if !ok {
		s.refuseKind(codeNotNumber)
		return 0
	}
	if !(value >= least && value <= most) {
		s.Refuse(codeRange, "least", plain(least), "most", plain(most))
		return 0
	}
	return value
}

// Whole is a whole number from least to most, both below 2^53; 0 when it is not.
func (s Spot) Whole(least, most float64) uint64 {
	value := s.Number(least, most)
	if value != math.Trunc(value) {
		s.Refuse(codeNotWhole)
		return 0
	}
	return uint64(value)
}

// Flag is true or false.
func (s Spot) Flag() bool {
	if !s.Present() {
		return false
	}
	flag, ok := s.node.(*ast.BoolNode)
	if !ok {
		s.refuseKind(codeNotFlag)
		return false
	}
	return flag.Value
}

// float is the value of a number node.
func (s Spot) float() (float64, bool) {
	switch n := s.node.(type) {
	case *ast.FloatNode:
		return n.Value, true
	case *ast.IntegerNode:
		switch v := n.Value.(type) {
		case int64:
			return float64(v), true
		case uint64:
			return float64(v), true
		}
	}
	return 0, false
}

func plain(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
