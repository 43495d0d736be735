package plan

import (
	"cmp"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/street"
)

// What of the streets a map shows: all of them around the venue, farther off
// those that carry traffic through, and no more points than a page can draw.
const (
	aroundVenue    = geo.Meters(1500)
	mostStreetPlot = 15_000 // points
)

// streets are the backdrop of the map, nearest to the venue first.
func (d *day) streets() [][]geo.Point {
	g := d.net.Streets
	if g == nil {
		return nil
	}
	var out [][]geo.Point
	points := 0
	for _, e := range d.nearStreets(g) {
		line := coarse(g.Line(e))
		if points += len(line); points > mostStreetPlot {
			break
		}
		out = append(out, line)
	}
	return out
}

// nearStreets are the streets that a map may show, those around the venue
// first, then the roads by their distance from it.
func (d *day) nearStreets(g *street.Graph) []street.Edge {
	venue := d.event().Venue.At
	var edges []street.Edge
	away := make([]geo.Meters, len(g.From))
	for e := range g.From {
		away[e] = geo.Distance(g.At[g.From[e]].Point(), venue)
		if away[e] <= aroundVenue || g.Class[e] == street.Road {
			edges = append(edges, street.Edge(e))
		}
	}
	slices.SortFunc(edges, func(a, b street.Edge) int { return cmp.Or(cmp.Compare(away[a], away[b]), cmp.Compare(a, b)) })
	return edges
}

// coarse rounds a line to about a meter, so that the page stays small.
func coarse(line []geo.Point) []geo.Point {
	round := func(degrees float64) float64 { return math.Round(degrees*1e5) / 1e5 }
	out := line[:0]
	for _, p := range line {
		out = append(out, geo.Point{Lat: round(p.Lat), Lon: round(p.Lon)})
	}
	return slices.Compact(out)
}
