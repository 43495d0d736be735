package transit

import (
	"fmt"
	"slices"
	"time"

	"github.com/qala-city/qala/internal/draw"
)

// Horizon is a stretch of time: Seconds of a Day count from Start.
type Horizon struct {
	Start  int64 // Unix time
	Length Seconds
}

// Dated is a dated trip: a trip on a service date. Visit is one dated trip at one of its stops.
type (
	Dated uint32
	Visit uint32
)

// Day is every dated trip that moves within a horizon, in flat columns, with
// its times in seconds from the horizon's start.
type Day struct {
	Horizon Horizon

	// by Dated; dated trip d has the visits First[d] to First[d+1]
	Trip  []Trip
	Date  []Date
	Start []Seconds // departure from the first stop as the service day counts it
	First []uint32

	// by Visit
	Owner    []Dated
	Stop     []Stop
	Arrive   []Seconds
	Depart   []Seconds
	Boarding []Boarding

	// Departures are all visits but each dated trip's last, in the order in which
	// the vehicles leave; Arrivals all but the first, in the order in which they
	// arrive. Boarding says what passengers may do there.
	Departures []Visit
	Arrivals   []Visit

	// Step breaks ties in time: within one second a vehicle arrives at an even
	// step and leaves at the odd one after it, and a hop that takes no time adds two.
	Step []uint16
}

// NewDay lists the dated trips that touch the horizon. The phase of trips with
// inexact frequencies is drawn from the seed, the trip, the date and the window.
func NewDay(tt *Timetable, horizon Horizon, seed draw.Seed) (*Day, error) {
	zones, err := tt.zones()
	if err != nil {
		return nil, err
	}
	d := &Day{Horizon: horizon, First: []uint32{0}}
	for t := range tt.Trips.ID {
		d.addTrip(tt, Trip(t), zones, seed)
	}
	d.order()
	return d, nil
}

// zones loads the time zone of each agency.
func (tt *Timetable) zones() ([]*time.Location, error) {
	zones := make([]*time.Location, len(tt.Agencies.ID))
	for a, name := range tt.Agencies.Zone {
		zone, err := time.LoadLocation(name)
		if err != nil {
			return nil, fmt.Errorf("agency %q: time zone %q: %w", tt.Agencies.ID[a], name, err)
		}
		zones[a] = zone
	}
	return zones, nil
}

// addTrip appends a trip on every date of its calendar that could touch the horizon.
func (d *Day) addTrip(tt *Timetable, t Trip, zones []*time.Location, seed draw.Seed) {
	zone := zones[tt.Routes.Agency[tt.RouteOf(t)]]
	first := Date((d.Horizon.Start - 8*86400) / 86400) // a service day's clock may run for a week
	last := Date((d.Horizon.Start+int64(d.Horizon.Length))/86400) + 1
	dates := tt.CalendarDates(tt.Trips.Calendar[t])
	from, _ := slices.BinarySearch(dates, first)
	for _, date := range dates[from:] {
		if date > last {
			return
		}
		d.addDate(tt, t, date, Seconds(date.Origin(zone)-d.Horizon.Start), seed)
	}
}

// addDate appends the trip's departures on one date, whose clock starts at origin.
func (d *Day) addDate(tt *Timetable, t Trip, date Date, origin Seconds, seed draw.Seed) {
	_, depart := tt.TripTimes(t)
	from, to := tt.TripFrequencies(t)
	if from == to {
		d.addDated(tt, t, date, depart[0], origin)
	}
	for f := from; f < to; f++ {
		for start := tt.firstDeparture(f, date, seed); start < tt.Frequencies.End[f]; start += tt.Frequencies.Headway[f] {
			d.addDated(tt, t, date, start, origin)
		}
	}
}

// firstDeparture of a frequency window; an inexact one starts within its first headway.
func (tt *Timetable) firstDeparture(f int, date Date, seed draw.Seed) Seconds {
	start := tt.Frequencies.Start[f]
	if tt.Frequencies.Exact[f] {
		return start
	}
	key := draw.Key(string(tt.Trips.ID[tt.Frequencies.Trip[f]]), date.String(), start.Clock())
	return start + Seconds(seed.For(key).Below(0, uint64(tt.Frequencies.Headway[f])))
}

// addDated appends one dated trip unless it is taken out or wholly outside of the horizon.
func (d *Day) addDated(tt *Timetable, t Trip, date Date, start, origin Seconds) {
	arrive, depart := tt.TripTimes(t)
	shift := origin + start - depart[0]
	last := len(arrive) - 1
	if depart[0]+shift >= d.Horizon.Length || arrive[last]+shift < 0 || tt.Canceled(t, date, start) {
		return
	}
	dated := Dated(len(d.Trip))
	d.Trip, d.Date, d.Start = append(d.Trip, t), append(d.Date, date), append(d.Start, start)
	stops, boarding := tt.PatternStops(tt.Trips.Pattern[t]), tt.PatternBoarding(tt.Trips.Pattern[t])
	for i, stop := range stops {
		d.addVisit(dated, stop, arrive[i]+shift, depart[i]+shift, d.atPlace(boarding[i], i, last, depart[i]+shift))
	}
	d.First = append(d.First, uint32(len(d.Stop)))
}

// atPlace takes from a place what cannot happen there: nobody gets off at the
// first stop or on at the last, or on outside of the horizon.
func (d *Day) atPlace(b Boarding, place, last int, depart Seconds) Boarding {
	if place == 0 {
		b &^= MayAlight
	}
	if place == last || !d.Within(depart) {
		b &^= MayBoard
	}
	return b
}

func (d *Day) addVisit(dated Dated, stop Stop, arrive, depart Seconds, b Boarding) {
	d.Step = append(d.Step, d.nextStep(dated, arrive))
	d.Owner, d.Stop = append(d.Owner, dated), append(d.Stop, stop)
	d.Arrive, d.Depart, d.Boarding = append(d.Arrive, arrive), append(d.Depart, depart), append(d.Boarding, b)
}

// nextStep is the step of an arrival: 0, or past the departure before it when the hop takes no time.
func (d *Day) nextStep(dated Dated, arrive Seconds) uint16 {
	before := len(d.Owner) - 1
	if before < 0 || d.Owner[before] != dated || d.Depart[before] != arrive {
		return 0
	}
	return d.DepartStep(Visit(before)) + 1
}

// DepartStep is the odd step at which a visit's vehicle leaves within its second.
func (d *Day) DepartStep(v Visit) uint16 {
	if d.Arrive[v] == d.Depart[v] {
		return d.Step[v] + 1
	}
	return 1
}

// Within reports whether a time lies inside of the horizon.
func (d *Day) Within(s Seconds) bool { return s >= 0 && s < d.Horizon.Length }

// Visits are the first and one past the last visit of a dated trip.
func (d *Day) Visits(t Dated) (from, to Visit) { return Visit(d.First[t]), Visit(d.First[t+1]) }
