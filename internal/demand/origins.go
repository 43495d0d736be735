package demand

import (
	"sort"

	"github.com/qala-city/qala/internal/exact"
	"github.com/qala-city/qala/internal/geo"
)

// origins are places with their weights, summed up, so that a position in
// 0..total finds a place.
type origins struct {
	place []Place
	upTo  []float64 // cumulative
}

func (o *origins) add(p Place, weight float64) {
	if weight <= 0 {
		return
	}
	o.place = append(o.place, p)
	o.upTo = append(o.upTo, o.total()+weight)
}

func (o *origins) total() float64 {
	if len(o.upTo) == 0 {
		return 0
	}
	return o.upTo[len(o.upTo)-1]
}

// at is the place at a share of the total weight, 0 <= share < 1.
func (o *origins) at(share float64) Place {
	position := float64(share * o.total())
	i := sort.Search(len(o.upTo), func(i int) bool { return o.upTo[i] > position })
	return o.place[min(i, len(o.place)-1)]
}

// originsOf weighs where an event's people start: residents by gravity, the
// gates of the other venues and the homes of the areas that the event names. What names nothing, or has
// nobody, gets no weight; its share falls to the rest.
func originsOf(e *Event, places *Places, venues []Venue, to geo.Point) origins {
	var o origins
	scale := e.Origins.Residents / max(allInterest(e, places, to), 1)
	for p := range places.People {
		o.add(Place(p), float64(interest(e, places, Place(p), to)*scale))
	}
	for _, from := range e.Origins.FromVenues {
		if v, found := FindVenue(venues, from.Venue); found {
			for _, gate := range venues[v].Gates {
				o.add(gate.Place, float64(from.Share*gate.Share))
			}
		}
	}
	for i := range e.Origins.FromAreas {
		o.addArea(&e.Origins.FromAreas[i], places)
	}
	return o
}

// addArea spreads an area's share over the people who live there.
func (o *origins) addArea(a *OriginArea, places *Places) {
	scale := a.Share / max(float64(a.People(places)), 1)
	for p, at := range places.At {
		if places.People[p] > 0 && a.Holds(at) {
			o.add(Place(p), float64(float64(places.People[p])*scale))
		}
	}
}

// interest is how many of a place's residents would come, up to a common factor.
func interest(e *Event, places *Places, p Place, to geo.Point) float64 {
	minutes := float64(geo.Distance(places.At[p], to)) / e.Origins.MetersPerMin
	return float64(float64(places.People[p]) * exact.Decay(float64(e.Origins.DecayPerMin*minutes)))
}

func allInterest(e *Event, places *Places, to geo.Point) float64 {
	total := 0.0
	for p := range places.People {
		total += interest(e, places, Place(p), to)
	}
	return total
}
