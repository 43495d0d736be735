package demand

import (
	"math"
	"sort"

	"github.com/qala-city/qala/internal/exact"
	"github.com/qala-city/qala/internal/geo"
)

// gravity draws the far end of journeys by what attracts and how far it is.
type gravity struct {
	places  *Places
	least   geo.Meters
	byMeter []float64 // decay, one entry a step of metersStep

	homes, goals pull // homes, and what attracts
	elsewhere    pull // what attracts, but for the surroundings of counted stations
	// What lies around counted stations, which their people ride to; everything
	// where there is but one station.
	nearHomes, nearGoals pull
	row                  []float64
}

// pull are the places that draw anybody, with how much.
type pull struct {
	place  []Place
	weight []float64
}

// metersStep is how finely distance is told: 25 m are five seconds of a ride.
const metersStep = 25

func newGravity(e *Everyday, town *Town) *gravity {
	g := &gravity{places: town.Places, least: geo.Meters(e.LeastMeters)}
	counted := town.surroundings()
	for p := range town.Places.ID {
		home, goal := town.Homes[p], town.Attraction[p]
		g.homes.add(Place(p), home)
		g.goals.add(Place(p), goal)
		if counted[p] {
			g.nearHomes.add(Place(p), home)
			g.nearGoals.add(Place(p), goal)
		} else {
			g.elsewhere.add(Place(p), goal)
		}
	}
	one := town.counting() < 2
	g.elsewhere.orAll(&g.goals, false)
	g.nearGoals.orAll(&g.goals, one)
	g.nearHomes.orAll(&g.homes, one)
	for at := 0.0; at <= extent(town.Places)+metersStep; at += metersStep {
		g.byMeter = append(g.byMeter, exact.Decay(float64(e.DecayPerMin*float64(at/e.MetersPerMin))))
	}
	return g
}

// surroundings marks the places around counted stations.
func (t *Town) surroundings() []bool {
	marked := make([]bool, len(t.Places.ID))
	for _, s := range t.Stations {
		for _, near := range s.Around {
			marked[near.Place] = true
		}
	}
	return marked
}

// counting is how many stations count anybody.
func (t *Town) counting() int {
	n := 0
	for _, s := range t.Stations {
		if len(s.Around) > 0 {
			n++
		}
	}
	return n
}

// orAll takes all where a part is empty, or does not serve.
func (p *pull) orAll(all *pull, anyway bool) {
	if anyway || len(p.place) == 0 {
		*p = *all
	}
}

// extent is more than any two places lie apart.
func extent(places *Places) float64 {
	var box geo.Box
	for _, at := range places.At {
		box = box.Extend(at)
	}
	if box.Empty() {
		return 0
	}
	// A degree of longitude is widest nearest the equator: both sides are tried.
	south, north := geo.Point{Lat: box.South, Lon: box.West}, geo.Point{Lat: box.North, Lon: box.West}
	across := max(geo.Distance(south, geo.Point{Lat: box.South, Lon: box.East}), geo.Distance(north, geo.Point{Lat: box.North, Lon: box.East}))
	return 1.1 * float64(across+geo.Distance(south, north))
}

func (p *pull) add(place Place, weight float64) {
	if weight > 0 {
		p.place, p.weight = append(p.place, place), append(p.weight, weight)
	}
}

// possible reports whether there is anybody, and anywhere to go.
func (g *gravity) possible() bool { return len(g.homes.place) > 0 && len(g.goals.place) > 0 }

// from sums up how much the places of a pull draw somebody who is at a point,
// into g.row. Where all lie too near, nothing is too near.
func (g *gravity) from(at geo.Point, p *pull) {
	g.sum(at, p, g.least)
	if len(g.row) > 0 && g.row[len(g.row)-1] <= 0 {
		g.sum(at, p, 0)
	}
	if len(g.row) > 0 && g.row[len(g.row)-1] <= 0 { // farther than anything decays
		for i := range g.row {
			g.row[i] = float64(i + 1)
		}
	}
}

func (g *gravity) sum(at geo.Point, p *pull, least geo.Meters) {
	g.row = g.row[:0]
	plane, total := geo.PlaneAround(at), 0.0
	for i, place := range p.place {
		north, east := plane.Offset(g.places.At[place])
		meters := math.Sqrt(float64(float64(north)*float64(north)) + float64(float64(east)*float64(east)))
		if geo.Meters(meters) >= least {
			total += float64(p.weight[i] * g.byMeter[min(int(meters/metersStep), len(g.byMeter)-1)])
		}
		g.row = append(g.row, total)
	}
}

// drawn is the place of a pull at a share of the row that from made of it.
func (g *gravity) drawn(p *pull, share float64) Place {
	position := float64(share * g.row[len(g.row)-1])
	i := sort.Search(len(g.row), func(i int) bool { return g.row[i] > position })
	return p.place[min(i, len(p.place)-1)]
}
