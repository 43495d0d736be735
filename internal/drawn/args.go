package drawn

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/transit"
)

// errOpenQuote is the error of a line with a name that does not end.
var errOpenQuote = errors.New(`a quotation mark is left open: a name of several words stands between two of them`)

// Words are the words of a line without its remark; what stands in quotation
// marks is one word.
func Words(line string) ([]string, error) {
	line = WithoutRemark(line)
	var out []string
	for {
		line = strings.TrimSpace(line)
		if line == "" {
			return out, nil
		}
		if line[0] != '"' {
			word, rest := cutAt(line, " \t\r\n\"")
			out, line = append(out, word), rest
			continue
		}
		name, rest, closed := strings.Cut(line[1:], `"`)
		if !closed {
			return nil, errOpenQuote
		}
		out, line = append(out, name), rest
	}
}

// cutAt splits before the first of some characters.
func cutAt(text, any string) (before, rest string) {
	if i := strings.IndexAny(text, any); i >= 0 {
		return text[:i], text[i:]
	}
	return text, ""
}

// WithoutRemark is a line without what follows a # outside of quotation marks.
func WithoutRemark(line string) string {
	quoted := false
	for i := range len(line) {
		switch {
		case line[i] == '"':
			quoted = !quoted
		case line[i] == '#' && !quoted:
			return line[:i]
		}
	}
	return line
}

// args are the words of a line, taken one after the other.
type args struct {
	word string // the first word of the line
	rest []string
	err  error
}

// next is the next word, or "" with an error.
func (a *args) next(what string) string {
	if len(a.rest) == 0 {
		a.fail("%s is missing", what)
		return ""
	}
	word := a.rest[0]
	a.rest = a.rest[1:]
	return word
}

// more reports whether a word is left and nothing was wrong yet.
func (a *args) more() bool { return a.err == nil && len(a.rest) > 0 }

// took reports whether the next word is the given one, and takes it.
func (a *args) took(word string) bool {
	if !a.more() || a.rest[0] != word {
		return false
	}
	a.rest = a.rest[1:]
	return true
}

func (a *args) fail(format string, values ...any) {
	if a.err == nil {
		a.err = fmt.Errorf(format, values...)
	}
}

// unknown fails with a word that the line does not know.
func (a *args) unknown(word, known string) {
	a.fail("%s does not know the word %q, it knows %s", a.word, word, known)
}

// end makes sure that nothing is left.
func (a *args) end() {
	if a.more() {
		a.fail("%q stands where the line should end", a.rest[0])
	}
}

func (a *args) expect(word string) {
	if got := a.next(word); got != word {
		a.fail("%q stands where %q is due", got, word)
	}
}

func (a *args) number(what string) int {
	n, err := strconv.ParseUint(a.next(what), 10, 20)
	if err != nil {
		a.fail("%s: %v", what, err)
	}
	return int(n)
}

// decimal reads a number between two bounds, such as 1.5.
func (a *args) decimal(what string, low, high float64) float64 {
	word := a.next(what)
	n, err := strconv.ParseFloat(word, 64)
	if err != nil || !(n >= low && n <= high) {
		a.fail("%s: %q is not a number from %v to %v", what, word, low, high)
		return low
	}
	return n
}

// percent reads "60%", from 1 to 1000.
func (a *args) percent(what string) uint32 {
	word := a.next(what)
	digits, sign := strings.CutSuffix(word, "%")
	n, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || !sign || n < 1 || n > 1000 {
		a.fail("%s: %q is not a share from 1%% to 1000%%", what, word)
	}
	return uint32(n)
}

// perHour reads "25/min" or "1800/h".
func (a *args) perHour(what string) int {
	word := a.next(what)
	digits, unit, _ := strings.Cut(word, "/")
	n, err := strconv.ParseUint(digits, 10, 16)
	if err != nil || n < 1 || unit != "min" && unit != "h" {
		a.fail("%s: %q is not a rate of people (25/min, 1800/h)", what, word)
		return 1
	}
	if unit == "min" {
		n *= 60
	}
	return int(n)
}

func (a *args) length(what string) transit.Seconds {
	d, err := time.ParseDuration(a.next(what))
	if err != nil || d <= 0 || d > 48*time.Hour {
		a.fail("%s is not a length of time (10m, 30s)", what)
		return 1
	}
	return max(transit.Seconds(d/time.Second), 1)
}

func (a *args) clock(what string) transit.Seconds {
	at, err := transit.ParseClock(a.next(what))
	if err != nil {
		a.fail("%s: %v", what, err)
	}
	return at
}

// span reads "18:00-21:00".
func (a *args) span() (from, to transit.Seconds) {
	first, last, _ := strings.Cut(a.next("from-to"), "-")
	from, err := transit.ParseClock(first)
	if err != nil {
		a.fail("%v", err)
	}
	to, err = transit.ParseClock(last)
	if err != nil {
		a.fail("%v", err)
	}
	return from, to
}

// atTime reports whether the next word is a time.
func (a *args) atTime() bool { return a.more() && strings.Contains(a.rest[0], ":") }
