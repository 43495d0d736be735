package journey_test

import (
	"fmt"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// gridStreets go each way in the grid: with 34 it has 1,584,000 departures, with 12 there are 184,800.
const gridStreets = 12

// grid is a city of streets 800 m apart with a stop every 400 m. On each runs a
// line, both ways, from 05:00 to 25:00: every 8 minutes with 20 km/h, each sixth
// every 4 minutes with 34 km/h. A place is at every crossing.
type grid struct {
	*transit.Builder
	seed  draw.Seed
	n     uint64
	daily transit.Calendar
	bus   transit.Vehicle
}

func newGrid(tb testing.TB) *town {
	tb.Helper()
	g := &grid{Builder: transit.NewBuilder(), seed: 1}
	agency := g.AddAgency("a", "A", "UTC")
	g.daily = g.AddCalendar("daily", []transit.Date{serviceDay})
	g.bus = g.AddVehicle(transit.VehicleRow{Name: "bus", Room: 100})
	for street := range 2 * gridStreets {
		g.street(street, g.AddRoute(transit.RouteID(fmt.Sprint(street)), agency, "", "", 3, ""))
	}
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "grid", Zone: "UTC"}, Timetable: g.Timetable(), Places: crossings(),
		Walking: network.Walking{Speed: 1.33, Detour: 1.3, MaxAccess: 600, MaxTransfer: 100},
	})
	if err != nil {
		tb.Fatal(err)
	}
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(serviceDay) * 86400, Length: 28 * transit.Hour}, 1)
	if err != nil {
		tb.Fatal(err)
	}
	return &town{net: n, day: day}
}

// below is a random number.
func (g *grid) below(n int) transit.Seconds {
	g.n++
	return transit.Seconds(g.seed.Below(g.n, uint64(n)))
}

// street lays out the stops and trips of a street: the even ones go north, a
// little aside from the crossings.
func (g *grid) street(street int, route transit.Route) {
	stops := make([]transit.Stop, 2*gridStreets-1)
	for i := range stops {
		along, across, aside := geo.Meters(400*i), geo.Meters(800*(street/2)), geo.Meters(23)
		at := geo.Offset(gridCorner, across, along)
		if street%2 == 0 {
			at = geo.Offset(gridCorner, along+aside, across+aside)
		}
		stops[i] = g.AddStop(transit.StopID(fmt.Sprint(street, "-", i)), "", at)
	}
	headway, hop := 8*transit.Minute, transit.Seconds(72)
	if street%6 == 0 {
		headway, hop = headway/2, 42
	}
	for way := range 2 {
		for at := 5*transit.Hour + g.below(int(headway)); at < 25*transit.Hour; at += headway {
			g.trip(fmt.Sprint(street, "-", way, "-", at), route, stops, way == 1, at, hop)
		}
	}
}

func (g *grid) trip(id string, route transit.Route, stops []transit.Stop, back bool, at, hop transit.Seconds) {
	calls := make([]transit.Call, len(stops))
	for i := range stops {
		stop := stops[i]
		if back {
			stop = stops[len(stops)-1-i]
		}
		calls[i] = transit.Call{Stop: stop, Arrive: at, Depart: at, Boarding: transit.MayBoard | transit.MayAlight}
		at += hop + g.below(15)
	}
	g.AddTrip(transit.TripRow{
		ID: transit.TripID(id), Route: route, Calendar: g.daily, Vehicle: g.bus, Shape: transit.Shape(transit.None), Calls: calls,
	})
}

var gridCorner = geo.Point{Lat: .5, Lon: .5}

func crossings() demand.Places {
	var p demand.Places
	for i := range gridStreets * gridStreets {
		p.ID = append(p.ID, fmt.Sprint(i))
		p.At = append(p.At, geo.Offset(gridCorner, geo.Meters(800*(i/gridStreets)), geo.Meters(800*(i%gridStreets))))
		p.People = append(p.People, 1)
	}
	return p
}

func BenchmarkGridPrices(b *testing.B)      { scanned(b, newGrid(b), false) }
func BenchmarkGridPricesTimed(b *testing.B) { scanned(b, newGrid(b), true) }
func BenchmarkGridPricesPlainly(b *testing.B) {
	scannedBy(b, newGrid(b), false, (*journey.Prices).Plainly)
}

func BenchmarkPortoPricesPlainly(b *testing.B) {
	scannedBy(b, porto(b), false, (*journey.Prices).Plainly)
}
func BenchmarkPortoPricesTimed(b *testing.B) { scanned(b, porto(b), true) }

func BenchmarkGridFooting(b *testing.B) {
	c := newGrid(b)
	tl, f := journey.NewTimeline(c.day, c.day.Depart, len(c.net.Timetable.Stops.ID)), new(journey.Footing)
	for b.Loop() {
		f = f.Again(tl, c.net, demand.Ordinary, journey.DefaultWeights)
	}
}
