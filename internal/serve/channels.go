package serve

import (
	"slices"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/station"
)

// channels serve one person each at a time. Who came first takes the channel
// that is free first; which of several it is makes no difference.
type channels struct {
	busy   []int64 // until when each is taken: a heap, the least in front
	mean   int64   // microseconds a person and channel; 0: nobody is held up
	random bool    // exponential service of that mean
}

func newChannels(f *station.Facilities, i station.Facility) channels {
	if f.Service[i] == 0 {
		return channels{}
	}
	c := channels{mean: int64(f.Service[i]) * (second / 1000), random: f.Variation[i] > 0}
	c.busy = slices.Repeat([]int64{micros(earliest)}, max(int(f.Channels[i]), 1))
	return c
}

// pass serves somebody who comes at a time: when his service starts and when it ends.
func (c *channels) pass(own draw.Seed, at int64) (started, done int64) {
	if c.mean == 0 {
		return at, at
	}
	started = max(at, c.busy[0])
	done = started + c.service(own)
	c.take(done)
	return started, done
}

// service is how long a person takes.
func (c *channels) service(own draw.Seed) int64 {
	if !c.random {
		return c.mean
	}
	return int64(float64(own.Exponential(0)*float64(c.mean)) + .5)
}

// take keeps the channel that was free first until a time, and restores the heap.
func (c *channels) take(until int64) {
	busy, at := c.busy, 0
	for {
		child := 2*at + 1
		if child >= len(busy) {
			break
		}
		if child+1 < len(busy) && busy[child+1] < busy[child] {
			child++
		}
		if until <= busy[child] {
			break
		}
		busy[at], at = busy[child], child
	}
	busy[at] = until
}

func (c *channels) clone() channels {
	out := *c
	out.busy = slices.Clone(c.busy)
	return out
}
