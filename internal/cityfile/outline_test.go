package cityfile

import (
	"testing"

	"github.com/qala-city/qala/internal/finding"
)

func TestOutlineIsRead(t *testing.T) {
	o := Outline{
		ID: "123", Name: `No: "x" #1`, Zone: "Asia/Almaty",
		Feeds:   []OutlineFeed{{"bus", "https://x.org/gtfs.zip?a=1&b={2}"}, {"rail", `C:\feeds\rail.zip`}},
		Streets: "map.osm.pbf", Population: []string{"people.csv", "more.csv"}, Venues: "v.yaml", Capacities: "c.csv", Fleet: "f.csv",
		Sources: []Source{{"map.osm.pbf", "ODbL-1.0", "© OpenStreetMap contributors", ""}, {"v.yaml", "CC0-1.0", "", shaOfZeros}},
	}
	var log finding.Log
	city, ok := ReadCity("city.yaml", o.Text(), &log)
	if !ok || len(log.Findings()) > 0 {
		t.Fatalf("%v\n%s", told(&log), o.Text())
	}
	if city.City.ID != "123" || city.City.Names["en"] != o.Name || city.Feeds[0].Path.Name != o.Feeds[0].Path || city.Feeds[1].Path.Name != o.Feeds[1].Path {
		t.Errorf("%+v", city)
	}
	same(t, "sources", o.Sources, city.Sources)
	if paths := city.Paths(); len(paths) != 8 {
		t.Errorf("%d files", len(paths))
	}
	if err := schema(t, "city").Validate(asJSON(t, string(o.Text()))); err != nil {
		t.Error(err)
	}
}

const shaOfZeros = "0000000000000000000000000000000000000000000000000000000000000000"
