package claim

import (
	"errors"
	"fmt"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// RefusedError is the error of a claim about a plan that cannot be run.
type RefusedError struct{ Codes []string }

func (e *RefusedError) Error() string {
	return "the plan was refused: " + strings.Join(e.Codes, ", ")
}

// UnknownError is the error of a claim about something that the city or the event does not have.
type UnknownError struct {
	Sentence string
	Known    []string // what there is, where that is little
}

func (e *UnknownError) Error() string {
	if len(e.Known) == 0 {
		return e.Sentence
	}
	return fmt.Sprintf("%s; there is %q", e.Sentence, e.Known)
}

func unknown(known []string, format string, values ...any) error {
	return &UnknownError{fmt.Sprintf(format, values...), known}
}

// errNotThere is the error of a claim that asks a crowd or a stop for what only
// the other one, or the whole day, can tell.
var errNotThere = errors.New("this cannot be told of a stop, or of a crowd")

// measures are how each measure is taken.
var measures = map[Measure]func(Claim, Outcome) (int, error){
	Cleared: ofCrowd(cleared), Travel: ofCrowd(travel), Late: ofCrowd(func(c evaluation.Crowd, _ Claim) int { return c.Late }),
	Arrived:  ofPeople(totalOf.arrived, crowdOf.arrived, nil),
	Walking:  ofPeople(totalOf.walking, crowdOf.walking, nil),
	Stranded: ofPeople(totalOf.stranded, crowdOf.stranded, stopOf.stranded),
	Denied:   ofPeople(totalOf.denied, crowdOf.denied, stopOf.denied),
	LeftBehind: ofPeople(func(t evaluation.Totals) int { return t.LeftBehind }, func(c evaluation.Crowd) int { return c.LeftBehind },
		func(s evaluation.Stop) int { return s.LeftBehind }),
	Queue: queue, Wait: wait, Load: load, Fleet: needed,
}

// Measured is the value of a claim's measure in an outcome: people, times,
// vehicles, seconds of the day (Never where it never came to pass), seconds of
// waiting or travelling, or hundredths of a percent.
func Measured(c Claim, o Outcome) (int, error) {
	if len(o.Refused) > 0 {
		return 0, &RefusedError{o.Refused}
	}
	return measures[c.Measure](c, o)
}

// The columns of which some measures are, by where they are asked.
var (
	totalOf = struct{ arrived, walking, stranded, denied func(evaluation.Totals) int }{
		func(t evaluation.Totals) int { return t.Arrived }, func(t evaluation.Totals) int { return t.Walking },
		func(t evaluation.Totals) int { return t.Stranded }, func(t evaluation.Totals) int { return t.Denied },
	}
	crowdOf = struct{ arrived, walking, stranded, denied func(evaluation.Crowd) int }{
		func(c evaluation.Crowd) int { return c.Arrived }, func(c evaluation.Crowd) int { return c.Walking },
		func(c evaluation.Crowd) int { return c.Stranded }, func(c evaluation.Crowd) int { return c.Denied },
	}
	stopOf = struct{ stranded, denied func(evaluation.Stop) int }{
		func(s evaluation.Stop) int { return s.Stranded }, func(s evaluation.Stop) int { return s.Denied },
	}
)

// ofPeople counts everybody, a crowd, or the people of a stop.
func ofPeople(total func(evaluation.Totals) int, crowd func(evaluation.Crowd) int, stop func(evaluation.Stop) int) func(Claim, Outcome) (int, error) {
	return func(c Claim, o Outcome) (int, error) {
		switch {
		case c.Stop != "" && stop == nil || c.Crowd != nil && crowd == nil:
			return 0, errNotThere
		case c.Stop != "":
			stops, err := StopsOf(c.Stop, o)
			n := 0
			for _, s := range stops {
				n += stop(s)
			}
			return n, err
		case c.Crowd != nil:
			one, err := crowdNamed(c, o.Evaluation)
			return crowd(one), err
		}
		return total(o.Evaluation.Totals), nil
	}
}

// ofCrowd measures one crowd.
func ofCrowd(measure func(evaluation.Crowd, Claim) int) func(Claim, Outcome) (int, error) {
	return func(c Claim, o Outcome) (int, error) {
		one, err := crowdNamed(c, o.Evaluation)
		if err != nil {
			return 0, err
		}
		return measure(one, c), nil
	}
}
