package block

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Vehicles is by transit.Route how many vehicles are out at once at most. One
// that waits between two trips of the route is out.
func (b *Blocks) Vehicles(n *network.Network, day *transit.Day) []int {
	c := &chain{tt: n.Timetable, day: day}
	type change struct {
		route transit.Route
		at    transit.Seconds
		by    int
	}
	var changes []change
	for i, next := range b.Next {
		d := transit.Dated(i)
		back := c.arrive(d)
		if next != None && c.route(next) == c.route(d) {
			back = c.depart(next)
		}
		changes = append(changes, change{c.route(d), c.depart(d), 1}, change{c.route(d), back, -1})
	}
	slices.SortFunc(changes, func(x, y change) int { // who is back leaves his place to the next
		return cmp.Or(cmp.Compare(x.route, y.route), cmp.Compare(x.at, y.at), cmp.Compare(x.by, y.by))
	})
	most, out := make([]int, len(n.Timetable.Routes.ID)), 0
	for _, x := range changes {
		out += x.by // all are back before the next route begins
		most[x.route] = max(most[x.route], out)
	}
	return most
}
