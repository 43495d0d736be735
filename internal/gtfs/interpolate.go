package gtfs

import (
	"math"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// interpolate gives every row between two known times a time of its own, in
// proportion to the distance.
func (w *finisher) interpolate(rows []call) {
	known := 0
	for i := 1; i < len(rows); i++ {
		if !rows[i].timed() {
			continue
		}
		if i > known+1 {
			w.fill(rows[known : i+1])
		}
		known = i
	}
}

// fill times the rows between the first and the last one, which have times.
func (w *finisher) fill(rows []call) {
	along := w.along(rows)
	last := len(rows) - 1
	from, to := rows[0].depart, rows[last].arrive
	for i := 1; i < last; i++ {
		share := float64(i) / float64(last)
		if along[last] > 0 {
			share = along[i] / along[last]
		}
		at := from + transit.Seconds(math.Round(float64(float64(to-from)*share)))
		rows[i].arrive, rows[i].depart = at, at
	}
	w.filled += last - 1
}

// along is how far each row lies from the first: as the feed says, if it says
// so for all of them without going back, else in straight lines.
func (w *finisher) along(rows []call) []float64 {
	if distancesRise(rows) {
		return stated(rows)
	}
	along := make([]float64, len(rows))
	for i := 1; i < len(rows); i++ {
		hop := geo.Distance(w.r.at(rows[i-1].stop), w.r.at(rows[i].stop))
		along[i] = along[i-1] + float64(hop)
	}
	return along
}

func stated(rows []call) []float64 {
	along := make([]float64, len(rows))
	for i := range rows {
		along[i] = float64(rows[i].distance) - float64(rows[0].distance)
	}
	return along
}

func distancesRise(rows []call) bool {
	for i := range rows {
		if rows[i].distance < 0 || i > 0 && rows[i].distance < rows[i-1].distance {
			return false
		}
	}
	return rows[len(rows)-1].distance > rows[0].distance
}
