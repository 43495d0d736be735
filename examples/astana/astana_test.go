package astana_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/gtfs"
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
