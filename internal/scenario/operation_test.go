package scenario

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// corridor is a line along the stops A to E, every 10 minutes from 6 to 24 in both
// directions, 3 minutes a hop.
func corridor(t testing.TB) *network.Network {
	t.Helper()
	b := transit.NewBuilder()
	agency := b.AddAgency("a", "A", "UTC")
	var stops []transit.Stop
	for i, name := range []string{"A", "B", "C", "D", "E"} {
		stops = append(stops, b.AddStop(transit.StopID("s"+name), name, geo.Point{Lat: 0.1, Lon: 0.1 + float64(i)*0.01}))
	}
	route := b.AddRoute("r", agency, "Street", "", 3, "")
	vehicle := b.AddVehicle(transit.VehicleRow{Name: "bus", Seats: 30, Room: 80, Doors: 3, LengthM: 12})
	b.AddVehicle(transit.VehicleRow{Name: "long bus", Seats: 45, Room: 130, Doors: 4, LengthM: 18})
	calendar := b.AddCalendar("c", []transit.Date{date})
	for d := range 2 {
		for at := 6 * hour; at < 24*hour; at += 10 * minute {
			b.AddTrip(transit.TripRow{
				ID: transit.TripID(string(rune('0'+d)) + at.Clock()), Route: route, Direction: transit.Direction(d), Calendar: calendar,
				Vehicle: vehicle, Shape: transit.Shape(transit.None), Calls: along(stops, at),
			})
		}
		slices.Reverse(stops)
	}
	n, err := network.Assemble(network.Parts{City: network.City{ID: "x", Zone: "UTC"}, Timetable: b.Timetable()})
	if err != nil {
		t.Fatal(err)
	}
	n.Stations.Facilities = station.Facilities{
		ID: []string{"gate"}, Name: []string{"Gate"}, Kind: []station.Kind{station.Gate},
		Station: []transit.Stop{0}, At: []geo.Point{{}}, Variation: []uint8{0}, Length: []float32{0}, Width: []float32{0},
		Speed: []float32{0}, StepFree: []bool{true}, Channels: []uint32{4}, Service: []uint32{2000},
		Basis: []string{"fact"}, Source: []string{"counted"},
	}
	return n
}

func along(stops []transit.Stop, at transit.Seconds) (calls []transit.Call) {
	for i, s := range stops {
		then := at + transit.Seconds(i)*3*minute
		calls = append(calls, transit.Call{Stop: s, Arrive: then, Depart: then, Boarding: transit.MayBoard | transit.MayAlight})
	}
	return calls
}

// made is one departure of the date.
type made struct {
	route, stops, vehicle string
	at                    transit.Seconds
	room                  uint32
}

// departures are all of the date, in the order of the timetable.
func departures(n *network.Network) (all []made) {
	tt := n.Timetable
	for i, p := range tt.Trips.Pattern {
		trip := transit.Trip(i)
		for _, at := range departuresOf(tt, trip, date, 0, week) {
			stops := ""
			for _, s := range tt.PatternStops(p) {
				stops += tt.Stops.Name[s]
			}
			v := tt.Trips.Vehicle[trip]
			all = append(all, made{tt.Routes.Name[tt.Patterns.Route[p]], stops, tt.Vehicles.Name[v], at, tt.Vehicles.Room[v]})
		}
	}
	return all
}

func count(n *network.Network, is func(made) bool) (sum int) {
	for _, d := range departures(n) {
		if is(d) {
			sum++
		}
	}
	return sum
}

func applied(t testing.TB, n *network.Network, changes ...Modification) *network.Network {
	t.Helper()
	out, findings := Apply(n, date, changes)
	if len(findings) > 0 {
		t.Fatalf("%+v", findings)
	}
	return out
}

func TestLongerVehiclesMakeTheTripsOfAStretch(t *testing.T) {
	n := corridor(t)
	out := applied(t, n, ChangeVehicles{Route: "Street", Direction: 0, From: 20 * hour, To: 21 * hour, Room: 160})
	longer := func(d made) bool { return d.room == 160 && d.at >= 20*hour && d.at < 21*hour && d.stops == "ABCDE" }
	if got, all := count(out, longer), len(departures(out)); got != 6 || all != len(departures(n)) {
		t.Errorf("%d longer buses of %d departures, before %d", got, all, len(departures(n)))
	}
	v := len(out.Timetable.Vehicles.Name) - 1
	if seats, doors := out.Timetable.Vehicles.Seats[v], out.Timetable.Vehicles.Doors[v]; seats != 60 || doors != 6 {
		t.Errorf("%d seats and %d doors for twice the room", seats, doors)
	}
	out = applied(t, n, ChangeVehicles{Route: "r", Direction: -1, From: 20 * hour, To: 21 * hour, Vehicle: "long bus"})
	if got := count(out, func(d made) bool { return d.vehicle == "long bus" }); got != 12 {
		t.Errorf("%d long buses in both directions", got)
	}
}

