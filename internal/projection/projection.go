// Package projection turns positions of a map sheet into positions on the
// earth. It knows plain degrees and transverse Mercator on the ellipsoids of
// WGS84 and GRS80, which covers UTM and most national grids; what it does not
// know it names.
package projection

import (
	"fmt"
	"math"

	"github.com/qala-city/qala/internal/geo"
)

// Projection is how a sheet lies on the earth. The zero Projection is plain degrees.
type Projection struct {
	sheet *transverse // nil: x is the longitude, y the latitude
}

// Unsupported is the error of a projection that is not known; Why names what of it.
type Unsupported struct{ Why string }

func (u *Unsupported) Error() string { return "projection: " + u.Why }

func unsupported(format string, args ...any) error {
	return &Unsupported{fmt.Sprintf(format, args...)}
}

// Point is where x (eastwards) and y (northwards) lie, to a ten-millionth of a
// degree (a centimeter); the zero Point where they lie nowhere.
func (p Projection) Point(x, y float64) geo.Point {
	at := geo.Point{Lat: y, Lon: x}
	if p.sheet != nil {
		at = p.sheet.inverse(x, y)
	}
	at = geo.Point{Lat: rounded(at.Lat), Lon: rounded(at.Lon)}
	if !at.Valid() {
		return geo.Point{}
	}
	return at
}

// rounded hides the last bits, in which processors differ.
func rounded(degrees float64) float64 { return math.Round(degrees*1e7) / 1e7 }

// Parse reads the well-known text (version 1) that a file gives of its
// projection. Its error is an *Unsupported.
func Parse(text string) (Projection, error) {
	root, err := parse(text)
	if err != nil {
		return Projection{}, err
	}
	switch root.word {
	case "GEOGCS":
		return Projection{}, checkEarth(root)
	case "PROJCS":
		sheet, err := transverseOf(root)
		return Projection{sheet}, err
	}
	return Projection{}, unsupported("%s is neither PROJCS nor GEOGCS", root.word)
}

// The ellipsoids of WGS84 and GRS80 are one and the same to a tenth of a millimeter.
const (
	semiMajor         = 6378137.0
	inverseFlattening = 298.257222101
)

// checkEarth refuses a geographic system whose positions are not those of
// WGS84 to about a meter.
func checkEarth(g node) error {
	spheroid, found := g.find("SPHEROID")
	a, okA := spheroid.number(0)
	f, okF := spheroid.number(1)
	switch {
	case !found || !okA || !okF:
		return unsupported("no ellipsoid is named")
	case math.Abs(a-semiMajor) > .5 || math.Abs(f-inverseFlattening) > .001:
		return unsupported("the ellipsoid %s is not that of WGS84", spheroid.name())
	}
	if prime, found := g.find("PRIMEM"); found {
		if at, ok := prime.number(0); !ok || at != 0 {
			return unsupported("longitudes count from %s", prime.name())
		}
	}
	return checkShift(g)
}

// checkShift refuses a datum that lies meters away from WGS84.
func checkShift(g node) error {
	shift, found := g.find("TOWGS84")
	if !found {
		return nil
	}
	for i := range shift.parts {
		if by, ok := shift.number(i); !ok || math.Abs(by) > 3 {
			return unsupported("the datum is shifted against WGS84")
		}
	}
	return nil
}
