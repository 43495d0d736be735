package assign

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// noStop stands for the access stop of somebody who rides nothing.
const noStop = transit.Stop(transit.None)

// start is how a traveller sets off.
type start struct {
	stop transit.Stop    // where he joins a queue, or noStop
	set  transit.Seconds // when he leaves his origin
	join transit.Seconds // when he is at the stop, or with noStop at his destination
	ok   bool            // false: there is no way at all
}

// option is one way to set off and what it costs a traveller.
type option struct {
	start
	cost Cost
}

// chooser picks the start of travellers to one destination, whose prices it reads.
type chooser struct {
	*prices
	problem *Problem
	lane    int // of the destination in the block
	weighed int
}

// best is a traveller's cheapest start: by when he may leave, or by when he wants to be there.
func (c *chooser) best(traveller int) option {
	t := c.problem.Travellers
	best := c.onFoot(traveller)
	stops, walks := c.problem.Network.Access.Row(uint32(t.From[traveller]))
	for i, stop := range stops {
		c.weighed++
		o := c.viaStop(traveller, stop, walks[i])
		if o.ok {
			o.cost += c.taste(traveller, stopOption(stop))
		}
		if o.ok && (!best.ok || o.cost < best.cost) {
			best = o
		}
	}
	return best
}

func (c *chooser) taste(traveller int, name uint64) Cost {
	return c.weights.taste(c.problem.Seed.For(c.problem.Travellers.Key[traveller]), name)
}

// onFoot is walking all the way, where that is near enough.
func (c *chooser) onFoot(traveller int) option {
	t, n := c.problem.Travellers, c.problem.Network
	walk, near := n.Direct(t.From[traveller], t.To[traveller])
	if !near {
		return option{}
	}
	set := t.Ready[traveller]
	if set == demand.Free {
		set = t.Due[traveller] - walk
	}
	cost := c.weights.Walk.of(walk) + c.taste(traveller, footOption)
	return option{start{noStop, set, set + walk, true}, cost}
}

// viaStop is the best journey that boards first at a stop.
func (c *chooser) viaStop(traveller int, stop transit.Stop, walk transit.Seconds) option {
	t := c.problem.Travellers
	if t.Ready[traveller] != demand.Free {
		return c.leavingAt(t.Ready[traveller], stop, walk)
	}
	return c.arrivingBy(t.Due[traveller], stop, walk)
}

// leavingAt walks to the stop at once and waits there.
func (c *chooser) leavingAt(ready transit.Seconds, stop transit.Stop, walk transit.Seconds) option {
	there := ready + walk
	e := c.tl.firstFrom(stop, there, 0)
	if e == noEvent || c.wait[e][c.lane] >= never {
		return option{}
	}
	cost := c.weights.Walk.of(walk) + c.weights.Wait.of(c.tl.leave(e)-there) + c.wait[e][c.lane]
	return option{start{stop, ready, there, true}, cost}
}

// arrivingBy comes just before the departure whose journey suits the wanted
// arrival best; of equals the latest.
func (c *chooser) arrivingBy(due transit.Seconds, stop transit.Stop, walk transit.Seconds) option {
	best := option{}
	earliest := max(due-c.weights.Window, walk+c.weights.Buffer)
	for e := c.tl.firstFrom(stop, earliest, 0); e != noEvent && c.tl.leave(e) <= due; e = c.tl.next[e] {
		c.weighed++
		price, reach := c.joining(e, c.lane)
		if price >= never {
			continue
		}
		join := c.tl.leave(e) - c.weights.Buffer
		cost := c.weights.Walk.of(walk) + c.weights.Wait.of(c.weights.Buffer) + price + c.weights.offTime(reach-due)
		if !best.ok || cost <= best.cost {
			best = option{start{stop, join - walk, join, true}, cost}
		}
	}
	return best
}

// offTime is what it costs to arrive so many seconds after the wanted time.
func (w Weights) offTime(late transit.Seconds) Cost {
	if late > 0 {
		return w.Late.of(late)
	}
	return w.Early.of(-late)
}
