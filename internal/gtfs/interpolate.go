package gtfs

import (
	"math"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// interpolate gives every row between two known times a time of its own, in
// proportion to the distance.
func (w *finisher) interpolate(rows []uint32) {
	known := 0
	for i := 1; i < len(rows); i++ {
		if !w.rows.timed(rows[i]) {
			continue
		}
		if i > known+1 {
			w.fill(rows[known : i+1])
		}
		known = i
	}
}

// fill times the rows between the first and the last one, which have times.
func (w *finisher) fill(rows []uint32) {
	along := w.along(rows)
	last := len(rows) - 1
	from, to := w.rows.depart[rows[0]], w.rows.arrive[rows[last]]
	for i := 1; i < last; i++ {
		share := float64(i) / float64(last)
		if along[last] > 0 {
			share = along[i] / along[last]
		}
		at := from + transit.Seconds(math.Round(float64(float64(to-from)*share)))
		w.rows.arrive[rows[i]], w.rows.depart[rows[i]] = at, at
	}
	w.filled += last - 1
}

// along is how far each row lies from the first: as the feed says, if it says
// so for all of them without going back, else in straight lines.
func (w *finisher) along(rows []uint32) []float64 {
	if w.distancesRise(rows) {
		return w.stated(rows)
	}
	along := make([]float64, len(rows))
	for i := 1; i < len(rows); i++ {
		hop := geo.Distance(w.r.at(w.rows.stop[rows[i-1]]), w.r.at(w.rows.stop[rows[i]]))
		along[i] = along[i-1] + float64(hop)
	}
	return along
}

func (w *finisher) stated(rows []uint32) []float64 {
	along := make([]float64, len(rows))
	for i, row := range rows {
		along[i] = float64(w.rows.distance[row]) - float64(w.rows.distance[rows[0]])
	}
	return along
}

func (w *finisher) distancesRise(rows []uint32) bool {
	for i, row := range rows {
		if w.rows.distance[row] < 0 || i > 0 && w.rows.distance[row] < w.rows.distance[rows[i-1]] {
			return false
		}
	}
	return w.rows.distance[rows[len(rows)-1]] > w.rows.distance[rows[0]]
}
