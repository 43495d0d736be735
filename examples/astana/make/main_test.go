package main

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/transit"
)

// example is the folder of the example city.
const example = ".."

func TestCommittedFilesAreWhatTheProgramWrites(t *testing.T) {
	files, err := city()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range files {
		got, err := os.ReadFile(filepath.Join(example, filepath.FromSlash(name)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not what the tables give (%v): run go generate ./examples/astana", name, err)
		}
	}
	committed, err := filepath.Glob(filepath.Join(example, "gtfs", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range committed {
		if files["gtfs/"+filepath.Base(path)] == nil {
			t.Errorf("%s is written by nobody", path)
		}
	}
}

// table is a committed file as rows by column.
func table(t *testing.T, name string) []map[string]string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(example, filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, record := range records[1:] {
		r := map[string]string{}
		for i, column := range records[0] {
			r[column] = record[i]
		}
		rows = append(rows, r)
	}
	return rows
}

// ids are the values of a column, which must differ.
func ids(t *testing.T, name, column string) map[string]bool {
	t.Helper()
	all := map[string]bool{}
	for _, r := range table(t, name) {
		if all[r[column]] {
			t.Errorf("%s: %s %q stands twice", name, column, r[column])
		}
		all[r[column]] = true
	}
	return all
}

func TestEveryReferenceLeadsSomewhere(t *testing.T) {
	stops, trips := ids(t, "gtfs/stops.txt", "stop_id"), ids(t, "gtfs/trips.txt", "trip_id")
	routes, agencies := ids(t, "gtfs/routes.txt", "route_id"), ids(t, "gtfs/agency.txt", "agency_id")
	calendars, shapes := ids(t, "gtfs/calendar.txt", "service_id"), map[string]bool{}
	for _, r := range table(t, "gtfs/shapes.txt") {
		shapes[r["shape_id"]] = true
	}
	check := func(name, column string, known map[string]bool, blank bool) {
		used := map[string]bool{}
		for _, r := range table(t, name) {
			used[r[column]] = true
			if !known[r[column]] && !(blank && r[column] == "") {
				t.Errorf("%s: %s %q leads nowhere", name, column, r[column])
			}
		}
		if !blank && len(used) < len(known) && column != "stop_id" && name != "gtfs/frequencies.txt" {
			t.Errorf("%s uses %d of %d values of %s", name, len(used), len(known), column)
		}
	}
	check("gtfs/stops.txt", "parent_station", stops, true)
	check("gtfs/routes.txt", "agency_id", agencies, false)
	check("gtfs/trips.txt", "route_id", routes, false)
	check("gtfs/trips.txt", "service_id", calendars, false)
	check("gtfs/trips.txt", "shape_id", shapes, false)
	check("gtfs/stop_times.txt", "trip_id", trips, false)
	check("gtfs/stop_times.txt", "stop_id", stops, false)
	check("gtfs/frequencies.txt", "trip_id", trips, false)
	check("fleet.csv", "route_id", routes, false)
}

func TestStopsRoutesAndHeadsignsHaveNamesInFourLanguages(t *testing.T) {
	type named struct{ table, field, id string }
	names := map[named]int{}
	for _, r := range table(t, "gtfs/translations.txt") {
		if strings.TrimSpace(r["translation"]) == "" {
			t.Errorf("%s%s has no name in %s", r["record_id"], r["field_value"], r["language"])
		}
		names[named{r["table_name"], r["field_name"], r["record_id"] + r["field_value"]}]++
	}
	used := map[named]bool{}
	for _, kind := range []struct{ file, field, column string }{
		{"stops", "stop_name", "stop_id"},
		{"routes", "route_short_name", "route_id"},
		{"trips", "trip_headsign", "trip_headsign"},
	} {
		for _, r := range table(t, "gtfs/"+kind.file+".txt") {
			what := named{kind.file, kind.field, r[kind.column]}
			if used[what] = true; names[what] != 4 {
				t.Errorf("%v has %d names, want 4", what, names[what])
			}
		}
	}
	if len(used) != len(names) {
		t.Errorf("%d things have names, %d are there", len(names), len(used))
	}
}

// calls are a trip's stops with their times, in the order of the file.
type call struct {
	stop           string
	arrive, depart transit.Seconds
}

func calls(t *testing.T) map[string][]call {
	t.Helper()
	all := map[string][]call{}
	for _, r := range table(t, "gtfs/stop_times.txt") {
		arrive, err1 := transit.ParseClock(r["arrival_time"])
		depart, err2 := transit.ParseClock(r["departure_time"])
		if err1 != nil || err2 != nil {
			t.Fatal(r)
		}
		trip := all[r["trip_id"]]
		if r["stop_sequence"] != strconv.Itoa(len(trip)+1) {
			t.Errorf("trip %s: sequence %s after %d stops", r["trip_id"], r["stop_sequence"], len(trip))
		}
		all[r["trip_id"]] = append(trip, call{r["stop_id"], arrive, depart})
	}
	return all
}

func TestTimesAscend(t *testing.T) {
	for trip, stops := range calls(t) {
		for i, c := range stops {
			if c.depart < c.arrive || i > 0 && c.arrive <= stops[i-1].depart {
				t.Errorf("trip %s at %s: %s to %s", trip, c.stop, c.arrive.Clock(), c.depart.Clock())
			}
		}
	}
}

func TestTheLRTTakesFortyMinutesOverEighteenStations(t *testing.T) {
	trips, past := 0, false
	for trip, stops := range calls(t) {
		if !strings.HasPrefix(trip, "LRT-") {
			continue
		}
		trips++
		first, last := stops[0], stops[len(stops)-1]
		if len(stops) != 18 || last.arrive-first.depart != 40*transit.Minute {
			t.Errorf("trip %s: %d stations in %s", trip, len(stops), (last.arrive - first.depart).Clock())
		}
		past = past || last.arrive > 24*transit.Hour
	}
	if trips != 8 || !past {
		t.Errorf("%d trips, want 8; one past 24:00: %t", trips, past)
	}
}

func TestSeventeenTrainsCarryTheTimetable(t *testing.T) {
	const cycle = 2*lrtRunTime + 2*lrtTurnback
	for _, r := range table(t, "gtfs/frequencies.txt") {
		headway, err := strconv.Atoi(r["headway_secs"])
		if err != nil {
			t.Fatal(err)
		}
		if rail := strings.HasPrefix(r["trip_id"], "LRT-"); rail != (r["exact_times"] == "1") || rail && headway*17 < int(cycle) {
			t.Errorf("%s every %d s, exact_times %s", r["trip_id"], headway, r["exact_times"])
		}
	}
}

func TestEveryoneLivesSomewhere(t *testing.T) {
	total, points := 0, table(t, "population.csv")
	for _, r := range points {
		people, err := strconv.Atoi(r["people"])
		if err != nil || people <= 0 || r["basis"] != "assumption" || r["source"] == "" {
			t.Errorf("%v", r)
		}
		total += people
	}
	if total != population || len(points) < 90 {
		t.Errorf("%d people at %d points, want %d", total, len(points), population)
	}
}

func TestTrainsAreAsThePressTells(t *testing.T) {
	rooms, fleets := table(t, "capacities.csv"), table(t, "fleet.csv")
	if rooms[0]["route_id"] != "LRT" || rooms[0]["room"] != "652" || rooms[0]["basis"] != "fact" {
		t.Errorf("room %v", rooms[0])
	}
	if f := fleets[0]; f["route_id"] != "LRT" || f["vehicles"] != "19" || f["reserve"] != "2" || f["turnback_s"] != "240" {
		t.Errorf("fleet %v", f)
	}
}

func TestStationsLieOnTheTrack(t *testing.T) {
	tables, err := readTables()
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, s := range tables.stations {
		before := at
		for i := before + 1; i < len(tables.track); i++ {
			if tables.track[i] == s.at {
				at = i
				break
			}
		}
		if at == before {
			t.Errorf("station %s is not on the track after the one before it", s.code)
		}
	}
}
