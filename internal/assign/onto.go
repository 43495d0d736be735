package assign

import (
	"errors"
	"slices"

	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/transit"
)

// ErrOtherCity says that a snapshot cannot be carried over to a problem: its
// horizon, its people, or its stops and walks are others.
var ErrOtherCity = errors.New("the snapshot is of another city, horizon or crowd")

// Onto carries a snapshot over to a problem of the same base network, horizon and
// people, with other modifications, and returns both as Resume takes them: the
// problem's day becomes what was and what will be. A trip that has started and
// that the problem does not know stays in it, and ends at its next stop, where
// everybody gets off. A trip that the snapshot does not know and that should have
// started before it is left out; vehicles do not appear in the middle of their way.
func (s *Snapshot) Onto(p *Problem) (*Snapshot, *Problem, error) {
	if s.sameDay(p.Day) && s.fits(p) {
		return s, p, nil
	}
	if s.Day.Horizon != p.Day.Horizon || !s.fits(p) {
		return nil, nil, ErrOtherCity
	}
	c := &crossing{s: s, p: p, h: s.held.clone()}
	c.h.problem = &Problem{Network: p.Network, Day: s.Day}
	c.match()
	c.compose()
	c.carry()
	return c.snapshot(), c.problem(), nil
}

// fits reports whether a snapshot's people and places are those of a problem.
func (s *Snapshot) fits(p *Problem) bool {
	n := p.Network
	return slices.Equal(s.Travellers.Key, p.Travellers.Key) && len(s.held.queues.open) == len(n.Timetable.Stops.ID) &&
		len(s.held.people) == p.Travellers.Len()+1
}

// crossing is a snapshot on its way to another problem.
type crossing struct {
	s *Snapshot
	p *Problem
	h *loading // a copy of what the snapshot holds, which is carried over

	oldOf, newOf []transit.Dated // by dated trip of the problem, and of the snapshot: the same in the other; none
	next         []transit.Visit // of the snapshot, by dated trip
	left         []bool          // of the snapshot, by dated trip: it has left its first stop, or has people on board there

	day   *transit.Day
	parts []transit.Part  // of day
	kept  []transit.Dated // by dated trip of the problem: of day, or none
	stays []transit.Dated // by dated trip of the snapshot: of day, or none
	moved []transit.Visit // by visit of the snapshot: of day, or noVisit
}

// name tells dated trips apart; of several with one name the first is the first.
type name struct {
	trip  transit.Trip
	date  transit.Date
	start transit.Seconds
	nth   int
}

// names gives each dated trip of a day its name.
func names(day *transit.Day) []name {
	out, seen := make([]name, len(day.Trip)), map[name]int{}
	for d := range out {
		n := name{day.Trip[d], day.Date[d], day.Start[d], 0}
		out[d] = n
		out[d].nth = seen[n]
		seen[n]++
	}
	return out
}

// match finds the dated trips that both days have, with the same stops.
func (c *crossing) match() {
	old, day := c.s.Day, c.p.Day
	c.newOf = slices.Repeat([]transit.Dated{block.None}, len(old.Trip))
	c.oldOf = slices.Repeat([]transit.Dated{block.None}, len(day.Trip))
	known := map[name]transit.Dated{}
	for d, n := range names(day) {
		known[n] = transit.Dated(d)
	}
	for d, n := range names(old) {
		if e, found := known[n]; found && sameStops(old, transit.Dated(d), day, e) {
			c.newOf[d], c.oldOf[e] = e, transit.Dated(d)
		}
	}
	c.next, c.left = c.h.next(), make([]bool, len(old.Trip))
	for _, v := range c.s.Outcome.Departed {
		c.left[old.Owner[v]] = true
	}
	for d := range c.left {
		c.left[d] = c.left[d] || c.boards(transit.Dated(d))
	}
}

// boards reports whether people get on a vehicle right now.
func (c *crossing) boards(d transit.Dated) bool {
	next := c.next[d]
	return next != noVisit && c.h.patient[d] == next && c.h.out.Boarded[next] > 0
}

