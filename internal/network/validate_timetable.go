package network

import (
	"cmp"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/transit"
)

// Bounds of a timetable's values. A service day's clock runs for a week at
// most, see transit.ParseClock.
const (
	latestTime   = 8 * 24 * transit.Hour
	firstDate    = transit.Date(-36525) // about 1870
	lastDate     = transit.Date(146097) // about 2370
	mostPlaces   = 30_000               // of a pattern: its steps within a second fit 16 bits
	mostRoom     = 100_000
	mostStations = 3 // loading area, stop, station
)

// timetable checks group by group; a later group may rely on an earlier one.
func (c *check) timetable(tt *transit.Timetable) {
	for _, group := range []func(*transit.Timetable){
		c.agencies, c.stops, c.routes, c.shapes, c.calendars, c.vehicles, c.patterns,
		c.trips, c.times, c.frequencies, c.fleets, c.translations, c.cancellations,
	} {
		if c.err == nil {
			group(tt)
		}
	}
}

func (c *check) agencies(tt *transit.Timetable) {
	g := &tt.Agencies
	c.lengths("agencies", len(g.ID), len(g.Name), len(g.Zone))
}

func (c *check) stops(tt *transit.Timetable) {
	s := &tt.Stops
	c.lengths("stops", len(s.ID), len(s.Name), len(s.At), len(s.Parent))
	withinOrNone(c, "stops: parent", s.Parent, len(s.ID))
	for i := 0; i < len(s.At) && c.err == nil; i++ {
		c.position("stops", s.At[i])
		c.that(depth(s.Parent, transit.Stop(i)) <= mostStations, "stops: parents go in a circle")
	}
}

// depth is how many stops stand above one, counted up to one too many.
func depth(parent []transit.Stop, s transit.Stop) int {
	above := 0
	for uint32(parent[s]) != transit.None && above <= mostStations {
		s = parent[s]
		above++
	}
	return above
}

func (c *check) routes(tt *transit.Timetable) {
	r := &tt.Routes
	c.lengths("routes", len(r.ID), len(r.Agency), len(r.Name), len(r.Long), len(r.Type), len(r.Color))
	within(c, "routes: agency", r.Agency, len(tt.Agencies.ID))
}

func (c *check) shapes(tt *transit.Timetable) {
	s := &tt.Shapes
	c.offsets("shapes", s.First, max(len(s.First)-1, 0), len(s.Point))
	for _, at := range s.Point {
		c.position("shapes", at)
	}
}

func (c *check) calendars(tt *transit.Timetable) {
	l := &tt.Calendars
	c.offsets("calendars", l.First, len(l.ID), len(l.Date))
	for i := 0; i < len(l.ID) && c.err == nil; i++ {
		dates := tt.CalendarDates(transit.Calendar(i))
		for j, date := range dates {
			c.that(date >= firstDate && date <= lastDate, "calendars: date out of range")
			c.that(j == 0 || dates[j-1] < date, "calendars: dates not in order")
		}
	}
}

func (c *check) vehicles(tt *transit.Timetable) {
	v := &tt.Vehicles
	c.lengths("vehicles", len(v.Name), len(v.Seats), len(v.Room), len(v.Doors), len(v.BoardTime),
		len(v.AlightTime), len(v.LengthM), len(v.Kind), len(v.Source), len(v.FromDefault))
	for i := 0; i < len(v.Name) && c.err == nil; i++ {
		c.that(v.Room[i] >= 1 && v.Room[i] <= mostRoom && v.Seats[i] <= v.Room[i], "vehicles: room out of range")
		c.finite("vehicles: time or length", 0, 10_000, float64(v.BoardTime[i]), float64(v.AlightTime[i]), float64(v.LengthM[i]))
		c.kind("vehicles", v.Kind[i])
	}
}

// kind allows "", which says that nobody told.
func (c *check) kind(what, kind string) {
	c.that(kind == "" || basis.Kind(kind).Known(), what+": kind not known")
}

func (c *check) patterns(tt *transit.Timetable) {
	p := &tt.Patterns
	c.lengths("patterns", len(p.Route), len(p.Direction), len(p.Shape))
	c.lengths("patterns: places", len(p.Stop), len(p.Boarding))
	c.offsets("patterns", p.First, len(p.Route), len(p.Stop))
	within(c, "patterns: route", p.Route, len(tt.Routes.ID))
	withinOrNone(c, "patterns: shape", p.Shape, max(len(tt.Shapes.First)-1, 0))
	within(c, "patterns: stop", p.Stop, len(tt.Stops.ID))
	for i := 0; i < len(p.Route) && c.err == nil; i++ {
		places := p.First[i+1] - p.First[i]
		c.that(places >= 1 && places <= mostPlaces, "patterns: none or too many places")
		c.that(p.Direction[i] <= 1, "patterns: direction is neither 0 nor 1")
	}
	for _, b := range p.Boarding {
		c.that(b <= transit.MayBoard|transit.MayAlight, "patterns: boarding out of range")
	}
}

