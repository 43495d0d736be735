package plantest

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/claim"
	"github.com/qala-city/qala/internal/transit"
)

// line is the words of a line, taken one after the other.
type line struct {
	word   string // the first
	rest   []string
	text   string
	number int
	err    error
}

func (l *line) fail(format string, values ...any) {
	if l.err == nil {
		l.err = fmt.Errorf(format, values...)
	}
}

// next is the next word, or "" with an error that tells what is due.
func (l *line) next(due string) string {
	if len(l.rest) == 0 {
		l.fail("the line ends where %s is due", due)
		return ""
	}
	word := l.rest[0]
	l.rest = l.rest[1:]
	return word
}

// more reports whether a word is left and nothing was wrong yet.
func (l *line) more() bool { return l.err == nil && len(l.rest) > 0 }

// took reports whether the next words are the given ones, and takes them.
func (l *line) took(words ...string) bool {
	if l.err != nil || len(l.rest) < len(words) || !slices.Equal(l.rest[:len(words)], words) {
		return false
	}
	l.rest = l.rest[len(words):]
	return true
}

// expect takes the given word.
func (l *line) expect(word string) {
	if got := l.next(strconv.Quote(word)); got != word {
		l.fail("%q stands where %q is due", got, word)
	}
}

// end makes sure that nothing is left.
func (l *line) end() {
	if l.more() {
		l.fail("%q stands where the line should end", l.rest[0])
	}
}

func (l *line) number64(due string) int64 {
	word := l.next(due)
	n, err := strconv.ParseInt(word, 10, 54)
	if err != nil || n < 0 {
		l.fail("%q stands where %s, a whole number, is due", word, due)
		return 0
	}
	return n
}

// whole reads a whole number within bounds.
func (l *line) whole(due string, low, high int) int {
	word := l.next(due)
	n, err := strconv.Atoi(word)
	if err != nil || n < low || n > high {
		l.fail("%q stands where %s, from %d to %d, is due", word, due, low, high)
		return low
	}
	return n
}

// percent reads "95%", with at most one decimal, in hundredths of a percent.
func (l *line) percent(due string, most int) int {
	word := l.next(due)
	digits, sign := strings.CutSuffix(word, "%")
	n, err := strconv.ParseFloat(digits, 64)
	if err != nil || !sign || !(n >= 0 && n <= float64(most)) {
		l.fail("%q stands where %s is due, such as 95%%, up to %d%%", word, due, most)
		return 0
	}
	return int(float64(n*100) + .5)
}

// share reads a whole share of a crowd.
func (l *line) share() int {
	hundredths := l.percent("a share of the crowd", 100)
	if hundredths == 0 || hundredths%100 != 0 {
		l.fail("a share of a crowd is a whole number of percent, from 1%% to 100%%")
	}
	return hundredths / 100
}

// length reads "15m" or "1h30m".
func (l *line) length(due string) int {
	word := l.next(due)
	d, err := time.ParseDuration(word)
	if err != nil || d < 0 || d > 48*time.Hour {
		l.fail("%q stands where %s, a length of time such as 15m or 90s, is due", word, due)
	}
	return int(d / time.Second)
}

func (l *line) clock() int {
	word := l.next("a time such as 23:30")
	at, err := transit.ParseClock(word)
	if err != nil {
		l.fail("%q stands where a time such as 23:30 is due", word)
	}
	return int(at)
}

// spanPattern is a stretch of the day.
var spanPattern = regexp.MustCompile(`^\d{1,3}:\d\d(:\d\d)?-\d{1,3}:\d\d(:\d\d)?$`)

// span reads "22:00-23:00" where one stands next.
func (l *line) span() (claim.Span, bool) {
	if !l.more() || !spanPattern.MatchString(l.rest[0]) {
		return claim.Span{}, false
	}
	word := l.next("a stretch of the day")
	first, last, _ := strings.Cut(word, "-")
	from, err := transit.ParseClock(first)
	to, err2 := transit.ParseClock(last)
	if err != nil || err2 != nil || from >= to {
		l.fail("%q is no stretch of the day; it is written 22:00-23:00", word)
	}
	return claim.Span{From: from, To: to}, true
}
