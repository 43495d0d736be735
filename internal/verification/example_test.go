package verification

import (
	"math"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// The stops of Spiess and Florian's example, and its lines from A to B.
const (
	stopA = iota
	stopX
	stopY
	stopB
)

var exampleLines = []struct {
	stops   []int
	rides   []transit.Seconds
	headway transit.Seconds
}{
	{[]int{stopA, stopB}, []transit.Seconds{25 * minute}, 12 * minute},
	{[]int{stopA, stopX, stopY}, []transit.Seconds{7 * minute, 6 * minute}, 12 * minute},
	{[]int{stopX, stopY, stopB}, []transit.Seconds{4 * minute, 4 * minute}, 30 * minute},
	{[]int{stopY, stopB}, []transit.Seconds{10 * minute}, 6 * minute},
}

// The lines by their position.
const (
	line1 = iota
	line2
	line3
	line4
)

// exampleBuilder has the example's stops and routes.
type exampleBuilder struct {
	*transit.Builder
	routes  []transit.Route
	vehicle transit.Vehicle
}

func newExampleBuilder() *exampleBuilder {
	b := &exampleBuilder{Builder: transit.NewBuilder()}
	agency := b.AddAgency("a", "A", "UTC")
	for i, name := range []string{"A", "X", "Y", "B"} {
		b.AddStop(transit.StopID(name), name, exampleAt(i))
	}
	for _, name := range []string{"line 1", "line 2", "line 3", "line 4"} {
		b.routes = append(b.routes, b.AddRoute(transit.RouteID(name), agency, name, "", 3, ""))
	}
	b.vehicle = b.AddVehicle(transit.VehicleRow{Name: "bus", Room: 100_000, Kind: "assumption"})
	return b
}

func exampleAt(stop int) geo.Point { return geo.Point{Lat: 10, Lon: 10 + .2*float64(stop)} }

// trip adds one trip of a line.
func (b *exampleBuilder) trip(id string, line int, calendar transit.Calendar, start transit.Seconds) transit.Trip {
	row := transit.TripRow{
		ID: transit.TripID(id), Route: b.routes[line], Calendar: calendar, Vehicle: b.vehicle, Shape: transit.Shape(transit.None),
	}
	for i, stop := range exampleLines[line].stops {
		call := transit.Call{Stop: transit.Stop(stop), Arrive: start, Depart: start, Boarding: transit.MayBoard | transit.MayAlight}
		row.Calls = append(row.Calls, call)
		if i < len(exampleLines[line].rides) {
			start += exampleLines[line].rides[i]
		}
	}
	return b.AddTrip(row)
}

// exampleNetwork is the example as a feed would give it: headways and no
// minutes, day and night on so many days. Its trips are the lines.
func exampleNetwork(t *testing.T, days int) *network.Network {
	t.Helper()
	b := newExampleBuilder()
	var dates []transit.Date
	for d := range days {
		dates = append(dates, first+transit.Date(d))
	}
	every := b.AddCalendar("every day", dates)
	places := demand.Places{}
	for i, stop := range b.SoFar().Stops.ID {
		places.ID, places.At, places.People = append(places.ID, string(stop)), append(places.At, exampleAt(i)), append(places.People, 0)
	}
	for l, line := range exampleLines {
		b.AddFrequency(transit.FrequencyRow{Trip: b.trip(string(b.SoFar().Routes.ID[l]), l, every, 0), End: day, Headway: line.headway})
	}
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "example", Zone: "UTC"}, Timetable: b.Timetable(), Places: places,
		Walking: network.Walking{Speed: 1, Detour: 1, MaxAccess: 10, MaxTransfer: 10, Nearest: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// randomDay is a day on which the vehicles of the example's network come at
// random: each line's as a Poisson process with two vehicles a headway, so that
// who waits for it waits half a headway in the mean.
func randomDay(t *testing.T, length transit.Seconds, seed draw.Seed) *transit.Day {
	t.Helper()
	b := newExampleBuilder()
	var line []transit.Trip // by trip
	dates := map[transit.Seconds]transit.Calendar{}
	for l, x := range exampleLines {
		at, mine := 0.0, seed.For(uint64(l))
		for i := uint64(0); ; i++ {
			at += -math.Log(1-mine.Unit(i)) * float64(x.headway) / 2
			leaves := transit.Seconds(at)
			if leaves >= length {
				break
			}
			date := leaves / day
			if _, known := dates[date]; !known {
				dates[date] = b.AddCalendar("date", []transit.Date{first + transit.Date(date)})
			}
			b.trip("vehicle", l, dates[date], leaves%day)
			line = append(line, transit.Trip(l))
		}
	}
	d, err := transit.NewDay(b.Timetable(), transit.Horizon{Start: int64(first) * 86400, Length: length}, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, vehicle := range d.Trip {
		d.Trip[i] = line[vehicle]
	}
	return d
}

// exampleCrowd are people who come to A, X and Y, one after another, and want to B.
func exampleCrowd(until transit.Seconds) *demand.Travellers {
	people := &demand.Travellers{Crowds: []demand.Crowd{{Way: demand.Leaving}}}
	for at := hour; at < until; at += minute {
		for from := stopA; from <= stopY; from++ {
			people.Key, people.From = append(people.Key, uint64(people.Len())), append(people.From, demand.Place(from))
			people.To, people.Crowd = append(people.To, stopB), append(people.Crowd, 0)
			people.Ready, people.Due = append(people.Ready, at), append(people.Due, demand.Free)
		}
	}
	people.Crowds[0].People = uint32(people.Len())
	return people
}

// evenDay is the network's own day.
func evenDay(t *testing.T, n *network.Network) *transit.Day {
	t.Helper()
	d, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(first) * 86400, Length: exampleDays * day}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
