// Package plantest reads and rewrites files of tests in which a city says what
// its plan is expected to keep. A case plays a drawn city (package drawn) or an
// event on a city's network, makes claims (package claim) about the outcome,
// and asks for tables that are compared with the text below its ---- line.
// docs/TESTING-PLANS.md tells the language.
package plantest

import (
	"errors"
	"fmt"
	"strings"

	"github.com/qala-city/qala/internal/claim"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/scenario"
)

// Ending is how the name of a file of tests ends.
const Ending = ".qtest"

// mostBytes is far more than a person writes about a plan.
const mostBytes = 1 << 20

// File is a file of tests.
type File struct {
	Name  string
	Cases []Case
	lines []string
}

// Case is one test: variants of one plan, and what is expected of them.
type Case struct {
	Name     string // "" where the file gives none
	Line     int    // of its first line, from 1
	City     *drawn.City
	Variants []Variant // the first is the baseline, and has no name
	Claims   []Claim
	Asks     []Ask
	Golden   Golden
}

// Variant is one way to run the plan.
type Variant struct {
	Name    string
	Line    int
	Network string // a path or a city's name; "" in a drawn city
	Event   string // a path
	Changes []scenario.Modification
	Lines   []int   // where the changes stand
	Seed    *uint64 // nil: the event's own
	Seeds   int     // claims hold with so many seeds, from the first on
	Rounds  int     // 0: as usual
}

// Claim is an expectation of a variant.
type Claim struct {
	claim.Claim
	Of, Than int // variants
	Line     int
	Text     string // as it stands in the file
}

// Ask is a table to print of a variant.
type Ask struct {
	Of   int
	Word string
	Line claim.Line // quarters
	Span claim.Span // quarters
	Stop string     // stop
	At   int        // line of the file
}

// Golden is the text that the asks are expected to answer.
type Golden struct {
	Line int // of the ---- line; 0 where there is none
	Text []string
	// from and to are the lines that a new text takes the place of; both are one
	// after the case's last line where there is no ---- yet.
	from, to int
}

// ErrTooLarge is the error of a file that nobody wrote by hand.
var ErrTooLarge = errors.New("more than a megabyte, which no file of tests needs")

// Read reads a file of tests; name is what errors call it. Its error tells all
// cases that cannot be read, each with its line, the word and what is expected.
func Read(name string, data []byte) (*File, error) {
	if len(data) > mostBytes {
		return nil, fmt.Errorf("reading %s: %w", name, ErrTooLarge)
	}
	f := &File{Name: name, lines: strings.Split(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")}
	var wrong []error
	for _, part := range f.parts() {
		c, err := part.read()
		if err != nil {
			wrong = append(wrong, fmt.Errorf("reading %s: %w", name, err))
		}
		f.Cases = append(f.Cases, c)
	}
	if len(wrong) == 0 && len(f.Cases) == 0 {
		wrong = append(wrong, fmt.Errorf("reading %s: no case; one begins with a line \"city\" or \"plan\"", name))
	}
	if len(wrong) > 0 {
		return nil, errors.Join(wrong...)
	}
	return f, nil
}

// Rewrite is the file with other texts below the ---- lines of some cases, by
// their position. A case that asks and has no ---- gets one.
func (f *File) Rewrite(texts map[int][]string) []byte {
	var out []string
	at := 0
	for i := range f.Cases {
		text, given := texts[i]
		g := f.Cases[i].Golden
		if !given || g.Line == 0 && len(text) == 0 {
			continue
		}
		out = append(out, f.lines[at:g.from]...)
		if g.Line == 0 {
			out = append(out, divider)
		}
		out = append(out, text...)
		at = g.to
		if at < len(f.lines) && strings.TrimSpace(f.lines[at]) != "" {
			out = append(out, "") // or the next case would be part of the text
		}
	}
	return []byte(strings.Join(append(out, f.lines[at:]...), "\n"))
}
