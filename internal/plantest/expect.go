package plantest

import (
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/claim"
	"github.com/qala-city/qala/internal/demand"
)

// subject is a measure with the words for it, and what may be said of it.
type subject struct {
	words   []string
	measure claim.Measure
	needs   string // what follows the words: share, stop, line
	may     []string
}

// What may be said of a measure, beside its bound.
const (
	ofCrowd = "of"
	atStop  = "at"
	inSpan  = "span"
)

// subjects are what claims are about; of two that begin alike the longer stands first.
var subjects = []subject{
	{[]string{"cleared"}, claim.Cleared, "share", []string{ofCrowd}},
	{[]string{"clears"}, claim.Cleared, "share", []string{ofCrowd}},
	{[]string{"arrived"}, claim.Arrived, "", []string{ofCrowd}},
	{[]string{"walking"}, claim.Walking, "", []string{ofCrowd}},
	{[]string{"stranded"}, claim.Stranded, "", []string{ofCrowd, atStop}},
	{[]string{"left", "behind"}, claim.LeftBehind, "", []string{ofCrowd, atStop}},
	{[]string{"denied"}, claim.Denied, "", []string{ofCrowd, atStop}},
	{[]string{"late"}, claim.Late, "", []string{ofCrowd}},
	{[]string{"queue"}, claim.Queue, "stop", []string{atStop, inSpan}},
	{[]string{"longest", "wait"}, claim.Wait, "", []string{ofCrowd, atStop}},
	{[]string{"wait"}, claim.Wait, "share", []string{ofCrowd}},
	{[]string{"travel"}, claim.Travel, "share", []string{ofCrowd}},
	{[]string{"load"}, claim.Load, "line", []string{inSpan}},
	{[]string{"fleet"}, claim.Fleet, "line", nil},
	{[]string{"refused"}, claim.Refused, "", nil},
}

// subjectWords are all that a claim may be about.
func subjectWords() string {
	var all []string
	for _, s := range subjects {
		all = append(all, strings.Join(s.words, " "))
	}
	return strings.Join(all, ", ")
}

// expect reads a claim.
func (s *script) expect(l *line) {
	r := reference{claim: len(s.c.Claims), of: s.name(), than: baseline, line: l.number}
	if l.took("variant") {
		r.of = l.next("the variant's name")
	} else if l.took(baseline) {
		r.of = baseline
	}
	c := Claim{Line: l.number, Text: l.text}
	about, found := l.subject()
	if !found {
		word := l.next("what the claim is about, one of " + subjectWords() + ",")
		l.fail("%q stands where one of these is due: %s", word, subjectWords())
		return
	}
	c.Measure, c.Line = about.measure, l.number
	if c.Measure == claim.Refused {
		if l.more() {
			c.Code = l.next("a finding's code")
		}
	} else {
		r.than = l.claim(&c.Claim, about)
	}
	s.c.Claims, s.than = append(s.c.Claims, c), append(s.than, r)
}

// name is that of the variant that the lines are about.
func (s *script) name() string {
	if name := s.now().Name; len(s.c.Variants) > 1 {
		return name
	}
	return baseline
}

// subject takes the words of a measure.
func (l *line) subject() (subject, bool) {
	for _, s := range subjects {
		if l.took(s.words...) {
			return s, true
		}
	}
	return subject{}, false
}

// claim reads what stands behind the measure: what it is taken of, and its
// bound. It gives the variant that it is compared with.
func (l *line) claim(c *claim.Claim, about subject) (than string) {
	c.Line.Direction = -1
	l.needed(c, about)
	than, bounded := baseline, false
	for l.more() {
		if l.qualifier(c, about) {
			continue
		}
		if bounded {
			l.fail("%q stands where the line should end", l.rest[0])
			return than
		}
		than, bounded = l.bound(c), true
	}
	switch {
	case !bounded:
		l.fail("the line ends where a bound is due: below, at most, exactly, at least, above, by")
	case c.Measure == claim.Queue && c.Stop == "":
		l.fail("a queue needs a place: at, and the name of a stop")
	}
	return than
}

// needed reads what a measure cannot do without.
func (l *line) needed(c *claim.Claim, about subject) {
	switch about.needs {
	case "share":
		c.Percent = l.share()
		if c.Measure != claim.Cleared && l.err == nil && !slices.Contains(claim.Quantiles, c.Percent) {
			l.fail("of waits and journeys these shares are known: 10%%, 50%%, 90%%, 99%%, 100%%")
		}
	case "line":
		c.Line.Name = l.next("the name of a line")
		c.Line.Direction, c.Line.Towards = l.direction()
	}
}

// direction reads "direction 0" or "towards Airport" where one stands next.
func (l *line) direction() (number int, towards string) {
	switch {
	case l.took("direction"):
		return l.whole("direction", 0, 1), ""
	case l.took("towards"):
		return -1, l.next("where the line goes")
	}
	return -1, ""
}

// qualifier reads what a measure is taken of, before or after its bound.
func (l *line) qualifier(c *claim.Claim, about subject) bool {
	if span, found := l.span(); found {
		if !slices.Contains(about.may, inSpan) {
			l.fail("a stretch of the day cannot be said of %q", strings.Join(about.words, " "))
		}
		c.Span = span
		return true
	}
	switch {
	case l.rest[0] == ofCrowd && slices.Contains(about.may, ofCrowd) && c.Crowd == nil:
		l.took(ofCrowd)
		c.Crowd = l.crowd()
	case l.stopNext() && slices.Contains(about.may, atStop) && c.Stop == "":
		l.took(atStop)
		c.Stop = l.next("the name of a stop")
	default:
		return false
	}
	if c.Crowd != nil && c.Stop != "" {
		l.fail("a crowd at a stop cannot be asked for; say one of the two")
	}
	return true
}

// stopNext reports whether "at" means a place, and not "at most".
func (l *line) stopNext() bool {
	return l.rest[0] == atStop && (len(l.rest) < 2 || l.rest[1] != "most" && l.rest[1] != "least")
}

// crowd reads "match leaving", "leaving", or "fans".
func (l *line) crowd() *claim.Crowd {
	c := &claim.Crowd{}
	word := l.next("a crowd: a session's name, arriving, leaving")
	if !isWay(word) {
		c.Session = word
		if !l.more() || !isWay(l.rest[0]) {
			return c
		}
		word = l.next("arriving or leaving")
	}
	c.Way = demand.Way(word)
	return c
}

func isWay(word string) bool {
	return word == string(demand.Arriving) || word == string(demand.Leaving)
}
