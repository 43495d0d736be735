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

// dice are thrown for a town and for what is asked of it. Rapid's own numbers
// are mostly small, and small towns have few journeys.
type dice struct {
	*rapid.T
	seed draw.Seed
	n    uint64
}

func throw(t *rapid.T) *dice {
	seed := draw.Seed(rapid.Uint64().Draw(t, "seed"))
	return &dice{T: t, seed: seed.For(rapid.Uint64().Draw(t, "more"))}
}

// between is a number from low to high.
func (t *dice) between(low, high int) int {
	t.n++
	return low + int(t.seed.Below(t.n, uint64(high-low+1)))
}

func pick[T any](t *dice, values []T) T { return values[t.between(0, len(values)-1)] }

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
func aroundCenter(t *dice) geo.Point {
	return geo.Offset(geo.Point{Lat: 0.5, Lon: 0.5},
		geo.Meters(t.between(-3, 3)*100), geo.Meters(t.between(-4, 4)*100))
}

func randomTown(t *dice) *town {
	b := transit.NewBuilder()
	agency := b.AddAgency("a", "A", "UTC")
	stops := t.between(3, 6)
	for s := range stops {
		b.AddStop(transit.StopID(fmt.Sprint("s", s)), "", aroundCenter(t))
	}
	if t.between(0, 3) == 0 {
		station := b.AddStop("station", "", aroundCenter(t))
		for s := range t.between(1, 2) {
			b.SetParent(transit.Stop(s), station)
		}
	}
	daily := b.AddCalendar("daily", []transit.Date{serviceDay - 1, serviceDay, serviceDay + 1})
	vehicle := b.AddVehicle(transit.VehicleRow{Name: "bus", Room: 50})
	for l := range t.between(3, 7) {
		randomLine(t, b, b.AddRoute(transit.RouteID(fmt.Sprint("l", l)), agency, "", "", 3, ""), daily, vehicle, stops)
	}
	var places demand.Places
	for p := range t.between(1, 4) {
		places.ID, places.At, places.People = append(places.ID, fmt.Sprint("p", p)), append(places.At, aroundCenter(t)), append(places.People, 1)
	}
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "town", Zone: "UTC"}, Timetable: b.Timetable(), Places: places,
		Walking: network.Walking{
			Speed: 1, Detour: 1, MaxAccess: float64(t.between(0, 300)),
			MaxTransfer: float64(t.between(0, 300)), MaxDirect: float64(pick(t, []int{0, 0, 150, 500})),
			Nearest: uint32(t.between(0, 3)),
		},
		Overrides: randomOverrides(t, stops),
	})
	if err != nil {
		t.Fatal(err)
	}
	return laid(t, n)
}

func laid(t *dice, n *network.Network) *town {
	seed := t.seed.For(1)
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(serviceDay) * 86400, Length: 28 * transit.Hour}, seed)
	if err != nil {
		t.Fatal(err)
	}
	return &town{n, day, describe(n, day)}
}

// randomLine adds trips of one pattern, each with its own times.
func randomLine(t *dice, b *transit.Builder, route transit.Route, daily transit.Calendar, vehicle transit.Vehicle, stops int) {
	n := t.between(2, 6)
	at, doors := make([]transit.Stop, n), make([]transit.Boarding, n)
	for i := range at {
		at[i] = transit.Stop(t.between(0, stops-1))
		doors[i] = pick(t, []transit.Boarding{3, 3, 3, 3, 3, transit.MayBoard, transit.MayAlight, 0})
	}
	for trip := range t.between(1, 6) {
		clock := transit.Seconds(t.between(0, 20))*transit.Minute + 18*transit.Hour
		if t.between(0, 7) == 0 {
			clock += 7 * transit.Hour
		}
		var calls []transit.Call
		for i := range at {
			if i > 0 {
				clock += transit.Seconds(pick(t, []int{0, 0, 0, 60, 60, 120, 300, 37}))
			}
			call := transit.Call{Stop: at[i], Arrive: clock, Depart: clock, Boarding: doors[i]}
			clock += transit.Seconds(pick(t, []int{0, 0, 0, 60, 20}))
			call.Depart = clock
			calls = append(calls, call)
		}
		id := b.AddTrip(transit.TripRow{
			ID: transit.TripID(fmt.Sprint(route, "-", trip)), Route: route, Calendar: daily, Vehicle: vehicle,
			Shape: transit.Shape(transit.None), Calls: calls,
		})
		if t.between(0, 9) == 0 {
			b.AddFrequency(transit.FrequencyRow{
				Trip: id, Start: 18 * transit.Hour, End: 18*transit.Hour + 40*transit.Minute,
				Headway: transit.Seconds(t.between(300, 1200)), Exact: t.between(0, 1) == 1,
			})
		}
	}
}

func randomOverrides(t *dice, stops int) []network.Override {
	var overrides []network.Override
	for range t.between(0, 8) {
		overrides = append(overrides, network.Override{
			From: transit.Stop(t.between(0, stops-1)), To: transit.Stop(t.between(0, stops-1)),
			Kind:    pick(t, []network.OverrideKind{0, 2, 2, 2, 3}),
			MinTime: transit.Seconds(pick(t, []int{0, 60, 60, 120, 77})),
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
func (c *town) randomEnd(t *dice) (journey.End, spot) {
	if t.between(0, 2) > 0 {
		p := demand.Place(t.between(0, len(c.net.Places.ID)-1))
		return journey.AtPlace(p), spot{place: int(p), stop: -1}
	}
	s := transit.Stop(t.between(0, len(c.net.Timetable.Stops.ID)-1))
	return journey.AtStop(s), spot{place: -1, stop: int(s)}
}

// randomTime is a second at which something may happen.
func (c *town) randomTime(t *dice) transit.Seconds {
	if len(c.day.Depart) > 0 && t.between(0, 1) == 1 {
		return c.day.Depart[t.between(0, len(c.day.Depart)-1)] + transit.Seconds(t.between(-600, 100))
	}
	return 18*transit.Hour + transit.Seconds(t.between(-600, 600))
}
