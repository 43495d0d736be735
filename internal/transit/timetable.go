package transit

import (
	"slices"
	"sort"

	"github.com/qala-city/qala/internal/geo"
)

// Timetable is all scheduled service of a city in flat columns. It is frozen:
// who wants another one makes a copy with a Builder or with package scenario.
type Timetable struct {
	Agencies      Agencies
	Stops         Stops
	Routes        Routes
	Patterns      Patterns
	Trips         Trips
	Frequencies   Frequencies
	Calendars     Calendars
	Shapes        Shapes
	Vehicles      Vehicles
	Fleets        Fleets
	Translations  Translations
	Cancellations Cancellations
}

// PatternStops are the stops of a pattern in order.
func (tt *Timetable) PatternStops(p Pattern) []Stop {
	return tt.Patterns.Stop[tt.Patterns.First[p]:tt.Patterns.First[p+1]]
}

// PatternBoarding says, place by place, what passengers of a pattern may do.
func (tt *Timetable) PatternBoarding(p Pattern) []Boarding {
	return tt.Patterns.Boarding[tt.Patterns.First[p]:tt.Patterns.First[p+1]]
}

// TripTimes are a trip's arrivals and departures, one a place of its pattern.
func (tt *Timetable) TripTimes(t Trip) (arrive, depart []Seconds) {
	from := tt.Trips.FirstTime[t]
	to := from + uint32(len(tt.PatternStops(tt.Trips.Pattern[t])))
	return tt.Trips.Arrive[from:to], tt.Trips.Depart[from:to]
}

// TripFrequencies are the positions in Frequencies that repeat trip t.
func (tt *Timetable) TripFrequencies(t Trip) (from, to int) {
	trips := tt.Frequencies.Trip
	from = sort.Search(len(trips), func(i int) bool { return trips[i] >= t })
	to = sort.Search(len(trips), func(i int) bool { return trips[i] > t })
	return from, to
}

// Inexact reports whether a trip promises only a headway, so that its phase is drawn.
func (tt *Timetable) Inexact(t Trip) bool {
	from, to := tt.TripFrequencies(t)
	for f := from; f < to; f++ {
		if !tt.Frequencies.Exact[f] {
			return true
		}
	}
	return false
}

// RouteOf is the public line of a trip.
func (tt *Timetable) RouteOf(t Trip) Route { return tt.Patterns.Route[tt.Trips.Pattern[t]] }

// Runs reports whether a calendar has a date.
func (tt *Timetable) Runs(c Calendar, d Date) bool {
	_, found := slices.BinarySearch(tt.CalendarDates(c), d)
	return found
}

// CalendarDates are the dates of a calendar, ascending.
func (tt *Timetable) CalendarDates(c Calendar) []Date {
	return tt.Calendars.Date[tt.Calendars.First[c]:tt.Calendars.First[c+1]]
}

// ShapePoints is the line of a shape; nil when s is None.
func (tt *Timetable) ShapePoints(s Shape) []geo.Point {
	if uint32(s) == None {
		return nil
	}
	return tt.Shapes.Point[tt.Shapes.First[s]:tt.Shapes.First[s+1]]
}

// Canceled reports whether the dated trip that starts at start is taken out.
func (tt *Timetable) Canceled(t Trip, d Date, start Seconds) bool {
	c := &tt.Cancellations
	i := sort.Search(len(c.Trip), func(i int) bool {
		return c.Trip[i] > t || c.Trip[i] == t && c.Date[i] >= d
	})
	for ; i < len(c.Trip) && c.Trip[i] == t && c.Date[i] == d; i++ {
		if c.From[i] <= start && start < c.To[i] {
			return true
		}
	}
	return false
}

// Translated is what a text is called, by language; nil when only in its own.
func (tt *Timetable) Translated(text string) map[string]string {
	t := &tt.Translations
	var names map[string]string
	i, _ := slices.BinarySearch(t.Text, text)
	for ; i < len(t.Text) && t.Text[i] == text; i++ {
		if names == nil {
			names = map[string]string{}
		}
		names[t.Language[i]] = t.Name[i]
	}
	return names
}

// FindRoute is the route with an id, or with a public name that only one route has.
func (tt *Timetable) FindRoute(name string) (Route, bool) {
	if i := slices.Index(tt.Routes.ID, RouteID(name)); i >= 0 {
		return Route(i), true
	}
	i := slices.Index(tt.Routes.Name, name)
	if i < 0 || slices.Index(tt.Routes.Name[i+1:], name) >= 0 {
		return 0, false
	}
	return Route(i), true
}

// FindTrip is the trip with an id.
func (tt *Timetable) FindTrip(id string) (Trip, bool) {
	i := slices.Index(tt.Trips.ID, TripID(id))
	return Trip(max(i, 0)), i >= 0
}

// FleetOf is the position in Fleets of a route.
func (tt *Timetable) FleetOf(r Route) (int, bool) {
	i := slices.Index(tt.Fleets.Route, r)
	return i, i >= 0
}
