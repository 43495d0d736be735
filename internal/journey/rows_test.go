package journey

import (
	"fmt"
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

func (d *deck) price() price {
	switch d.below(8) {
	case 0:
		return lost
	case 1:
		return lost - price(d.below(3))
	case 2:
		return price(d.below(1 << 15))
	}
	return price(d.below(12))
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
	l.endsWith(d.below(2) == 0)
	l.idling = d.price()
	for s := range stops {
		for k := range Width {
			if d.below(3) == 0 {
				l.home[s][k], l.last[s][k], l.near[s] = d.price(), price(d.below(100)), true
			}
		}
	}
	for e := events - 1; e >= 0; e-- {
		l.steps[e] = d.step(&l, e, stops)
	}
	return &l
}

func (d *deck) step(l *rows, e, stops int) step {
	events := len(l.steps)
	s := step{
		on: d.later(e, events), stand: d.price(), hop: d.price(), off: int32(d.below(stops+1)) - 1,
		first: uint32(len(l.caught)), next: d.later(e, events), onward: d.price(), rode: d.price(),
		little: d.price(), gap: d.price(), visit: transit.Visit(events - 1 - e), kind: []kind{passes, leaves, leaves, leaves, shares, asks}[d.below(6)],
	}
	if s.next != NoEvent && l.steps[s.next].kind == passes {
		s.next = NoEvent
	}
	for range d.below(12) {
		caught := d.later(e, events)
		if s.off < 0 || caught == NoEvent || l.steps[caught].kind == passes {
			continue
		}
		low := price(d.below(3))
		l.caught = append(l.caught, catch{caught, low, low + price(d.below(3)), low.and(l.idling).and(d.price()), d.price()})
		s.count++
	}
	if s.kind > leaves {
		d.queue(l, e, &s)
	}
	return s
}

func (d *deck) queue(l *rows, e int, s *step) {
	s.turn = uint32(len(l.queued))
	for range d.below(4) {
		if t := d.later(e, len(l.steps)); t != NoEvent {
			l.queued = append(l.queued, queued{t, d.price(), d.price()})
			s.turns++
		}
	}
}

// priced prices all of the rows.
func (l *rows) priced(vector bool) {
	l.vector = vector
	for e := Event(len(l.steps) - 1); e >= 0; e -= 20 {
		l.scan(e, max(0, e-19))
	}
}

func (l *rows) copied() *rows {
	c := *l
	c.offers, c.endings, c.least, c.alight = slices.Clone(l.offers), slices.Clone(l.endings), slices.Clone(l.least), slices.Clone(l.alight)
	return &c
}

// TestVectorsPriceTheSame: a row at once gives the bits of one lane after the other.
func TestVectorsPriceTheSame(t *testing.T) {
	require.Met(t, vectors, "avx2")
	var home, linked, never, tied, queue int
	rapid.Check(t, func(t *rapid.T) {
		d := &deck{seed: draw.Seed(rapid.Uint64().Draw(t, "seed"))}
		plain := randomRows(d)
		vector := plain.copied()
		plain.priced(false)
		vector.priced(true)
		vector.vector = false
		if !reflect.DeepEqual(plain, vector) {
			t.Fatal(plain.differ(vector))
		}
		for e := range plain.alight {
			for k, choice := range plain.alight[e] {
				home += count(choice == alightHome)
				linked += count(choice >= alightLink)
				never += count(plain.offers[e].board[k] == lost)
				tied += count(plain.offers[e].board[k] < lost && plain.offers[e].board[k] == plain.offers[e].wait[k])
				queue += count(plain.steps[e].turns > 0 && plain.offers[e].wait[k] < plain.offers[e].board[k])
			}
		}
	})
	if min(home, linked, never, tied, queue) == 0 {
		t.Errorf("nothing seen of one of: home %d, linked %d, never %d, tied %d, queue %d", home, linked, never, tied, queue)
	}
}

// differ tells the last departure that other rows price otherwise: all before may follow from it.
func (l *rows) differ(o *rows) string {
	for e := len(l.steps) - 1; e >= 0; e-- {
		v := l.steps[e].visit
		if l.offers[e] != o.offers[e] || l.timed && l.endings[e] != o.endings[e] || l.least[e] != o.least[e] || l.alight[v] != o.alight[v] {
			return fmt.Sprintf("event %d, %+v, timed %v:\n%v, least %d, alight %v\n%v, least %d, alight %v",
				e, l.steps[e], l.timed, l.offers[e], l.least[e], l.alight[v], o.offers[e], o.least[e], o.alight[v])
		}
	}
	return "something else differs"
}

func count(b bool) int {
	if b {
		return 1
	}
	return 0
}
