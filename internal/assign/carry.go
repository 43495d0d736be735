package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/transit"
)

// carry renumbers all that a snapshot holds by dated trip and visit.
func (c *crossing) carry() {
	h := c.h
	c.carryClock()
	c.carryKerbs()
	n := len(c.day.Trip)
	h.aboard, h.load = carried(h.aboard, c.stays, make([][]group, n)), carried(h.load, c.stays, make([]uint32, n))
	h.begun, h.told = carried(h.begun, c.stays, make([]bool, n)), carried(h.told, c.stays, make([]transit.Seconds, n))
	for d, v := range h.patient {
		if v != noVisit {
			h.patient[d] = c.moved[v]
		}
	}
	h.patient = carried(h.patient, c.stays, slices.Repeat([]transit.Visit{noVisit}, n))
	c.carryVisits()
	c.carryRides()
}

// carried puts each value of a column where its row is now.
func carried[T any, Row ~uint32](column []T, now []Row, out []T) []T {
	for i, value := range column {
		if uint32(now[i]) != transit.None {
			out[now[i]] = value
		}
	}
	return out
}

// carryClock drops the vehicles whose trip will not be; those that stand at a
// loading area leave it.
func (c *crossing) carryClock() {
	h, moments := c.h, c.h.clock.moments()
	var clock clock
	for _, m := range moments {
		d := c.s.Day.Owner[m.visit]
		if c.stays[d] == block.None {
			if stop := c.s.Day.Stop[m.visit]; h.kerbs.limited(stop) && !h.toStart(m) {
				h.kerbs.taken[stop]--
			}
			continue
		}
		m.visit = c.moved[m.visit]
		clock.push(m)
	}
	h.clock = clock
}

func (c *crossing) carryKerbs() {
	for stop, behind := range c.h.kerbs.behind {
		var still []waiting
		for _, w := range behind {
			if now := c.moved[w.visit]; now != noVisit {
				still = append(still, waiting{now, w.since})
			}
		}
		c.h.kerbs.behind[stop] = still
	}
}

// carryVisits moves the outcome's columns by visit; what is new there is as in the timetable.
func (c *crossing) carryVisits() {
	o := c.h.out
	fresh := newOutcome(0, c.day)
	o.Arrive, o.Depart = carried(o.Arrive, c.moved, fresh.Arrive), carried(o.Depart, c.moved, fresh.Depart)
	o.Kerb, o.Load = carried(o.Kerb, c.moved, fresh.Kerb), carried(o.Load, c.moved, fresh.Load)
	o.Boarded, o.Alighted = carried(o.Boarded, c.moved, fresh.Boarded), carried(o.Alighted, c.moved, fresh.Alighted)
	o.Denied, o.Ticket = carried(o.Denied, c.moved, fresh.Denied), carried(o.Ticket, c.moved, fresh.Ticket)
	o.Refused = carried(o.Refused, c.moved, fresh.Refused)
}

// carryRides moves what has visits in it. Who is on board of a trip that was cut
// short leaves it at its last stop.
func (c *crossing) carryRides() {
	o := c.h.out
	for i := range o.Legs {
		leg := &o.Legs[i]
		d := c.stays[c.s.Day.Owner[leg.On]]
		leg.On, leg.Off = c.moved[leg.On], c.moved[leg.Off]
		if leg.Off == noVisit {
			leg.Off = transit.Visit(c.day.First[d+1]) - 1
		}
	}
	o.Departed = slices.Clone(o.Departed)
	for i, v := range o.Departed {
		o.Departed[i] = c.moved[v]
	}
}
