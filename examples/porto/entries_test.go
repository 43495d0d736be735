package porto_test

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/plan"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

// saturdays are the ordinary days whose mean the example takes.
var saturdays = []string{"2023-09-09", "2023-09-16", "2023-09-30"}

// validations are the mean of the Saturdays by stop and hour, read from the
// table itself: sums over the days, divided and rounded by station.
func validations(t *testing.T, data string) map[string][24]int {
	t.Helper()
	stops, _ := columns(t, filepath.Join(data, "porto", "demand", "stations.csv"), false)
	stopOf := map[string]string{}
	for _, row := range stops {
		if row["operator"] == "Metro do Porto" && row["gtfs_stop_id"] != "" {
			stopOf[row["station"]] = "metro:" + row["gtfs_stop_id"]
		}
	}
	sums := map[string][24]int{}
	rows, total := columns(t, filepath.Join(data, "porto", "demand", "rail_validations_hourly.csv.gz"), true)
	if total < 1_000_000 {
		t.Fatalf("only %d rows of validations", total)
	}
	for _, row := range rows {
		hour, _ := strconv.Atoi(row["hour"])
		n, _ := strconv.Atoi(row["validations"])
		byHour := sums[row["station"]]
		byHour[hour] += n
		sums[row["station"]] = byHour
	}
	out := map[string][24]int{}
	for station, byHour := range sums {
		stop := out[stopOf[station]]
		for hour, n := range byHour {
			stop[hour] += (n + 1) / 3 // rounded to the nearest: of three, one is a third
		}
		out[stopOf[station]] = stop
	}
	delete(out, "")
	return out
}

// columns are the rows of a table by column name, of the validations those of
// the light rail on the Saturdays, and how many rows there are.
func columns(t *testing.T, path string, packed bool) (rows []map[string]string, total int) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var from io.Reader = file
	if packed {
		if from, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	reader := csv.NewReader(from)
	header, err := reader.Read()
	if err != nil {
		t.Fatal(err)
	}
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return rows, total
		}
		if err != nil {
			t.Fatal(err)
		}
		total++
		if packed && (cells[2] != "Metro do Porto" || !slices.Contains(saturdays, cells[0])) {
			continue
		}
		row := map[string]string{}
		for i, name := range header {
			row[name] = cells[i]
		}
		rows = append(rows, row)
	}
}

// stationOf is the counted stop that each place belongs to, by the shortest
// walk of at most 500 m, with that walk; -1 where there is none. A stop with no
// place so near has the nearest one.
func stationOf(n *network.Network, counted map[string][24]int) ([]int, []transit.Seconds) {
	station, walk := make([]int, len(n.Places.ID)), make([]transit.Seconds, len(n.Places.ID))
	has, near, nearWalk := map[int]bool{}, map[int]int{}, map[int]transit.Seconds{}
	for p := range station {
		station[p] = -1
		stops, walks := n.Access.Row(uint32(p))
		for i, stop := range stops {
			if _, is := counted[string(n.Timetable.Stops.ID[stop])]; !is {
				continue
			}
			s := int(stop)
			if _, known := near[s]; !known || walks[i] < nearWalk[s] {
				near[s], nearWalk[s] = p, walks[i]
			}
			if float64(walks[i])*n.Walking.Speed <= 500 && (station[p] < 0 || walks[i] < walk[p]) {
				station[p], walk[p] = s, walks[i]
			}
		}
		if station[p] >= 0 {
			has[station[p]] = true
		}
	}
	for s, p := range near {
		if !has[s] {
			station[p], walk[p] = s, nearWalk[s]
		}
	}
	return station, walk
}

// TestEntriesAreThoseThatWereCounted: in every hour as many of the other
// travellers come into each station of the light rail as validated there.
func TestEntriesAreThoseThatWereCounted(t *testing.T) {
	data := require.Data(t)
	n := imported(t, os.DirFS("."), nil).Network
	counted := validations(t, data)
	for _, name := range []string{"among-others", "half-a-million"} {
		file := completed(t, "events/match-2023-09-23-"+name+".yaml", data)
		people, err := plan.Travellers(plan.Request{Network: n, City: file.City, Event: file.Event, Seed: file.Seed})
		if err != nil {
			t.Fatal(err)
		}
		station, walk := stationOf(n, counted)
		got, total := map[string][24]int{}, 0
		for i, crowd := range people.Crowd {
			from := people.From[i]
			if people.Crowds[crowd].Way != demand.Background || station[from] < 0 {
				continue
			}
			id := string(n.Timetable.Stops.ID[station[from]])
			byHour := got[id]
			byHour[(people.Ready[i]+walk[from])/transit.Hour]++
			got[id] = byHour
			total++
		}
		for id, want := range counted {
			if got[id] != want {
				t.Errorf("%s, %s: %v come in, %v validated", name, id, got[id], want)
			}
		}
		t.Logf("%s: %d stations, %d entries of %d other travellers", name, len(counted), total, people.Crowds[len(people.Crowds)-1].People)
	}
}

// completed is an event file with the counts that it names.
func completed(t *testing.T, path, data string) eventfile.File {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file, findings, err := eventfile.Read(path, text)
	if err != nil {
		t.Fatal(err, findings)
	}
	findings, err = file.Complete(path, func(name string) ([]byte, error) {
		return os.ReadFile(filepath.Join(data, filepath.FromSlash(strings.TrimPrefix(name, "${QALA_DATA}/"))))
	})
	if err != nil || len(findings) > 0 {
		t.Fatal(err, findings)
	}
	return file
}
