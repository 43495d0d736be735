package projection

import (
	"math"
	"strings"

	"github.com/qala-city/qala/internal/geo"
)

// transverse is a transverse Mercator sheet: a cylinder around the earth along
// a meridian. The series are Krueger's of 1912 to the fourth order in the third
// flattening, exact to less than a millimeter within some thousand kilometers.
type transverse struct {
	lon0        float64 // degrees of the central meridian
	east, north float64 // false easting and northing, in units of the sheet
	scale       float64 // units of the sheet per rectifying radian
	start       float64 // rectifying latitude of the origin
}

var (
	flattening   = 1 / inverseFlattening
	third        = flattening / (2 - flattening)
	eccentricity = math.Sqrt(flattening * (2 - flattening))
	// rectifying is the radius of the circle as long as a meridian.
	rectifying = semiMajor / (1 + third) * (1 + third*third/4 + math.Pow(third, 4)/64)

	forwardSeries = [4]float64{
		poly(third, 0, 1./2, -2./3, 5./16, 41./180),
		poly(third, 0, 0, 13./48, -3./5, 557./1440),
		poly(third, 0, 0, 0, 61./240, -103./140),
		poly(third, 0, 0, 0, 0, 49561./161280),
	}
	inverseSeries = [4]float64{
		poly(third, 0, 1./2, -2./3, 37./96, -1./360),
		poly(third, 0, 0, 1./48, 1./15, -437./1440),
		poly(third, 0, 0, 0, 17./480, -37./840),
		poly(third, 0, 0, 0, 0, 4397./161280),
	}
)

// poly is a polynomial, its lowest coefficient first.
func poly(x float64, coefficients ...float64) float64 {
	sum := 0.0
	for i := len(coefficients) - 1; i >= 0; i-- {
		sum = coefficients[i] + float64(sum*x)
	}
	return sum
}

func transverseOf(root node) (*transverse, error) {
	earth, found := root.own("GEOGCS")
	if !found {
		return nil, unsupported("it names no geographic system")
	}
	if err := checkEarth(earth); err != nil {
		return nil, err
	}
	method, _ := root.own("PROJECTION")
	if name := strings.ReplaceAll(strings.ToLower(method.name()), "_", ""); name != "transversemercator" && name != "gausskruger" {
		return nil, unsupported("its method is %s", method.name())
	}
	return sheetOf(root)
}

// sheetOf reads the parameters; lengths are in units of the sheet.
func sheetOf(root node) (*transverse, error) {
	unit := 1.0
	if u, found := root.own("UNIT"); found {
		value, ok := u.number(0)
		if !ok || value <= 0 {
			return nil, unsupported("its unit is %s", u.name())
		}
		unit = value
	}
	p := parameters(root)
	scale, known := p["scale_factor"]
	lon0, central := p["central_meridian"]
	if !known || !central || scale <= 0 || math.Abs(p["latitude_of_origin"]) >= 90 || math.Abs(lon0) > 360 {
		return nil, unsupported("its parameters are missing or out of range")
	}
	return &transverse{
		lon0: lon0, east: p["false_easting"], north: p["false_northing"],
		scale: float64(scale*rectifying) / unit, start: rectifyingLatitude(radians(p["latitude_of_origin"])),
	}, nil
}

func parameters(root node) map[string]float64 {
	all := map[string]float64{}
	for _, part := range root.parts {
		if value, ok := part.number(0); ok && part.word == "PARAMETER" {
			all[strings.ToLower(part.name())] = value
		}
	}
	return all
}

// rectifyingLatitude is the way along the meridian from the equator, as an angle.
func rectifyingLatitude(lat float64) float64 {
	conformal := math.Atan(conformalTangent(math.Tan(lat)))
	sum := conformal
	for j, a := range forwardSeries {
		sum += float64(a * math.Sin(float64(2*float64(j+1))*conformal))
	}
	return sum
}

// conformalTangent is the tangent of the conformal latitude for one of the latitude.
func conformalTangent(tan float64) float64 {
	long := math.Hypot(1, tan)
	sigma := math.Sinh(eccentricity * math.Atanh(float64(eccentricity*tan)/long))
	return float64(tan*math.Hypot(1, sigma)) - float64(sigma*long)
}

// inverse is the position of a point of the sheet.
func (t *transverse) inverse(x, y float64) geo.Point {
	xi, eta := (y-t.north)/t.scale+t.start, (x-t.east)/t.scale
	if !(math.Abs(xi) <= math.Pi && math.Abs(eta) <= 1) { // no sheet reaches so far, and NaN is nowhere
		return geo.Point{}
	}
	up, out := xi, eta
	for j, b := range inverseSeries {
		k := 2 * float64(j+1)
		up -= float64(b * math.Sin(k*xi) * math.Cosh(k*eta))
		out -= float64(b * math.Cos(k*xi) * math.Sinh(k*eta))
	}
	sinh, cos := math.Sinh(out), math.Cos(up)
	tan := latitudeTangent(math.Sin(up) / math.Hypot(sinh, cos))
	return geo.Point{Lat: degrees(math.Atan(tan)), Lon: wrapped(t.lon0 + degrees(math.Atan2(sinh, cos)))}
}

// latitudeTangent undoes conformalTangent by Newton's method.
func latitudeTangent(conformal float64) float64 {
	tan := conformal
	for range 5 {
		have := conformalTangent(tan)
		square := float64(eccentricity * eccentricity)
		slope := (1 + float64((1-square)*float64(tan*tan))) / float64((1-square)*math.Hypot(1, tan))
		tan += float64((conformal - have) / math.Hypot(1, have) * slope)
	}
	return tan
}

func radians(degrees float64) float64 { return degrees * (math.Pi / 180) }

func degrees(radians float64) float64 { return radians * (180 / math.Pi) }

// wrapped brings a longitude into -180..180.
func wrapped(lon float64) float64 { return math.Remainder(lon, 360) }

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
