package cityfile

import (
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

const whole = `city: astana
name: {en: Astana, kk: Астана, ru: Астана, zh: 阿斯塔纳}
timezone: Asia/Almaty
illustration: true
feeds:
  - {id: main, path: gtfs}
  - {id: lrt, path: ../lrt.zip, from: 2026-05-01, to: 2026-08-31}
population: population.csv
venues: venues.yaml
capacities: capacities.csv
fleet: fleet.csv
walking: {speed_m_per_s: 1.2, detour: 1.4, max_access_m: 900, max_transfer_m: 250, max_direct_m: 2000, steps_speed: 0.4, nearest_stops: 2}
credits:
  - {holder: City of Astana, licence: CC-BY-4.0, for: the timetable}
numbers:
  - {id: lrt_trains, subject: LRT, value: 19, unit: trains, kind: fact, source: the operator}
streets: {path: ../town.osm.pbf, source: "OpenStreetMap contributors"}
stations: stations.yaml
`

// mistakes are a line of whole, what stands there instead, and the finding.
// The schema refuses all but those marked as beyond it.
var mistakes = []struct {
	old, new, want string
	beyond         bool
}{
	{"path: ../town.osm.pbf, ", "", "17 error yaml.missing_field streets.path", false},
	{"steps_speed: 0.4", "steps_speed: 4", "12 error yaml.out_of_range walking.steps_speed", false},
	{"population:", "populaton:", "8 error yaml.misspelt_key populaton", false},
	{"illustration: true", "illustration: yes", "4 error yaml.not_yes_or_no illustration", false},
	{"timezone: Asia/Almaty", "timezone: Asia/Astana", "3 error city.unknown_timezone timezone", true},
	{"timezone: Asia/Almaty\n", "", "1 error yaml.missing_field timezone", false},
	{"city: astana", "city: a b", "1 error yaml.bad_id city", false},
	{"kk: Астана", "kz: Астана", "2 error yaml.unknown_language name.kz", false},
	{"feeds:\n  - {id: main, path: gtfs}\n  - {id: lrt, path: ../lrt.zip, from: 2026-05-01, to: 2026-08-31}", "feeds: []", "5 error city.no_feed feeds", false},
	{"id: lrt,", "id: main,", "7 error city.id_twice feeds[1].id", true},
	{"path: gtfs", "file: gtfs", "6 error yaml.unknown_key feeds[0].file", false},
	{"from: 2026-05-01", "from: 1.5.2026", "7 error city.not_a_date feeds[1].from", false},
	{"to: 2026-08-31", "to: 2026-02-30", "7 error city.not_a_date feeds[1].to", true},
	{"to: 2026-08-31", "to: 2026-04-30", "7 error city.dates_reversed feeds[1].to", true},
	{"speed_m_per_s: 1.2", "speed_m_per_s: 12", "12 error yaml.out_of_range walking.speed_m_per_s", false},
	{"nearest_stops: 2", "nearest_stops: 1.5", "12 error yaml.not_whole walking.nearest_stops", false},
	{"licence: CC-BY-4.0, ", "", "14 error yaml.missing_field credits[0].licence", false},
	{"kind: fact", "kind: rumour", "16 error yaml.not_a_choice numbers[0].kind", false},
	{"value: 19", "value: ", "16 error yaml.missing_field numbers[0].value", false},
}

func TestWholeCity(t *testing.T) {
	var log finding.Log
	city, ok := ReadCity("city.yaml", []byte(whole), &log)
	if !ok || len(log.Findings()) > 0 {
		t.Fatal(told(&log))
	}
	same(t, "city", network.City{
		ID: "astana", Names: label.Names{"en": "Astana", "kk": "Астана", "ru": "Астана", "zh": "阿斯塔纳"},
		Zone: "Asia/Almaty", Illustration: true,
	}, city.City)
	same(t, "walking", network.Walking{Speed: 1.2, Detour: 1.4, MaxAccess: 900, MaxTransfer: 250, MaxDirect: 2000, Steps: .4, Nearest: 2}, city.Walking)
	same(t, "numbers", []basis.Number{{ID: "lrt_trains", Subject: "LRT", Value: "19", Unit: "trains", Kind: "fact", Source: "the operator"}}, city.Numbers)
	same(t, "credits", []basis.Credit{{Holder: "City of Astana", Licence: "CC-BY-4.0", For: "the timetable"}}, city.Credits)
	same(t, "windows", []transit.Window{{}, {First: transit.DateOf(2026, 5, 1), Last: transit.DateOf(2026, 8, 31)}},
		[]transit.Window{city.Feeds[0].Window, city.Feeds[1].Window})
	if len(city.Feeds) != 2 || city.Feeds[1].ID != "lrt" || city.Feeds[1].Path.Name != "../lrt.zip" {
		t.Errorf("feeds %+v", city.Feeds)
	}
	if city.Stations.Name != "stations.yaml" {
		t.Errorf("stations %+v", city.Stations)
	}
	if city.Streets.Path.Name != "../town.osm.pbf" || city.Streets.Source != "OpenStreetMap contributors" {
		t.Errorf("streets %+v", city.Streets)
	}
	if len(city.Population) != 1 || city.Population[0].Path.Name != "population.csv" || city.Fleet.Name != "fleet.csv" || !city.Venues.Given() {
		t.Error("a file is not named")
	}
}

func TestDefaultWalking(t *testing.T) {
	text := whole[:strings.Index(whole, "walking:")] + "walking: {detour: 1.5}\n"
	var log finding.Log
	city, _ := ReadCity("city.yaml", []byte(text), &log)
	want := network.DefaultWalking
	want.Detour = 1.5
	same(t, "walking", want, city.Walking)
}

func TestMistakesInCity(t *testing.T) {
	for _, m := range mistakes {
		var log finding.Log
		text := strings.Replace(whole, m.old, m.new, 1)
		if text == whole {
			t.Fatalf("%q is not in the text", m.old)
		}
		_, ok := ReadCity("city.yaml", []byte(text), &log)
		if got := told(&log); ok || len(got) == 0 || got[0] != m.want && !(len(got) > 1 && got[1] == m.want) {
			t.Errorf("%q: %v, want %q", m.new, got, m.want)
		}
	}
}

func TestMissingFileNamesItsLine(t *testing.T) {
	var log finding.Log
	city, _ := ReadCity("city.yaml", []byte(whole), &log)
	city.Venues.Missing("no such file")
	same(t, "findings", []string{"9 error city.file_missing venues"}, told(&log))
}

func FuzzReadCity(f *testing.F) {
	f.Add([]byte(whole))
	for _, m := range mistakes {
		f.Add([]byte(strings.Replace(whole, m.old, m.new, 1)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var log finding.Log
		city, ok := ReadCity("city.yaml", data, &log)
		if ok && (city.City.ID == "" || city.City.Zone == "" || len(city.Feeds) == 0 || city.Walking.Speed < .3) {
			t.Errorf("accepted: %+v", city)
		}
	})
}
