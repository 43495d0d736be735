package cityfile

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// fewStops knows a station st (0) with the platforms a (1) and b (2), the stop
// bus (3), and the stop 5708 in two feeds (4 and 5).
type fewStops struct{}

func (fewStops) FeedKnown(feed string) bool { return feed == "main" || feed == "rail" }

func (fewStops) Stops(feed, id string) []transit.Stop {
	both := map[string][]transit.Stop{"": {4, 5}, "main": {4}, "rail": {5}}
	if id == "5708" {
		return both[feed]
	}
	if stop, known := map[string]transit.Stop{"st": 0, "a": 1, "b": 2, "bus": 3}[id]; known && feed != "rail" {
		return []transit.Stop{stop}
	}
	return nil
}

func (fewStops) Platforms(stop transit.Stop) []transit.Stop {
	if stop == 0 {
		return []transit.Stop{1, 2}
	}
	return []transit.Stop{stop}
}

func (fewStops) At(transit.Stop) geo.Point { return center }

const stationsText = `- stop: st
  basis: fact
  source: the plan of the station
  entrances:
    - id: west
      name: West
      lat: 51.1001
      lon: 71.4
      passes:
        - {kind: stairs, count: 2, width_m: 2, length_m: 12, or: [{kind: lift, seconds: 40}]}
  hall:
    - {kind: gate, count: 4, per_minute: 30, varies: true, basis: assumption, source: guess}
  platforms:
    - {stop: a, area_m2: 100, people_per_m2: 2, passes: [{kind: escalator, length_m: 18, step_free: true}]}
    - {stop: b, holds: 300, basis: standard}
- {stop: bus, stands: 3, holds: 40, area_m2: 20}
- {stop: 5708, feed: rail, passes: [{kind: passage, width_m: 3}]}
`

func readStations(t *testing.T, text string) ([]Station, *finding.Log) {
	t.Helper()
	var log finding.Log
	all := ReadStations("stations.yaml", []byte(text), fewStops{}, &log)
	counted(t, &log)
	return all, &log
}

func TestStations(t *testing.T) {
	all, log := readStations(t, stationsText)
	same(t, "findings", []string(nil), told(log))
	balanced(t, log, finding.Tally{File: "stations.yaml", Rows: 3, Kept: 3})
	west := geo.Point{Lat: 51.1001, Lon: 71.4}
	plan := "the plan of the station"
	want := []Station{
		{
			Stop: 0, ID: "st", Basis: "fact", Source: plan,
			Entrances: []Entrance{{ID: "west", Name: "West", At: west, Passes: []Pass{{
				{ID: "st/west/1", Kind: station.Stairs, At: west, Count: 2, Width: 2, Length: 12, Basis: "fact", Source: plan},
				{ID: "st/west/1-2", Kind: station.Lift, At: west, Seconds: 40, StepFree: true, Basis: "fact", Source: plan},
			}}}},
			Hall: []Pass{{{ID: "st/hall/1", Kind: station.Gate, Count: 4, PerMinute: 30, Varies: true, StepFree: true, Basis: "assumption", Source: "guess"}}},
			Platforms: []Platform{
				{PlatformRow: station.PlatformRow{Stop: 1, Area: 100, PerSquare: 2, Basis: "fact", Source: plan}, takes: true, Passes: []Pass{
					{{ID: "st/a/1", Kind: station.Escalator, Length: 18, StepFree: true, Basis: "fact", Source: plan}},
				}},
				{PlatformRow: station.PlatformRow{Stop: 2, Holds: 300, Basis: "standard", Source: plan}, takes: true},
			},
		},
		{Stop: 3, ID: "bus", Basis: "assumption", Platforms: []Platform{
			{PlatformRow: station.PlatformRow{Stop: 3, Area: 20, Holds: 40, Stands: 3, Basis: "assumption"}, takes: true},
		}},
		{Stop: 5, ID: "5708", Basis: "assumption", Platforms: []Platform{{
			PlatformRow: station.PlatformRow{Stop: 5, Basis: "assumption"},
			Passes:      []Pass{{{ID: "5708/1", Kind: station.Passage, Station: 5, Width: 3, StepFree: true, Basis: "assumption"}}},
		}}},
	}
	if diff := cmp.Diff(want, all, cmp.AllowUnexported(Platform{})); diff != "" {
		t.Error(diff)
	}
	if !all[0].Passed() || all[1].Passed() || !all[2].Passed() || !all[1].Platforms[0].Takes() {
		t.Error("who states passes and who states room is mixed up")
	}
}