func TestAClosedStopIsPassed(t *testing.T) {
	n := corridor(t)
	out := applied(t, n, CloseStop{Stop: "C", From: 20 * hour, To: 21 * hour})
	passing := count(out, func(d made) bool { return d.stops == "ABDE" || d.stops == "EDBA" })
	if passing != 12 || len(departures(out)) != len(departures(n)) {
		t.Errorf("%d departures pass the stop, %d of %d are left", passing, len(departures(out)), len(departures(n)))
	}
	out = applied(t, n, CloseStop{Stop: "sA", From: 20 * hour, To: 21 * hour}, CloseStop{Stop: "sB", From: 20 * hour, To: 21 * hour},
		CloseStop{Stop: "sC", From: 20 * hour, To: 21 * hour}, CloseStop{Stop: "sD", From: 20 * hour, To: 22 * hour})
	if got := count(out, func(d made) bool { return len(d.stops) < 2 }); got != 0 {
		t.Errorf("%d trips have a single call", got)
	}
}

func TestTripsAreTurnedShort(t *testing.T) {
	n := corridor(t)
	out := applied(t, n, ShortTurn{Route: "r", Direction: -1, From: 20 * hour, To: 21 * hour, First: "B", Last: "D"})
	if there, back := count(out, func(d made) bool { return d.stops == "BCD" }), count(out, func(d made) bool { return d.stops == "DCB" }); there != 6 || back != 6 {
		t.Errorf("%d short trips one way and %d the other", there, back)
	}
	first := slices.IndexFunc(departures(out), func(d made) bool { return d.stops == "BCD" })
	if at := departures(out)[first].at; at != 20*hour+3*minute {
		t.Errorf("the first leaves B at %s", at.Clock())
	}
}

func TestAShuttleRunsBothWays(t *testing.T) {
	n := corridor(t)
	out := applied(t, n, Shuttle{Name: "Shuttle", Stops: []string{"A", "C", "E"}, From: 20 * hour, To: 21 * hour, Every: 15 * minute, Room: 70, Speed: 18})
	run := func(d made) bool {
		return d.route == "Shuttle" && d.room == 70 && (d.stops == "ACE" || d.stops == "ECA")
	}
	if got := count(out, run); got != 10 {
		t.Errorf("%d departures", got)
	}
	arrive, depart := out.Timetable.TripTimes(transit.Trip(len(out.Timetable.Trips.ID) - 1))
	meters := float64(geo.Distance(n.Timetable.Stops.At[0], n.Timetable.Stops.At[2])) * ShuttleDetour
	if took := float64(arrive[1] - depart[0]); took < meters/5 || took > meters/5+1 || depart[1]-arrive[1] != ShuttleDwell {
		t.Errorf("%g m in %g s, then %d s of dwell", meters, took, depart[1]-arrive[1])
	}
	if got := count(applied(t, n, Shuttle{Name: "S", Stops: []string{"A", "E"}, From: 20 * hour, To: 21 * hour, Every: hour, Room: 1, Speed: 18, OneWay: true}),
		func(d made) bool { return d.route == "S" }); got != 2 {
		t.Errorf("%d departures one way", got)
	}
}

func TestAMeteredGateLetsFewerThrough(t *testing.T) {
	n := corridor(t)
	out := applied(t, n, Meter{Facility: "gate", PerMinute: 60})
	f, before := &out.Stations.Facilities, &n.Stations.Facilities
	if perMinute := 60_000 * f.Channels[0] / f.Service[0]; perMinute != 60 {
		t.Errorf("%d a minute", perMinute)
	}
	if before.Service[0] != 2000 || before.Source[0] != "counted" {
		t.Error("the base was changed")
	}
}

func TestAMeteredGateOfAVenueLetsFewerThrough(t *testing.T) {
	n := corridor(t)
	n.Venues = []demand.Venue{{ID: "arena", Gates: []demand.Gate{{ID: "north", PerMinute: 500}, {ID: "south", PerMinute: 500}}}}
	gates := applied(t, n, Meter{Facility: "arena/south/out", PerMinute: 60}, Meter{Facility: "arena/north/in", PerMinute: 90}).Venues[0].Gates
	if gates[0].PerMinute != 500 || gates[0].InPerMin != 90 || gates[1].PerMinute != 60 || gates[1].InPerMin != 0 {
		t.Errorf("%+v", gates)
	}
	if before := n.Venues[0].Gates[1].PerMinute; before != 500 {
		t.Error("the base was changed")
	}
}

