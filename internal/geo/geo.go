// Package geo holds points, boxes and lengths on the earth.
//
// Everything here gives the same bits on every architecture: products are
// converted explicitly so that no compiler may fuse a multiply with an add.
package geo

import "math"

// Meters is a length on the ground.
type Meters float64

// Point is a WGS84 position in degrees.
type Point struct {
	Lat float64 `json:"lat"`
	Lon float64 `json:"lon"`
}

// metersPerDegree is the length of one degree of a great circle on a sphere of radius 6,371,008.8 m.
const metersPerDegree = 111195.0797

// Valid reports whether p lies on the earth and is not the null island (0, 0),
// which in transport files means that the position is unknown.
func (p Point) Valid() bool {
	finite := !math.IsNaN(p.Lat) && !math.IsNaN(p.Lon)
	return finite && math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180 && (p.Lat != 0 || p.Lon != 0)
}

// Distance is the straight line between a and b on a locally flat earth. Its
// error against the great circle stays under 0.1% at the size of a city.
func Distance(a, b Point) Meters {
	shrink := cosDegrees(float64(a.Lat+b.Lat) / 2)
	north := float64(b.Lat-a.Lat) * metersPerDegree
	east := float64(float64(wrap(b.Lon-a.Lon))*metersPerDegree) * shrink
	return Meters(math.Sqrt(float64(north*north) + float64(east*east)))
}

// Offset is the point that lies north and east of p by the given lengths.
func Offset(p Point, north, east Meters) Point {
	perLon := float64(metersPerDegree * cosDegrees(p.Lat))
	return Point{Lat: p.Lat + float64(float64(north)/metersPerDegree), Lon: p.Lon + float64(float64(east)/perLon)}
}

// wrap brings a difference of longitudes into -180..180.
func wrap(degrees float64) float64 {
	switch {
	case degrees > 180:
		return degrees - 360
	case degrees < -180:
		return degrees + 360
	}
	return degrees
}

// cosDegrees is a cosine by its series, because the one of package math may be
// compiled with fused operations on some architectures. Its error is under 1e-9.
func cosDegrees(degrees float64) float64 {
	x := float64(degrees * (math.Pi / 180))
	square := float64(x * x)
	sum, term := 1.0, 1.0
	for n := 2.0; n <= 20; n += 2 {
		term = -float64(term*square) / float64(n*float64(n-1))
		sum += term
	}
	return sum
}

// Length is the sum of the line's straight pieces.
func Length(line []Point) Meters {
	total := Meters(0)
	for i := 1; i < len(line); i++ {
		total += Distance(line[i-1], line[i])
	}
	return total
}

// Box is a rectangle of latitudes and longitudes; the zero Box is empty.
type Box struct {
	South, West, North, East float64
	set                      bool
}

// Extend is the smallest box that holds b and p.
func (b Box) Extend(p Point) Box {
	if !b.set {
		return Box{p.Lat, p.Lon, p.Lat, p.Lon, true}
	}
	return Box{
		South: min(b.South, p.Lat), West: min(b.West, p.Lon),
		North: max(b.North, p.Lat), East: max(b.East, p.Lon), set: true,
	}
}

// Empty reports whether nothing was ever put into the box.
func (b Box) Empty() bool { return !b.set }

// Gap is how far p lies outside of b; 0 inside.
func (b Box) Gap(p Point) Meters {
	nearest := Point{Lat: min(max(p.Lat, b.South), b.North), Lon: min(max(p.Lon, b.West), b.East)}
	return Distance(p, nearest)
}
