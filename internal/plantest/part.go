package plantest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/drawn"
)

// divider stands between what a case says and what its asks are expected to answer.
const divider = "----"

// part is the stretch of lines of one case, counted from 0.
type part struct {
	lines      []string // of the whole file
	from, to   int      // from the first line to the ----, or to the end
	golden     Golden
	misplaced  int // a line with words before any case, -1: none
	drawn      bool
	name       string
	titleError error
}

// parts cuts a file into its cases. A case begins with "city" or "plan" and
// ends with the first empty line below its ----, or where the next one begins.
func (f *File) parts() []part {
	var out []part
	for i := 0; i < len(f.lines); {
		word := firstWord(f.lines[i])
		switch {
		case word == "":
			i++
		case !begins(word):
			out = append(out, part{lines: f.lines, from: i, misplaced: i})
			i = f.next(i)
		default:
			p := f.part(i)
			out = append(out, p)
			i = max(p.golden.to, i+1)
		}
	}
	return out
}

// firstWord is what a line begins with, "" for an empty one or a remark.
func firstWord(line string) string {
	fields := strings.Fields(line)
	if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
		return ""
	}
	return fields[0]
}

func begins(word string) bool { return word == "city" || word == "plan" }

// next is the first line after one that begins a case.
func (f *File) next(i int) int {
	for i++; i < len(f.lines) && !begins(firstWord(f.lines[i])); i++ {
		continue
	}
	return i
}

// part is the case that begins at a line.
func (f *File) part(from int) part {
	p := part{lines: f.lines, from: from, misplaced: -1}
	p.title()
	last := from // the last line with anything on it
	for i := from + 1; ; i++ {
		if i == len(f.lines) || begins(firstWord(f.lines[i])) {
			p.to = last + 1
			p.golden.from, p.golden.to = p.to, p.to
			return p
		}
		if strings.TrimSpace(f.lines[i]) == divider {
			p.to = i
			p.golden = goldenAt(f.lines, i)
			return p
		}
		if firstWord(f.lines[i]) != "" {
			last = i
		}
	}
}

// goldenAt is the text below a divider.
func goldenAt(lines []string, divider int) Golden {
	g := Golden{Line: divider + 1, from: divider + 1, to: divider + 1}
	for g.to < len(lines) && strings.TrimSpace(lines[g.to]) != "" {
		g.Text = append(g.Text, strings.TrimRight(lines[g.to], " \t"))
		g.to++
	}
	return g
}

// title reads "plan", "city", and the name beside it.
func (p *part) title() {
	fields, err := drawn.Words(p.lines[p.from])
	if err != nil {
		p.titleError = err
		return
	}
	p.drawn, p.name = fields[0] == "city", strings.Join(fields[1:], " ")
}

// read reads the case. Its error names the line.
func (p part) read() (Case, error) {
	if p.misplaced >= 0 {
		return Case{}, fmt.Errorf("line %d: %q stands before any case; one begins with a line \"city\" or \"plan\"",
			p.misplaced+1, firstWord(p.lines[p.misplaced]))
	}
	if p.titleError != nil {
		return Case{}, fmt.Errorf("line %d: %w", p.from+1, p.titleError)
	}
	s := &script{
		kind: kinds[p.drawn], c: Case{Name: p.name, Line: p.from + 1, Golden: p.golden, Variants: []Variant{{Line: p.from + 1, Seeds: 1}}},
		sketch: make([]string, p.from+1, p.to), // so that the sketch's lines have the file's numbers
	}
	for i := p.from + 1; i < p.to; i++ {
		if err := s.line(i+1, p.lines[i]); err != nil {
			return Case{}, fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	if err := s.end(); err != nil {
		return Case{}, err
	}
	return s.c, nil
}

// kind is what a case may say.
type kind struct {
	name  string
	words []string // beside those of every case
	asks  []string
}

// kinds by whether the city is drawn.
var kinds = map[bool]kind{
	false: {"plan", []string{"network", "event"}, asks},
	true:  {"city", drawn.Known(), append(slices.Clone(asks), drawnAsks...)},
}

// The tables that a case may ask for; those of single people only where there are few.
var (
	asks      = []string{"totals", "clearance", "worst", "lines", "quarters", "stop", "fleets", "regret"}
	drawnAsks = []string{"assign", "vehicles", "journeys"}
)
