package astana_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/gtfs"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

func TestTheTimetableIsReadWithoutAnyFinding(t *testing.T) {
	_, log := timetable(t)
	for _, f := range log.Findings() {
		t.Errorf("%+v", f)
	}
}

func timetable(t *testing.T) (*transit.Timetable, *finding.Log) {
	t.Helper()
	var log finding.Log
	builder := transit.NewBuilder()
	if _, err := gtfs.Read(context.Background(), gtfs.Source{FS: os.DirFS("gtfs")}, builder, &log); err != nil {
		t.Fatal(err)
	}
	return builder.Timetable(), &log
}

// served are the positions of the stops at which a pattern calls.
func served(tt *transit.Timetable) []geo.Point {
	var points []geo.Point
	for _, stop := range tt.Patterns.Stop {
		points = append(points, tt.Stops.At[stop])
	}
	return points
}

func TestVenuesHomesAndNumbersAreReadWithoutAnyFinding(t *testing.T) {
	tt, _ := timetable(t)
	area := cityfile.NewArea(served(tt))
	var log finding.Log
	city, ok := cityfile.ReadCity("city.yaml", file(t, "city.yaml"), &log)
	if !ok || !city.City.Illustration || city.City.Zone != "Asia/Almaty" {
		t.Errorf("city %+v", city.City)
	}
	venues := cityfile.ReadVenues("venues.yaml", file(t, "venues.yaml"), area, &log)
	homes := cityfile.ReadPopulation("population.csv", string(file(t, "population.csv")), area, &log)
	if len(venues) != 6 || len(homes) < 90 {
		t.Errorf("%d venues, %d homes", len(venues), len(homes))
	}
	for _, f := range log.Findings() {
		t.Errorf("%+v", f)
	}
}

// A gate or a home from which no stop can be walked to would silently take
// people out of every result.
func TestEveryGateAndHomeHasAStopInWalkingDistance(t *testing.T) {
	tt, _ := timetable(t)
	area := cityfile.NewArea(served(tt))
	var log finding.Log
	city, _ := cityfile.ReadCity("city.yaml", file(t, "city.yaml"), &log)
	most := geo.Meters(city.Walking.MaxAccess / city.Walking.Detour)
	for _, venue := range cityfile.ReadVenues("venues.yaml", file(t, "venues.yaml"), area, &log) {
		for _, gate := range venue.Gates {
			if far := area.Nearest(gate.At); far > most {
				t.Errorf("gate %s of %s is %.0f m from a stop, more than %.0f", gate.ID, venue.ID, far, most)
			}
		}
	}
	for _, home := range cityfile.ReadPopulation("population.csv", string(file(t, "population.csv")), area, &log) {
		if far := area.Nearest(home.At); far > most {
			t.Errorf("%s is %.0f m from a stop, more than %.0f", home.ID, far, most)
		}
	}
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// The stations near the venues have gates and stairs on the way in, the lift
// for those who take no steps, and fewer gates at an entrance than a match needs.
func TestStationsHoldUpAMatch(t *testing.T) {
	result, err := feed.Import(context.Background(), feed.Request{Dir: os.DirFS(".")})
	if err != nil || len(result.Findings) > 0 {
		t.Fatalf("%v %+v", err, result.Findings)
	}
	n := result.Network
	f, platforms := &n.Stations.Facilities, &n.Stations.Platforms
	gates := map[string]float64{} // people a minute
	for i, kind := range f.Kind {
		if kind == station.Gate {
			gates[string(n.Timetable.Stops.ID[f.Station[i]])] += 60_000 / float64(f.Service[i]) * float64(f.Channels[i])
		}
	}
	if len(gates) != 5 || gates["lrt-109"] != 200 {
		t.Errorf("people a minute through the gates of stations: %v", gates)
	}
	stands := 0
	for i, stop := range platforms.Stop {
		if platforms.Stands[i] > 0 {
			stands++
		}
		if strings.HasPrefix(string(n.Timetable.Stops.ID[stop]), "lrt-") && platforms.Holds[i] != 924 {
			t.Errorf("platform %s holds %d", n.Timetable.Stops.ID[stop], platforms.Holds[i])
		}
	}
	if stands != 14 || len(platforms.Stop) != 14+10 {
		t.Errorf("%d stops with stands of %d", stands, len(platforms.Stop))
	}
	// From the stadium's eastern gate: up to the platform by stairs, or by two lifts.
	east := -1
	for p, id := range n.Places.ID {
		if id == "astana-arena/east" {
			east = p
		}
	}
	to, _ := n.Access.Row(uint32(east))
	for i, stop := range to {
		link := n.Access.First[east] + uint32(i)
		if n.Timetable.Stops.ID[stop] != "lrt-109-b" {
			continue
		}
		way, free := n.Access.Way[link], n.Access.FreeWay[link]
		if way == transit.None || free == transit.None || way == free || n.Access.FreeWalk[link] <= n.Access.Walk[link] {
			t.Errorf("way %d in %d s, free of steps %d in %d s", way, n.Access.Walk[link], free, n.Access.FreeWalk[link])
		}
		return
	}
	t.Error("no walk from the stadium to its station")
}
