package network

import (
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// Bounds of what a facility can be, so that no sum of its times overflows.
const (
	longestService  = 3_600_000 // milliseconds
	mostChannels    = 10_000
	longestFacility = 10_000 // meters
)

func (c *check) stations(s *station.Stations, stops int) {
	c.facilities(&s.Facilities, stops)
	c.ways(&s.Ways, s.Facilities.Len())
	c.platforms(&s.Platforms, stops)
}

func (c *check) facilities(f *station.Facilities, stops int) {
	c.lengths("facilities", len(f.ID), len(f.Name), len(f.Kind), len(f.Station), len(f.At), len(f.Channels), len(f.Service),
		len(f.Variation), len(f.Length), len(f.Width), len(f.Speed), len(f.StepFree), len(f.Basis), len(f.Source))
	if c.err != nil {
		return
	}
	withinOrNone(c, "facility's station", f.Station, stops)
	for i := range f.ID {
		c.that(f.Kind[i] >= station.Gate && f.Kind[i] <= station.Passage, "facility of no known kind")
		c.position("facility", f.At[i])
		c.that(f.Service[i] <= longestService && f.Channels[i] <= mostChannels, "facility: rate out of range")
		c.that(f.Service[i] == 0 || f.Channels[i] > 0, "facility: service without a channel")
		c.that(f.Variation[i] == 0 || f.Variation[i] == 100, "facility: variation is neither 0 nor 100")
		c.finite("facility's size", 0, longestFacility, float64(f.Length[i]), float64(f.Width[i]))
		c.finite("facility's speed", 0, 10, float64(f.Speed[i]))
		c.that(f.Length[i] == 0 || f.Speed[i] >= .05, "facility: length without speed")
	}
}

func (c *check) ways(w *station.Ways, facilities int) {
	c.offsets("ways", w.First, w.Len(), len(w.Facility))
	c.lengths("ways", len(w.Facility), len(w.Left))
	within(c, "way's facility", w.Facility, facilities)
	if c.err != nil {
		return
	}
	for i := range w.Len() {
		before := longestWalk
		for at := w.First[i]; at < w.First[i+1]; at++ {
			c.that(w.Left[at] >= 0 && w.Left[at] <= before, "way: what is left rises")
			before = w.Left[at]
		}
	}
}

func (c *check) platforms(p *station.Platforms, stops int) {
	c.lengths("platforms", len(p.Stop), len(p.Area), len(p.Holds), len(p.Stands), len(p.Basis), len(p.Source))
	within(c, "platform's stop", p.Stop, stops)
	for i, area := range p.Area {
		c.finite("platform's area", 0, 1e6, float64(area))
		c.that(i == 0 || p.Stop[i-1] < p.Stop[i], "platforms out of order")
	}
}

// linkWays checks the columns of a group of links that say what is passed.
func (c *check) linkWays(what string, l *Links, n *Network) {
	for _, ways := range [][]uint32{l.Way, l.FreeWay} {
		c.that(ways == nil || len(ways) == len(l.To), what+": columns of different length")
		withinOrNone(c, what+": way", ways, n.Stations.Ways.Len())
	}
	c.that(l.FreeWalk == nil || len(l.FreeWalk) == len(l.To), what+": columns of different length")
	c.that((l.FreeWalk == nil) == (l.FreeWay == nil), what+": walks free of steps without their ways")
	for _, walk := range l.FreeWalk {
		c.that(walk >= -1 && walk <= longestWalk, what+": walk free of steps out of range")
	}
	if c.err != nil {
		return
	}
	for i, walk := range l.Walk {
		c.that(l.Way == nil || l.fits(l.Way[i], walk, &n.Stations.Ways), what+": a walk is shorter than its way")
		c.that(l.FreeWay == nil || l.FreeWalk[i] < 0 || l.fits(l.FreeWay[i], l.FreeWalk[i], &n.Stations.Ways), what+": a walk is shorter than its way")
	}
}

// fits reports whether a walk is as long as what is left of it at its first facility.
func (l *Links) fits(way uint32, walk transit.Seconds, ways *station.Ways) bool {
	return way == transit.None || ways.First[way] == ways.First[way+1] || ways.Left[ways.First[way]] <= walk
}

func (c *check) doors(n *Network) {
	d := &n.Doors
	c.lengths("doors", len(d.ID), len(d.At))
	for _, at := range d.At {
		c.position("door", at)
	}
	c.links("doors", d.Inside, len(d.ID), n)
}

// layout checks what ways inside of stations are made of.
func (c *check) layout(l *station.Layout, stops int) {
	c.facilities(&l.Facilities, stops)
	c.platforms(&l.Platforms, stops)
	s, t := &l.Spots, &l.Steps
	c.lengths("spots", len(s.ID), len(s.Station), len(s.Stop), len(s.Door), len(s.At), len(s.Ends))
	c.lengths("steps", len(t.From), len(t.Into), len(t.Facility), len(t.Walk), len(t.StepFree))
	withinOrNone(c, "spot's station", s.Station, stops)
	withinOrNone(c, "spot's stop", s.Stop, stops)
	within(c, "step's start", t.From, s.Len())
	within(c, "step's end", t.Into, s.Len())
	withinOrNone(c, "step's facility", t.Facility, l.Facilities.Len())
	known := map[transit.Stop]bool{}
	for i, stop := range s.Stop {
		c.that(uint32(stop) == transit.None || !known[stop], "spots: a stop twice")
		known[stop] = true
		c.position("spot", s.At[i])
	}
}
