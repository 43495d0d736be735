package network

import (
	"fmt"
	"math"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// Validate makes sure of everything that engines rely on: columns of equal
// length, indexes within their range, offsets and times that never go back,
// shares that sum to one. It returns ErrInvalid with the first contradiction.
func Validate(n *Network) error {
	if n == nil || n.Timetable == nil {
		return fmt.Errorf("%w: no timetable", ErrInvalid)
	}
	var c check
	c.parts(n)
	if c.err == nil {
		c.stations(&n.Stations, len(n.Timetable.Stops.ID))
		c.links("transfers", n.Transfers, len(n.Timetable.Stops.ID), n)
		c.links("access", n.Access, len(n.Places.ID), n)
		c.doors(n)
		c.gateWalks(&n.GateWalks, len(n.Places.ID))
	}
	return c.err
}

// check remembers the first contradiction. A group of columns is looked into
// only as long as there is none.
type check struct{ err error }

func (c *check) that(holds bool, what string) {
	if c.err == nil && !holds {
		c.err = fmt.Errorf("%w: %s", ErrInvalid, what)
	}
}

// parts checks all but the walks.
func (c *check) parts(n *Network) {
	for _, step := range []func(){
		func() { c.timetable(n.Timetable) },
		func() { c.walking(n.Walking, n.Streets != nil) },
		func() { c.streets(n.Streets) },
		func() { c.places(&n.Places) },
		func() { c.venues(n) },
		func() { c.numbers(n.Numbers) },
	} {
		if c.err == nil {
			step()
		}
	}
}

// lengths makes sure that a group's columns have as many rows as its first.
func (c *check) lengths(group string, rows int, columns ...int) {
	for _, length := range columns {
		c.that(length == rows, group+": columns of different length")
	}
}

// within makes sure that every index of a column is below a limit.
func within[T ~uint32](c *check, what string, column []T, limit int) {
	what += " out of range"
	for _, v := range column {
		c.that(uint64(v) < uint64(limit), what)
	}
}

// withinOrNone is within for a column that may hold None.
func withinOrNone[T ~uint32](c *check, what string, column []T, limit int) {
	what += " out of range"
	for _, v := range column {
		c.that(uint32(v) == transit.None || uint64(v) < uint64(limit), what)
	}
}

// offsets makes sure that first cuts total values into rows. No rows may go
// without offsets at all.
func (c *check) offsets(what string, first []uint32, rows, total int) {
	if len(first) == 0 {
		c.that(rows == 0 && total == 0, what+": no offsets")
		return
	}
	c.that(len(first) == rows+1 && first[0] == 0 && uint64(first[len(first)-1]) == uint64(total), what+": offsets do not fit")
	for i := 1; i < len(first); i++ {
		c.that(first[i-1] <= first[i], what+": offsets go back")
	}
}

// finite makes sure that numbers lie between two bounds; NaN does not.
func (c *check) finite(what string, low, high float64, values ...float64) {
	for _, v := range values {
		c.that(v >= low && v <= high, what+" out of range")
	}
}

// position allows the null island, which says that a position is not known.
func (c *check) position(what string, at geo.Point) {
	c.that(at.Valid() || at == geo.Point{}, what+": no position on the earth")
}

func (c *check) walking(w Walking, streets bool) {
	c.finite("walking speed", .1, 10, w.Speed)
	c.finite("walking detour", 1, 10, w.Detour)
	c.finite("walking distance", 0, 100_000, w.MaxAccess, w.MaxTransfer, w.MaxDirect)
	c.that(w.Nearest <= 1000, "walking: too many nearest stops")
	c.that(!streets || (w.Steps >= .05 && w.Steps <= 1), "walking speed on steps out of range")
}

func (c *check) streets(g *street.Graph) {
	if g == nil {
		return
	}
	if err := g.Validate(); err != nil {
		c.that(false, err.Error())
	}
}

func (c *check) places(p *demand.Places) {
	c.lengths("places", len(p.ID), len(p.At), len(p.People))
	for _, at := range p.At {
		c.position("places", at)
	}
}

func (c *check) venues(n *Network) {
	ids := map[string]bool{}
	for _, v := range n.Venues {
		c.that(v.ID != "" && !ids[v.ID], "venues: id missing or double")
		ids[v.ID] = true
		c.position("venues", v.At)
		c.that(v.Basis == "" || basis.Kind(v.Basis).Known(), "venues: basis not known")
		c.gates(v.Gates, len(n.Places.ID))
	}
}

func (c *check) gates(gates []demand.Gate, places int) {
	total := 0.0
	for _, g := range gates {
		c.that(uint64(g.Place) < uint64(places), "gates: place out of range")
		c.finite("gates: share", 0, 1, g.Share)
		total += g.Share
	}
	c.that(len(gates) > 0 && math.Abs(total-1) < 1e-6, "gates: shares do not sum to 1")
}

func (c *check) numbers(numbers []basis.Number) {
	for _, number := range numbers {
		c.that(number.ID != "" && number.Kind.Known(), "numbers: id or kind missing")
	}
}

func (c *check) links(what string, l Links, rows int, n *Network) {
	c.lengths(what, len(l.To), len(l.Walk))
	c.offsets(what, l.First, rows, len(l.To))
	within(c, what+": stop", l.To, len(n.Timetable.Stops.ID))
	for _, walk := range l.Walk {
		c.that(walk >= 0 && walk <= longestWalk, what+": walk out of range")
	}
	if c.err == nil {
		c.linkWays(what, &l, n)
	}
}

func (c *check) gateWalks(w *GateWalks, places int) {
	c.lengths("gate walks", len(w.Place), len(w.Walk))
	c.offsets("gate walks", w.First, len(w.Gate), len(w.Place))
	within(c, "gate walks: gate", w.Gate, places)
	within(c, "gate walks: place", w.Place, places)
	c.that(ascending(w.Gate), "gate walks: gates not in order")
	for i := range w.Gate {
		if c.err == nil {
			c.that(ascending(w.Place[w.First[i]:w.First[i+1]]), "gate walks: places not in order")
		}
	}
	for _, walk := range w.Walk {
		c.that(walk >= 0 && walk <= longestWalk, "gate walks: walk out of range")
	}
}

// ascending reports whether each place comes once and after the smaller ones.
func ascending(places []demand.Place) bool {
	for i := 1; i < len(places); i++ {
		if places[i-1] >= places[i] {
			return false
		}
	}
	return true
}
