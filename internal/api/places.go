package api

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// Stop is a stop of a network.
type Stop struct {
	ID      string      `json:"id"`
	Names   label.Names `json:"names"`
	At      geo.Point   `json:"at"`
	Station string      `json:"station,omitempty" doc:"Id of the station that it belongs to"`
}

// Route is a public line of a network.
type Route struct {
	ID    string      `json:"id"`
	Names label.Names `json:"names"`
	Long  string      `json:"long_name,omitempty"`
	Type  int         `json:"type" doc:"GTFS route_type"`
	Color string      `json:"color,omitempty"`
	Trips int         `json:"trips" doc:"In the whole timetable"`
	Room  int         `json:"room" doc:"People that its largest vehicle takes"`
	// Assumed is true where nobody stated the room.
	Assumed bool `json:"room_assumed"`
}

// Venue is a place where events are.
type Venue struct {
	ID       string      `json:"id"`
	Names    label.Names `json:"names"`
	At       geo.Point   `json:"at"`
	Capacity int         `json:"capacity"`
	Gates    []VenueGate `json:"gates" nullable:"false"`
}

// VenueGate is a way in and out of a venue.
type VenueGate struct {
	ID string    `json:"id"`
	At geo.Point `json:"at"`
}

// Vehicle is a type of vehicle.
type Vehicle struct {
	Name   string `json:"name"`
	Room   int    `json:"room"`
	Seats  int    `json:"seats"`
	Kind   string `json:"kind" doc:"Fact, computed, standard or assumption"`
	Source string `json:"source,omitempty"`
}

// Facility is something that people pass in a station or at a venue.
type Facility struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	At    geo.Point `json:"at"`
	Basis string    `json:"basis"`
	// Venue and Way are those of a venue's gate.
	Venue string `json:"venue,omitempty" doc:"Id of the venue whose gate it is"`
	Way   string `json:"way,omitempty" enum:"in,out" doc:"Which way people pass a venue's gate"`
}

// Missing is something that the city does not say, and what stands in for it.
type Missing struct {
	Code  string   `json:"code" enum:"room,gates,population,stations,fleet,streets"`
	Count int      `json:"count"`
	Some  []string `json:"some" nullable:"false" doc:"The first of them"`
	File  string   `json:"file" doc:"Where it would be filled in"`
}

// searchIn asks for a part of what a network holds.
type searchIn struct {
	VersionIn
	Cut
	Q string `query:"q" maxLength:"100" doc:"A part of a name or id, in any language"`
}

func (d *door) places() {
	for _, o := range []operation{
		{id: "listStops", path: "stops", summary: "The stops of a network"},
		{id: "listRoutes", path: "routes", summary: "The public lines of a network"},
		{id: "listVenues", path: "venues", summary: "The venues of a network"},
		{id: "listVehicles", path: "vehicles", summary: "The types of vehicle of a network"},
		{id: "listFacilities", path: "facilities", summary: "What people pass on foot in stations and at venues"},
		{id: "listMissing", path: "missing", summary: "What the city does not say, and where it would be filled in"},
	} {
		o.need, o.method, o.tag, o.path = role.Look, http.MethodGet, "network", "/cities/{city}/versions/{version}/"+o.path
		switch o.id {
		case "listStops":
			add(d, o, holding(d, "stops", stopsOf))
		case "listRoutes":
			add(d, o, holding(d, "routes", routesOf))
		case "listVenues":
			add(d, o, holding(d, "venues", venuesOf))
		case "listVehicles":
			add(d, o, holding(d, "vehicles", vehiclesOf))
		case "listFacilities":
			add(d, o, holding(d, "facilities", facilitiesOf))
		default:
			add(d, o, holding(d, "missing", missingOf))
		}
	}
}

// holding answers with what a network holds of a kind.
func holding[T any](d *door, name string, of func(n *network.Network, q string) []T) func(context.Context, *searchIn) (*Part[T], error) {
	return func(ctx context.Context, in *searchIn) (*Part[T], error) {
		n, err := d.network(ctx, in.VersionIn)
		if err != nil {
			return nil, err
		}
		path := "/cities/" + in.City + "/versions/" + in.Version + "/" + name
		return part(path, in.Cut, of(n, strings.ToLower(in.Q))), nil
	}
}

// fits reports whether an id or a name has a part in it.
func fits(q, id string, names label.Names) bool {
	if q == "" || strings.Contains(strings.ToLower(id), q) {
		return true
	}
	for _, name := range names {
		if strings.Contains(strings.ToLower(name), q) {
			return true
		}
	}
	return false
}

// called is what the feed's own text is called in every language.
func called(tt *transit.Timetable, text string) label.Names {
	out := label.Names{"": text}
	for l, name := range tt.Translated(text) {
		out[l] = name
	}
	return out
}

