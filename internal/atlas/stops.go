package atlas

import (
	"slices"
	"strings"

	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

// gather counts the trips of patterns and notes which routes call at a stop; a
// station has those of all its stops.
func (c *city) gather() {
	c.served = make([][]transit.Route, len(c.tt.Stops.ID))
	c.parent = make([]bool, len(c.tt.Stops.ID))
	c.trips = make([]int, len(c.tt.Patterns.Route))
	for _, p := range c.tt.Trips.Pattern {
		c.trips[p]++
	}
	for p, route := range c.tt.Patterns.Route {
		for _, s := range c.tt.PatternStops(transit.Pattern(p)) {
			c.served[s] = append(c.served[s], route)
			if station := c.tt.Stops.Parent[s]; uint32(station) != transit.None {
				c.served[station] = append(c.served[station], route)
			}
		}
	}
	for s, routes := range c.served {
		slices.Sort(routes)
		c.served[s] = slices.Compact(routes)
	}
	for _, station := range c.tt.Stops.Parent {
		if uint32(station) != transit.None {
			c.parent[station] = true
		}
	}
}

func (c *city) stops() *sheet {
	stops := &c.tt.Stops
	free := c.stepFree()
	s := &sheet{
		Collection: Collection{ID: "stops", Title: "Stops", Description: "Boarding places and the stations that they belong to.", Rows: len(stops.ID)},
		id:         func(row int) string { return string(stops.ID[row]) },
		shape:      func(row int) orb.Geometry { return pointOf(stops.At[row]) },
		tile:       onTiles{from: 10, thin: func(row int) int { return len(c.served[row]) }, last: 3},
	}
	s.columns = named(s.Rows, func(row int) label.Names { return c.names(stops.Name[row]) })
	s.columns = append(s.columns,
		text("kind", "stop, or station where it holds several", func(row int) string {
			if c.parent[row] {
				return "station"
			}
			return "stop"
		}).tiled(),
		text("station", "id of the station that a stop belongs to", func(row int) string { return c.stopID(stops.Parent[row]) }).tiledFrom(12),
		text("station_name", "name of that station", func(row int) string { return c.stopName(stops.Parent[row]) }),
		text("lines", "names of the lines that call here, separated by commas", func(row int) string { return c.routeNames(c.served[row]) }).tiled(),
		count("line_count", "how many lines call here", func(row int) int { return len(c.served[row]) }).tiled(),
		truth("step_free", "can be reached from the street without steps; told where a way inside is known", func(row int) any {
			if reached, told := free[transit.Stop(row)]; told {
				return reached
			}
			return nil
		}),
	)
	return s
}

// stepFree tells of the stops behind doors whether a way without steps leads there.
func (c *city) stepFree() map[transit.Stop]bool {
	inside := &c.net.Doors.Inside
	free := map[transit.Stop]bool{}
	for i, s := range inside.To {
		free[s] = free[s] || inside.FreeWalk == nil || inside.FreeWalk[i] >= 0
	}
	return free
}

func (c *city) stopID(s transit.Stop) string {
	if uint32(s) == transit.None {
		return ""
	}
	return string(c.tt.Stops.ID[s])
}

func (c *city) stopName(s transit.Stop) string {
	if uint32(s) == transit.None {
		return ""
	}
	return c.tt.Stops.Name[s]
}

func (c *city) routeNames(routes []transit.Route) string {
	var names []string
	for _, r := range routes {
		if name := c.tt.Routes.Name[r]; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
