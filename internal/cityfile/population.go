package cityfile

import (
	"math"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
)

// Home is a point where people live.
type Home struct {
	ID     string
	At     geo.Point
	People uint32
	Line   int
	Basis  string // a basis.Kind
	Source string
}

// mostPeople is what one point may stand for.
const mostPeople = 50_000_000

// ReadPopulation reads id, lat, lon, people (or population) and optionally name,
// basis and source. Fractions of people are rounded to the nearest whole.
func ReadPopulation(file, text string, area Area, log *finding.Log) []Home {
	var homes []Home
	known := map[string]bool{}
	each(file, text, log, []string{"id", "lat", "lon", "people"}, func(r *rows) {
		home := Home{
			ID: r.need("id"), At: r.position(area), Line: r.Line(), Basis: r.basis(), Source: r.cell("source"),
			People: uint32(math.Round(r.needNumber("people", 0, mostPeople))),
		}
		if known[home.ID] {
			r.reject(codeTwice, "id")
		}
		if r.broken {
			return
		}
		known[home.ID] = true
		homes = append(homes, home)
	})
	return homes
}
