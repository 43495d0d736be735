package assign

import (
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// byHeadway looks for a better moment to be at a link's stop than an option's,
// where lines promise headways and no minutes. Nobody can come just before
// their vehicles; he comes so early that what he expects suits the wanted arrival.
// That may be off by as much as he expects to wait for them, and he leaves himself
// the spare time that makes early and late cost the least together.
func (c *chooser) byHeadway(traveller int, link uint32, walk transit.Seconds, best option) option {
	due := c.problem.Travellers.Due[traveller]
	w, stop := &c.problem.Weights, c.problem.Network.Access.To[link]
	earliest := max(due-w.Window, walk+w.Buffer)
	if !c.Promises(stop) {
		return best
	}
	for _, e := range c.Suiting(stop, c.lane, earliest, due) {
		c.weighed++
		from, to, ok := c.Stretch(e, c.lane)
		if !ok || from.At > due {
			continue
		}
		m := between(from, to, max(c.suits(from, to, due), earliest))
		held := c.heldOn(traveller, link, m.At-walk)
		cost := w.Walk.Of(walk) + w.Wait.Of(held) + m.Price + w.OffAbout(m.Reach-due, m.Unsure)
		if best.link == nowhere || cost <= best.cost {
			best = option{start{link, m.At - walk - held}, e, walk, held, cost}
		}
	}
	return best
}

// suits is the moment of a stretch from which one arrives by a time, spare time
// included; the middle of the stretch where there is none.
func (c *chooser) suits(from, to journey.Moment, due transit.Seconds) transit.Seconds {
	w := &c.problem.Weights
	first, last := from.Reach+w.Spare(from.Unsure)-due, to.Reach+w.Spare(to.Unsure)-due
	if first > 0 || last < 0 || first == last {
		return from.At + (to.At-from.At)/2
	}
	return from.At + transit.Seconds(int64(to.At-from.At)*int64(-first)/int64(last-first))
}

// between is a moment of a stretch.
func between(from, to journey.Moment, at transit.Seconds) journey.Moment {
	part, all := int64(at-from.At), int64(max(to.At-from.At, 1))
	on := func(a, b int64) int64 { return a + (b-a)*part/all }
	return journey.Moment{
		At: at, Price: journey.Cost(on(int64(from.Price), int64(to.Price))),
		Reach:  transit.Seconds(on(int64(from.Reach), int64(to.Reach))),
		Unsure: transit.Seconds(on(int64(from.Unsure), int64(to.Unsure))),
	}
}
