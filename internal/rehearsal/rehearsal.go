// Package rehearsal plays the cases of a file of tests and tells which of their
// claims hold. Package plantest reads the files, package claim compares; who
// plays a variant is the caller's.
package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/qala-city/qala/internal/claim"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/plantest"
)

// Order asks for one play of a variant.
type Order struct {
	File    string      // of the tests; the variant's paths start from its folder
	City    *drawn.City // nil: the variant's network and event
	Variant plantest.Variant
	Seed    int // so many seeds after the variant's own
}

// Played is what a play gave.
type Played struct {
	Outcome claim.Outcome
	Trace   *evaluation.Trace // of a drawn city
	Reasons []string          // why the plan cannot be run, in words
}

// Play runs a variant. A plan that cannot be run is no error but a Played with
// its reasons; an error is what keeps the question from being asked.
type Play func(context.Context, Order) (Played, error)

// Result is what a case came to.
type Result struct {
	File    string  `json:"file"`
	Name    string  `json:"name,omitempty"`
	Line    int     `json:"line"`
	Verdict Verdict `json:"verdict"`
	Checks  []Check `json:"claims,omitempty"`
	Text    *Text   `json:"text,omitempty"`
	// Error says why the case could not be played; Cause is the error itself.
	Error string `json:"error,omitempty"`
	Cause error  `json:"-"`
}

// Verdict is how a case ended.
type Verdict string

// The verdicts.
const (
	Holds Verdict = "holds"
	Fails Verdict = "fails"
	Wrong Verdict = "error" // it asks for what there is not, or could not be played
)

// Check is what became of one claim.
type Check struct {
	Line     int     `json:"line"`
	Claim    string  `json:"claim"`
	Verdict  Verdict `json:"verdict"`
	Obtained string  `json:"obtained"`
}

// Text is what the asks answered, where they asked for anything.
type Text struct {
	Line    int      `json:"line"` // of the ---- line; 0 where there is none
	Verdict Verdict  `json:"verdict"`
	Want    []string `json:"want"`
	Got     []string `json:"got"`
}

// Run plays one case of a file. Its error is ctx's alone.
func Run(ctx context.Context, file string, c plantest.Case, play Play) (Result, error) {
	r := Result{File: file, Name: c.Name, Line: c.Line, Verdict: Holds}
	p := &players{file: file, test: c, play: play, done: map[[2]int]Played{}}
	err := p.answer(ctx, &r)
	switch {
	case ctx.Err() != nil:
		return r, ctx.Err()
	case err != nil:
		r.Verdict, r.Error, r.Cause = Wrong, err.Error(), err
	default:
		r.judge()
	}
	return r, nil
}

// judge sums up the claims and the text.
func (r *Result) judge() {
	verdicts := []Verdict{}
	for _, c := range r.Checks {
		verdicts = append(verdicts, c.Verdict)
	}
	if r.Text != nil {
		verdicts = append(verdicts, r.Text.Verdict)
	}
	for _, worse := range []Verdict{Fails, Wrong} {
		if slices.Contains(verdicts, worse) {
			r.Verdict = worse
		}
	}
}

// Accept takes what the asks answered for what is wanted, as a rewritten file does.
func (r *Result) Accept() {
	if r.Text == nil {
		return
	}
	r.Text.Want, r.Text.Verdict = r.Text.Got, Holds
	if r.Error == "" {
		r.Verdict = Holds
		r.judge()
	}
}

// players run the variants of a case, each once for every seed.
type players struct {
	file string
	test plantest.Case
	play Play
	done map[[2]int]Played
}

// of is a variant's play with one of its seeds.
func (p *players) of(ctx context.Context, variant, seed int) (Played, error) {
	key := [2]int{variant, seed}
	if played, done := p.done[key]; done {
		return played, nil
	}
	played, err := p.play(ctx, Order{File: p.file, City: p.test.City, Variant: p.test.Variants[variant], Seed: seed})
	if err == nil {
		p.done[key] = played
	}
	return played, err
}

// answer checks the claims, in their order, and prints the tables.
func (p *players) answer(ctx context.Context, r *Result) error {
	for _, c := range p.test.Claims {
		check, err := p.check(ctx, c)
		if err != nil {
			return err
		}
		r.Checks = append(r.Checks, check)
	}
	if len(p.test.Asks) == 0 && p.test.Golden.Line == 0 {
		return nil
	}
	r.Text = &Text{Line: p.test.Golden.Line, Verdict: Holds, Want: p.test.Golden.Text}
	variant := 0
	for _, ask := range p.test.Asks {
		if ask.Of != variant {
			variant = ask.Of
			r.Text.Got = append(r.Text.Got, fmt.Sprintf("variant %q", p.test.Variants[variant].Name))
		}
		played, err := p.of(ctx, ask.Of, 0)
		if err != nil {
			return err
		}
		lines, err := answer(ask, played)
		if err != nil {
			return &AskError{ask.At, err}
		}
		r.Text.Got = append(r.Text.Got, lines...)
	}
	if !slices.Equal(r.Text.Want, r.Text.Got) {
		r.Text.Verdict = Fails
	}
	return nil
}

// check compares a claim with all seeds of its variant; what does not hold with one of them does not hold.
func (p *players) check(ctx context.Context, c plantest.Claim) (Check, error) {
	out := Check{Line: c.Line, Claim: c.Text, Verdict: Holds}
	seeds := p.test.Variants[c.Of].Seeds
	failed := 0
	for seed := range seeds {
		verdict, obtained, err := p.once(ctx, c, seed)
		switch {
		case err != nil:
			return out, err
		case verdict != Holds:
			failed++
		}
		if seed == 0 || verdict != Holds && failed == 1 {
			out.Verdict, out.Obtained = verdict, obtained
		}
	}
	if seeds > 1 {
		out.Obtained = overSeeds(out.Obtained, failed, seeds)
	}
	return out, nil
}

// once compares a claim with one seed of its variant.
func (p *players) once(ctx context.Context, c plantest.Claim, seed int) (Verdict, string, error) {
	of, err := p.of(ctx, c.Of, seed)
	if err != nil {
		return Wrong, "", err
	}
	other := Played{}
	if c.Bound.Against {
		if other, err = p.of(ctx, c.Than, seed); err != nil {
			return Wrong, "", err
		}
	}
	a, err := claim.Check(c.Claim, of.Outcome, other.Outcome)
	var refused *claim.RefusedError
	switch {
	case errors.As(err, &refused):
		return Fails, reasons(of, other), nil
	case err != nil:
		return Wrong, err.Error(), nil
	case !a.Holds && c.Measure == claim.Refused && len(of.Reasons) > 0:
		return Fails, reasons(of), nil
	case !a.Holds:
		return Fails, a.Text(c.Claim), nil
	}
	return Holds, a.Text(c.Claim), nil
}
