package assign

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// moment is a vehicle's next arrival or departure. Within one second vehicles
// arrive at even steps and leave at the odd ones after them, as in transit.Day.
type moment struct {
	at    transit.Seconds
	step  uint16
	visit transit.Visit
}

func (m moment) leaves() bool { return m.step&1 == 1 }

func (m moment) compare(o moment) int {
	return cmp.Or(cmp.Compare(m.at, o.at), cmp.Compare(m.step, o.step), cmp.Compare(m.visit, o.visit))
}

// clock gives moments in their order. Those to come stand in one chain for each
// second; those of the second that it shows are sorted. There are many moments and
// few in one second, so that none is compared with many others.
type clock struct {
	from  transit.Seconds // the first second that has a chain
	first []uint32        // by second: a link, or 0
	links []link          // the first is none
	free  uint32          // links that are not used, chained
	shows transit.Seconds // the second of now; nothing stands in a chain before it
	now   []moment        // the last first
	far   []moment        // those that have no chain, the last first
	count int             // all of them
}

// farOff is when no chains are made any more: vehicles that are weeks late are few.
const farOff = transit.Seconds(1 << 22)

// spareChains are made at once before the first one.
const spareChains = 6 * transit.Hour

// link is a moment in a chain.
type link struct {
	moment
	next uint32
}

// clockOf holds some moments.
func clockOf(moments []moment) clock {
	var c clock
	for _, m := range moments {
		c.push(m)
	}
	return c
}

func (c *clock) push(m moment) {
	c.count++
	switch {
	case c.count == 1:
		c.shows, c.now = m.at, append(c.now[:0], m)
	case m.at == c.shows:
		c.now = insert(c.now, m)
	case m.at < c.shows:
		for _, later := range c.now {
			c.chain(later)
		}
		c.shows, c.now = m.at, append(c.now[:0], m)
	default:
		c.chain(m)
	}
}

// insert puts a moment where it belongs among some, the last first.
func insert(moments []moment, m moment) []moment {
	at, _ := slices.BinarySearchFunc(moments, m, func(a, b moment) int { return b.compare(a) })
	return slices.Insert(moments, at, m)
}

// chain puts a moment into the chain of its second.
func (c *clock) chain(m moment) {
	if m.at >= farOff {
		c.far = insert(c.far, m)
		return
	}
	c.reach(m.at)
	if c.free == 0 {
		if len(c.links) == 0 {
			c.links = append(c.links, link{})
		}
		c.links = append(c.links, link{})
		c.free = uint32(len(c.links) - 1)
	}
	l, head := c.free, &c.first[m.at-c.from]
	c.free = c.links[l].next
	c.links[l], *head = link{m, *head}, l
}

// reach makes chains up to a second.
func (c *clock) reach(at transit.Seconds) {
	switch {
	case len(c.first) == 0:
		c.from = at - spareChains
	case at < c.from:
		before := c.from - at + spareChains
		c.first = slices.Insert(c.first, 0, make([]uint32, before)...)
		c.from -= before
	}
	if more := int(at-c.from) + 1 - len(c.first); more > 0 {
		c.first = append(c.first, make([]uint32, more)...)
	}
}

// next is the second of the first moment of a clock that has one.
func (c *clock) next() transit.Seconds {
	if len(c.now) == 0 {
		c.turn()
	}
	return c.shows
}

// turn shows the next second in which there is anything.
func (c *clock) turn() {
	end := c.from + transit.Seconds(len(c.first))
	for c.shows = max(c.shows, c.from); c.shows < end && c.first[c.shows-c.from] == 0; c.shows++ {
	}
	if c.shows >= end {
		c.turnFar()
		return
	}
	head := &c.first[c.shows-c.from]
	for l := *head; l != 0; {
		next := c.links[l].next
		c.now = append(c.now, c.links[l].moment)
		c.links[l].next, c.free = c.free, l
		l = next
	}
	*head = 0
	slices.SortFunc(c.now, func(a, b moment) int { return b.compare(a) })
}

// turnFar shows the first second of those far off.
func (c *clock) turnFar() {
	last := len(c.far) - 1
	for c.shows = c.far[last].at; last >= 0 && c.far[last].at == c.shows; last-- {
		c.now = insert(c.now, c.far[last])
	}
	c.far = c.far[:last+1]
}

// pop takes the first moment of a clock that has one.
func (c *clock) pop() moment {
	c.next()
	last := len(c.now) - 1
	m := c.now[last]
	c.now = c.now[:last]
	c.count--
	return m
}

// moments are all of a clock, in their order.
func (c *clock) moments() []moment {
	out := make([]moment, 0, c.count)
	out = append(append(out, c.now...), c.far...)
	for _, l := range c.first {
		for ; l != 0; l = c.links[l].next {
			out = append(out, c.links[l].moment)
		}
	}
	slices.SortFunc(out, moment.compare)
	return out
}
