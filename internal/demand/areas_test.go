package demand

import (
	"testing"

	"github.com/qala-city/qala/internal/geo"
)

// A share that comes from an area starts at the homes in it, and nowhere else.
func TestPeopleComeFromAnArea(t *testing.T) {
	places, _ := town()
	around := func(p geo.Point, meters geo.Meters) (outline []geo.Point) {
		for _, corner := range [][2]geo.Meters{{-1, -1}, {-1, 1}, {1, 1}, {1, -1}} {
			outline = append(outline, geo.Offset(p, corner[0]*meters, corner[1]*meters))
		}
		return outline
	}
	e := match()
	e.Origins = Origins{DecayPerMin: 0.05, MetersPerMin: 300, FromVenues: []OriginVenue{{"station", 0.25}}, FromAreas: []OriginArea{
		{Name: "far", Outline: around(places.At[1], 500), Share: 0.75},
	}}
	all := people(t, e)
	counts := map[Place]int{}
	for _, from := range all.From[:10000] {
		counts[from]++
	}
	if counts[0] != 0 || counts[1] < 7400 || counts[1] > 7600 || counts[4] < 2400 {
		t.Errorf("%v", counts)
	}
	if got := e.Origins.FromAreas[0].People(places); got != 1000 {
		t.Errorf("%d people live there", got)
	}
}
