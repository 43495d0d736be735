// Package instance writes the work of an engine as plain tables, so that any
// other engine can be given the same: a day's connections, footpaths, zones and
// the people who travel.
//
// The tables are CSV with a header. Stops, trips, zones and travellers are
// numbered from 0 in the order of their tables; times are seconds of the day's axis, walks are
// seconds.
//
//	stops.csv        stop, lat, lon
//	trips.csv        trip, seats, room: a dated trip, and how many its vehicle takes
//	connections.csv  trip, from, to, depart, arrive, board, alight: in the order of departure;
//	                 board 1 where people get on before it, alight 1 where they get off after it
//	footpaths.csv    from, to, seconds: between different stops; who stays at a stop needs no time
//	zones.csv        zone, lat, lon
//	access.csv       zone, stop, seconds: the walk either way
//	demand.csv       traveller, from, to, ready, due: zones, the earliest departure, or
//	                 the wanted arrival; the other is empty
package instance

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Instance holds the tables, a row an entry.
type Instance struct {
	Stops       []geo.Point
	Trips       []Trip
	Connections []Connection
	Footpaths   []Footpath
	Zones       []geo.Point
	Access      []Access
	Demand      []Traveller
}

// Trip is a dated trip: how many sit in its vehicle, and how many it takes in all.
type Trip struct{ Seats, Room uint32 }

// Connection is a trip between two of its stops that follow each other.
type Connection struct {
	Trip           transit.Dated
	From, To       transit.Stop
	Depart, Arrive transit.Seconds
	Board, Alight  bool // people may get on before it, and off after it
}

// Footpath is a walk between two stops.
type Footpath struct {
	From, To transit.Stop
	Walk     transit.Seconds
}

// Access is a walk between a zone and a stop, either way.
type Access struct {
	Zone demand.Place
	Stop transit.Stop
	Walk transit.Seconds
}

// Traveller is one person; one of Ready and Due is demand.Free.
type Traveller struct {
	From, To   demand.Place
	Ready, Due transit.Seconds
}

// Of gathers the tables of a day on a network, with its travellers. What the tables do not
// know is left out: facilities on the way, classes of travellers.
func Of(n *network.Network, day *transit.Day, people *demand.Travellers) *Instance {
	in := &Instance{Stops: n.Timetable.Stops.At, Zones: n.Places.At}
	in.addTrips(n.Timetable, day)
	in.addWalks(n)
	for t := range people.Key {
		in.Demand = append(in.Demand, Traveller{people.From[t], people.To[t], people.Ready[t], people.Due[t]})
	}
	return in
}

func (in *Instance) addTrips(tt *transit.Timetable, day *transit.Day) {
	for _, t := range day.Trip {
		v := tt.Trips.Vehicle[t]
		in.Trips = append(in.Trips, Trip{tt.Vehicles.Seats[v], tt.Vehicles.Room[v]})
	}
	for _, v := range day.Departures {
		in.Connections = append(in.Connections, Connection{
			Trip: day.Owner[v], From: day.Stop[v], To: day.Stop[v+1], Depart: day.Depart[v], Arrive: day.Arrive[v+1],
			Board: day.Boarding[v]&transit.MayBoard != 0, Alight: day.Boarding[v+1]&transit.MayAlight != 0,
		})
	}
}

func (in *Instance) addWalks(n *network.Network) {
	for s := range n.Timetable.Stops.ID {
		to, walks := n.Transfers.Row(uint32(s))
		for i, walk := range walks {
			if to[i] != transit.Stop(s) {
				in.Footpaths = append(in.Footpaths, Footpath{transit.Stop(s), to[i], walk})
			}
		}
	}
	for z := range n.Places.ID {
		to, walks := n.Access.Row(uint32(z))
		for i, walk := range walks {
			in.Access = append(in.Access, Access{demand.Place(z), to[i], walk})
		}
	}
}
