package plantest

import (
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/claim"
)

// comparisons are the words of bounds.
var comparisons = []struct {
	words []string
	op    claim.Op
}{
	{[]string{"below"}, claim.Below},
	{[]string{"under"}, claim.Below},
	{[]string{"before"}, claim.Below},
	{[]string{"<"}, claim.Below},
	{[]string{"at", "most"}, claim.AtMost},
	{[]string{"by"}, claim.AtMost},
	{[]string{"<="}, claim.AtMost},
	{[]string{"exactly"}, claim.Exactly},
	{[]string{"="}, claim.Exactly},
	{[]string{"at", "least"}, claim.AtLeast},
	{[]string{">="}, claim.AtLeast},
	{[]string{"above"}, claim.Above},
	{[]string{"over"}, claim.Above},
	{[]string{"after"}, claim.Above},
	{[]string{">"}, claim.Above},
}

// The words of a comparison with another variant.
var (
	lessWords = []string{"earlier", "fewer", "less", "shorter", "lower"}
	moreWords = []string{"later", "more", "longer", "higher"}
)

// bound reads "below 500", "by 23:30", "enough", or "at least 15m earlier than
// baseline"; it gives the variant that is compared with.
func (l *line) bound(c *claim.Claim) (than string) {
	if c.Measure == claim.Fleet && l.took("enough") {
		c.Bound.Enough = true
		c.Line.Reserve = l.took("keeping", "reserve")
		return baseline
	}
	if l.compared() {
		c.Bound.Op, c.Bound.Value = claim.AtLeast, 1
		return l.against(c)
	}
	c.Bound.Op = l.comparison()
	unit := c.Measure.Unit()
	if unit == claim.Clock && l.more() && number(l.rest[0]) && !strings.Contains(l.rest[0], ":") {
		c.Bound.Value = l.length("how much earlier or later")
		return l.against(c)
	}
	c.Bound.Value = l.value(unit)
	if l.compared() {
		return l.against(c)
	}
	return baseline
}

// comparison takes the words of one; a bare number means exactly so many.
func (l *line) comparison() claim.Op {
	for _, c := range comparisons {
		if l.took(c.words...) {
			return c.op
		}
	}
	if l.more() && !number(l.rest[0]) {
		l.fail("%q stands where a bound is due: below, at most, exactly, at least, above, by", l.rest[0])
	}
	return claim.Exactly
}

// number reports whether a word begins with a digit.
func number(word string) bool { return word != "" && word[0] >= '0' && word[0] <= '9' }

// value reads a bound in the unit of its measure.
func (l *line) value(unit claim.Unit) int {
	switch unit {
	case claim.Clock:
		return l.clock()
	case claim.Length:
		return l.length("a length of time")
	case claim.Percent:
		return l.percent("a load in percent", 10_000)
	}
	return l.whole("a number", 0, 100_000_000)
}

// compared reports whether a word such as "earlier" stands next.
func (l *line) compared() bool {
	return l.more() && (slices.Contains(lessWords, l.rest[0]) || slices.Contains(moreWords, l.rest[0]))
}

// against reads "earlier than baseline" or "fewer than variant X".
func (l *line) against(c *claim.Claim) (than string) {
	if !l.compared() {
		l.fail("a comparison needs one of %s, %s, and than", strings.Join(lessWords, ", "), strings.Join(moreWords, ", "))
		return baseline
	}
	word := l.next("a comparison")
	c.Bound.Against, c.Bound.More = true, slices.Contains(moreWords, word)
	l.expect("than")
	if l.took("variant") {
		return l.next("the variant's name")
	}
	l.expect(baseline)
	return baseline
}

// ask reads a table to print.
func (s *script) ask(l *line) Ask {
	a := Ask{Of: len(s.c.Variants) - 1, Word: l.word, At: l.number}
	switch l.word {
	case "quarters":
		a.Line.Name = l.next("the name of a line")
		a.Line.Direction, a.Line.Towards = l.direction()
		a.Span, _ = l.span()
	case "stop":
		a.Stop = l.next("the name of a stop")
	}
	return a
}
