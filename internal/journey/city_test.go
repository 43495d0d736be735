package journey_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// TestMain asks for thousands of random cities where the caller names no number.
func TestMain(m *testing.M) {
	flag.Parse()
	named := false
	flag.Visit(func(f *flag.Flag) { named = named || f.Name == "rapid.checks" })
	if !named {
		if err := flag.Set("rapid.checks", "2000"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// town is a random city, laid out for a day. Its lines are awkward on purpose:
// hops of no time, vehicles that overtake others of their pattern, stops that
// come twice, doors that let nobody on or off, trips past midnight, stations.
type town struct {
	net  *network.Network
	day  *transit.Day
	text string // for failures
}

var serviceDay = transit.DateOf(2026, 8, 15)

// around is a point near the middle of every town.
func aroundCenter(t *rapid.T, what string) geo.Point {
	return geo.Offset(geo.Point{Lat: 0.5, Lon: 0.5},
		geo.Meters(rapid.IntRange(-3, 3).Draw(t, what+" north")*100), geo.Meters(rapid.IntRange(-6, 6).Draw(t, what+" east")*100))
}

func randomTown(t *rapid.T) *town {
	b := transit.NewBuilder()
	agency := b.AddAgency("a", "A", "UTC")
	stops := rapid.IntRange(2, 6).Draw(t, "stops")
	for s := range stops {
		b.AddStop(transit.StopID(fmt.Sprint("s", s)), "", aroundCenter(t, "stop"))
	}
	if rapid.IntRange(0, 3).Draw(t, "station") == 0 {
		station := b.AddStop("station", "", aroundCenter(t, "station"))
		for s := range rapid.IntRange(1, 2).Draw(t, "platforms") {
			b.SetParent(transit.Stop(s), station)
		}
	}
	daily := b.AddCalendar("daily", []transit.Date{serviceDay - 1, serviceDay, serviceDay + 1})
	vehicle := b.AddVehicle(transit.VehicleRow{Name: "bus", Room: 50})
	for l := range rapid.IntRange(2, 6).Draw(t, "lines") {
		randomLine(t, b, b.AddRoute(transit.RouteID(fmt.Sprint("l", l)), agency, "", "", 3, ""), daily, vehicle, stops)
	}
	var places demand.Places
	for p := range rapid.IntRange(1, 4).Draw(t, "places") {
		places.ID, places.At, places.People = append(places.ID, fmt.Sprint("p", p)), append(places.At, aroundCenter(t, "place")), append(places.People, 1)
	}
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "town", Zone: "UTC"}, Timetable: b.Timetable(), Places: places,
		Walking: network.Walking{
			Speed: 1, Detour: 1, MaxAccess: float64(rapid.IntRange(0, 300).Draw(t, "access")),
			MaxTransfer: float64(rapid.IntRange(0, 300).Draw(t, "transfer")), MaxDirect: float64(rapid.SampledFrom([]int{0, 0, 150, 500}).Draw(t, "direct")),
			Nearest: uint32(rapid.IntRange(0, 2).Draw(t, "nearest")),
		},
		Overrides: randomOverrides(t, stops),
	})
	if err != nil {
		t.Fatal(err)
	}
	return laid(t, n)
}

func laid(t *rapid.T, n *network.Network) *town {
	seed := draw.Seed(rapid.Uint64().Draw(t, "seed"))
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(serviceDay) * 86400, Length: 28 * transit.Hour}, seed)
	if err != nil {
		t.Fatal(err)
	}
	return &town{n, day, describe(n, day)}
}

