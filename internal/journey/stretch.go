package journey

import (
	"sort"

	"github.com/qala-city/qala/internal/transit"
)

// between is a price at a part of the time since which an event is the next
// one. Between the ends of that time prices move evenly, near enough.
func between(at, past Cost, part uint16) Cost {
	return at + Cost(int64(past-at)*int64(part)>>allBits)
}

// expectedEnd is when the destination is reached from a part of the time before an event on.
func (p *Prices) expectedEnd(e Event, lane int, little bool, part uint16) transit.Seconds {
	if part == 0 {
		return p.laterOf(e, lane, little)
	}
	c := p.expect.column(little)
	at, past := c.reach[e][lane], c.later[e][lane]
	return at + transit.Seconds(int64(past-at)*int64(part)>>allBits)
}

// column is that for who waits a little, or long.
func (x *expecting) column(little bool) *column {
	if little {
		return &x.little
	}
	return &x.long
}

// Moment is what standing at a stop at a time is worth towards one destination.
type Moment struct {
	At     transit.Seconds
	Price  Cost
	Reach  transit.Seconds // when the destination is reached, as expected
	Unsure transit.Seconds // of the time until then, waiting here for vehicles without minutes
}

// Stretch is the time during which an event is the next to leave its stop, or
// what is promised then is, at its beginning and its end. It is not ok where
// there is no promise, no way to the destination of a lane, or the scan was not timed.
func (p *Prices) Stretch(e Event, lane int) (from, to Moment, ok bool) {
	x, leaves, idle := p.expect, p.tl.Leave(e), p.weights.idle()
	c := x.column(x.little.past[e][lane] <= x.long.past[e][lane]+idle)
	from = Moment{x.since[e], min(x.little.past[e][lane], x.long.past[e][lane]+idle), c.later[e][lane], c.before[e][lane]}
	c = x.column(x.little.at[e][lane] <= x.long.at[e][lane]+idle)
	to = Moment{leaves, min(x.little.at[e][lane], x.long.at[e][lane]+idle), c.reach[e][lane], c.unsure[e][lane]}
	return from, to, p.timed && from.At < to.At && from.Price < Never && to.Price < Never
}

// Suiting are the events of a stop from a time on about whose stretches one
// should be there to reach the destination of a lane by another: the last of
// them is the first that would be late, and who comes for none of the others is early.
func (p *Prices) Suiting(stop transit.Stop, lane int, from, due transit.Seconds) []Event {
	leaves := p.tl.leaves[p.tl.stopAt[stop]:p.tl.stopAt[stop+1]]
	first := sort.Search(len(leaves), func(i int) bool { return p.tl.Leave(leaves[i]) >= from })
	leaves = leaves[first:]
	late := sort.Search(len(leaves), func(i int) bool {
		_, to, _ := p.Stretch(leaves[i], lane)
		return to.At > due || to.Price >= Never || to.Reach+p.weights.Spare(to.Unsure) >= due
	})
	return leaves[max(late-suiting, 0):min(late+1, len(leaves))]
}

// suiting is how many events before the one that is late are looked at.
const suiting = 3
