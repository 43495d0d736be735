package difference

import (
	"maps"
	"slices"
	"time"

	"github.com/qala-city/qala/internal/transit"
)

// counts is how many trips leave on each date; dates without any are not in it.
type counts map[transit.Date]int

// tripsByDate counts the trips of a timetable, each repetition of a frequency
// as one. Where only a headway is promised the first leaves at the window's start.
func tripsByDate(tt *transit.Timetable) counts {
	byCalendar := make([]int, len(tt.Calendars.ID))
	for t := range tt.Trips.ID {
		starts(tt, transit.Trip(t), func(transit.Seconds) { byCalendar[tt.Trips.Calendar[t]]++ })
	}
	c := counts{}
	for calendar, trips := range byCalendar {
		for _, date := range tt.CalendarDates(transit.Calendar(calendar)) {
			c[date] += trips
		}
	}
	c.cancel(tt)
	maps.DeleteFunc(c, func(_ transit.Date, trips int) bool { return trips == 0 })
	return c
}

// cancel takes out what the timetable has canceled.
func (c counts) cancel(tt *transit.Timetable) {
	type dated struct {
		trip transit.Trip
		date transit.Date
	}
	seen := map[dated]bool{}
	for i, t := range tt.Cancellations.Trip {
		d := dated{t, tt.Cancellations.Date[i]}
		if seen[d] || !tt.Runs(tt.Trips.Calendar[t], d.date) {
			continue
		}
		seen[d] = true
		starts(tt, t, func(start transit.Seconds) {
			if tt.Canceled(t, d.date, start) {
				c[d.date]--
			}
		})
	}
}

// starts calls for every time at which a trip leaves its first stop on a service day.
func starts(tt *transit.Timetable, t transit.Trip, each func(transit.Seconds)) {
	_, depart := tt.TripTimes(t)
	from, to := tt.TripFrequencies(t)
	if from == to && len(depart) > 0 {
		each(depart[0])
	}
	for f := from; f < to; f++ {
		for start := tt.Frequencies.Start[f]; start < tt.Frequencies.End[f]; start += max(tt.Frequencies.Headway[f], 1) {
			each(start)
		}
	}
}

// window are the first and the last date; both 0 when there is none.
func (c counts) window() (first, last transit.Date) {
	if len(c) == 0 {
		return 0, 0
	}
	dates := slices.Sorted(maps.Keys(c))
	return dates[0], dates[len(dates)-1]
}

// pair are the dates on which the hours of two timetables are compared.
type pair struct {
	kind          string
	before, after transit.Date
	was, is       bool // there is such a date
}

func (p pair) named() Pair {
	named := Pair{Kind: p.kind}
	if p.was {
		named.Before = p.before.String()
	}
	if p.is {
		named.After = p.after.String()
	}
	return named
}

// kinds of days that a timetable usually tells apart.
var kinds = []struct {
	name string
	has  func(time.Weekday) bool
}{
	{"weekday", func(d time.Weekday) bool { return d != time.Saturday && d != time.Sunday }},
	{"saturday", func(d time.Weekday) bool { return d == time.Saturday }},
	{"sunday", func(d time.Weekday) bool { return d == time.Sunday }},
}

// pairs are the dates that were asked for, else one of each kind: a date that
// both timetables have where there is one, else one of each.
func pairs(was, is counts, dates []transit.Date) []pair {
	var all []pair
	for _, date := range dates {
		all = append(all, pair{date.String(), date, date, true, true})
	}
	if len(dates) > 0 {
		return all
	}
	common := func(date transit.Date) bool { return was[date] > 0 && is[date] > 0 }
	for _, kind := range kinds {
		ofKind := func(date transit.Date) bool { return kind.has(date.Weekday()) }
		both := func(date transit.Date) bool { return ofKind(date) && common(date) }
		p := pair{kind: kind.name}
		if date, ok := is.typical(both); ok {
			p = pair{kind.name, date, date, true, true}
		} else {
			p.before, p.was = was.typical(ofKind)
			p.after, p.is = is.typical(ofKind)
		}
		if p.was || p.is {
			all = append(all, p)
		}
	}
	return all
}

