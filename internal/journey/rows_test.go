package journey

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

// deck are the numbers of random rows: mostly few, so that prices tie, and
// Never now and then.
type deck struct {
	seed draw.Seed
	n    uint64
}

func (d *deck) below(n int) int {
	d.n++
	return int(d.seed.Below(d.n, uint64(n)))
}

func (d *deck) cost() Cost {
	switch d.below(8) {
	case 0:
		return Never
	case 1:
		return Never - Cost(d.below(3))
	case 2:
		return Cost(d.below(1 << 22))
	}
	return Cost(d.below(12))
}

// later is an event after another, or NoEvent.
func (d *deck) later(e, events int) Event {
	if e+1 == events || d.below(4) == 0 {
		return NoEvent
	}
	return Event(e + 1 + d.below(min(events-e-1, 40)))
}

// randomRows are as no day is, but within what a scan may be given: what is
// caught or comes next lies later and lets people on.
func randomRows(d *deck) *rows {
	events, stops := 1+d.below(200), 1+d.below(5)
	l := newRows(events, events, stops)
	l.timed, l.idling = d.below(2) == 0, d.cost()
	for s := range stops {
		for k := range Width {
			if d.below(3) == 0 {
				l.home[s][k], l.last[s][k], l.near[s] = d.cost(), transit.Seconds(d.below(100)), true
			}
		}
	}
	for e := events - 1; e >= 0; e-- {
		l.steps[e] = d.step(&l, e, stops)
	}
	return &l
}

func (d *deck) step(l *rows, e, stops int) step {
	s := step{
		on: d.later(e, len(l.steps)), stand: d.cost(), hop: d.cost(), off: int32(d.below(stops+1)) - 1,
		arrive: transit.Seconds(d.below(1000)), first: uint32(len(l.caught)), next: d.later(e, len(l.steps)),
		little: d.cost(), long: d.cost(), visit: transit.Visit(len(l.steps) - 1 - e), kind: []kind{passes, leaves, leaves, leaves, leaves, asks}[d.below(6)],
	}
	if s.next != NoEvent && l.steps[s.next].kind == passes {
		s.next = NoEvent
	}
	for range d.below(12) {
		caught := d.later(e, len(l.steps))
		if s.off < 0 || caught == NoEvent || l.steps[caught].kind == passes {
			continue
		}
		low := Cost(d.below(3))
		l.caught = append(l.caught, catch{caught, low, low + Cost(d.below(3)), low + d.cost()%Never})
		s.count++
	}
	return s
}

// priced prices all of the rows. What a queue says is the next vehicle, a second later.
func (l *rows) priced(vector bool) {
	l.vector = vector
	for e := Event(len(l.steps) - 1); e >= 0; {
		until := max(0, e-20)
		if e = l.scan(e, until); e >= until {
			for k, board := range l.board[e] {
				l.wait[e][k], l.idle[e][k] = min(board+100, Never), min(board+7, Never)
				l.reach[e][k], l.after[e][k] = l.ends[e][k]+1, l.ends[e][k]+2
			}
			l.least[e] = lowest(&l.wait[e], &l.idle[e], l.idling)
			e--
		}
	}
}

func (l *rows) copied() *rows {
	c := *l
	c.board, c.wait, c.idle, c.least = slices.Clone(l.board), slices.Clone(l.wait), slices.Clone(l.idle), slices.Clone(l.least)
	c.ends, c.reach, c.after, c.alight = slices.Clone(l.ends), slices.Clone(l.reach), slices.Clone(l.after), slices.Clone(l.alight)
	return &c
}

// TestVectorsPriceTheSame: a row at once gives the bits of one lane after the other.
func TestVectorsPriceTheSame(t *testing.T) {
	require.Met(t, vectors, "avx2")
	var home, linked, never, tied int
	rapid.Check(t, func(t *rapid.T) {
		d := &deck{seed: draw.Seed(rapid.Uint64().Draw(t, "seed"))}
		plain := randomRows(d)
		vector := plain.copied()
		plain.priced(false)
		vector.priced(true)
		vector.vector = false
		if !reflect.DeepEqual(plain, vector) {
			t.Fatalf("plainly %+v\nwith vectors %+v", plain, vector)
		}
		for e := range plain.alight {
			for k, choice := range plain.alight[e] {
				home += count(choice == alightHome)
				linked += count(choice >= alightLink)
				never += count(plain.board[e][k] == Never)
				tied += count(plain.board[e][k] < Never && plain.board[e][k] == plain.wait[e][k])
			}
		}
	})
	if min(home, linked, never, tied) == 0 {
		t.Errorf("nothing seen of one of: home %d, linked %d, never %d, tied %d", home, linked, never, tied)
	}
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
