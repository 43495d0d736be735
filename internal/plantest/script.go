package plantest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/drawn"
)

// script is a case while its lines are read.
type script struct {
	kind   kind
	c      Case
	sketch []string // lines of the drawing and of what belongs to it
	below  bool     // the drawing is over
	said   map[string]bool
	than   []reference
}

// reference is a variant that a claim names before it is known whether there is one.
type reference struct {
	claim    int
	of, than string
	line     int
}

// line reads one line of a case.
func (s *script) line(number int, text string) error {
	fields, err := drawn.Words(text)
	switch {
	case s.drawing(text):
		s.sketch = append(s.sketch, text)
		return nil
	case err != nil:
		return err
	case len(fields) == 0:
		s.sketch = append(s.sketch, "")
		return nil
	}
	l := &line{word: fields[0], rest: fields[1:], text: strings.TrimSpace(drawn.WithoutRemark(text)), number: number}
	if s.read(l) {
		s.sketch = append(s.sketch, "")
		l.end()
		return l.err
	}
	if !s.drawnWord(fields[0]) {
		return fmt.Errorf("%q is no word of a %s; there are %s", fields[0], s.kind.name, strings.Join(s.known(), ", "))
	}
	if len(s.c.Variants) > 1 {
		return fmt.Errorf("%q stands below a variant; a variant changes the service (%s), not the city", fields[0], strings.Join(drawn.Changes, ", "))
	}
	s.sketch = append(s.sketch, text)
	return nil
}

// drawing reports whether a line belongs to the picture of a drawn city.
func (s *script) drawing(text string) bool {
	fields := strings.Fields(text)
	if s.kind.name != "city" || s.below || len(fields) == 0 {
		return false
	}
	s.below = drawn.IsWord(fields[0]) && !strings.HasPrefix(fields[0], "#")
	return !s.below
}

func (s *script) drawnWord(word string) bool {
	return s.kind.name == "city" && slices.Contains(s.kind.words, word)
}

// known are the words that a case of this kind may begin a line with.
func (s *script) known() []string {
	all := append([]string{"expect", "variant", "seed", "seeds", "rounds"}, drawn.Changes...)
	all = append(append(all, s.kind.words...), s.kind.asks...)
	slices.Sort(all)
	return slices.Compact(all)
}

// read takes a line of a test; false where it is none.
func (s *script) read(l *line) bool {
	switch {
	case slices.Contains(drawn.Changes, l.word):
		s.change(l)
	case l.word == "expect":
		s.expect(l)
	case l.word == "variant":
		s.variant(l)
	case slices.Contains(s.kind.asks, l.word):
		s.c.Asks = append(s.c.Asks, s.ask(l))
	default:
		return s.setting(l)
	}
	return true
}

// now is the variant that the lines are about.
func (s *script) now() *Variant { return &s.c.Variants[len(s.c.Variants)-1] }

func (s *script) change(l *line) {
	change, err := drawn.Change(append([]string{l.word}, l.rest...))
	l.rest, l.err = nil, err
	v := s.now()
	v.Changes, v.Lines = append(v.Changes, change), append(v.Lines, l.number)
}

// variant begins another way to run the plan: the baseline with what follows.
func (s *script) variant(l *line) {
	name := l.next("the variant's name")
	if name == baseline || slices.ContainsFunc(s.c.Variants[1:], func(v Variant) bool { return v.Name == name }) {
		l.fail("there is a variant %q already", name)
	}
	base := s.c.Variants[0]
	v := Variant{
		Name: name, Line: l.number, Network: base.Network, Event: base.Event, Seed: base.Seed, Seeds: base.Seeds, Rounds: base.Rounds,
		Changes: slices.Clone(base.Changes), Lines: slices.Clone(base.Lines),
	}
	s.c.Variants, s.said = append(s.c.Variants, v), nil
}

// baseline is the plan before any variant.
const baseline = "baseline"

// setting reads how a variant is run; each is said once.
func (s *script) setting(l *line) bool {
	v := s.now()
	switch {
	case l.word == "seed":
		seed := uint64(l.number64("seed"))
		v.Seed = &seed
	case l.word == "seeds":
		v.Seeds = l.whole("seeds", 1, 100)
	case l.word == "rounds":
		v.Rounds = l.whole("rounds", 1, 1000)
	case l.word == "network" && s.kind.name == "plan":
		v.Network = l.next("the path of a network or the name of a city")
	case l.word == "event" && s.kind.name == "plan":
		v.Event = l.next("the path of an event file")
	default:
		return false
	}
	if s.said[l.word] {
		l.fail("%s is said twice", l.word)
	}
	if s.said == nil {
		s.said = map[string]bool{}
	}
	s.said[l.word] = true
	return true
}

// end closes the case. Its error names the line.
func (s *script) end() error {
	for _, r := range s.than {
		for _, target := range []struct {
			name string
			to   *int
		}{{r.of, &s.c.Claims[r.claim].Of}, {r.than, &s.c.Claims[r.claim].Than}} {
			i, found := s.find(target.name)
			if !found {
				return fmt.Errorf("line %d: there is no variant %q in this case", r.line, target.name)
			}
			*target.to = i
		}
		if c := s.c.Claims[r.claim]; c.Bound.Against && c.Of == c.Than {
			return fmt.Errorf("line %d: this compares %s with itself; put it below a variant, or say: expect variant NAME ...", r.line, r.of)
		}
	}
	if s.kind.name == "city" {
		return s.parseSketch()
	}
	base := s.c.Variants[0]
	switch {
	case base.Network == "":
		return fmt.Errorf("line %d: the plan names no network; add: network city.qala", s.c.Line)
	case base.Event == "":
		return fmt.Errorf("line %d: the plan names no event; add: event event.yaml", s.c.Line)
	}
	return s.useful()
}

// find is the variant with a name.
func (s *script) find(name string) (int, bool) {
	if name == baseline {
		return 0, true
	}
	i := slices.IndexFunc(s.c.Variants[1:], func(v Variant) bool { return v.Name == name })
	return i + 1, i >= 0
}

func (s *script) parseSketch() error {
	city, err := drawn.Parse(strings.Join(s.sketch, "\n"))
	if err != nil {
		return err
	}
	s.c.City = city
	return s.useful()
}

// useful refuses a case that cannot fail.
func (s *script) useful() error {
	if len(s.c.Claims) == 0 && len(s.c.Asks) == 0 {
		return fmt.Errorf("line %d: the case expects nothing; add a claim (expect ...) or a table (%s)", s.c.Line, strings.Join(s.kind.asks, ", "))
	}
	return nil
}
