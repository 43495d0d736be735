package geo

import (
	"math"
	"testing"
)

func TestDistanceAgreesWithTheGreatCircle(t *testing.T) {
	airport, nurlyZhol := Point{51.0280352, 71.4588413}, Point{51.1119758, 71.5288807}
	got, want := float64(Distance(airport, nurlyZhol)), haversine(airport, nurlyZhol)
	if math.Abs(got-want) > want/1000 {
		t.Errorf("distance %.1f m, great circle %.1f m", got, want)
	}
}

// haversine is the textbook formula, used only to check the flat one.
func haversine(a, b Point) float64 {
	const radius, rad = 6371008.8, math.Pi / 180
	dLat, dLon := (b.Lat-a.Lat)*rad, (b.Lon-a.Lon)*rad
	h := math.Pow(math.Sin(dLat/2), 2) + math.Cos(a.Lat*rad)*math.Cos(b.Lat*rad)*math.Pow(math.Sin(dLon/2), 2)
	return 2 * radius * math.Asin(math.Sqrt(h))
}

func TestCosineSeries(t *testing.T) {
	for degrees := -90.0; degrees <= 90; degrees += 0.5 {
		if d := math.Abs(cosDegrees(degrees) - math.Cos(degrees*math.Pi/180)); d > 1e-9 {
			t.Fatalf("cos(%g) is off by %g", degrees, d)
		}
	}
}

func TestOffsetGoesThereAndNoFarther(t *testing.T) {
	start := Point{51.1, 71.4}
	moved := Offset(start, 300, -400)
	if d := Distance(start, moved); math.Abs(float64(d)-500) > 0.5 {
		t.Errorf("300 m north and 400 m west is %.2f m away, want 500", d)
	}
}

func TestDistanceAcrossTheDateLine(t *testing.T) {
	if d := Distance(Point{0.1, 179.999}, Point{0.1, -179.999}); d > 300 {
		t.Errorf("two points 0.002 degrees apart across the date line are %.0f m apart", d)
	}
}

func TestPointValid(t *testing.T) {
	for _, c := range []struct {
		p    Point
		want bool
	}{
		{Point{51, 71}, true},
		{Point{0, 0}, false},
		{Point{91, 0}, false},
		{Point{0, 181}, false},
		{Point{math.NaN(), 1}, false},
	} {
		if c.p.Valid() != c.want {
			t.Errorf("%v valid = %v, want %v", c.p, !c.want, c.want)
		}
	}
}

func TestBox(t *testing.T) {
	var b Box
	if !b.Empty() {
		t.Fatal("the zero box is not empty")
	}
	b = b.Extend(Point{51, 71}).Extend(Point{52, 72})
	if g := b.Gap(Point{51.5, 71.5}); g != 0 {
		t.Errorf("a point inside is %.0f m outside", g)
	}
	if g := b.Gap(Point{53, 71.5}); math.Abs(float64(g)-111195) > 1 {
		t.Errorf("one degree north of the box is %.0f m outside", g)
	}
}
