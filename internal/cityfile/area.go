package cityfile

import (
	"math"
	"strconv"

	"github.com/qala-city/qala/internal/geo"
)

// Area is where a city's served stops lie; positions of other files are held
// against it. The zero Area knows nothing and finds nothing wrong.
type Area struct {
	stops []geo.Point
	box   geo.Box
}

// How far from its stops a city may reach.
const (
	outside  = geo.Meters(20_000) // of the stops' box: not this city
	farVenue = geo.Meters(3_000)  // from the nearest stop
	farGate  = geo.Meters(3_000)  // from the venue
)

// NewArea takes the positions of the served stops.
func NewArea(stops []geo.Point) Area {
	var a Area
	for _, at := range stops {
		if at.Valid() {
			a.stops, a.box = append(a.stops, at), a.box.Extend(at)
		}
	}
	return a
}

// outside reports whether a point lies too far away to be of this city.
func (a Area) outside(at geo.Point) bool { return !a.box.Empty() && a.box.Gap(at) > outside }

// swapped reports whether a point that is not of this city would be when
// latitude and longitude change places.
func (a Area) swapped(at geo.Point) bool {
	turned := geo.Point{Lat: at.Lon, Lon: at.Lat}
	return !a.box.Empty() && turned.Valid() && (!at.Valid() || a.outside(at)) && !a.outside(turned)
}

// Nearest is the straight line to the nearest stop; infinite without stops.
func (a Area) Nearest(at geo.Point) geo.Meters {
	nearest := geo.Meters(math.Inf(1))
	for _, stop := range a.stops {
		nearest = min(nearest, geo.Distance(at, stop))
	}
	return nearest
}

// Kilometers is a length for a sentence, to a tenth of a kilometer.
func Kilometers(m geo.Meters) string { return strconv.FormatFloat(float64(m)/1000, 'f', 1, 64) }
