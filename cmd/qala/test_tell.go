package main

import (
	"errors"
	"fmt"

	"github.com/qala-city/qala/internal/rehearsal"
)

// verdictMarks begin the line of a case, the same in every language.
var verdictMarks = map[rehearsal.Verdict]string{rehearsal.Holds: "ok   ", rehearsal.Fails: "FAIL ", rehearsal.Wrong: "ERROR"}

// tell prints a case: in one line where it holds, else with what does not.
func (t *trial) tell(r rehearsal.Result) {
	h := t.h
	h.say("%s %s:%d  %s", verdictMarks[r.Verdict], r.File, r.Line, r.Title())
	if r.Error != "" {
		h.say("        %s", r.Error)
	}
	for _, c := range r.Checks {
		if c.Verdict == rehearsal.Holds && !t.order.verbose {
			continue
		}
		h.say("        %s:%d: %s", r.File, c.Line, c.Claim)
		h.say("            %s", h.words.Say("cli.test.obtained", map[string]any{"obtained": c.Obtained}))
	}
	if r.Text == nil || r.Text.Verdict == rehearsal.Holds {
		return
	}
	t.tellText(r)
}

// tellText prints how the answers differ from what is expected.
func (t *trial) tellText(r rehearsal.Result) {
	line, words := r.Text.Line, "cli.test.text"
	if line == 0 {
		line, words = r.Line, "cli.test.no_text"
	}
	t.h.say("        %s:%d: %s", r.File, line, t.h.words.Say(words, nil))
	for _, difference := range r.Text.Difference() {
		t.h.say("            %s", difference)
	}
}

// tellSum counts the cases.
func (t *trial) tellSum() {
	count := map[rehearsal.Verdict]int{}
	for _, r := range t.results {
		count[r.Verdict]++
	}
	t.h.answer.Summary = map[string]any{
		"cases": len(t.results), "hold": count[rehearsal.Holds], "fail": count[rehearsal.Fails], "error": count[rehearsal.Wrong], "results": t.results,
	}
	t.h.say("%s", t.h.words.Say("cli.test.sum", map[string]any{
		"cases": len(t.results), "hold": count[rehearsal.Holds], "fail": count[rehearsal.Fails], "error": count[rehearsal.Wrong],
	}))
}

// errClaim is why qala test ends with code 7, errAsked why with 3.
var (
	errClaim = errors.New("the plan does not hold: see the lines that begin with FAIL")
	errAsked = errors.New("a test asks for what there is not: see the lines that begin with ERROR")
)

// verdict is the error of the whole run: what kept a case from being played,
// else that one asks for what there is not, else that one does not hold.
func (t *trial) verdict() error {
	var worst error
	for _, r := range t.results {
		switch {
		case r.Cause != nil && isAsk(r.Cause):
			worst = rejected(errAsked)
		case r.Cause != nil:
			return fmt.Errorf("%s:%d: %w", r.File, r.Line, r.Cause)
		case r.Verdict == rehearsal.Wrong:
			worst = rejected(errAsked)
		case r.Verdict == rehearsal.Fails && worst == nil:
			worst = &failure{exitClaim, errClaim}
		}
	}
	return worst
}

func isAsk(err error) bool {
	var ask *rehearsal.AskError
	return errors.As(err, &ask)
}
