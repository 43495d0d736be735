// Package difference says what changed from one timetable of a city to the
// next: routes and stops, trips by day, and room by hour. Package upkeep asks
// it when a feed has changed.
package difference

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// Difference is what changed. Lists without an entry are empty: nothing of that kind changed.
type Difference struct {
	Before   Window        `json:"before"`
	After    Window        `json:"after"`
	Routes   Things        `json:"routes"`
	Stops    Things        `json:"stops"`
	Moved    []Moved       `json:"stops_moved"` // farther than MoveLimit, the farthest first
	Days     []Day         `json:"days"`        // every date of the new window, in order
	Compared []Pair        `json:"compared"`    // the dates whose hours were compared
	Service  []RouteChange `json:"service"`     // where trips or room differ, the greatest change of room first
}

// Window is the stretch of dates on which anything runs; First and Last are "" when nothing does.
type Window struct {
	First string `json:"first"`
	Last  string `json:"last"`
}

// Things are routes or stops. They are the same by their id, else by a name that only one has.
type Things struct {
	Before     int          `json:"before"` // how many there were
	After      int          `json:"after"`
	Added      []Named      `json:"added"`
	Removed    []Named      `json:"removed"`
	Renamed    []Renamed    `json:"renamed"`
	Renumbered []Renumbered `json:"renumbered"`
}

// Named is a thing by its id, with the name that passengers read.
type Named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// Renamed is a thing that kept its id and changed its name.
type Renamed struct {
	ID     string `json:"id"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Renumbered is a thing that kept its name and changed its id.
type Renumbered struct {
	Name   string `json:"name"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Moved is a stop that is elsewhere now.
type Moved struct {
	ID     string     `json:"id"`
	Name   string     `json:"name"`
	Meters geo.Meters `json:"meters"` // straight line, rounded to whole meters
}

// MoveLimit is how far a stop's position may drift without being told.
const MoveLimit = geo.Meters(50)

// Day is how many trips leave on a service date. Covered is false where the
// date lies outside of the old window, which says nothing about it.
type Day struct {
	Date    string `json:"date"`
	Covered bool   `json:"covered"`
	Before  int    `json:"before"`
	After   int    `json:"after"`
}

// Pair are two dates that stand for the same kind of day. Kind is weekday,
// saturday or sunday, or the date that was asked for.
type Pair struct {
	Kind   string `json:"kind"`
	Before string `json:"before"` // "" where the timetable has no such day
	After  string `json:"after"`
}

// RouteChange is what a route offers on a kind of day. Room is the room of the
// vehicles that leave their first stop, seats and standing places together.
type RouteChange struct {
	Route string `json:"route"`
	Name  string `json:"name"`
	Kind  string `json:"kind"` // of Pair
	Offer
	// Assumed is true where nobody states the room of some of its vehicles, now
	// or before, and a default for their kind stands in.
	Assumed bool   `json:"assumed"`
	Hours   []Hour `json:"hours"` // where something differs, in order
}

// Hour is what leaves within an hour of the service day, which may be the 25th.
type Hour struct {
	Hour int `json:"hour"`
	Offer
}

// Offer are trips and their room, before and after.
type Offer struct {
	TripsBefore int `json:"trips_before"`
	TripsAfter  int `json:"trips_after"`
	RoomBefore  int `json:"room_before"`
	RoomAfter   int `json:"room_after"`
}

// Room is how much more room there is; negative for less.
func (o Offer) Room() int { return o.RoomAfter - o.RoomBefore }

// Trips is how many more trips there are; negative for fewer.
func (o Offer) Trips() int { return o.TripsAfter - o.TripsBefore }

func (o *Offer) add(other Offer) {
	o.TripsBefore, o.TripsAfter = o.TripsBefore+other.TripsBefore, o.TripsAfter+other.TripsAfter
	o.RoomBefore, o.RoomAfter = o.RoomBefore+other.RoomBefore, o.RoomAfter+other.RoomAfter
}

// Between compares two timetables. With dates their hours are compared, else
// those of a typical weekday, Saturday and Sunday.
func Between(before, after *transit.Timetable, dates ...transit.Date) Difference {
	was, is := tripsByDate(before), tripsByDate(after)
	routes, stops := matchRoutes(before, after), matchStops(before, after)
	oldRooms, newRooms := assumed(before), assumed(after)
	d := Difference{
		Before: window(was), After: window(is),
		Routes: things(routes, routeNames(before), routeNames(after)),
		Stops:  things(stops, stopNames(before), stopNames(after)),
		Moved:  moved(stops, before, after),
		Days:   days(was, is), Compared: []Pair{}, Service: []RouteChange{},
	}
	for _, p := range pairs(was, is, dates) {
		d.Compared = append(d.Compared, p.named())
		d.Service = append(d.Service, services(p, routes, before, after, oldRooms, newRooms)...)
	}
	slices.SortStableFunc(d.Service, func(a, b RouteChange) int {
		return cmp.Or(cmp.Compare(size(b.Room()), size(a.Room())), cmp.Compare(size(b.Trips()), size(a.Trips())))
	})
	return d
}

func size(n int) int { return max(n, -n) }

// Same reports whether nothing that is compared has changed.
func (d Difference) Same() bool {
	for _, t := range []Things{d.Routes, d.Stops} {
		if len(t.Added)+len(t.Removed)+len(t.Renamed)+len(t.Renumbered) > 0 {
			return false
		}
	}
	changed := func(day Day) bool { return day.Before != day.After }
	return d.Before == d.After && len(d.Moved)+len(d.Service) == 0 && !slices.ContainsFunc(d.Days, changed)
}

// days are the dates of the new window.
func days(was, is counts) []Day {
	all := []Day{}
	first, last := is.window()
	oldFirst, oldLast := was.window()
	for date := first; date <= last && len(is) > 0; date++ {
		covered := len(was) > 0 && oldFirst <= date && date <= oldLast
		all = append(all, Day{date.String(), covered, was[date], is[date]})
	}
	return all
}

func window(c counts) Window {
	if len(c) == 0 {
		return Window{}
	}
	first, last := c.window()
	return Window{first.String(), last.String()}
}
