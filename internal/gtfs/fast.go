package gtfs

import (
	"strconv"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// What no vehicle of a city does; the slack is for times rounded to minutes.
const (
	topSpeed = 50.0 // meters per second in a straight line
	slack    = 60.0 // seconds
)

// warnFast reports hops that are too far for their time, each pair of stops once.
func (w *finisher) warnFast(rows []uint32) {
	for i := 1; i < len(rows); i++ {
		from, to := rows[i-1], rows[i]
		time := float64(w.rows.arrive[to]-w.rows.depart[from]) + slack
		hop := geo.Distance(w.r.at(w.rows.stop[from]), w.r.at(w.rows.stop[to]))
		if float64(hop) <= topSpeed*time {
			continue
		}
		if pair := [2]transit.Stop{w.rows.stop[from], w.rows.stop[to]}; !w.fast[pair] {
			w.fast[pair] = true
			w.file.WarnEarlier(int(w.rows.line[to]), codeTooFast, w.file.arrive.name, w.rows.arrive[to].Clock(),
				"meters", strconv.Itoa(int(hop)), "seconds", strconv.Itoa(int(time-slack)))
		}
	}
}
