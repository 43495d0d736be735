package scenario

import (
	"fmt"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// Shuttle is a new line along stops that exist, both ways: the first departure
// from either end at From, then every Every, the last not after To. Where the
// city's streets are known it drives along them.
type Shuttle struct {
	Name  string   // of the line
	Stops []string // two or more, in the order of direction 0: ids, or names that no other stop has
	// Via are the points that it passes without stopping: Via[i] on its way from
	// Stops[i] to the next. It may be shorter than the list of stops.
	Via      [][]geo.Point
	From, To transit.Seconds
	Every    transit.Seconds
	Room     int     // people a vehicle
	Speed    float64 // km/h between stops, along the streets; 0: see Driving and ShuttleSpeed
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
		"every": m.Every.Clock(), "room": fmt.Sprint(m.Room),
	}
	if m.Speed > 0 {
		args["speed"] = fmt.Sprintf("%g", m.Speed)
	}
	if via := m.viaText(); via != "" {
		args["via"] = via
	}
	if m.OneWay {
		args["one_way"] = "true"
	}
	return args
}

// viaText are the points that it passes, each after the number of the stop before it.
func (m Shuttle) viaText() string {
	var out []string
	for i, points := range m.Via {
		for _, p := range points {
			out = append(out, fmt.Sprintf("%d:%g,%g", i+1, p.Lat, p.Lon))
		}
	}
	return strings.Join(out, " ")
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
	hops := w.hops(m, stops)
	for d := range directions {
		w.drive(m, stops, hops, transit.TripRow{Route: route, Direction: transit.Direction(d), Vehicle: vehicle})
		stops, hops = reversed(stops), back(hops)
	}
}

func reversed[T any](list []T) []T {
	out := slices.Clone(list)
	slices.Reverse(out)
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

// hop is the way from a stop to the next.
type hop struct {
	time transit.Seconds
	line []geo.Point
}

// back are the same ways the other way round.
func back(hops []hop) []hop {
	out := reversed(hops)
	for i, h := range out {
		out[i].line = reversed(h.line)
	}
	return out
}

// hops are the ways from stop to stop, by the points that are passed.
func (w *work) hops(m Shuttle, stops []transit.Stop) []hop {
	roads := w.roads()
	var hops []hop
	for i := range len(stops) - 1 {
		hops = append(hops, w.hop(roads, m, i, w.base.Stops.At[stops[i]], w.base.Stops.At[stops[i+1]]))
	}
	return hops
}

func (w *work) hop(roads *street.Roads, m Shuttle, i int, from, to geo.Point) hop {
	var out hop
	var by []geo.Point
	if i < len(m.Via) {
		by = m.Via[i]
	}
	for _, next := range append(slices.Clone(by), to) {
		leg := Drive(roads, from, next, m.Speed)
		out.time, out.line = out.time+leg.Time, append(out.line, leg.Line...)
		if leg.Straight && roads != nil {
			w.warn(codeNoRoad, fmt.Sprintf("stops[%d]", i+1), m.Stops[i+1])
		}
		from = next
	}
	return out
}

// shape is the line of a shuttle; none where it is straight from stop to stop.
func (w *work) shape(m Shuttle, hops []hop) transit.Shape {
	if w.roads() == nil && len(m.viaText()) == 0 {
		return transit.Shape(transit.None)
	}
	var line []geo.Point
	for _, h := range hops {
		line = append(line, h.line...)
	}
	return w.b.AddShape(slices.Compact(line))
}

// drive adds the departures of one direction; row says whose.
func (w *work) drive(m Shuttle, stops []transit.Stop, hops []hop, row transit.TripRow) {
	if !w.dated {
		w.calendar, w.dated = w.b.AddCalendar(transit.CalendarID(fmt.Sprintf("scenario:%d", w.number)), []transit.Date{w.date}), true
	}
	row.Calendar, row.Headsign, row.Shape = w.calendar, w.base.Stops.Name[stops[len(stops)-1]], w.shape(m, hops)
	for at := m.From; at <= m.To; at += m.Every {
		w.added++
		row.ID, row.Calls = transit.TripID(fmt.Sprintf("scenario:%d:%d", w.number, w.added)), timed(stops, hops, at)
		w.b.AddTrip(row)
	}
}

// timed are the calls of one departure.
func timed(stops []transit.Stop, hops []hop, at transit.Seconds) []transit.Call {
	var calls []transit.Call
	for i, stop := range stops {
		arrive := at
		if i > 0 {
			arrive += hops[i-1].time
		}
		at = arrive
		if i > 0 && i < len(stops)-1 {
			at += ShuttleDwell
		}
		calls = append(calls, transit.Call{Stop: stop, Arrive: arrive, Depart: at, Boarding: transit.MayBoard | transit.MayAlight})
	}
	return calls
}
