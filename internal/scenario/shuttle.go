package scenario

import (
	"fmt"
	"math"
	"strings"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// Shuttle is a new line along stops that exist, both ways: the first departure
// from either end at From, then every Every, the last not after To.
type Shuttle struct {
	Name     string   // of the line
	Stops    []string // two or more, in the order of direction 0: ids, or names that no other stop has
	From, To transit.Seconds
	Every    transit.Seconds
	Room     int     // people a vehicle
	Speed    float64 // km/h between stops, along the streets
	OneWay   bool
	Note     string
}

// Kind of a Shuttle.
func (Shuttle) Kind() string { return "shuttle" }

// Remark of a Shuttle.
func (m Shuttle) Remark() string { return m.Note }

// Args of a Shuttle.
func (m Shuttle) Args() map[string]string {
	args := map[string]string{
		"route": m.Name, "stops": strings.Join(m.Stops, " > "), "from": m.From.Clock(), "to": m.To.Clock(),
		"every": m.Every.Clock(), "room": fmt.Sprint(m.Room), "speed": fmt.Sprintf("%g", m.Speed),
	}
	if m.OneWay {
		args["one_way"] = "true"
	}
	return args
}

// What a shuttle takes where nothing is known of its streets: the way is longer
// than the straight line by ShuttleDetour, and it stands ShuttleDwell at each stop.
const (
	ShuttleDetour = 1.3
	ShuttleDwell  = 30 * transit.Second
)

// busRoute is the GTFS route_type of a bus.
const busRoute = 3

func (w *work) shuttle(m Shuttle) {
	if !w.sound(m.From, m.To, m.Every) {
		return
	}
	stops, ok := w.shuttleStops(m)
	if !ok {
		return
	}
	vehicle := w.b.AddVehicle(transit.VehicleRow{
		Name: m.Name, Room: uint32(m.Room), Seats: uint32(m.Room), Kind: string(basis.Assumption), Source: fmt.Sprintf("modification %d", w.number),
	})
	route := w.b.AddRoute(transit.RouteID(fmt.Sprintf("scenario:%d", w.number)), w.agencyAt(stops[0]), m.Name, "", busRoute, "")
	directions := 2
	if m.OneWay {
		directions = 1
	}
	for d := range directions {
		w.drive(m, stops, route, transit.Direction(d), vehicle)
		stops = reversed(stops)
	}
}

func reversed(stops []transit.Stop) []transit.Stop {
	out := make([]transit.Stop, 0, len(stops))
	for i := len(stops) - 1; i >= 0; i-- {
		out = append(out, stops[i])
	}
	return out
}

func (w *work) shuttleStops(m Shuttle) ([]transit.Stop, bool) {
	var stops []transit.Stop
	for i, name := range m.Stops {
		stop, found := w.findStop(fmt.Sprintf("stops[%d]", i), name)
		if !found {
			return nil, false
		}
		if i > 0 && stop == stops[i-1] {
			w.reject(codeSameStop, fmt.Sprintf("stops[%d]", i), name)
			return nil, false
		}
		stops = append(stops, stop)
	}
	return stops, true
}

// agencyAt is the agency of a line that calls at a stop, else the first one.
func (w *work) agencyAt(stop transit.Stop) transit.Agency {
	for _, t := range w.calling(stop) {
		return w.base.Routes.Agency[w.base.Patterns.Route[w.base.Trips.Pattern[t]]]
	}
	return 0
}

// drive adds the departures of one direction.
func (w *work) drive(m Shuttle, stops []transit.Stop, route transit.Route, d transit.Direction, vehicle transit.Vehicle) {
	if !w.dated {
		w.calendar, w.dated = w.b.AddCalendar(transit.CalendarID(fmt.Sprintf("scenario:%d", w.number)), []transit.Date{w.date}), true
	}
	for at := m.From; at <= m.To; at += m.Every {
		w.added++
		w.b.AddTrip(transit.TripRow{
			ID: transit.TripID(fmt.Sprintf("scenario:%d:%d", w.number, w.added)), Route: route, Direction: d, Calendar: w.calendar,
			Headsign: w.base.Stops.Name[stops[len(stops)-1]], Vehicle: vehicle, Shape: transit.Shape(transit.None), Calls: w.timed(m, stops, at),
		})
	}
}

// timed are the calls of one departure.
func (w *work) timed(m Shuttle, stops []transit.Stop, at transit.Seconds) []transit.Call {
	var calls []transit.Call
	for i, stop := range stops {
		arrive := at
		if i > 0 {
			arrive += w.hop(stops[i-1], stop, m.Speed)
		}
		at = arrive
		if i > 0 && i < len(stops)-1 {
			at += ShuttleDwell
		}
		calls = append(calls, transit.Call{Stop: stop, Arrive: arrive, Depart: at, Boarding: transit.MayBoard | transit.MayAlight})
	}
	return calls
}

func (w *work) hop(from, to transit.Stop, speed float64) transit.Seconds {
	meters := float64(geo.Distance(w.base.Stops.At[from], w.base.Stops.At[to]))
	return transit.Seconds(math.Ceil(float64(meters*ShuttleDetour) / float64(speed/3.6)))
}