// stationMistakes are a part of the text, what stands there instead, and the
// finding. The schema refuses all but those marked as beyond it.
var stationMistakes = []struct {
	old, new, want string
	beyond         bool
}{
	{"stop: st\n", "stop: nowhere\n", "1 error city.unknown_stop [0].stop", true},
	{"stop: st\n", "stopp: st\n", "1 error yaml.misspelt_key [0].stopp", false},
	{"stop: 5708, feed: rail", "stop: 5708", "17 error city.stop_of_several_feeds [2].stop", true},
	{"feed: rail", "feed: tram", "17 error city.unknown_feed [2].feed", true},
	{"stop: bus", "stop: b", "16 error city.station_claimed [1].stop", true},
	{"stop: bus", "stop: st", "16 error city.id_twice [1].stop", true},
	{"stands: 3, holds: 40, area_m2: 20", "source: nobody", "16 error city.station_says_nothing [1]", true},
	{"  hall:\n", "  stands: 2\n  hall:\n", "1 error city.station_is_no_platform [0]", true},
	{"{stop: a,", "{stop: bus,", "14 error city.platform_elsewhere [0].platforms[0].stop", true},
	{"{stop: b,", "{stop: a,", "15 error city.id_twice [0].platforms[1].stop", true},
	{"lat: 51.1001", "lat: 51.2", "5 error city.entrance_elsewhere [0].entrances[0]", true},
	{"lat: 51.1001", "lat: 51.11", "5 warning city.entrance_far [0].entrances[0]", true},
	{"lat: 51.1001", "lat: 151.1", "5 error city.entrance_elsewhere [0].entrances[0]", false},
	{"area_m2: 100, people_per_m2: 2", "people_per_m2: 2", "14 error city.density_without_area [0].platforms[0].people_per_m2", true},
	{"people_per_m2: 2", "people_per_m2: 2, holds: 9", "14 error city.holds_and_density [0].platforms[0].people_per_m2", true},
	{"people_per_m2: 2", "people_per_m2: 6", "14 warning city.platform_crowded [0].platforms[0].people_per_m2", true},
	{"holds: 40", "holds: 4000", "16 warning city.platform_crowded [1].holds", true},
	{"holds: 40", "holds: 0", "16 error yaml.out_of_range [1].holds", false},
	{"length_m: 12", "length_m: 12, step_free: true", "10 error city.step_free_stairs [0].entrances[0].passes[0].step_free", true},
	{"length_m: 12", "length_m: 12, seconds: 2", "10 error city.pass_too_fast [0].entrances[0].passes[0].seconds", true},
	{"per_minute: 30", "per_minute: 300", "12 warning city.pass_rate_high [0].hall[0].per_minute", true},
	{"{kind: passage, width_m: 3}", "{kind: passage}", "17 note city.pass_without_limit [2].passes[0]", true},
	{"kind: gate", "kind: gates", "12 error yaml.not_a_choice [0].hall[0].kind", false},
	{"kind: gate, ", "", "12 error yaml.missing_field [0].hall[0].kind", false},
	{"count: 4", "count: 1.5", "12 error yaml.not_whole [0].hall[0].count", false},
	{"basis: standard", "basis: rumour", "15 error yaml.not_a_choice [0].platforms[1].basis", false},
}

func TestStationMistakes(t *testing.T) {
	for _, m := range stationMistakes {
		text := strings.Replace(stationsText, m.old, m.new, 1)
		if text == stationsText {
			t.Fatalf("%q is not in the text", m.old)
		}
		all, log := readStations(t, text)
		if got := told(log); len(got) != 1 || got[0] != m.want {
			t.Errorf("%q: %v, want %q", m.new, got, m.want)
		}
		if refused := strings.Contains(m.want, " error "); len(all) == 3 == refused {
			t.Errorf("%q: %d stations kept", m.new, len(all))
		}
	}
}

func FuzzReadStations(f *testing.F) {
	f.Add([]byte(stationsText))
	for _, m := range stationMistakes {
		f.Add([]byte(strings.Replace(stationsText, m.old, m.new, 1)))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		all, log := readStations(t, string(data))
		taken := map[transit.Stop]bool{}
		for _, s := range all {
			for _, stop := range (fewStops{}).Platforms(s.Stop) {
				if taken[stop] {
					t.Errorf("stop %d belongs to two entries", stop)
				}
				taken[stop] = true
			}
		}
		if len(all) > 0 && log.Tallies()[0].Kept != len(all) {
			t.Errorf("%d kept, %+v", len(all), log.Tallies())
		}
	})
}
