package report

import (
	"math"

	"github.com/qala-city/qala/internal/geo"
)

// streets writes polylines short: latitude and longitude of each first point in
// steps of a hundred-thousandth of a degree (a metre), then steps to the next.
func streets(lines [][]geo.Point) [][]int {
	var short [][]int
	for _, line := range lines {
		if len(line) > 1 {
			short = append(short, steps(line))
		}
	}
	return short
}

func steps(line []geo.Point) []int {
	var all []int
	lat, lon := 0, 0
	for _, p := range line {
		toLat, toLon := int(math.Round(float64(p.Lat)*1e5)), int(math.Round(float64(p.Lon)*1e5))
		all = append(all, toLat-lat, toLon-lon)
		lat, lon = toLat, toLon
	}
	return all
}
