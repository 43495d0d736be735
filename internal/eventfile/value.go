package eventfile

import (
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"golang.org/x/text/language"

	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

// The shapes of values, the same as in docs/schema/event.schema.json.
var (
	idShape       = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$`)
	clockShape    = regexp.MustCompile(`^([0-3]?[0-9]|4[0-7]):[0-5][0-9](:[0-5][0-9])?$`)
	dateShape     = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	durationShape = regexp.MustCompile(`^(?:([0-9]{1,2})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,5})s)?$`)
)

// text is a string. A number or a truth value is refused: as text it would lose leading zeros.
func (s spot) text() string {
	if !s.present() {
		return ""
	}
	switch s.node.(type) {
	case *ast.StringNode, *ast.LiteralNode:
		return s.written()
	}
	s.refuseKind(codeNotText)
	return ""
}

// word is a string that is not blank.
func (s spot) word() string {
	before := s.r.mistakes()
	text := strings.TrimSpace(s.text())
	if text == "" && s.present() && s.r.mistakes() == before {
		s.refuse(codeMissing)
	}
	return text
}

// id is a short word that may stand in a file name.
func (s spot) id() string {
	text := s.word()
	if text != "" && !idShape.MatchString(text) {
		s.refuse(codeBadID)
	}
	return text
}

// names are names by language; at least one.
func (s spot) names() label.Names {
	o := s.object() // any key: it is a language
	names := label.Names{}
	for _, l := range slices.Sorted(maps.Keys(o.values)) {
		o.values[l].knownLanguage(l)
		names[l] = o.values[l].word()
	}
	if s.present() && !o.broken && len(names) == 0 {
		s.refuse(codeMissing)
	}
	return names
}

// mistaken are countries' letters that are often written for a language.
var mistaken = map[string]string{"kz": "kk", "cn": "zh", "qz": "kk", "eng": "en", "rus": "ru", "kaz": "kk", "chi": "zh"}

// knownLanguage refuses letters that are no BCP 47 language.
func (s spot) knownLanguage(letters string) {
	if likely, ok := mistaken[letters]; ok {
		s.refuse(codeLanguage, "language", letters, "suggestion", likely)
		return
	}
	if _, err := language.Parse(letters); err != nil {
		s.refuse(codeLanguage, "language", letters, "suggestion", "en, kk, ru, zh")
	}
}

// number is a number from least to most.
func (s spot) number(least, most float64) float64 {
	if !s.present() {
		return 0
	}
	value, ok := s.float()
	if !ok {
		s.refuseKind(codeNotNumber)
		return 0
	}
	if !(value >= least && value <= most) {
		s.refuse(codeRange, "least", plain(least), "most", plain(most))
		return 0
	}
	return value
}

// whole is a whole number from least to most.
func (s spot) whole(least, most float64) uint64 {
	value := s.number(least, most)
	if value != math.Trunc(value) {
		s.refuse(codeNotWhole)
		return 0
	}
	return uint64(value)
}

// float is the value of a number node.
func (s spot) float() (float64, bool) {
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

// clock is a time of the service day, to 47:59:59; false when there is none to use.
func (s spot) clock() (transit.Seconds, bool) {
	if !s.present() {
		return 0, false
	}
	if clockShape.MatchString(s.written()) {
		if at, err := transit.ParseClock(s.written()); err == nil {
			return at, true
		}
	}
	s.refuseKind(codeNotTime)
	return 0, false
}

// date is a day of the calendar.
func (s spot) date() transit.Date {
	if !s.present() {
		return 0
	}
	if dateShape.MatchString(s.written()) {
		if date, err := transit.ParseDate(s.written()); err == nil {
			return date
		}
	}
	s.refuseKind(codeNotDate)
	return 0
}

// duration is a length of time such as 4m38s, from one second to a day.
func (s spot) duration() transit.Seconds {
	if !s.present() {
		return 0
	}
	parts := durationShape.FindStringSubmatch(s.written())
	if parts == nil {
		s.refuseKind(codeNotDuration)
		return 0
	}
	total := count(parts[1])*transit.Hour + count(parts[2])*transit.Minute + count(parts[3])
	if total <= 0 || total > 24*transit.Hour {
		s.refuse(codeNotDuration)
	}
	return total
}

// count is a number of at most five digits; "" is 0.
func count(digits string) transit.Seconds {
	n, _ := strconv.Atoi(digits)
	return transit.Seconds(n)
}
