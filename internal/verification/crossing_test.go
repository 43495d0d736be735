package verification

import (
	"fmt"
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/serve"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// obstacle is one facility as a case says it.
type obstacle struct {
	kind                 station.Kind
	channels, service    uint32 // milliseconds
	random               bool   // exponential service
	length, width, speed float32
}

func facilities(things ...obstacle) station.Facilities {
	f := station.Facilities{}
	for i, x := range things {
		variation := uint8(0)
		if x.random {
			variation = 100
		}
		f.ID, f.Name, f.Kind = append(f.ID, fmt.Sprint("f", i)), append(f.Name, ""), append(f.Kind, x.kind)
		f.Channels, f.Service, f.Variation = append(f.Channels, x.channels), append(f.Service, x.service), append(f.Variation, variation)
		f.Length, f.Width, f.Speed = append(f.Length, x.length), append(f.Width, x.width), append(f.Speed, x.speed)
		f.Station, f.At, f.StepFree = append(f.Station, transit.Stop(i)), append(f.At, placeOf(i)), append(f.StepFree, true)
		f.Basis, f.Source = append(f.Basis, "assumption"), append(f.Source, "posed")
	}
	return f
}

// comer is somebody who comes to a facility at a time.
type comer struct {
	to station.Facility
	at transit.Seconds
}

// crossed is what came of it: when each joined the queue of the stop behind his
// facility, and what each facility logged.
type crossed struct {
	out  []transit.Seconds
	logs []*serve.Log
}

func placeOf(i int) geo.Point { return geo.Point{Lat: 10, Lon: 10 + .1*float64(i)} }

// crossing lets people walk to stops, each through one facility that stands
// between the street and the stop. Vehicles with room for all come at noon and at the end of every day.
func crossing(t testing.TB, f station.Facilities, people []comer, length transit.Seconds) crossed {
	t.Helper()
	n := guarded(t, f, len(people)/ark+1, int(length/day))
	crowd := &demand.Travellers{Crowds: []demand.Crowd{{Way: demand.Leaving, People: uint32(len(people))}}}
	for key, c := range people {
		crowd.Key, crowd.From, crowd.To = append(crowd.Key, uint64(key)), append(crowd.From, demand.Place(c.to)), append(crowd.To, demand.Place(f.Len()))
		crowd.Ready, crowd.Due, crowd.Crowd = append(crowd.Ready, c.at), append(crowd.Due, demand.Free), append(crowd.Crowd, 0)
	}
	p := play(t, n, crowd, length, 1)
	c := crossed{out: make([]transit.Seconds, len(people))}
	if len(p.Legs) != len(people) {
		t.Fatalf("%d of %d people came to a stop", len(p.Legs), len(people))
	}
	for _, leg := range p.Legs {
		c.out[leg.Traveller] = leg.Join
	}
	for i := range f.Len() {
		c.logs = append(c.logs, p.Servers.Log(station.Facility(i)))
	}
	return c
}

// ark is the room of the vehicles that take everybody.
const ark = 100_000

// guarded is a network of a stop behind each facility, and one to go to.
func guarded(t testing.TB, f station.Facilities, vehicles, days int) *network.Network {
	t.Helper()
	b := transit.NewBuilder()
	agency, places := b.AddAgency("a", "A", "UTC"), demand.Places{}
	var dates []transit.Date
	for d := range days {
		dates = append(dates, first+transit.Date(d))
	}
	var stops []transit.Stop
	for i := range f.Len() + 1 {
		id := fmt.Sprint("stop ", i)
		places.ID, places.At, places.People = append(places.ID, id), append(places.At, placeOf(i)), append(places.People, 0)
		stops = append(stops, b.AddStop(transit.StopID(id), id, placeOf(i)))
	}
	row := transit.TripRow{
		Route: b.AddRoute("late", agency, "late", "", 3, ""), Calendar: b.AddCalendar("daily", dates),
		Shape: transit.Shape(transit.None), Vehicle: b.AddVehicle(transit.VehicleRow{Name: "ark", Room: ark, Kind: "assumption"}),
	}
	for v := range 2 * vehicles {
		at := day - 1 - transit.Seconds(v%2)*12*hour
		row.ID, row.Calls = transit.TripID(fmt.Sprint("late ", v)), nil
		for _, stop := range stops {
			row.Calls = append(row.Calls, transit.Call{Stop: stop, Arrive: at, Depart: at, Boarding: transit.MayBoard | transit.MayAlight})
		}
		b.AddTrip(row)
	}
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "guarded", Zone: "UTC"}, Timetable: b.Timetable(), Places: places,
		Walking: network.Walking{Speed: 1, Detour: 1, MaxAccess: 10, MaxTransfer: 10, Nearest: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	guard(n, f)
	if err := network.Validate(n); err != nil {
		t.Fatal(err)
	}
	return n
}

// guard puts facility i on the walk between place i and its stop.
func guard(n *network.Network, f station.Facilities) {
	alone, ways := serve.New(&f, 0), station.Ways{First: []uint32{0}}
	for i := range f.Len() {
		walk := transit.Seconds(0)
		if f.Length[i] > 0 {
			walk = alone.Free(station.Facility(i))
		}
		n.Access.Walk[n.Access.First[i]] = walk
		ways.Facility, ways.Left = append(ways.Facility, station.Facility(i)), append(ways.Left, walk)
		ways.First = append(ways.First, uint32(len(ways.Facility)))
	}
	n.Access.Way = slices.Repeat([]uint32{transit.None}, len(n.Access.To))
	for i := range f.Len() {
		n.Access.Way[n.Access.First[i]] = uint32(i)
	}
	n.Stations.Facilities, n.Stations.Ways = f, ways
}
