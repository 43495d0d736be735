package transit

import (
	"cmp"
	"slices"
)

// order fills Departures and Arrivals.
func (d *Day) order() {
	n := max(len(d.Stop)-len(d.Trip), 0)
	d.Departures, d.Arrivals = make([]Visit, 0, n), make([]Visit, 0, n)
	for t := range d.Trip {
		from, to := d.Visits(Dated(t))
		for v := from; v < to-1; v++ {
			d.Departures, d.Arrivals = append(d.Departures, v), append(d.Arrivals, v+1)
		}
	}
	var c counts
	d.Departures = c.sorted(d.Departures, d.Depart, d.DepartStep)
	d.Arrivals = c.sorted(d.Arrivals, d.Arrive, func(v Visit) uint16 { return d.Step[v] })
}

// mostSeconds is how long a time is counted by seconds: six weeks.
const mostSeconds = 1 << 22

// counts sorts visits by counting those of each second: there are many of them
// and few seconds.
type counts struct{ at []uint32 }

// sorted are visits, which are in their own order, by the second, then by the
// step, then by themselves.
func (c *counts) sorted(visits []Visit, second []Seconds, step func(Visit) uint16) []Visit {
	if len(visits) == 0 {
		return visits
	}
	first, last := second[visits[0]], second[visits[0]]
	for _, v := range visits {
		first, last = min(first, second[v]), max(last, second[v])
	}
	if int(last)-int(first) > mostSeconds {
		slices.SortStableFunc(visits, func(a, b Visit) int { return cmp.Or(cmp.Compare(second[a], second[b]), cmp.Compare(step(a), step(b))) })
		return visits
	}
	c.count(visits, second, first, last)
	out := make([]Visit, len(visits))
	for _, v := range visits {
		at := &c.at[second[v]-first]
		out[*at] = v
		*at++
	}
	inSteps(out, second, step)
	return out
}

// count finds where the visits of each second begin.
func (c *counts) count(visits []Visit, second []Seconds, first, last Seconds) {
	seconds := int(last) - int(first) + 1
	if cap(c.at) < seconds {
		c.at = make([]uint32, seconds)
	}
	c.at = c.at[:seconds]
	clear(c.at)
	for _, v := range visits {
		c.at[second[v]-first]++
	}
	begin := uint32(0)
	for i, n := range c.at {
		c.at[i] = begin
		begin += n
	}
}

// inSteps puts visits that are in the order of seconds, and within a second in
// their own, in the order of steps within each second; few have another than the first.
func inSteps(visits []Visit, second []Seconds, step func(Visit) uint16) {
	for i, v := range visits {
		own := step(v)
		at := i
		for at > 0 && second[visits[at-1]] == second[v] && step(visits[at-1]) > own {
			visits[at] = visits[at-1]
			at--
		}
		visits[at] = v
	}
}
