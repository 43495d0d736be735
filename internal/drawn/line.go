package drawn

import (
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// service is a line while its words are read.
type service struct {
	name          string
	stops         []transit.Stop
	room, seats   uint32
	doors         uint32
	board, alight transit.Seconds // a person and door; 0: not known
	block         string
	hop           transit.Seconds // 0: by distance
	dwell         transit.Seconds
	both          bool
	inexact       bool
	every         transit.Seconds
	from, to      transit.Seconds
	at            []transit.Seconds
}

func (s *sheet) line(a *args) {
	v := service{name: a.next("name"), room: 100, doors: 1}
	for a.more() && isStop(a.rest[0]) {
		v.stops = append(v.stops, s.stop(a))
	}
	for a.more() {
		v.word(a)
	}
	switch {
	case len(v.stops) < 2:
		a.fail("a line needs two stops at least")
	case v.seats > v.room:
		a.fail("seats: %d are more than the room of %d", v.seats, v.room)
	}
	if a.err == nil {
		s.run(v)
	}
}

// word reads one property of a line.
func (v *service) word(a *args) {
	switch word := a.next("word"); word {
	case "every", "about":
		v.inexact = word == "about"
		v.every = a.length("headway")
		v.from, v.to = a.span()
	case "at":
		for a.atTime() {
			v.at = append(v.at, a.clock("time"))
		}
	case "hop":
		v.hop = a.length("hop")
	case "dwell":
		v.dwell = a.length("dwell")
	case "both":
		v.both = true
	case "block":
		v.block = a.next("block")
	default:
		v.vehicle(word, a)
	}
}

// vehicle reads one property of a line's vehicles.
func (v *service) vehicle(word string, a *args) {
	switch word {
	case "room":
		v.room = uint32(a.number("room"))
	case "seats":
		v.seats = uint32(a.number("seats"))
	case "doors":
		v.doors = uint32(a.number("doors"))
	case "board":
		v.board = a.length("board")
	case "alight":
		v.alight = a.length("alight")
	default:
		a.fail("a line does not know the word %q, it knows every, about, at, hop, dwell, both, block, room, seats, doors, board, alight", word)
	}
}

// run puts a line into the timetable.
func (s *sheet) run(v service) {
	route := s.b.AddRoute(transit.RouteID(v.name), s.agency, v.name, "", 3, "")
	if v.seats == 0 {
		v.seats = v.room
	}
	vehicle := s.b.AddVehicle(transit.VehicleRow{
		Name: v.name, Seats: v.seats, Room: v.room, Doors: v.doors, BoardTime: float32(v.board), AlightTime: float32(v.alight), Kind: "fact",
	})
	s.runOneWay(v, route, vehicle, 0, "")
	if v.both {
		back := v
		back.stops = nil
		for i := len(v.stops) - 1; i >= 0; i-- {
			back.stops = append(back.stops, v.stops[i])
		}
		s.runOneWay(back, route, vehicle, 1, "-back")
	}
}

func (s *sheet) runOneWay(v service, route transit.Route, vehicle transit.Vehicle, d transit.Direction, mark string) {
	trip := func(id string, at transit.Seconds) transit.Trip {
		return s.b.AddTrip(transit.TripRow{
			ID: transit.TripID(id), Route: route, Direction: d, Calendar: s.daily, Block: transit.BlockID(v.block), Vehicle: vehicle,
			Shape: transit.Shape(transit.None), Calls: s.calls(v, at),
		})
	}
	for _, at := range v.at {
		trip(v.name+mark+"@"+at.Clock()[:5], at)
	}
	if v.every > 0 {
		row := transit.FrequencyRow{Trip: trip(v.name+mark, 0), Start: v.from, End: v.to, Headway: v.every, Exact: !v.inexact}
		s.b.AddFrequency(row)
	}
}

// calls are the stops of one trip; without a hop's time vehicles make 400 m a minute.
func (s *sheet) calls(v service, at transit.Seconds) []transit.Call {
	var calls []transit.Call
	for i, stop := range v.stops {
		if i > 0 {
			at += v.hopTime(s.places.At[v.stops[i-1]], s.places.At[stop])
		}
		leave := at
		if i > 0 && i < len(v.stops)-1 {
			leave += v.dwell
		}
		calls = append(calls, transit.Call{Stop: stop, Arrive: at, Depart: leave, Boarding: transit.MayBoard | transit.MayAlight})
		at = leave
	}
	return calls
}

func (v service) hopTime(a, b geo.Point) transit.Seconds {
	if v.hop > 0 {
		return v.hop
	}
	return transit.Seconds(float64(geo.Distance(a, b))/400*60 + 0.5)
}
