package cityfile

import (
	"testing"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

const populationText = `id,lat,lon,people,name,basis,source
a,51.1,71.4,120,Centre,fact,census
b,51.1,71.41,0.6,,,
,51.1,71.4,1,,,
c,,71.4,1,,,
d,71.4,51.1,1,,,
e,51.1,71.4,-3,,,
f,51.1,71.4,many,,,
g,51.1,71.4,,,,
h,0,0,5,,,
a,51.1,71.4,5,,,
i,51.1,71.4,5,,hearsay,
j,120.5,71.4,5,,,
k,north,71.4,5,,,
`

func TestPopulation(t *testing.T) {
	var log finding.Log
	homes := ReadPopulation("p.csv", populationText, town(), &log)
	same(t, "homes", []Home{
		{ID: "a", At: geo.Point{Lat: 51.1, Lon: 71.4}, People: 120, File: "p.csv", Line: 2, Basis: "fact", Source: "census"},
		{ID: "b", At: geo.Point{Lat: 51.1, Lon: 71.41}, People: 1, File: "p.csv", Line: 3, Basis: "assumption"},
	}, homes)
	same(t, "findings", []string{
		"4 error city.id_missing id",
		"5 error city.position_missing lat",
		"6 error city.swapped_position lat",
		"7 error city.out_of_range people",
		"8 error city.not_a_number people",
		"9 error city.not_a_number people",
		"10 error city.bad_position lat",
		"11 error city.id_twice id",
		"12 error city.unknown_basis basis",
		"13 error city.swapped_position lat",
		"14 error city.not_a_number lat",
	}, told(&log))
	balanced(t, &log, finding.Tally{File: "p.csv", Rows: 13, Kept: 2, Rejected: 11})
}

func TestPopulationWithoutItsColumns(t *testing.T) {
	var log finding.Log
	if homes := ReadPopulation("p.csv", "id,lat,people\na,1,2\n", town(), &log); len(homes) != 0 {
		t.Error(homes)
	}
	balanced(t, &log, finding.Tally{File: "p.csv", Rows: 1, Rejected: 1})
}

func TestPopulationMayBeCalledSo(t *testing.T) {
	var log finding.Log
	homes := ReadPopulation("p.csv", "id,lat,lon,population\na,51.1,71.4,12\n", town(), &log)
	if len(homes) != 1 || homes[0].People != 12 {
		t.Error(homes, told(&log))
	}
}

const fleetText = `feed,route_id,vehicles,reserve,turnback_s,basis,source
,r1,19,2,240,fact,operator
main,r2,5,,,,
,r1,4,,,,
,r3,4,,,,
east,r1,4,,,,
,r2,0,,,,
,r2,4,4,,,
,,4,,,,
,r2,4,1,90000,,
`

func TestFleet(t *testing.T) {
	var log finding.Log
	fleets := ReadFleet("fleet.csv", fleetText, twoLines{}, &log)
	same(t, "fleets", []Fleet{
		{transit.FleetRow{Route: 0, Vehicles: 19, Reserve: 2, Turnback: 240, Kind: "fact", Source: "operator"}, "fact"},
		{transit.FleetRow{Route: 1, Vehicles: 5, Turnback: 240, Kind: "assumption"}, "assumption"},
	}, fleets)
	same(t, "findings", []string{
		"3 warning city.turnback_assumed turnback_s",
		"4 error city.id_twice route_id",
		"5 error city.unknown_route route_id",
		"6 error city.unknown_feed feed",
		"7 error city.out_of_range vehicles",
		"8 error city.reserve_takes_all reserve",
		"9 error city.id_missing route_id",
		"10 error city.out_of_range turnback_s",
	}, told(&log))
	balanced(t, &log, finding.Tally{File: "fleet.csv", Rows: 9, Kept: 2, Rejected: 7})
}

const capacitiesText = `feed,agency_id,route_id,route_type,vehicle,seats,room,doors,boarding_s,alighting_s,length_m,basis,source
,,,,any,20,50,2,2,1,10,,
,,,3,,,90,,,,,,
,a,,,agency bus,30,100,3,1,1,12,fact,agency
,,r1,,LRT,248,652,12,1,1,60,fact,operator
main,,r1,,LRT main,248,700,12,1,1,60,fact,operator
,,r1,,twice,1,2,,,,,,
,,r9,,x,,1,,,,,,
,b,,,x,,1,,,,,,
,,,x,x,,1,,,,,,
,,,5,x,,0,,,,,,
,,,6,x,3,2,,,,,,
`

func TestCapacities(t *testing.T) {
	var log finding.Log
	all := ReadCapacities("capacities.csv", capacitiesText, twoLines{}, &log)
	same(t, "findings", []string{
		"7 error city.capacity_twice route_id",
		"8 error city.unknown_route route_id",
		"9 error city.unknown_agency agency_id",
		"10 error city.bad_route_type route_type",
		"11 error city.out_of_range room",
		"12 error city.more_seats_than_room seats",
	}, told(&log))
	balanced(t, &log, finding.Tally{File: "capacities.csv", Rows: 11, Kept: 5, Rejected: 6})
	for _, test := range []struct {
		line Line
		want uint32
	}{
		{Line{"x", "b", "r7", 0}, 50},     // any
		{Line{"x", "b", "r7", 3}, 90},     // bus
		{Line{"x", "b", "r7", 704}, 90},   // a kind of bus
		{Line{"x", "a", "r7", 3}, 100},    // the agency before the kind
		{Line{"x", "a", "r1", 3}, 652},    // the route before the agency
		{Line{"main", "a", "r1", 0}, 700}, // the feed decides between equals
	} {
		i, ok := all.Of(test.line)
		if got := all[i].Vehicle(test.line).Room; !ok || got != test.want {
			t.Errorf("%+v: room %d, want %d", test.line, got, test.want)
		}
	}
	if _, ok := all[2:].Of(Line{"x", "b", "r7", 3}); ok {
		t.Error("a row for others was taken")
	}
}

func TestBlankCellsOfACapacityComeFromTheKindOfLine(t *testing.T) {
	var log finding.Log
	all := ReadCapacities("capacities.csv", "room\n20\n", twoLines{}, &log)
	same(t, "vehicle", transit.VehicleRow{
		Name: "tram", Seats: 20, Room: 20, Doors: 4, BoardTime: 1.1, AlightTime: .9, LengthM: 30, Kind: "assumption",
	}, all[0].Vehicle(Line{Type: 0}))
}

func TestUnusedCapacitiesAreNoted(t *testing.T) {
	var log finding.Log
	all := ReadCapacities("capacities.csv", "room,route_type\n20,3\n30,0\n", twoLines{}, &log)
	all.ReportUnused("capacities.csv", map[int]bool{0: true}, &log)
	same(t, "findings", []string{"3 note city.capacity_unused "}, told(&log))
}

func TestDefaultRooms(t *testing.T) {
	for routeType, want := range map[uint16]uint32{
		0: 180, 1: 1000, 2: 1000, 3: 80, 4: 250, 11: 80, 100: 1000, 109: 1000, 200: 50, 400: 1000, 401: 1000,
		500: 1000, 700: 80, 715: 80, 800: 80, 900: 180, 906: 180, 1000: 250, 1200: 250, 1300: 8, 1400: 100, 1700: 80,
	} {
		row := DefaultVehicle(routeType)
		if row.Room != want || !row.FromDefault || row.Kind != "assumption" || row.Seats > row.Room || row.Doors == 0 {
			t.Errorf("route_type %d: %+v, want room %d", routeType, row, want)
		}
	}
}

func FuzzPopulation(f *testing.F) {
	f.Add(populationText)
	f.Add("id,lat,lon,people\nx,1,1,NaN\nx,1e400,1,5\n")
	f.Fuzz(func(t *testing.T, text string) {
		var log finding.Log
		for _, home := range ReadPopulation("p.csv", text, town(), &log) {
			if home.ID == "" || !home.At.Valid() || home.People > mostPeople {
				t.Errorf("accepted: %+v", home)
			}
		}
		counted(t, &log)
	})
}

func FuzzFleet(f *testing.F) {
	f.Add(fleetText)
	f.Fuzz(func(t *testing.T, text string) {
		var log finding.Log
		for _, fleet := range ReadFleet("fleet.csv", text, twoLines{}, &log) {
			if fleet.Reserve >= fleet.Vehicles || fleet.Turnback < 0 {
				t.Errorf("accepted: %+v", fleet)
			}
		}
		counted(t, &log)
	})
}

func FuzzCapacities(f *testing.F) {
	f.Add(capacitiesText)
	f.Fuzz(func(t *testing.T, text string) {
		var log finding.Log
		for _, c := range ReadCapacities("capacities.csv", text, twoLines{}, &log) {
			if row := c.Vehicle(Line{Type: 3}); row.Room == 0 || row.Seats > row.Room || row.Doors == 0 {
				t.Errorf("accepted: %+v", row)
			}
		}
		counted(t, &log)
	})
}

func counted(t *testing.T, log *finding.Log) {
	t.Helper()
	for _, tally := range log.Tallies() {
		if tally.Kept < 0 || tally.Rows != tally.Kept+tally.Rejected {
			t.Errorf("%+v", tally)
		}
	}
}
