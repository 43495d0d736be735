package claim

import (
	"fmt"
	"strings"

	"github.com/qala-city/qala/internal/transit"
)

// Unit is what a measure's values are counted in.
type Unit uint8

// The units.
const (
	People Unit = iota + 1
	Times
	Vehicles
	Clock   // seconds of the service day
	Length  // seconds
	Percent // hundredths of a percent
)

// Unit is what the measure's values are.
func (m Measure) Unit() Unit {
	switch m {
	case Cleared:
		return Clock
	case Denied:
		return Times
	case Wait, Travel:
		return Length
	case Load:
		return Percent
	case Fleet:
		return Vehicles
	}
	return People
}

// Text writes a value with its unit, as a test file would.
func (u Unit) Text(value int) string {
	switch u {
	case Clock:
		if value == Never {
			return "never"
		}
		return transit.Seconds(value).Clock()
	case Length:
		return lengthText(value)
	case Percent:
		if value == Never {
			return "no room at all"
		}
		return fmt.Sprintf("%d.%d%%", value/100, value%100/10)
	case Vehicles:
		return fmt.Sprintf("%d vehicles", value)
	case Times:
		return fmt.Sprintf("%d times", value)
	}
	return fmt.Sprintf("%d people", value)
}

// lengthText writes seconds as 1h10m, 12m30s, 45s.
func lengthText(seconds int) string {
	var b strings.Builder
	for _, part := range []struct {
		size int
		mark string
	}{{3600, "h"}, {60, "m"}, {1, "s"}} {
		if n := seconds / part.size; n > 0 {
			fmt.Fprintf(&b, "%d%s", n, part.mark)
			seconds -= n * part.size
		}
	}
	if b.Len() == 0 {
		return "0s"
	}
	return b.String()
}

// Text tells what was obtained.
func (a Answer) Text(c Claim) string {
	unit := c.Measure.Unit()
	switch {
	case c.Measure == Refused && a.Obtained == 0:
		return "the plan can be run"
	case c.Measure == Refused:
		return "the plan was refused"
	case c.Bound.Enough:
		return fmt.Sprintf("%s move at once, there are %d", unit.Text(a.Obtained), a.Other)
	case c.Bound.Against:
		return fmt.Sprintf("%s against %s: %s", unit.Text(a.Obtained), unit.Text(a.Other), a.change(c))
	}
	return unit.Text(a.Obtained)
}

// change tells the difference between two outcomes.
func (a Answer) change(c Claim) string {
	unit, words := c.Measure.Unit(), [2]string{"fewer", "more"}
	switch unit {
	case Clock:
		unit, words = Length, [2]string{"earlier", "later"}
	case Length, Percent:
		words = [2]string{"less", "more"}
	}
	less := a.Other - a.Obtained
	switch {
	case less == 0:
		return "the same"
	case a.Other == Never || a.Obtained == Never:
		return "no difference to tell"
	case less > 0:
		return unit.Text(less) + " " + words[0]
	}
	return unit.Text(-less) + " " + words[1]
}
