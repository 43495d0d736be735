package atlas

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

// line is one direction of a route.
type line struct {
	route     transit.Route
	direction transit.Direction
	patterns  []transit.Pattern // those with the most trips first
	headsign  string
	shape     orb.Geometry
	length    geo.Meters // of the pattern with the most trips
}

// lines are along the shapes of the feed, straight from stop to stop where it has
// none, or one that leads elsewhere.
func (c *city) lines() *sheet {
	lines := c.directions()
	routes := &c.tt.Routes
	route := func(row int) transit.Route { return lines[row].route }
	s := &sheet{
		Collection: Collection{ID: "lines", Title: "Lines", Description: "The two directions of each route, with all ways that they take.", Rows: len(lines)},
		id:         func(row int) string { return lineID(string(routes.ID[route(row)]), int(lines[row].direction)) },
		shape:      func(row int) orb.Geometry { return lines[row].shape },
		tile:       onTiles{from: 0},
	}
	s.columns = named(s.Rows, func(row int) label.Names { return c.names(routes.Name[route(row)]) })
	s.columns = append(s.columns,
		text("long_name", "long name of the route", func(row int) string { return routes.Long[route(row)] }),
		text("route", "id of the route", func(row int) string { return string(routes.ID[route(row)]) }).tiled(),
		count("direction", "0 or 1; which of them is outbound is the feed's choice", func(row int) int { return int(lines[row].direction) }).tiled(),
		text("headsign", "where most of its vehicles say they go", func(row int) string { return lines[row].headsign }).tiled(),
		text("mode", "what runs there", func(row int) string { return mode(routes.Type[route(row)]) }).tiled(),
		count("route_type", "the mode as GTFS counts it", func(row int) int { return int(routes.Type[route(row)]) }),
		text("color", "colour of the route", func(row int) string { return colour(routes.Color[route(row)]) }).tiled(),
		text("agency", "name of the operator", func(row int) string { return c.tt.Agencies.Name[routes.Agency[route(row)]] }),
		count("stops", "stops of the way that most of its trips take", func(row int) int { return len(c.tt.PatternStops(lines[row].patterns[0])) }),
		measure("length_m", "meters of the way that most of its trips take", func(row int) float64 { return math.Round(float64(lines[row].length)) }),
	)
	return s
}

// lineID names one direction of a route.
func lineID(route string, direction int) string { return fmt.Sprintf("%s.%d", route, direction) }

func colour(hex string) string {
	if hex == "" {
		return ""
	}
	return "#" + hex
}

// directions are the lines in the order of their routes.
func (c *city) directions() []line {
	at := map[[2]uint32]int{}
	var lines []line
	for p, route := range c.tt.Patterns.Route {
		key := [2]uint32{uint32(route), uint32(c.tt.Patterns.Direction[p])}
		i, known := at[key]
		if !known {
			i, at[key] = len(lines), len(lines)
			lines = append(lines, line{route: route, direction: c.tt.Patterns.Direction[p]})
		}
		lines[i].patterns = append(lines[i].patterns, transit.Pattern(p))
	}
	signs := c.headsigns()
	for i := range lines {
		l := &lines[i]
		slices.SortStableFunc(l.patterns, func(a, b transit.Pattern) int { return cmp.Compare(c.trips[b], c.trips[a]) })
		l.shape, l.headsign = c.ways(l.patterns), c.headsign(signs, l.patterns)
		l.length = c.length(l.patterns[0])
	}
	slices.SortStableFunc(lines, func(a, b line) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.direction, b.direction))
	})
	return lines
}

// ways are those of patterns, each hop once. A hop that passes over stops at which
// another vehicle of the line calls is left out where it is only a straight line.
func (c *city) ways(patterns []transit.Pattern) orb.Geometry {
	var all orb.MultiLineString
	seen, slow := hops{}, c.slower(patterns)
	for _, p := range patterns {
		stops := c.tt.PatternStops(p)
		var stretch []geo.Point
		for i, way := range c.tt.PatternWays(p) {
			one := hop{stops[i], stops[i+1]}
			if !seen[one] && !(len(way) == 2 && slow(one)) {
				seen[one] = true
				stretch = append(stretch, way...)
				continue
			}
			all, stretch = appendLine(all, stretch), nil
		}
		all = appendLine(all, stretch)
	}
	if all == nil {
		return nil
	}
	return all
}

func appendLine(all orb.MultiLineString, points []geo.Point) orb.MultiLineString {
	if line := lineOf(points); line != nil {
		return append(all, line)
	}
	return all
}

// length is how long a pattern is from its first stop to its last.
func (c *city) length(p transit.Pattern) geo.Meters {
	total := geo.Meters(0)
	for _, way := range c.tt.PatternWays(p) {
		total += geo.Length(way)
	}
	return total
}

// headsigns count by pattern what its trips say.
func (c *city) headsigns() []map[string]int {
	signs := make([]map[string]int, len(c.tt.Patterns.Route))
	for t, p := range c.tt.Trips.Pattern {
		if sign := c.tt.Trips.Headsign[t]; sign != "" {
			if signs[p] == nil {
				signs[p] = map[string]int{}
			}
			signs[p][sign]++
		}
	}
	return signs
}

// headsign is what most trips of patterns say, of equals the first by alphabet;
// where none says anything the last stop.
func (c *city) headsign(signs []map[string]int, patterns []transit.Pattern) string {
	all := map[string]int{}
	for _, p := range patterns {
		for sign, n := range signs[p] {
			all[sign] += n
		}
	}
	best := ""
	for sign, n := range all {
		if n > all[best] || n == all[best] && sign < best {
			best = sign
		}
	}
	if best == "" {
		stops := c.tt.PatternStops(patterns[0])
		best = c.stopName(stops[len(stops)-1])
	}
	return best
}
