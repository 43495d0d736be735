// Package street is the graph that people walk on: crossings, the pieces of
// street between them, and the exact shortest ways along these. Package osm
// reads it from a map, package network links stops and places by it.
//
// A Graph is flat columns and never changes. A Paced is the graph with the time
// that each piece takes somebody; a Search finds ways on it and is the scratch
// of one goroutine. People walk every piece both ways. Everything is integers,
// millimeters and milliseconds, so that each machine finds the same way.
package street

import "github.com/qala-city/qala/internal/geo"

// Dense indexes into a Graph's columns.
type (
	Node uint32
	Edge uint32
)

// Class is what a piece of street is, as far as walking and drawing it goes.
type Class uint8

// The classes.
const (
	Path   Class = iota // for people on foot only, or first of all
	Street              // residential and the like
	Road                // one that carries traffic through
	Steps
	classes
)

// Position is a place on the earth in units of 1e-7 degrees, about a centimeter.
type Position struct{ Lat, Lon int32 }

const perDegree = 1e7

// Point is the position in degrees.
func (p Position) Point() geo.Point {
	return geo.Point{Lat: float64(p.Lat) / perDegree, Lon: float64(p.Lon) / perDegree}
}

// valid reports whether p lies on the earth.
func (p Position) valid() bool {
	return p.Lat >= -90*perDegree && p.Lat <= 90*perDegree && p.Lon >= -180*perDegree && p.Lon <= 180*perDegree
}

// Millimeters is a length along the streets, at most 4,294 km.
type Millimeters uint32

// Meters is the length as geo has it.
func (m Millimeters) Meters() geo.Meters { return geo.Meters(float64(m) / 1000) }

// Graph is a city's streets for people on foot.
type Graph struct {
	At []Position // by Node

	From, Into []Node        // by Edge: its two ends, in the order of its shape
	Length     []Millimeters // by Edge, along its shape
	Class      []Class       // by Edge
	First      []uint32      // by Edge: it bends at Bend[First[e]:First[e+1]]
	Bend       []Position
}

// Line is an edge from end to end, its bends included.
func (g *Graph) Line(e Edge) []geo.Point {
	bends := g.Bend[g.First[e]:g.First[e+1]]
	line := make([]geo.Point, 0, len(bends)+2)
	line = append(line, g.At[g.From[e]].Point())
	for _, b := range bends {
		line = append(line, b.Point())
	}
	return append(line, g.At[g.Into[e]].Point())
}

// Total is the length of all streets.
func (g *Graph) Total() geo.Meters {
	total := uint64(0)
	for _, l := range g.Length {
		total += uint64(l)
	}
	return geo.Meters(float64(total) / 1000)
}
