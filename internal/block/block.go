// Package block says which vehicle makes which dated trips one after another,
// so that a late arrival makes a late departure: by the feed's block_id, and
// where it names none, first in first out at the terminals.
package block

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Rules are how blocks are inferred that no feed names.
type Rules struct {
	// Layover is the least time between a trip's last arrival and its vehicle's next
	// departure, at least a second; where the route's fleet states a turnback, that counts.
	Layover transit.Seconds
	Longest transit.Seconds // who waits longer at a terminal for a next trip goes to the depot
	Reach   geo.Meters      // how far from its last stop a vehicle goes empty to its next first stop
	// Interline lets a vehicle go on to another route with the same type of vehicle
	// when no vehicle of that route is there.
	Interline bool
}

// DefaultRules are working assumptions. The longest wait is the one with which
// blocks are inferred best that two operators do name (New York's bus B63 and
// Seattle's Link: 76 and 82% of the links, and as many vehicles out).
var DefaultRules = Rules{Layover: transit.Minute, Longest: 20 * transit.Minute, Reach: 150}

// Blocks are the chains of dated trips that vehicles make. All columns are by transit.Dated.
type Blocks struct {
	Next     []transit.Dated   // what the vehicle makes next, or transit.None
	Before   []transit.Dated   // what it made before, or transit.None
	Turn     []transit.Seconds // how long it needs after the arrival before Next may leave; never more than the timetable gives
	Inferred []bool            // the link to Next was inferred

	Named, Guessed int // links by a block_id, and inferred ones
	// Broken counts neighbors in a block_id's block of which the second leaves before
	// the first arrives: no one vehicle makes both, and they are not linked.
	Broken int
}

// None stands for no dated trip.
const None = transit.Dated(transit.None)

// Chain links the dated trips of a day. Those of one block_id and service date
// are one block. A trip without a block_id, or one that a frequency repeats, takes
// of the vehicles of its type that wait near its first stop the one of its own
// route that came first.
func Chain(n *network.Network, day *transit.Day, rules Rules) *Blocks {
	c := &chain{tt: n.Timetable, day: day, rules: rules, out: empty(len(day.Trip))}
	c.rules.Layover = max(rules.Layover, transit.Second)
	c.turnbacks()
	open := c.named()
	c.infer(open)
	return c.out
}

func empty(trips int) *Blocks {
	return &Blocks{
		Next: slices.Repeat([]transit.Dated{None}, trips), Before: slices.Repeat([]transit.Dated{None}, trips),
		Turn: make([]transit.Seconds, trips), Inferred: make([]bool, trips),
	}
}

// chain is the work of Chain.
type chain struct {
	tt       *transit.Timetable
	day      *transit.Day
	rules    Rules
	turnback []transit.Seconds // by route
	out      *Blocks
}

// turnbacks fills the least time at a terminal by route.
func (c *chain) turnbacks() {
	c.turnback = slices.Repeat([]transit.Seconds{c.rules.Layover}, len(c.tt.Routes.ID))
	for f, route := range c.tt.Fleets.Route {
		if t := c.tt.Fleets.Turnback[f]; t > 0 {
			c.turnback[route] = t
		}
	}
}

func (c *chain) depart(d transit.Dated) transit.Seconds { return c.day.Depart[c.day.First[d]] }
func (c *chain) arrive(d transit.Dated) transit.Seconds { return c.day.Arrive[c.day.First[d+1]-1] }
func (c *chain) from(d transit.Dated) transit.Stop      { return c.day.Stop[c.day.First[d]] }
func (c *chain) to(d transit.Dated) transit.Stop        { return c.day.Stop[c.day.First[d+1]-1] }
func (c *chain) route(d transit.Dated) transit.Route    { return c.tt.RouteOf(c.day.Trip[d]) }

func (c *chain) vehicle(d transit.Dated) transit.Vehicle { return c.tt.Trips.Vehicle[c.day.Trip[d]] }

// leaves orders dated trips by their departure.
func (c *chain) leaves(a, b transit.Dated) int {
	return cmp.Or(cmp.Compare(c.depart(a), c.depart(b)), cmp.Compare(a, b))
}

// ends orders dated trips by their arrival.
func (c *chain) ends(a, b transit.Dated) int {
	return cmp.Or(cmp.Compare(c.arrive(a), c.arrive(b)), cmp.Compare(a, b))
}

// link lets the vehicle of one dated trip make another next.
func (c *chain) link(first, next transit.Dated) {
	c.out.Next[first], c.out.Before[next] = next, first
	c.out.Turn[first] = min(c.turnback[c.route(first)], c.depart(next)-c.arrive(first))
}