func TestOperationsThatMakeNoSenseAreTold(t *testing.T) {
	n := corridor(t)
	for _, c := range []struct {
		change Modification
		code   finding.Code
	}{
		{ChangeVehicles{Route: "x", Direction: -1, From: 0, To: hour, Room: 1}, codeUnknownRoute},
		{ChangeVehicles{Route: "r", Direction: -1, From: 20 * hour, To: 21 * hour, Vehicle: "tram"}, codeUnknownVehicle},
		{ChangeVehicles{Route: "r", Direction: -1, From: hour, To: 2 * hour, Room: 9}, codeNothingThen},
		{ChangeVehicles{Route: "r", Direction: -1, From: 2 * hour, To: hour, Room: 9}, codeBadStretch},
		{CloseStop{Stop: "Z", From: 0, To: hour}, codeUnknownStop},
		{CloseStop{Stop: "C", From: hour, To: 2 * hour}, codeNothingThen},
		{CloseStop{Stop: "C", From: hour, To: hour}, codeBadStretch},
		{ShortTurn{Route: "r", Direction: 0, From: 20 * hour, To: 21 * hour, First: "D", Last: "B"}, codeNothingCut},
		{ShortTurn{Route: "r", Direction: 0, From: 20 * hour, To: 21 * hour, Last: "Z"}, codeUnknownStop},
		{Shuttle{Name: "S", Stops: []string{"A", "A"}, From: 0, To: hour, Every: minute, Room: 1, Speed: 18}, codeSameStop},
		{Shuttle{Name: "S", Stops: []string{"A", "Q"}, From: 0, To: hour, Every: minute, Room: 1, Speed: 18}, codeUnknownStop},
		{Shuttle{Name: "S", Stops: []string{"A", "B"}, From: 0, To: hour, Every: 1, Room: 1, Speed: 18}, codeTooShort},
		{Meter{Facility: "door", PerMinute: 1}, codeUnknownFacility},
	} {
		before := len(departures(n))
		out, findings := Apply(n, date, []Modification{c.change})
		if len(findings) != 1 || findings[0].Code != c.code {
			t.Errorf("%+v: %+v, want %s", c.change, findings, c.code)
		}
		if after := len(departures(out)); after != before {
			t.Errorf("%+v was left out, and %d departures of %d are left", c.change, after, before)
		}
	}
}

// TestOperationsLeaveTheBase: whatever is asked, the base stays what it was, and a
// sound network comes out, the same one each time.
func TestOperationsLeaveTheBase(t *testing.T) {
	n := corridor(t)
	hash := network.Hash(n)
	stops := rapid.SampledFrom([]string{"A", "B", "C", "D", "E", "Z"})
	clock := rapid.Custom(func(t *rapid.T) transit.Seconds {
		return transit.Seconds(rapid.IntRange(0, 30*60).Draw(t, "minute")) * minute
	})
	change := rapid.Custom(func(t *rapid.T) Modification {
		from, to, direction := clock.Draw(t, "from"), clock.Draw(t, "to"), rapid.IntRange(-1, 1).Draw(t, "direction")
		switch rapid.IntRange(0, 5).Draw(t, "kind") {
		case 0:
			return ChangeVehicles{Route: "r", Direction: direction, From: from, To: to, Room: rapid.IntRange(1, 500).Draw(t, "room")}
		case 1:
			return CloseStop{Stop: stops.Draw(t, "stop"), From: from, To: to}
		case 2:
			return ShortTurn{Route: "r", Direction: direction, From: from, To: to, First: stops.Draw(t, "first"), Last: stops.Draw(t, "last")}
		case 3:
			return Shuttle{Name: "S", Stops: []string{stops.Draw(t, "one"), stops.Draw(t, "other")}, From: from, To: to, Every: 20 * minute, Room: 50, Speed: 18}
		case 4:
			return Meter{Facility: "gate", PerMinute: rapid.IntRange(1, 900).Draw(t, "people")}
		}
		return ChangeHeadway{Route: "r", Direction: direction, From: from, To: to, Every: 15 * minute}
	})
	rapid.Check(t, func(t *rapid.T) {
		changes := rapid.SliceOfN(change, 1, 4).Draw(t, "changes")
		out, _ := Apply(n, date, changes)
		if network.Hash(n) != hash {
			t.Fatal("the base was changed")
		}
		again, _ := Apply(n, date, changes)
		if network.Hash(out) != network.Hash(again) {
			t.Fatal("the same changes give another network")
		}
		if _, err := network.Decode(network.Encode(out)); err != nil {
			t.Fatalf("the network is not sound: %v", err)
		}
	})
}
