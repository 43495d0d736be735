package projection

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/geo"
)

const portugal = `PROJCS["ETRS89 / Portugal TM06",GEOGCS["ETRS89",DATUM["European_Terrestrial_Reference_System_1989",` +
	`SPHEROID["GRS 1980",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],` +
	`PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",39.6682583333333],PARAMETER["central_meridian",-8.13310833333333],` +
	`PARAMETER["scale_factor",1],PARAMETER["false_easting",0],PARAMETER["false_northing",0],UNIT["metre",1],AXIS["Easting",EAST]]`

const degreesText = `GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.01745]]`

// utm is a zone of the universal grid.
func utm(zone int, south bool) string {
	north := 0
	if south {
		north = 10_000_000
	}
	return fmt.Sprintf(`PROJCS["UTM",%s,PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",%d],`+
		`PARAMETER["scale_factor",0.9996],PARAMETER["false_easting",500000],PARAMETER["false_northing",%d],UNIT["metre",1]]`,
		degreesText, zone*6-183, north)
}

func TestPointsThatAreKnown(t *testing.T) {
	for _, c := range []struct {
		what, text string
		x, y       float64
		want       geo.Point
		within     geo.Meters
	}{
		{"degrees stay as they are", degreesText, -8.5836, 41.1618, geo.Point{Lat: 41.1618, Lon: -8.5836}, .01},
		{"the CN Tower in UTM 17", utm(17, false), 630084, 4833438, geo.Point{Lat: 43.642567, Lon: -79.387139}, 1},
		{"the origin of Portugal's grid", portugal, 0, 0, geo.Point{Lat: 39.6682583, Lon: -8.1331083}, .02},
		{"the equator on a central meridian", utm(30, false), 500_000, 0, geo.Point{Lat: 0, Lon: -3}, .02},
	} {
		p, err := Parse(c.text)
		if err != nil {
			t.Fatalf("%s: %v", c.what, err)
		}
		if got := p.Point(c.x, c.y); geo.Distance(got, c.want) > c.within {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

// On the central meridian the northing is the length of the meridian, which
// an integral over its radius of curvature gives without any series.
func TestCentralMeridianAgainstAnIntegral(t *testing.T) {
	p, err := Parse(utm(42, false))
	if err != nil {
		t.Fatal(err)
	}
	for lat := -80.0; lat <= 84; lat += 8 {
		got := p.Point(500_000, 0.9996*meridian(lat))
		if math.Abs(got.Lat-lat) > 1e-6 || math.Abs(got.Lon-69) > 1e-6 {
			t.Errorf("latitude %v: %v", lat, got)
		}
	}
}

// meridian is the way from the equator to a latitude, by Simpson's rule.
func meridian(lat float64) float64 {
	const parts = 2000
	square := flattening * (2 - flattening)
	radius := func(phi float64) float64 {
		return semiMajor * (1 - square) / math.Pow(1-square*math.Sin(phi)*math.Sin(phi), 1.5)
	}
	step, sum := radians(lat)/parts, 0.0
	for i := range parts {
		at := step * float64(i)
		sum += radius(at) + 4*radius(at+step/2) + radius(at+step)
	}
	return sum * step / 6
}

// Two neighboring zones must put the same point of the earth in one place.
func TestNeighboringZonesAgree(t *testing.T) {
	west, _ := Parse(utm(42, false))
	east, _ := Parse(utm(43, false))
	// 51.13 N, 72 E lies on the border of the zones, as far from either meridian.
	at := west.Point(709_900, 5_667_600)
	mirrored := east.Point(1_000_000-709_900, 5_667_600)
	if math.Abs(at.Lat-mirrored.Lat) > 1e-7 || math.Abs((at.Lon-69)-(75-mirrored.Lon)) > 2e-7 {
		t.Errorf("%v and %v are not mirrored", at, mirrored)
	}
}

func TestSouthernZoneAndFeet(t *testing.T) {
	south, _ := Parse(utm(56, true))
	if at := south.Point(334_873, 6_252_266); geo.Distance(at, geo.Point{Lat: -33.8568, Lon: 151.2153}) > 150 {
		t.Errorf("the opera house of Sydney lies at %v", at)
	}
	meters, _ := Parse(portugal)
	feet, err := Parse(strings.Replace(portugal, `UNIT["metre",1]`, `UNIT["foot",0.3048]`, 1))
	if err != nil {
		t.Fatal(err)
	}
	if a, b := meters.Point(-40_000, 165_000), feet.Point(-40_000/.3048, 165_000/.3048); geo.Distance(a, b) > .03 {
		t.Errorf("%v in meters, %v in feet", a, b)
	}
}

func TestWhatIsNotKnownIsNamed(t *testing.T) {
	for _, c := range []struct{ old, new, why string }{
		{"Transverse_Mercator", "Lambert_Conformal_Conic_2SP", "Lambert_Conformal_Conic_2SP"},
		{"6378137,298.257222101", "6378388,297", "GRS 1980"},
		{`PRIMEM["Greenwich",0]`, `PRIMEM["Paris",2.33]`, "Paris"},
		{`298.257222101]`, `298.257222101],TOWGS84[565,50,465,0,0,0,0]`, "shifted"},
		{`PARAMETER["scale_factor",1],`, "", "parameters"},
		{`UNIT["metre",1]`, `UNIT["metre",0]`, "unit"},
		{"PROJCS", "PROJCRS", "PROJCRS"},
		{portugal, "undefined", "well-known text"},
		{portugal, strings.Repeat("A[", 100), "well-known text"},
	} {
		_, err := Parse(strings.Replace(portugal, c.old, c.new, 1))
		var unsupported *Unsupported
		if !errors.As(err, &unsupported) || !strings.Contains(unsupported.Why, c.why) {
			t.Errorf("%q: %v, want a word of %q", c.new, err, c.why)
		}
	}
}

func TestNowhereIsTheZeroPoint(t *testing.T) {
	p, _ := Parse(portugal)
	for _, xy := range [][2]float64{{math.NaN(), 0}, {0, math.Inf(1)}, {1e12, 0}, {0, -1e300}} {
		if at := p.Point(xy[0], xy[1]); at != (geo.Point{}) {
			t.Errorf("%v lies at %v", xy, at)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(portugal, 0.0, 0.0)
	f.Add(degreesText, 71.4, 51.1)
	f.Add(utm(42, true), 5e5, 1e6)
	f.Add(`PROJCS["a",GEOGCS("b"]`, 1.0, 1.0)
	f.Fuzz(func(t *testing.T, text string, x, y float64) {
		p, err := Parse(text)
		if at := p.Point(x, y); err == nil && at != (geo.Point{}) && !at.Valid() {
			t.Errorf("%v", at)
		}
	})
}
