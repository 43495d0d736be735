package network

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// without are the parts of a city whose map does not have some pieces of street.
func without(parts Parts, shut []street.Edge) Parts {
	closed := map[street.Edge]bool{}
	for _, e := range shut {
		closed[e] = true
	}
	parts.Streets = parts.Streets.Only(func(e street.Edge) bool { return !closed[e] })
	return parts
}

func compareWalks(t interface{ Errorf(string, ...any) }, got, want *Network) {
	for name, pair := range map[string][2]any{
		"transfers": {got.Transfers, want.Transfers}, "access": {got.Access, want.Access}, "gate walks": {got.GateWalks, want.GateWalks},
	} {
		if diff := cmp.Diff(pair[1], pair[0]); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

// Walks after a closure are those of a city whose map never had the street.
func TestClosedStreetsAreAsIfTheyWereNotThere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := randomTown(t, 6, 400)
		var shut []street.Edge
		for e := range parts.Streets.From {
			if rapid.IntRange(0, 3).Draw(t, "shut") == 0 {
				shut = append(shut, street.Edge(e))
			}
		}
		n, err := Assemble(parts)
		if err != nil {
			t.Fatal(err)
		}
		hash := Hash(n)
		want, err := Assemble(without(parts, shut))
		if err != nil {
			t.Fatal(err)
		}
		got := n.Closed(shut)
		compareWalks(t, got, want)
		if Hash(n) != hash {
			t.Fatal("the base was changed")
		}
		if err := Validate(got); err != nil {
			t.Fatal(err)
		}
	})
}

// randomTown is a random grid of streets with stops, homes and a gate; it has so
// many blocks of so many meters each way.
func randomTown(t *rapid.T, blocks int, meters float64) Parts {
	spot := func(name string) [2]float64 {
		return [2]float64{float64(rapid.IntRange(0, blocks).Draw(t, name)) * meters, float64(rapid.IntRange(0, blocks).Draw(t, name)) * meters}
	}
	var lines [][][2]float64
	for range rapid.IntRange(1, 10).Draw(t, "streets") {
		lines = append(lines, [][2]float64{spot("corner"), spot("corner"), spot("corner")})
	}
	b, parts := transit.NewBuilder(), Parts{Streets: streets(tb{t}, lines...), Walking: DefaultWalking}
	near := func() geo.Point {
		at := spot("near")
		return geo.Offset(center, geo.Meters(at[0]+rapid.Float64Range(-250, 250).Draw(t, "off")), geo.Meters(at[1]))
	}
	var calls []transit.Call
	for i := range rapid.IntRange(2, 6).Draw(t, "stops") {
		calls = append(calls, transit.Call{Stop: b.AddStop(transit.StopID(rune('a'+i)), "", near())})
	}
	for i := range rapid.IntRange(1, 5).Draw(t, "places") {
		parts.Places.ID, parts.Places.At = append(parts.Places.ID, string(rune('a'+i))), append(parts.Places.At, near())
		parts.Places.People = append(parts.Places.People, 1)
	}
	parts.Venues = []demand.Venue{{ID: "v", At: parts.Places.At[0], Gates: []demand.Gate{{ID: "g", Place: 0, Share: 1}}}}
	agency := b.AddAgency("a", "", "UTC")
	route := b.AddRoute("r", agency, "", "", 3, "")
	vehicle := b.AddVehicle(transit.VehicleRow{Name: "bus", Room: 1})
	b.AddTrip(transit.TripRow{ID: "t", Route: route, Calendar: b.AddCalendar("c", []transit.Date{1}), Vehicle: vehicle, Shape: transit.Shape(transit.None), Calls: calls})
	parts.Timetable = b.Timetable()
	return parts
}

// With a station the links go by its doors, and what is passed stays told.
func TestAClosedStreetBeforeAStation(t *testing.T) {
	parts := twoDoors()
	parts.Streets = streets(t, [][2]float64{{0, -100}, {0, 150}, {0, 400}, {0, 520}}, [][2]float64{{0, -100}, {200, -100}, {200, 520}, {0, 520}})
	parts.Walking = DefaultWalking
	n := assembled(t, parts)
	for e := range n.Streets.From {
		shut := []street.Edge{street.Edge(e)}
		got, want := n.Closed(shut), assembled(t, without(parts, shut))
		for row := range uint32(2) {
			if diff := cmp.Diff(tellRow(want, &want.Access, row), tellRow(got, &got.Access, row)); diff != "" {
				t.Errorf("edge %d shut, place %d: %s", e, row, diff)
			}
		}
		for row := range uint32(3) {
			if diff := cmp.Diff(tellRow(want, &want.Transfers, row), tellRow(got, &got.Transfers, row)); diff != "" {
				t.Errorf("edge %d shut, stop %d: %s", e, row, diff)
			}
		}
	}
}

// What a feed says of a change stays, whatever street is closed.
func TestAFeedsWordOutlivesAClosure(t *testing.T) {
	parts := detour(t)
	parts.Overrides = []Override{{From: 0, To: 1, Kind: MinimumTime, MinTime: 77}, {From: 1, To: 2, Kind: NotPossible}}
	n := assembled(t, parts)
	got := n.Closed([]street.Edge{0})
	stops, walks := got.Transfers.Row(0)
	for i, s := range stops {
		if s == 1 && walks[i] != 77 {
			t.Errorf("%d s", walks[i])
		}
	}
	if stops, _ := got.Transfers.Row(1); len(stops) > 0 {
		for _, s := range stops {
			if s == 2 {
				t.Error("a change that the feed forbids")
			}
		}
	}
}
