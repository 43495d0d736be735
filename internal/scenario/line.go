package scenario

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// LineDay is what one direction of a line does on a date, as modifications see it.
type LineDay struct {
	Direction  transit.Direction
	Headsign   string
	Stops      []transit.Stop  // of the pattern with the most departures
	RunTime    transit.Seconds // from end to end of that pattern
	Departures []Departure     // of all patterns, by time
}

// Departure is when a trip leaves its first stop on the service day.
type Departure struct {
	Trip   transit.TripID
	At     transit.Seconds
	Repeat bool // one of several by frequency
}

// LineOn is what a line does on a date, in each direction in which something runs.
func LineOn(tt *transit.Timetable, route transit.Route, date transit.Date) []LineDay {
	var days []LineDay
	for d := range transit.Direction(2) {
		if s, runs := serviceOf(tt, route, d, date); runs {
			days = append(days, s.day(d))
		}
	}
	return days
}

func (s service) day(d transit.Direction) LineDay {
	tt := s.tt
	arrive, depart := tt.TripTimes(s.template)
	out := LineDay{
		Direction: d, Headsign: tt.Trips.Headsign[s.template],
		Stops: tt.PatternStops(tt.Trips.Pattern[s.template]), RunTime: arrive[len(arrive)-1] - depart[0],
	}
	for _, t := range s.trips {
		first, last := tt.TripFrequencies(t)
		for _, at := range departuresOf(tt, t, s.date, 0, week) {
			out.Departures = append(out.Departures, Departure{tt.Trips.ID[t], at, first < last})
		}
	}
	slices.SortStableFunc(out.Departures, func(a, b Departure) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Trip, b.Trip)) })
	return out
}
