package gtfs

import (
	"math"
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
func (w *finisher) warnFast(rows []call) {
	for i := 1; i < len(rows); i++ {
		from, to := &rows[i-1], &rows[i]
		time := float64(to.arrive-from.depart) + slack
		a, b := w.r.at(from.stop), w.r.at(to.stop)
		if isNear(a, b, topSpeed*time) {
			continue
		}
		hop := geo.Distance(a, b)
		if float64(hop) <= topSpeed*time {
			continue
		}
		if pair := [2]transit.Stop{from.stop, to.stop}; !w.fast[pair] {
			w.fast[pair] = true
			w.file.WarnEarlier(int(to.line), codeTooFast, w.file.arrive.name, to.arrive.Clock(),
				"meters", strconv.Itoa(int(hop)), "seconds", strconv.Itoa(int(time-slack)))
		}
	}
}

// isNear reports without trigonometry that two points are surely not as far
// apart as a distance: no degree of latitude or longitude is longer than its
// length on the equator of the largest radius.
func isNear(a, b geo.Point, meters float64) bool {
	const longestDegree = 112_000.0
	return (math.Abs(a.Lat-b.Lat)+math.Abs(a.Lon-b.Lon))*longestDegree < meters
}