func stopsOf(n *network.Network, q string) (all []Stop) {
	s := &n.Timetable.Stops
	for i, id := range s.ID {
		stop := Stop{ID: string(id), Names: called(n.Timetable, s.Name[i]), At: s.At[i]}
		if parent := s.Parent[i]; parent != transit.Stop(transit.None) {
			stop.Station = string(s.ID[parent])
		}
		if fits(q, stop.ID, stop.Names) {
			all = append(all, stop)
		}
	}
	return all
}

func routesOf(n *network.Network, q string) (all []Route) {
	tt := n.Timetable
	r := &tt.Routes
	trips, room, assumed := make([]int, len(r.ID)), make([]int, len(r.ID)), make([]bool, len(r.ID))
	for t, p := range tt.Trips.Pattern {
		route, v := tt.Patterns.Route[p], tt.Trips.Vehicle[t]
		trips[route]++
		room[route] = max(room[route], int(tt.Vehicles.Room[v]))
		assumed[route] = assumed[route] || tt.Vehicles.FromDefault[v]
	}
	for i, id := range r.ID {
		route := Route{
			ID: string(id), Names: called(tt, r.Name[i]), Long: r.Long[i], Type: int(r.Type[i]), Color: r.Color[i],
			Trips: trips[i], Room: room[i], Assumed: assumed[i],
		}
		if fits(q, route.ID, route.Names) || fits(q, route.Long, nil) {
			all = append(all, route)
		}
	}
	return all
}

func venuesOf(n *network.Network, q string) (all []Venue) {
	for _, v := range n.Venues {
		venue := Venue{ID: v.ID, Names: v.Names, At: v.At, Capacity: int(v.Capacity), Gates: []VenueGate{}}
		for _, g := range v.Gates {
			venue.Gates = append(venue.Gates, VenueGate{g.ID, n.Places.At[g.Place]})
		}
		if fits(q, venue.ID, venue.Names) {
			all = append(all, venue)
		}
	}
	return all
}

func vehiclesOf(n *network.Network, q string) (all []Vehicle) {
	v := &n.Timetable.Vehicles
	for i, name := range v.Name {
		if fits(q, name, nil) {
			all = append(all, Vehicle{name, int(v.Room[i]), int(v.Seats[i]), v.Kind[i], v.Source[i]})
		}
	}
	return all
}

func facilitiesOf(n *network.Network, q string) (all []Facility) {
	f := &n.Stations.Facilities
	for i, id := range f.ID {
		if fits(q, id, label.Names{"": f.Name[i]}) {
			all = append(all, Facility{ID: id, Name: f.Name[i], At: f.At[i], Basis: f.Basis[i]})
		}
	}
	return append(all, gatesOf(n, q)...)
}

// gatesOf are the gates of the venues, each once a way.
func gatesOf(n *network.Network, q string) (all []Facility) {
	for _, v := range n.Venues {
		for _, g := range v.Gates {
			for _, way := range []string{"out", "in"} {
				gate := Facility{ID: scenario.GateID(v.ID, g.ID, way), Name: g.ID, At: n.Places.At[g.Place], Basis: v.Basis, Venue: v.ID, Way: way}
				if fits(q, gate.ID, v.Names) {
					all = append(all, gate)
				}
			}
		}
	}
	return all
}

// firstOf are so many of a list.
const firstOf = 20

// gateless reports whether nobody stated the gates of a venue: the import gives it one in its middle.
func gateless(n *network.Network, v *demand.Venue) bool {
	return len(v.Gates) == 0 || len(v.Gates) == 1 && v.Gates[0].ID == "main" && n.Places.At[v.Gates[0].Place] == v.At
}

func missingOf(n *network.Network, _ string) (all []Missing) {
	tell := func(code, file string, what []string) {
		if len(what) > 0 {
			all = append(all, Missing{code, len(what), append([]string{}, what[:min(len(what), firstOf)]...), file})
		}
	}
	var rooms, gates, fleets []string
	for _, r := range routesOf(n, "") {
		if r.Assumed {
			rooms = append(rooms, r.ID)
		}
	}
	for i, id := range n.Timetable.Routes.ID {
		if _, known := n.Timetable.FleetOf(transit.Route(i)); !known {
			fleets = append(fleets, string(id))
		}
	}
	for _, v := range n.Venues {
		if gateless(n, &v) {
			gates = append(gates, v.ID)
		}
	}
	if n.Streets == nil {
		tell("streets", "city.yaml", []string{n.City.ID})
	}
	tell("room", "capacities.csv", rooms)
	tell("fleet", "fleet.csv", fleets)
	tell("gates", "venues.yaml", gates)
	if n.Stations.Facilities.Len() == 0 {
		tell("stations", "stations.yaml", []string{n.City.ID})
	}
	if !slices.ContainsFunc(n.Places.People, func(people uint32) bool { return people > 0 }) {
		tell("population", "population.csv", []string{n.City.ID})
	}
	return all
}
