package scenario

import (
	"github.com/qala-city/qala/internal/transit"
)

// service is what one direction of a route does on a date.
type service struct {
	tt       *transit.Timetable
	route    transit.Route
	date     transit.Date
	trips    []transit.Trip // that run on the date
	template transit.Trip   // of the pattern with the most departures, the one with the most
}

// serviceOf gathers a direction of a route; ok is false when nothing runs.
func serviceOf(tt *transit.Timetable, r transit.Route, d transit.Direction, date transit.Date) (service, bool) {
	s := service{tt: tt, route: r, date: date}
	count := map[transit.Pattern]int{}
	for t, p := range tt.Trips.Pattern {
		if tt.Patterns.Route[p] != r || tt.Patterns.Direction[p] != d || !tt.Runs(tt.Trips.Calendar[t], date) {
			continue
		}
		s.trips = append(s.trips, transit.Trip(t))
		count[p] += len(departuresOf(tt, transit.Trip(t), date, 0, week))
	}
	if len(s.trips) == 0 {
		return s, false
	}
	s.template = s.mostUsed(count)
	return s, true
}

func (s service) mostUsed(count map[transit.Pattern]int) transit.Trip {
	best := s.trips[0]
	for _, t := range s.trips {
		if count[s.tt.Trips.Pattern[t]] > count[s.tt.Trips.Pattern[best]] {
			best = t
		}
	}
	return best
}

// nearest is the trip of the template's pattern that runs closest to a time:
// its run time is the one of that hour.
func (s service) nearest(at transit.Seconds) transit.Trip {
	best, gap := s.template, week*2
	for _, t := range s.trips {
		if s.tt.Trips.Pattern[t] != s.tt.Trips.Pattern[s.template] {
			continue
		}
		if g := s.gap(t, at); g < gap {
			best, gap = t, g
		}
	}
	return best
}

// gap is how far a time lies from the hours of a trip.
func (s service) gap(t transit.Trip, at transit.Seconds) transit.Seconds {
	from, to := s.tt.TripFrequencies(t)
	if from == to {
		_, depart := s.tt.TripTimes(t)
		return max(at-depart[0], depart[0]-at)
	}
	gap := week * 2
	for f := from; f < to; f++ {
		start, end := s.tt.Frequencies.Start[f], s.tt.Frequencies.End[f]
		gap = min(gap, max(start-at, at-end, 0))
	}
	return gap
}

// departuresOf are a trip's departures on a date from from on and before to,
// as the service day counts, those canceled left out. Those of an inexact
// frequency stand at their window's start, every headway.
func departuresOf(tt *transit.Timetable, t transit.Trip, date transit.Date, from, to transit.Seconds) []transit.Seconds {
	var out []transit.Seconds
	take := func(at transit.Seconds) {
		if at >= from && at < to && !tt.Canceled(t, date, at) {
			out = append(out, at)
		}
	}
	if !tt.Runs(tt.Trips.Calendar[t], date) {
		return nil
	}
	first, last := tt.TripFrequencies(t)
	if first == last {
		_, depart := tt.TripTimes(t)
		take(depart[0])
	}
	for f := first; f < last; f++ {
		for at := tt.Frequencies.Start[f]; at < tt.Frequencies.End[f]; at += tt.Frequencies.Headway[f] {
			take(at)
		}
	}
	return out
}
