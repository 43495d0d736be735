package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// Delay is what is known of a vehicle that runs late. Before its trip starts it is
// how much later than by the timetable it starts. Under way it is how much later
// than it would have run it runs from the moment on at which that is known. A
// snapshot keeps the delays that it was played with: of one that has grown the rest
// is added, one that is not told again stays.
type Delay struct {
	Trip transit.Dated
	By   transit.Seconds // less than zero: it has caught up
}

// beforeAll lies before everything that happens.
const beforeAll = transit.Seconds(-1 << 31)

// told is the delay of each dated trip.
func (p *Problem) told() []transit.Seconds {
	told := make([]transit.Seconds, len(p.Day.Trip))
	for _, d := range p.Delays {
		told[d.Trip] = d.By
	}
	return told
}

// known is the timetable's day with the delays that are known from its start.
func (p *Problem) known() *transit.Day {
	if len(p.Delays) == 0 {
		return p.Day
	}
	by, told := make([]transit.Seconds, len(p.Day.Stop)), p.told()
	for v := range by {
		by[v] = told[p.Day.Owner[v]]
	}
	return later(p.Day, by)
}

// later is a day on which each visit is so much later; no vehicle goes back in time.
func later(day *transit.Day, by []transit.Seconds) *transit.Day {
	if !slices.ContainsFunc(by, func(s transit.Seconds) bool { return s != 0 }) {
		return day
	}
	arrive, depart := make([]transit.Seconds, len(by)), make([]transit.Seconds, len(by))
	for v := range by {
		arrive[v] = day.Arrive[v] + by[v]
		if v > 0 && day.Owner[v-1] == day.Owner[v] {
			arrive[v] = max(arrive[v], depart[v-1])
		}
		depart[v] = max(day.Depart[v]+by[v], arrive[v])
	}
	return day.Retimed(arrive, depart)
}
