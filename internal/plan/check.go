package plan

import (
	"strconv"
	"time"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// checkReferences finds names in the event file that the city does not know.
func (d *day) checkReferences() {
	r := &d.request
	if r.City != "" && r.City != r.Network.City.ID {
		d.add(finding.Finding{
			Level: finding.Warning, Code: codeOtherCity, Field: "city", Value: r.City,
			Args: map[string]string{"network": r.Network.City.ID},
		})
	}
	d.checkZone()
	if r.Travellers != nil {
		return
	}
	d.checkVenue()
	for i, from := range r.Event.Origins.FromVenues {
		if _, found := demand.FindVenue(r.Network.Venues, from.Venue); !found {
			d.add(finding.Finding{Level: finding.Error, Code: codeUnknownOrigin, Field: "origins.venues[" + strconv.Itoa(i) + "].venue", Value: from.Venue})
		}
	}
	for i := range r.Event.Origins.FromAreas {
		if a := &r.Event.Origins.FromAreas[i]; a.People(&r.Network.Places) == 0 {
			d.add(finding.Finding{Level: finding.Error, Code: codeEmptyArea, Field: "origins.areas[" + strconv.Itoa(i) + "].outline", Value: a.Name})
		}
	}
}

func (d *day) checkZone() {
	zone, err := time.LoadLocation(d.request.Network.City.Zone)
	if err != nil {
		d.add(finding.Finding{Level: finding.Error, Code: codeUnknownZone, Field: "timezone", Value: d.request.Network.City.Zone})
		return
	}
	d.zone = zone
}

// checkVenue finds a missing venue, and sessions with more people than it takes.
func (d *day) checkVenue() {
	r := &d.request
	v, found := demand.FindVenue(r.Network.Venues, r.Event.Venue)
	if !found {
		d.add(finding.Finding{Level: finding.Error, Code: codeUnknownVenue, Field: "venue", Value: r.Event.Venue})
		return
	}
	capacity := r.Network.Venues[v].Capacity
	for i, s := range r.Event.Sessions {
		if capacity > 0 && s.Attendance > capacity {
			d.add(finding.Finding{
				Level: finding.Warning, Code: codeOverCapacity, Field: "sessions[" + strconv.Itoa(i) + "].attendance",
				Value: strconv.Itoa(int(s.Attendance)), Args: map[string]string{"capacity": strconv.Itoa(int(capacity))},
			})
		}
	}
}

// checkService finds a day on which nothing runs, rooms that nobody stated, and phases that are drawn.
func (d *day) checkService() {
	day := d.problem.Day
	if !d.runsOnTheDate() {
		d.add(finding.Finding{Level: finding.Error, Code: codeNoService, Field: "date", Value: d.request.Event.Date.String()})
		return
	}
	defaults, drawn := map[transit.Vehicle]int{}, 0
	for _, t := range day.Trip {
		if v := d.net.Timetable.Trips.Vehicle[t]; d.net.Timetable.Vehicles.FromDefault[v] {
			defaults[v]++
		}
		if d.net.Timetable.Inexact(t) {
			drawn++
		}
	}
	d.tellDefaults(defaults)
	if drawn > 0 {
		d.add(finding.Finding{Level: finding.Note, Code: codePhaseDrawn, Args: map[string]string{"count": strconv.Itoa(drawn)}})
	}
}

// runsOnTheDate reports whether any dated trip is of the event's own service day.
func (d *day) runsOnTheDate() bool {
	for _, date := range d.problem.Day.Date {
		if date == d.request.Event.Date {
			return true
		}
	}
	return false
}

// tellDefaults names the vehicle types whose room is a route type's default.
func (d *day) tellDefaults(trips map[transit.Vehicle]int) {
	v := d.net.Timetable.Vehicles
	for i, name := range v.Name {
		if n := trips[transit.Vehicle(i)]; n > 0 {
			d.add(finding.Finding{
				Level: finding.Warning, Code: codeRoomDefault, Field: "room", Value: strconv.Itoa(int(v.Room[i])),
				Args: map[string]string{"vehicle": name, "count": strconv.Itoa(n)},
			})
		}
	}
}
