package verification

import (
	"context"
	"testing"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

var first = transit.DateOf(2026, 8, 1)

const (
	minute = transit.Minute
	hour   = transit.Hour
	day    = 24 * hour
)

// service is one line from the stop of a crowd to another stop, in the first
// service day's time.
type service struct {
	name     string
	room     uint32
	ride     transit.Seconds
	headway  transit.Seconds
	from, to transit.Seconds
	days     int // on how many days it runs
}

// world is a stop where a crowd waits, and the stop where it wants to go.
func world(t testing.TB, services ...service) *network.Network {
	t.Helper()
	b := transit.NewBuilder()
	agency := b.AddAgency("a", "A", "UTC")
	here, there := geo.Point{Lat: 10, Lon: 10}, geo.Point{Lat: 10, Lon: 10.2}
	ends := [2]transit.Stop{b.AddStop("here", "Here", here), b.AddStop("there", "There", there)}
	for _, s := range services {
		addService(b, agency, ends, s)
	}
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "world", Zone: "UTC"}, Timetable: b.Timetable(),
		Places:  demand.Places{ID: []string{"here", "there"}, At: []geo.Point{here, there}, People: []uint32{0, 0}},
		Walking: network.Walking{Speed: 1, Detour: 1, MaxAccess: 10, MaxTransfer: 10, Nearest: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func addService(b *transit.Builder, agency transit.Agency, ends [2]transit.Stop, s service) {
	var dates []transit.Date
	for d := range max(s.days, 1) {
		dates = append(dates, first+transit.Date(d))
	}
	both := transit.MayBoard | transit.MayAlight
	trip := b.AddTrip(transit.TripRow{
		ID: transit.TripID(s.name), Route: b.AddRoute(transit.RouteID(s.name), agency, s.name, "", 3, ""),
		Calendar: b.AddCalendar(transit.CalendarID(s.name), dates), Shape: transit.Shape(transit.None),
		Vehicle: b.AddVehicle(transit.VehicleRow{Name: s.name, Room: s.room, Kind: "assumption"}),
		Calls:   []transit.Call{{Stop: ends[0], Boarding: both}, {Stop: ends[1], Arrive: s.ride, Depart: s.ride, Boarding: both}},
	})
	b.AddFrequency(transit.FrequencyRow{Trip: trip, Start: s.from, End: s.to, Headway: s.headway, Exact: true})
}

// crowd are people who are at the stop at given times.
func crowd(ready []transit.Seconds) *demand.Travellers {
	t := &demand.Travellers{Crowds: []demand.Crowd{{Way: demand.Leaving, People: uint32(len(ready))}}}
	for i, at := range ready {
		t.Key, t.From, t.To = append(t.Key, uint64(i)), append(t.From, 0), append(t.To, 1)
		t.Ready, t.Due, t.Crowd = append(t.Ready, at), append(t.Due, demand.Free), append(t.Crowd, 0)
	}
	return t
}

// plain people take what is cheapest and board what comes.
var plain = journey.Weights{Walk: 200, Wait: 100, Late: 240, Early: 60, Window: 3 * hour}

// played is a day that the loading pass played.
type played struct {
	problem *assign.Problem
	*assign.Outcome
}

func play(t testing.TB, n *network.Network, people *demand.Travellers, length transit.Seconds, rounds int) played {
	t.Helper()
	d, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(first) * 86400, Length: length}, 1)
	if err != nil {
		t.Fatal(err)
	}
	p := &assign.Problem{Network: n, Day: d, Travellers: people, Weights: plain, Seed: 1, Workers: 2, Rounds: rounds}
	out, err := assign.Load(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return played{p, out}
}

// away is how many people had left by a time.
func (p played) away(by transit.Seconds) float64 {
	n := 0
	for _, leg := range p.Legs {
		if p.problem.Day.Depart[leg.On] <= by {
			n++
		}
	}
	return float64(n)
}

// lastAway is when the last of so many people left; the horizon's end when fewer did.
func (p played) lastAway(people int) transit.Seconds {
	if len(p.Legs) < people {
		return p.problem.Day.Horizon.Length
	}
	last := transit.Seconds(0)
	for _, leg := range p.Legs {
		last = max(last, p.problem.Day.Depart[leg.On])
	}
	return last
}

// waited is the sum of all waits.
func (p played) waited() float64 {
	total := 0.0
	for _, leg := range p.Legs {
		total += float64(p.problem.Day.Depart[leg.On] - leg.Join)
	}
	return total
}