// typical is the first date with the number of trips that most dates have.
func (c counts) typical(of func(transit.Date) bool) (transit.Date, bool) {
	often, first := map[int]int{}, map[int]transit.Date{}
	usual, any := 0, false
	for _, date := range slices.Sorted(maps.Keys(c)) {
		trips := c[date]
		if !of(date) {
			continue
		}
		if often[trips]++; often[trips] == 1 {
			first[trips] = date
		}
		if !any || often[trips] > often[usual] || often[trips] == often[usual] && trips > usual {
			usual, any = trips, true
		}
	}
	return first[usual], any
}

// services are the routes whose offer differs between the two dates.
func services(p pair, routes []match, before, after *transit.Timetable, oldRooms, newRooms map[transit.Route]bool) []RouteChange {
	was, is := map[transit.Route]map[int]Offer{}, map[transit.Route]map[int]Offer{}
	if p.was {
		was = hours(before, p.before, func(room int) Offer { return Offer{TripsBefore: 1, RoomBefore: room} })
	}
	if p.is {
		is = hours(after, p.after, func(room int) Offer { return Offer{TripsAfter: 1, RoomAfter: room} })
	}
	oldNames, newNames := routeNames(before), routeNames(after)
	var all []RouteChange
	for _, m := range routes {
		s := RouteChange{Kind: p.kind, Hours: []Hour{}}
		together := map[int]Offer{}
		if m.before != none {
			s.Route, s.Name = oldNames[m.before].id, oldNames[m.before].name
			merge(together, was[transit.Route(m.before)])
			s.Assumed = oldRooms[transit.Route(m.before)]
		}
		if m.after != none {
			s.Route, s.Name = newNames[m.after].id, newNames[m.after].name
			merge(together, is[transit.Route(m.after)])
			s.Assumed = s.Assumed || newRooms[transit.Route(m.after)]
		}
		if s.sum(together); len(s.Hours) > 0 {
			all = append(all, s)
		}
	}
	return all
}

// hours is what each route offers by hour of a service day.
func hours(tt *transit.Timetable, date transit.Date, one func(room int) Offer) map[transit.Route]map[int]Offer {
	all := map[transit.Route]map[int]Offer{}
	for t := range tt.Trips.ID {
		trip := transit.Trip(t)
		if !tt.Runs(tt.Trips.Calendar[t], date) {
			continue
		}
		route := tt.RouteOf(trip)
		if all[route] == nil {
			all[route] = map[int]Offer{}
		}
		starts(tt, trip, func(start transit.Seconds) {
			if tt.Canceled(trip, date, start) {
				return
			}
			hour := all[route][int(start/transit.Hour)]
			hour.add(one(room(tt, trip)))
			all[route][int(start/transit.Hour)] = hour
		})
	}
	return all
}

// assumed are the routes with vehicles whose room nobody states.
func assumed(tt *transit.Timetable) map[transit.Route]bool {
	routes := map[transit.Route]bool{}
	for t, v := range tt.Trips.Vehicle {
		if uint32(v) < uint32(len(tt.Vehicles.FromDefault)) && tt.Vehicles.FromDefault[v] {
			routes[tt.RouteOf(transit.Trip(t))] = true
		}
	}
	return routes
}

// room is what the vehicle of a trip takes; 0 where nobody knows the vehicle.
func room(tt *transit.Timetable, t transit.Trip) int {
	v := tt.Trips.Vehicle[t]
	if uint32(v) >= uint32(len(tt.Vehicles.Room)) {
		return 0
	}
	return int(tt.Vehicles.Room[v])
}

func merge(into, from map[int]Offer) {
	for hour, offer := range from {
		sum := into[hour]
		sum.add(offer)
		into[hour] = sum
	}
}

// sum takes the hours of a route into its day; those where nothing differs are not listed.
func (s *RouteChange) sum(byHour map[int]Offer) {
	for _, hour := range slices.Sorted(maps.Keys(byHour)) {
		offer := byHour[hour]
		s.add(offer)
		if offer.Trips() != 0 || offer.Room() != 0 {
			s.Hours = append(s.Hours, Hour{hour, offer})
		}
	}
}
