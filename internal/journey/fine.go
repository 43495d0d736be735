package journey

import (
	"slices"

	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/transit"
)

// WidthOf is how many destinations a scan of a timetable's days prices side by side at most: fewer
// where some lines have no minutes, as each takes more of them.
func WidthOf(tt *transit.Timetable) int {
	if slices.Contains(tt.Frequencies.Exact, false) {
		return headway.Abreast
	}
	return Width
}

// Side by side, one entry a destination.
type (
	costs = [headway.Abreast]Cost
	times = [headway.Abreast]transit.Seconds
)

// nothing leads to any destination.
var nothing = func() (c costs) {
	for k := range c {
		c[k] = Never
	}
	return c
}()

// coming is what the end of a ride is worth, what one does there, and when that
// ends; in timed scans only.
type coming struct {
	best   costs
	choice [Width]alight
	ends   times
}

// finely works out one departure of a city in which some lines have no minutes:
// first what riding on is worth, then whether somebody at the stop would rather wait.
func (p *Prices) finely(e Event) {
	s, x, at := &p.steps[e], p.expect, coming{best: nothing}
	p.stayFinely(s, &at)
	if s.off >= 0 {
		p.walkFinely(s, &at)
		p.changeFinely(e, &at)
	}
	for k := range at.best {
		at.best[k] = min(at.best[k]+s.hop.cost(), Never)
	}
	x.board[e], x.ends[e], p.alight[s.visit] = at.best, at.ends, at.choice
	switch {
	case s.kind == passes:
	case p.Promises(p.tl.Day.Stop[s.visit]):
		p.expectant(e)
	default:
		p.waitFinely(e)
	}
}

// stayFinely is remaining on board through a visit.
func (p *Prices) stayFinely(s *step, at *coming) {
	if s.on == NoEvent {
		return
	}
	for k, board := range p.expect.board[s.on] {
		at.best[k] = min(board+s.stand.cost(), Never)
	}
	at.ends = p.expect.ends[s.on]
}

// walkFinely is getting off and going home on foot, where that is no dearer.
func (p *Prices) walkFinely(s *step, at *coming) {
	if !p.near[s.off] {
		return
	}
	for k := range at.best {
		last := p.last[s.off][k]
		if last == lost {
			continue
		}
		if home := p.weights.Walk.Of(transit.Seconds(last)); home <= at.best[k] {
			at.best[k], at.choice[k], at.ends[k] = home, alightHome, s.arrive+transit.Seconds(last)
		}
	}
}

// changeFinely is changing for another vehicle, or for what is promised before it.
func (p *Prices) changeFinely(e Event, at *coming) {
	x, parts := p.expect, p.parts[p.first[e]:p.first[e+1]]
	for i, c := range p.of(e) {
		of := &parts[i]
		wait, idle := &x.little.at[c.event], &x.long.at[c.event]
		waited, idled := wait, idle
		if of.of > 0 {
			waited, idled = &x.little.past[c.event], &x.long.past[c.event]
		}
		for k := range at.best {
			little, long := between(wait[k], waited[k], of.of)+of.cost, between(idle[k], idled[k], of.of)+of.long
			if min(little, long) >= at.best[k] {
				continue
			}
			at.best[k], at.choice[k] = min(little, long), alightLink+alight(i)
			if p.timed {
				at.ends[k] = p.expectedEnd(c.event, k, little <= long, of.of)
			}
		}
	}
}

// waitFinely is waiting at a stop all of whose departures have minutes.
func (p *Prices) waitFinely(e Event) {
	x, turns := p.expect, p.memory.Queues.of(p.tl.Visit(e))
	for _, c := range []*column{&x.little, &x.long} {
		c.at[e], c.reach[e] = p.lettingGo(c, e, turns)
		if !joins(turns, e) {
			continue
		}
		for k, board := range x.board[e] {
			if board <= c.at[e][k] {
				c.at[e][k], c.reach[e][k] = board, x.ends[e][k]
			}
		}
	}
}

// lettingGo is what comes when a departure has been let go: the next one or,
// where there is a queue, the vehicles on which one's turn comes.
func (p *Prices) lettingGo(c *column, e Event, turns []Turn) (costs, times) {
	next := p.tl.next[e]
	if len(turns) == 0 && next != NoEvent {
		at, gap := c.at[next], c.second.Of(p.tl.Leave(next)-p.tl.Leave(e))
		for k := range at {
			at[k] = min(at[k]+gap, Never)
		}
		return at, c.reach[next]
	}
	s := standing{price: nothing}
	for _, t := range turns {
		if t.Event != e && t.Event != NoEvent {
			p.queue(c, e, t, &s)
		}
	}
	return s.price, s.reach
}

// expectedAt is Standing where some lines have no minutes.
func (p *Prices) expectedAt(e Event, lane int, before transit.Seconds) Cost {
	x := p.expect
	part, before := p.before(e, before)
	wait, idle := x.little.at[e][lane], x.long.at[e][lane]
	if part > 0 {
		wait, idle = between(wait, x.little.past[e][lane], part), between(idle, x.long.past[e][lane], part)
	}
	return min(wait+p.weights.Wait.Of(before), idle+p.weights.idle()+Ride.Of(before), Never)
}