func sameStops(a *transit.Day, d transit.Dated, b *transit.Day, e transit.Dated) bool {
	return slices.Equal(a.Stop[a.First[d]:a.First[d+1]], b.Stop[b.First[e]:b.First[e+1]])
}

// compose lays out the day: what the problem knows and did not miss, and then
// what has started without its knowing.
func (c *crossing) compose() {
	old, day, told := c.s.Day, c.p.Day, c.p.told()
	c.kept = slices.Repeat([]transit.Dated{block.None}, len(day.Trip))
	c.stays = slices.Repeat([]transit.Dated{block.None}, len(old.Trip))
	for e, d := range c.oldOf {
		if d == block.None && day.Depart[day.First[e]]+told[e] < c.s.At {
			continue
		}
		c.kept[e] = transit.Dated(len(c.parts))
		if d != block.None {
			c.stays[d] = c.kept[e]
		}
		c.parts = append(c.parts, day.Whole(transit.Dated(e)))
	}
	whole := len(c.parts) == len(day.Trip)
	for d, e := range c.newOf {
		if e == block.None && c.left[d] {
			c.stays[d] = transit.Dated(len(c.parts))
			c.parts = append(c.parts, c.cut(transit.Dated(d)))
		}
	}
	c.day = day
	if !whole || len(c.parts) > len(day.Trip) {
		c.day = transit.Compose(day.Horizon, c.parts)
	}
	c.move()
}

// cut is a trip that has started up to the stop that it comes to next; where
// people get on it right now, that is the one after.
func (c *crossing) cut(d transit.Dated) transit.Part {
	part := c.s.Day.Whole(d)
	if next := c.next[d]; next != noVisit {
		part.Visits = c.s.Day.Place(next) + 1
		if c.boards(d) {
			part.Visits++
		}
	}
	return part
}

// move finds where the snapshot's visits are.
func (c *crossing) move() {
	old := c.s.Day
	c.moved = slices.Repeat([]transit.Visit{noVisit}, len(old.Stop))
	for d, e := range c.stays {
		if e == block.None {
			continue
		}
		from, to := c.day.Visits(e)
		for v := from; v < to; v++ {
			c.moved[old.First[d]+uint32(v-from)] = v
		}
	}
}

// like is the day with the times of another one that the snapshot knows.
func (c *crossing) like(times *transit.Day) *transit.Day {
	if times == c.s.Day {
		return c.day
	}
	parts := slices.Clone(c.parts)
	for d, e := range c.stays {
		if e != block.None {
			parts[e] = transit.Part{Day: times, Dated: transit.Dated(d), Visits: parts[e].Visits}
		}
	}
	return transit.Compose(c.day.Horizon, parts)
}

func (c *crossing) snapshot() *Snapshot {
	c.h.known = c.like(c.h.known)
	c.h.problem = nil
	return &Snapshot{At: c.s.At, Day: c.day, Travellers: c.s.Travellers, Outcome: c.h.out, expected: c.like(c.s.expected), held: c.h, changed: true}
}

// problem is the problem with the day.
func (c *crossing) problem() *Problem {
	p := *c.p
	p.Day, p.Delays = c.day, nil
	for _, d := range c.p.Delays {
		if c.kept[d.Trip] != block.None {
			p.Delays = append(p.Delays, Delay{c.kept[d.Trip], d.By})
		}
	}
	if p.Model.Blocks != nil {
		p.Model.Blocks = c.blocks(p.Model.Blocks)
	}
	return &p
}

// blocks are those of the problem; a trip that it does not know is a block by itself.
func (c *crossing) blocks(of *block.Blocks) *block.Blocks {
	n := len(c.day.Trip)
	b := *of
	b.Next, b.Before = slices.Repeat([]transit.Dated{block.None}, n), slices.Repeat([]transit.Dated{block.None}, n)
	b.Turn, b.Inferred = make([]transit.Seconds, n), make([]bool, n)
	for e, d := range c.kept {
		if d == block.None || of.Next[e] == block.None || c.kept[of.Next[e]] == block.None {
			continue
		}
		next := c.kept[of.Next[e]]
		b.Next[d], b.Before[next], b.Turn[d], b.Inferred[d] = next, d, of.Turn[e], of.Inferred[e]
	}
	return &b
}