func (c *check) trips(tt *transit.Timetable) {
	t := &tt.Trips
	c.lengths("trips", len(t.ID), len(t.Pattern), len(t.Calendar), len(t.Headsign), len(t.Block), len(t.Vehicle), len(t.FirstTime))
	c.lengths("trips: times", len(t.Arrive), len(t.Depart))
	within(c, "trips: pattern", t.Pattern, len(tt.Patterns.Route))
	within(c, "trips: calendar", t.Calendar, len(tt.Calendars.ID))
	within(c, "trips: vehicle", t.Vehicle, len(tt.Vehicles.Name))
	for i := 0; i < len(t.ID) && c.err == nil; i++ {
		places := len(tt.PatternStops(t.Pattern[i]))
		c.that(uint64(t.FirstTime[i])+uint64(places) <= uint64(len(t.Arrive)), "trips: times out of range")
	}
}

// times makes sure that no trip goes back in time.
func (c *check) times(tt *transit.Timetable) {
	for _, times := range [][]transit.Seconds{tt.Trips.Arrive, tt.Trips.Depart} {
		for _, at := range times {
			c.that(at >= 0 && at <= latestTime, "trips: time out of range")
		}
	}
	for t := 0; t < len(tt.Trips.ID) && c.err == nil; t++ {
		arrive, depart := tt.TripTimes(transit.Trip(t))
		for i := range arrive {
			c.that(arrive[i] <= depart[i] && (i == 0 || depart[i-1] <= arrive[i]), "trips: times go back")
		}
	}
}

func (c *check) frequencies(tt *transit.Timetable) {
	f := &tt.Frequencies
	c.lengths("frequencies", len(f.Trip), len(f.Start), len(f.End), len(f.Headway), len(f.Exact))
	within(c, "frequencies: trip", f.Trip, len(tt.Trips.ID))
	for i := 0; i < len(f.Trip) && c.err == nil; i++ {
		c.that(f.Headway[i] > 0 && f.Headway[i] <= latestTime, "frequencies: headway out of range")
		c.that(f.Start[i] >= 0 && f.Start[i] <= f.End[i] && f.End[i] <= latestTime, "frequencies: time out of range")
		c.that(i == 0 || f.Trip[i-1] < f.Trip[i] || f.Trip[i-1] == f.Trip[i] && f.Start[i-1] <= f.Start[i], "frequencies: not in order")
	}
}

func (c *check) fleets(tt *transit.Timetable) {
	f := &tt.Fleets
	c.lengths("fleets", len(f.Route), len(f.Vehicles), len(f.Reserve), len(f.Turnback), len(f.Kind), len(f.Source))
	within(c, "fleets: route", f.Route, len(tt.Routes.ID))
	for i := 0; i < len(f.Route) && c.err == nil; i++ {
		c.that(f.Reserve[i] < f.Vehicles[i] && f.Vehicles[i] <= mostRoom, "fleets: no vehicle left beside the reserve")
		c.that(f.Turnback[i] >= 0 && f.Turnback[i] <= 24*transit.Hour, "fleets: turnback out of range")
		c.kind("fleets", f.Kind[i])
	}
}

func (c *check) translations(tt *transit.Timetable) {
	t := &tt.Translations
	c.lengths("translations", len(t.Text), len(t.Language), len(t.Name))
	for i := 1; i < len(t.Text) && c.err == nil; i++ {
		c.that(cmp.Or(cmp.Compare(t.Text[i-1], t.Text[i]), cmp.Compare(t.Language[i-1], t.Language[i])) < 0, "translations: not in order")
	}
}

func (c *check) cancellations(tt *transit.Timetable) {
	l := &tt.Cancellations
	c.lengths("cancellations", len(l.Trip), len(l.Date), len(l.From), len(l.To))
	within(c, "cancellations: trip", l.Trip, len(tt.Trips.ID))
	for i := 1; i < len(l.Trip) && c.err == nil; i++ {
		order := cmp.Or(cmp.Compare(l.Trip[i-1], l.Trip[i]), cmp.Compare(l.Date[i-1], l.Date[i]), cmp.Compare(l.From[i-1], l.From[i]))
		c.that(order <= 0, "cancellations: not in order")
	}
}
