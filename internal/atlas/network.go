package atlas

import (
	"math"

	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// OfNetwork is the atlas of a city.
func OfNetwork(n *network.Network) *Atlas {
	c := &city{net: n, tt: n.Timetable}
	c.gather()
	a := &Atlas{Names: n.City.Names, Fallback: n.City.ID, Illustration: n.City.Illustration, Credits: n.Credits}
	a.add(c.stops(), c.lines(), c.venues(), c.gates(), c.places(), c.facilities(), c.platforms())
	if n.Streets != nil {
		a.streets = backdropOf(n.Streets)
	}
	return a
}

// city is a network while its atlas is made.
type city struct {
	net *network.Network
	tt  *transit.Timetable

	served [][]transit.Route // by transit.Stop: the routes that call there, ascending
	trips  []int             // by transit.Pattern
	parent []bool            // by transit.Stop: is the station of others
}

// names are what a text of the feed is called, its own name under "".
func (c *city) names(text string) label.Names {
	names := label.Names{}
	for language, name := range c.tt.Translated(text) {
		names[language] = name
	}
	names[""] = text
	return names
}

// at is a position as shapes have it.
func at(p geo.Point) orb.Point { return orb.Point{degrees(p.Lon), degrees(p.Lat)} }

// degrees are rounded to about a centimeter: what is known is never finer.
func degrees(d float64) float64 { return math.Round(d*1e7) / 1e7 }

// pointOf is a position as a shape; nil when it is not known.
func pointOf(p geo.Point) orb.Geometry {
	if !p.Valid() {
		return nil
	}
	return at(p)
}

// lineOf are the known positions of a line; nil when fewer than two differ.
func lineOf(points []geo.Point) orb.LineString {
	var line orb.LineString
	for _, p := range points {
		if q := at(p); p.Valid() && (len(line) == 0 || line[len(line)-1] != q) {
			line = append(line, q)
		}
	}
	if len(line) < 2 {
		return nil
	}
	return line
}
