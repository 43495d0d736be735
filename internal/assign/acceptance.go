package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// Acceptance is what the people of one line would board at their stop.
type Acceptance struct {
	Stop  transit.Stop
	Wants []Want
}

// Want is a pattern at one of its places, for the departures that are scheduled
// from Since to Until.
type Want struct {
	Pattern      transit.Pattern
	On           uint16
	Since, Until transit.Seconds
}

// Takes reports whether a departure that is scheduled for a time is one of them.
func (a *Acceptance) Takes(pattern transit.Pattern, on uint16, leaves transit.Seconds) bool {
	return a.want(pattern, on, leaves) != noWant
}

// noWant stands for none of them.
const noWant = -1

// want is the one that takes a departure, or noWant.
func (a *Acceptance) want(pattern transit.Pattern, on uint16, leaves transit.Seconds) int {
	for i := range a.Wants {
		if w := &a.Wants[i]; w.Pattern == pattern && w.On == on && w.Since <= leaves && leaves <= w.Until {
			return i
		}
	}
	return noWant
}

// print is nearly always another one for another acceptance.
func (a *Acceptance) print() uint64 {
	const odd = 0x9E3779B97F4A7C15
	h := uint64(a.Stop)
	for i := range a.Wants {
		w := &a.Wants[i]
		h = (h ^ (uint64(w.Pattern)<<16 | uint64(w.On))) * odd
		h = (h ^ h>>32 ^ (uint64(uint32(w.Since))<<32 | uint64(uint32(w.Until)))) * odd
	}
	return h * odd
}

func (a *Acceptance) same(b *Acceptance) bool {
	return a.Stop == b.Stop && slices.Equal(a.Wants, b.Wants)
}

// lineOf is the line of who accepts some options at a stop, opened when nobody
// accepted the same before.
func (p *plans) lineOf(stop transit.Stop, options []journey.Option) uint32 {
	p.asked = p.asked[:0]
	for i := range options {
		o := &options[i]
		p.asked = append(p.asked, Want{o.Pattern, o.On, o.Since, o.Until})
	}
	a := Acceptance{stop, p.asked}
	p.numbers.fit(p.lines)
	n := p.numbers.of(&a, p.lines)
	if n.line == 0 {
		p.lines = append(p.lines, Acceptance{stop, p.keep(p.asked)})
		n.line = uint32(len(p.lines))
	}
	return n.line - 1
}

// manyWants are kept in one piece.
const manyWants = 1 << 12

// keep is a copy of some wants that lasts; many lines have few.
func (p *plans) keep(wants []Want) []Want {
	if len(wants) > cap(p.wants)-len(p.wants) {
		p.wants = make([]Want, 0, max(manyWants, len(wants)))
	}
	from := len(p.wants)
	p.wants = append(p.wants, wants...)
	return p.wants[from:len(p.wants):len(p.wants)]
}

// numbers find lines by what they accept: a table with open addresses, at most half full.
type numbers []number

// number is one more than a line, and its print in short; 0: there is none.
type number struct{ print, line uint32 }

// leastNumbers is the size of a table that holds little.
const leastNumbers = 1 << 10

// fit makes room for one line more than some.
func (n *numbers) fit(lines []Acceptance) {
	if len(lines)*2 < len(*n) {
		return
	}
	size := leastNumbers
	for size <= len(lines)*2 {
		size *= 2
	}
	*n = make(numbers, size)
	for id := range lines {
		n.of(&lines[id], lines).line = uint32(id) + 1
	}
}

// of is where the line stands that accepts something, or would.
func (n numbers) of(a *Acceptance, lines []Acceptance) *number {
	print, mask := a.print(), uint64(len(n)-1)
	for i := print >> 32 & mask; ; i = (i + 1) & mask {
		e := &n[i]
		if e.line == 0 {
			e.print = uint32(print)
			return e
		}
		if e.print == uint32(print) && lines[e.line-1].same(a) {
			return e
		}
	}
}
