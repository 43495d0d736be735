package block

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// named links the trips of each block_id and service date in the order in which
// they leave, and returns those that no block_id claims.
func (c *chain) named() (open []transit.Dated) {
	var claimed []transit.Dated
	for d := range c.day.Trip {
		if c.claimed(transit.Dated(d)) {
			claimed = append(claimed, transit.Dated(d))
		} else {
			open = append(open, transit.Dated(d))
		}
	}
	slices.SortFunc(claimed, func(a, b transit.Dated) int { return cmp.Or(c.sameBlock(a, b), c.leaves(a, b)) })
	for i := 1; i < len(claimed); i++ {
		first, next := claimed[i-1], claimed[i]
		switch {
		case c.sameBlock(first, next) != 0:
		case c.depart(next) < c.arrive(first):
			c.out.Broken++
		default:
			c.link(first, next)
			c.out.Named++
		}
	}
	return open
}

// claimed reports whether a block_id says who makes a dated trip. What a
// frequency repeats cannot all be made by one vehicle.
func (c *chain) claimed(d transit.Dated) bool {
	trip := c.day.Trip[d]
	from, to := c.tt.TripFrequencies(trip)
	return c.tt.Trips.Block[trip] != "" && from == to
}

// sameBlock is 0 for two dated trips of one block_id and service date.
func (c *chain) sameBlock(a, b transit.Dated) int {
	block := c.tt.Trips.Block
	return cmp.Or(cmp.Compare(block[c.day.Trip[a]], block[c.day.Trip[b]]), cmp.Compare(c.day.Date[a], c.day.Date[b]))
}