// randomLine adds trips of one pattern, each with its own times.
func randomLine(t *rapid.T, b *transit.Builder, route transit.Route, daily transit.Calendar, vehicle transit.Vehicle, stops int) {
	n := rapid.IntRange(2, 6).Draw(t, "calls")
	at, doors := make([]transit.Stop, n), make([]transit.Boarding, n)
	for i := range at {
		at[i] = transit.Stop(rapid.IntRange(0, stops-1).Draw(t, "stop"))
		doors[i] = rapid.SampledFrom([]transit.Boarding{3, 3, 3, 3, 3, transit.MayBoard, transit.MayAlight, 0}).Draw(t, "doors")
	}
	for trip := range rapid.IntRange(1, 5).Draw(t, "trips") {
		clock := transit.Seconds(rapid.IntRange(0, 25).Draw(t, "start"))*transit.Minute + 18*transit.Hour
		if rapid.IntRange(0, 7).Draw(t, "late") == 0 {
			clock += 7 * transit.Hour
		}
		var calls []transit.Call
		for i := range at {
			if i > 0 {
				clock += transit.Seconds(rapid.SampledFrom([]int{0, 0, 0, 60, 60, 120, 300, 37}).Draw(t, "hop"))
			}
			call := transit.Call{Stop: at[i], Arrive: clock, Depart: clock, Boarding: doors[i]}
			clock += transit.Seconds(rapid.SampledFrom([]int{0, 0, 0, 60, 20}).Draw(t, "dwell"))
			call.Depart = clock
			calls = append(calls, call)
		}
		id := b.AddTrip(transit.TripRow{
			ID: transit.TripID(fmt.Sprint(route, "-", trip)), Route: route, Calendar: daily, Vehicle: vehicle,
			Shape: transit.Shape(transit.None), Calls: calls,
		})
		if rapid.IntRange(0, 9).Draw(t, "frequent") == 0 {
			b.AddFrequency(transit.FrequencyRow{
				Trip: id, Start: 18 * transit.Hour, End: 18*transit.Hour + 40*transit.Minute,
				Headway: transit.Seconds(rapid.IntRange(300, 1200).Draw(t, "headway")), Exact: rapid.Bool().Draw(t, "exact"),
			})
		}
	}
}

func randomOverrides(t *rapid.T, stops int) []network.Override {
	var overrides []network.Override
	for range rapid.IntRange(0, 8).Draw(t, "overrides") {
		overrides = append(overrides, network.Override{
			From: transit.Stop(rapid.IntRange(0, stops-1).Draw(t, "from")), To: transit.Stop(rapid.IntRange(0, stops-1).Draw(t, "to")),
			Kind:    rapid.SampledFrom([]network.OverrideKind{0, 2, 2, 2, 3}).Draw(t, "kind"),
			MinTime: transit.Seconds(rapid.SampledFrom([]int{0, 60, 60, 120, 77}).Draw(t, "time")),
		})
	}
	return overrides
}

// describe is what a person needs to redraw the town.
func describe(n *network.Network, day *transit.Day) string {
	var b strings.Builder
	for d := range day.Trip {
		from, to := day.Visits(transit.Dated(d))
		fmt.Fprintf(&b, "route %d:", n.Timetable.RouteOf(day.Trip[d]))
		for v := from; v < to; v++ {
			fmt.Fprintf(&b, " s%d %s/%s(%d)", day.Stop[v], day.Arrive[v].Clock(), day.Depart[v].Clock(), day.Boarding[v])
		}
		b.WriteByte('\n')
	}
	for s := range n.Timetable.Stops.ID {
		to, walks := n.Transfers.Row(uint32(s))
		fmt.Fprintf(&b, "s%d (parent %d) to %v in %v\n", s, int32(n.Timetable.Stops.Parent[s]), to, walks)
	}
	for p := range n.Places.ID {
		to, walks := n.Access.Row(uint32(p))
		fmt.Fprintf(&b, "p%d to %v in %v\n", p, to, walks)
	}
	return b.String()
}

// randomEnd is a place or a stop.
func (c *town) randomEnd(t *rapid.T, what string) (journey.End, spot) {
	if rapid.IntRange(0, 2).Draw(t, what+" kind") > 0 {
		p := demand.Place(rapid.IntRange(0, len(c.net.Places.ID)-1).Draw(t, what))
		return journey.AtPlace(p), spot{place: int(p), stop: -1}
	}
	s := transit.Stop(rapid.IntRange(0, len(c.net.Timetable.Stops.ID)-1).Draw(t, what))
	return journey.AtStop(s), spot{place: -1, stop: int(s)}
}

// randomTime is a second at which something may happen.
func (c *town) randomTime(t *rapid.T) transit.Seconds {
	if len(c.day.Depart) > 0 && rapid.Bool().Draw(t, "at a departure") {
		return c.day.Depart[rapid.IntRange(0, len(c.day.Depart)-1).Draw(t, "visit")] + transit.Seconds(rapid.IntRange(-300, 100).Draw(t, "off"))
	}
	return 18*transit.Hour + transit.Seconds(rapid.IntRange(-600, 1000).Draw(t, "second"))
}
