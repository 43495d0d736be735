// Package claim is what a plan is expected to keep: claims about the outcome of
// a run, and whether they hold. Package evaluation is the outcome; package
// plantest reads claims from files.
package claim

import (
	"math"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// Measure is what a claim is about.
type Measure uint8

// The measures. Those of people may ask for a crowd or for a stop.
const (
	Cleared    Measure = iota + 1 // when Percent of a crowd were away (leaving) or at the gates (arriving)
	Arrived                       // people
	Walking                       // people still on their way when the day ended
	Stranded                      // people whom no service took
	LeftBehind                    // people whom a full vehicle left behind at least once
	Denied                        // times that somebody was left behind
	Late                          // people at the gates after the session began
	Queue                         // the most people waiting at a stop at the end of a minute
	Wait                          // the longest wait, or that of Percent of a crowd
	Travel                        // the journey of Percent of a crowd from door to door
	Load                          // what a line had to carry, in percent of its room
	Fleet                         // vehicles of a line that move at once
	Refused                       // the plan cannot be run
)

// Claim is one expectation: what is measured, and the bound that it keeps.
type Claim struct {
	Measure Measure
	Percent int    // Cleared, Wait, Travel: of the crowd; 0: all of it
	Crowd   *Crowd // nil: everybody, or the one crowd that there is
	Stop    string // id or name of a stop or station, "" where none is asked for
	Line    Line
	Span    Span
	Code    string // Refused: the finding that says why, "" for any
	Bound   Bound
}

// Crowd names the people of a session on one of their ways.
type Crowd struct {
	Session string     // "" for the only one
	Way     demand.Way // "" for the only one
}

// Line names directions of a route.
type Line struct {
	Name      string // id or public name
	Direction int    // 0, 1, or -1 for both
	Towards   string // a headsign; "" for any
	Reserve   bool   // Fleet: the reserve counts as gone
}

// Span is a stretch of the day, To not included; the zero value is all of it.
type Span struct{ From, To transit.Seconds }

// whole reports whether nothing less than the day is meant.
func (s Span) whole() bool { return s == Span{} }

// Touches reports whether a stretch of seconds lies at least partly in the span.
func (s Span) Touches(from, to int) bool {
	return s.whole() || from < int(s.To) && to > int(s.From)
}

// Op compares.
type Op uint8

// The comparisons.
const (
	Below Op = iota + 1
	AtMost
	Exactly
	AtLeast
	Above
)

// Bound is what a measured value keeps.
type Bound struct {
	Op    Op
	Value int // in the measure's unit
	// Against makes it a comparison with another outcome: Value is how much
	// less, or with More how much more, was measured here than there.
	Against bool
	More    bool
	Enough  bool // Fleet: Value is the vehicles that the line has
}

// Never is when something happened that did not: later than any time.
const Never = math.MaxInt32

// holds compares a value.
func (b Bound) holds(value int) bool {
	switch b.Op {
	case Below:
		return value < b.Value
	case AtMost:
		return value <= b.Value
	case Exactly:
		return value == b.Value
	case AtLeast:
		return value >= b.Value
	case Above:
		return value > b.Value
	}
	return false
}

// Outcome is what a variant of a plan gave: an evaluation, or the codes of the
// findings with which it was refused.
type Outcome struct {
	Evaluation *evaluation.Evaluation
	Timetable  *transit.Timetable // the city's, by which stops are known
	Refused    []string
}

// Answer is what a claim came to.
type Answer struct {
	Holds    bool
	Obtained int
	Other    int // Against: what the other outcome has
}

// Check compares a claim with an outcome, and with another one where the claim
// is Against it. Its error says why the question cannot be answered: a name
// that the city does not know, or a plan that was refused.
func Check(c Claim, of, other Outcome) (Answer, error) {
	if c.Measure == Refused {
		return refused(c, of), nil
	}
	value, err := Measured(c, of)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Obtained: value}
	switch {
	case c.Bound.Enough:
		a.Other, err = vehicles(c, of)
		a.Holds = value <= a.Other
	case c.Bound.Against:
		a.Other, err = Measured(c, other)
		a.Holds = c.Bound.holds(difference(c.Bound, a))
	default:
		a.Holds = c.Bound.holds(value)
	}
	return a, err
}

// difference is how much less, or more, was obtained here than there.
func difference(b Bound, a Answer) int {
	if b.More {
		return a.Obtained - a.Other
	}
	return a.Other - a.Obtained
}

// refused holds when the plan cannot be run, for the reason that the claim names.
func refused(c Claim, of Outcome) Answer {
	a := Answer{Obtained: len(of.Refused)}
	for _, code := range of.Refused {
		a.Holds = a.Holds || c.Code == "" || c.Code == code
	}
	return a
}
