package main

import (
	"math"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

// languages are those in which every stop, route and headsign has a name.
var languages = []string{"en", "kk", "ru", "zh"}

// line is one public line with its two directions.
type line struct {
	id, agency, kind, long, note, color string
	names                               label.Names
	ways                                [2]way
	windows                             []window
	exact                               bool // departures as told, else only the headway is promised
	last                                transit.Seconds
	turnback                            transit.Seconds
	standby                             int
}

// way is one direction: its boarding places and when a vehicle is there,
// counted from its first departure.
type way struct {
	headsign string
	places   []place
	shape    []geo.Point
}

type place struct {
	id, parent     string
	names          label.Names
	at             geo.Point
	arrive, depart transit.Seconds
}

// window is a stretch of the day with one headway.
type window struct{ from, to, every transit.Seconds }

// runTime is how long the line takes from end to end.
func (w way) runTime() transit.Seconds { return w.places[len(w.places)-1].arrive }

// kerb is how far a boarding place lies from the middle of its street or track.
const kerb = 8

// toTheRight is a point beside the line, on the right of who goes from a to b.
func toTheRight(at, a, b geo.Point) geo.Point {
	length := float64(geo.Distance(a, b))
	north := float64(geo.Distance(a, geo.Point{Lat: b.Lat, Lon: a.Lon}))
	east := float64(geo.Distance(a, geo.Point{Lat: a.Lat, Lon: b.Lon}))
	if b.Lat < a.Lat {
		north = -north
	}
	if b.Lon < a.Lon {
		east = -east
	}
	return geo.Offset(at, geo.Meters(-float64(kerb*east)/length), geo.Meters(float64(kerb*north)/length))
}

// along is the point at a distance from the line's beginning and the piece on which it lies.
func along(points []geo.Point, distance geo.Meters) (at geo.Point, piece int) {
	for i := 1; i < len(points); i++ {
		length := geo.Distance(points[i-1], points[i])
		if distance <= length || i == len(points)-1 {
			part := min(float64(distance/length), 1)
			a, b := points[i-1], points[i]
			return geo.Point{
				Lat: a.Lat + float64(part*float64(b.Lat-a.Lat)), Lon: a.Lon + float64(part*float64(b.Lon-a.Lon)),
			}, i - 1
		}
		distance -= length
	}
	return points[0], 0
}

// reversed is the line the other way round.
func reversed(points []geo.Point) []geo.Point {
	back := make([]geo.Point, len(points))
	for i, p := range points {
		back[len(points)-1-i] = p
	}
	return back
}

// round is the nearest whole second.
func round(seconds float64) transit.Seconds { return transit.Seconds(math.Floor(seconds + .5)) }
