package main

import (
	"fmt"
	"strconv"

	"github.com/qala-city/qala/internal/geo"
)

const (
	population = 1_502_102 // on 2024-10-01, press
	spacing    = 600       // metres between neighbouring points, assumed
	rings      = 3         // around a district's center
	reach      = 750       // metres to a stop, at most
	why        = "district share of 1,502,102 residents on 2024-10-01, spread over a hexagonal grid around an assumed centre"
)

// homes spread each district's share of the population over a hexagonal grid
// around its center, thinner towards the edge. Points without a stop within
// reach are left out and their people live at the others: this example has
// but eight of the city's bus lines, and a home far from them all would have
// no way into town, which no home in the city is.
func (t tables) homes(lines []line) *sheet {
	s := newSheet("id", "lat", "lon", "people", "name", "basis", "source")
	served := points(lines)
	given := 0
	for i, d := range t.districts {
		people := int(float64(population*d.share) + .5)
		if i == len(t.districts)-1 {
			people = population - given
		}
		given += people
		d.settle(s, served, people)
	}
	return s
}

// home is a point of the grid with its weight.
type home struct {
	at     geo.Point
	weight int
}

// settle gives the people of a district to its points by weight, the remainder to the first.
func (d district) settle(s *sheet, served []geo.Point, people int) {
	homes, total := d.grid(served)
	left := people
	for _, h := range homes {
		left -= people * h.weight / total
	}
	for i, h := range homes {
		count := people * h.weight / total
		if i == 0 {
			count += left
		}
		s.add(fmt.Sprintf("%s-%02d", d.id, i+1), degrees(h.at.Lat), degrees(h.at.Lon), strconv.Itoa(count), d.name, "assumption", why)
	}
}

// grid is the hexagonal grid within the rings, the center first.
func (d district) grid(served []geo.Point) (homes []home, total int) {
	for ring := range rings + 1 {
		for q := -ring; q <= ring; q++ {
			for r := -ring; r <= ring; r++ {
				if hexDistance(q, r) != ring {
					continue
				}
				const height = 866 // per mille of the spacing between rows
				north := geo.Meters(spacing * height * r / 1000)
				east := geo.Meters(spacing * (2*q + r) / 2)
				at := geo.Offset(d.center, north, east)
				if within(at, served, reach) {
					homes = append(homes, home{at, rings + 2 - ring})
					total += rings + 2 - ring
				}
			}
		}
	}
	return homes, total
}

// hexDistance is how many steps lie between a cell of a hexagonal grid and its origin.
func hexDistance(q, r int) int { return max(q, -q, r, -r, q+r, -q-r) }

func within(at geo.Point, places []geo.Point, distance geo.Meters) bool {
	for _, p := range places {
		if geo.Distance(at, p) <= distance {
			return true
		}
	}
	return false
}
