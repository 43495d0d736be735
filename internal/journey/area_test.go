package journey_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// TestAreaIsWhereOneWalks: a point lies in the area when the walk from some
// stop where one gets off fits into what time is left, give or take the grid.
func TestAreaIsWhereOneWalks(t *testing.T) {
	const cell, within = 20, 20 * transit.Minute
	inside, outside := 0, 0
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		s := journey.NewIndex(c.net, c.day, demand.Ordinary).Search()
		place := demand.Place(rt.between(0, len(c.net.Places.ID)-1))
		q := journey.Query{From: journey.AtPlace(place), Leave: c.randomTime(rt)}
		r := s.OneToMany(q, within)
		area := s.Area(q.From, r, within, cell)
		for range 20 {
			at := geo.Offset(geo.Point{Lat: 0.5, Lon: 0.5}, geo.Meters(rt.between(-800, 800)), geo.Meters(rt.between(-900, 900)))
			walking := c.net.Walking // a meter a second, no detour
			left := min(float64(within), walking.MaxDirect) - float64(geo.Distance(c.net.Places.At[place], at))
			for stop, since := range r.Off {
				if since != journey.Unreached {
					left = max(left, min(float64(within-since), walking.MaxAccess)-float64(geo.Distance(c.net.Timetable.Stops.At[stop], at)))
				}
			}
			holds := false
			for _, p := range area {
				holds = holds || p.Holds(at)
			}
			if left > cell && !holds || left < -cell && holds {
				rt.Fatalf("%g m of walk are left at %v, in the area: %v, in\n%s", left, at, holds, c.text)
			}
			if holds {
				inside++
			} else {
				outside++
			}
		}
	})
	if inside < 100 || outside < 100 {
		t.Errorf("%d points inside, %d outside", inside, outside)
	}
}
