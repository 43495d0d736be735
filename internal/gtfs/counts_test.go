package gtfs

import (
	"cmp"
	"encoding/csv"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

// counted is what whoever gathered the real feeds counted in one of them; -1
// where nothing is stated.
type counted struct {
	path                             string
	routes, stops, trips, stopTimes  int
	rejectedTrips, rejectedStopTimes int
}

// moreCities are the feeds that TestCities does not have.
var moreCities = []counted{
	{path: "seattle-link/gtfs/gtfs_sound_transit.zip", routes: 5, stops: 149, trips: 734, stopTimes: 13_314},
	{path: "gtfs-rt-samples/redding-ca/gtfs_raba.zip", routes: 13, stops: 375, trips: 282, stopTimes: 7346},
	{path: "nyc-subway-rt/gtfs/subway_weekdays_2023-05-08_2023-11-03.zip", routes: -1, stops: 1489, trips: 8258, stopTimes: 229_324},
	{
		path: "nyc-subway-rt/gtfs/subway_sundays_holidays_2023-05-28_2023-11-19.zip", routes: -1, stops: 3799, trips: 5164, stopTimes: 143_616,
		// 77 rows name one of four stops that stops.txt lacks; two trips are left with one stop.
		rejectedTrips: 2, rejectedStopTimes: 79,
	},
}

// TestCountsOfOtherCities compares the rows of every further real feed with
// what was counted by others. Each row is kept or rejected.
func TestCountsOfOtherCities(t *testing.T) {
	data := require.Data(t)
	all := slices.Concat(moreCities, busesOfNewYork(t, data))
	if len(all) != 4+12 {
		t.Errorf("%d feeds, want 16", len(all))
	}
	for _, c := range all {
		t.Run(c.path, func(t *testing.T) {
			r := readData(t, data, c.path)
			rows, rejected := map[string]int{}, map[string]int{}
			for _, tally := range r.log.Tallies() {
				rows[path.Base(tally.File)], rejected[path.Base(tally.File)] = tally.Rows, tally.Rejected
			}
			for file, want := range map[string]int{"routes.txt": c.routes, "stops.txt": c.stops, "trips.txt": c.trips, "stop_times.txt": c.stopTimes} {
				if want >= 0 && rows[file] != want {
					t.Errorf("%s: %d rows, want %d", file, rows[file], want)
				}
			}
			if rejected["trips.txt"] != c.rejectedTrips || rejected["stop_times.txt"] != c.rejectedStopTimes {
				t.Errorf("%d trips and %d stop_times rejected, want %d and %d",
					rejected["trips.txt"], rejected["stop_times.txt"], c.rejectedTrips, c.rejectedStopTimes)
			}
			if len(r.tt.Trips.ID) != c.trips-c.rejectedTrips || len(r.tt.Trips.Arrive) != c.stopTimes-c.rejectedStopTimes {
				t.Errorf("%d trips and %d stop_times in the timetable", len(r.tt.Trips.ID), len(r.tt.Trips.Arrive))
			}
		})
	}
}

// busesOfNewYork are the feeds in the catalogue of their folder.
func busesOfNewYork(t *testing.T, data string) []counted {
	t.Helper()
	file, err := os.Open(filepath.Join(data, "nyc-bus", "feeds.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var all []counted
	for _, row := range rows[1:] {
		number := func(name string) int {
			n, err := strconv.Atoi(row[slices.Index(rows[0], name)])
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			return n
		}
		all = append(all, counted{
			path:   path.Join("nyc-bus", row[slices.Index(rows[0], "file")]),
			routes: number("routes"), stops: number("stops"), trips: number("trips"), stopTimes: number("stop_times"),
		})
	}
	slices.SortFunc(all, func(a, b counted) int { return cmp.Compare(a.path, b.path) })
	return all
}

func readData(t *testing.T, data, feed string) result {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(data, filepath.FromSlash(feed)))
	if err != nil {
		t.Fatal(err)
	}
	r := readZip(t, content, Limits{})
	if r.err != nil {
		t.Fatal(r.err)
	}
	return r
}

// TestTripsOfADay counts the trips that run on a date by what others counted.
func TestTripsOfADay(t *testing.T) {
	data := require.Data(t)
	saturday, friday := transit.DateOf(2023, 9, 23), transit.DateOf(2023, 9, 22)
	for _, c := range []struct {
		feed string
		day  transit.Date
		want int
	}{
		{"porto/gtfs/gtfs_stcp.zip", saturday, 3910},
		{"porto/gtfs/gtfs_metro_do_porto.zip", saturday, 854},
		{"porto/gtfs/gtfs_stcp.zip", friday, 5751},
		{"porto/gtfs/gtfs_metro_do_porto.zip", friday, 1060},
	} {
		tt, got := readData(t, data, c.feed).tt, 0
		for _, calendar := range tt.Trips.Calendar {
			if tt.Runs(calendar, c.day) {
				got++
			}
		}
		if got != c.want {
			t.Errorf("%s: %d trips on %v, want %d", c.feed, got, c.day, c.want)
		}
	}
}
