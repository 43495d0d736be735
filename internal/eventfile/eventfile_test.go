package eventfile

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// whole uses every field of the format.
const whole = `event: cup-final
city: hometown
name: {en: Cup final, kk: Кубок финалы, ru: Финал кубка, zh: 杯赛决赛}
venue: arena
date: 2026-08-15
seed: 7
sessions:
  - name: final
    start: "22:30"
    end: "24:20"
    attendance: 30_000
    arrive: football
    leave: [[-10, 0], [0, 0.5], [12.5, 1]]
transit_share: 0.45
origins:
  residents: {share: 0.8, decay_per_min: 0.05, speed_m_per_min: 250}
  venues: [{venue: central, share: 0.15}, {venue: airport, share: 0.05}]
sources:
  - {field: "sessions[0].attendance", kind: fact, source: ticket sales}
modifications:
  - headway: {route: LRT, from: "16:00", to: "24:00", every: 4m38s, note: all trains}
  - extra_trips: {route: Ring, direction: 1, from: "24:10", to: "25:10", every: 6m}
  - cancel_trip: {trip: early, start: "21:10:00"}
  - cancel_trip: {trip: late}
travellers:
  event:
    - {name: fans, share: 0.7}
    - {name: guests, share: 0.2, informed: false, speed_percent: 90}
    - {name: wheels, share: 0.1, speed_percent: 80, step_free: true, crowding_percent: 150}
  background: [{name: commuters, share: 1, crowding_percent: 80}]
background:
  journeys: 200000
  hours: saturday
  decay_per_min: 0.05
  speed_m_per_min: 250
  least_m: 800
  service_elasticity: 1
  returns: 0.9
  by_arrival: 0.4
  entries:
    path: entries.csv
    station: name
    where: {operator: tram}
    dates: [2026-08-08, 2026-08-01]
    stops: {path: stops.csv, station: name, stop: id, prefix: "tram:"}
    walk_m: 600
    share: 0.3
`

func TestReadsEveryField(t *testing.T) {
	got, findings, err := Read("event.yaml", []byte(whole))
	if err != nil || len(findings) != 0 {
		t.Fatalf("refused: %v %v", err, findings)
	}
	football, _ := demand.FindProfile("football", demand.Arriving)
	saturday, _ := demand.FindDay("saturday")
	want := File{
		City: "hometown", Seed: 7,
		Event: demand.Event{
			ID: "cup-final", Venue: "arena", Date: transit.DateOf(2026, 8, 15), TransitShare: .45,
			Names: label.Names{"en": "Cup final", "kk": "Кубок финалы", "ru": "Финал кубка", "zh": "杯赛决赛"},
			Sessions: []demand.Session{{
				Name: "final", Start: 22*transit.Hour + 30*transit.Minute, End: 24*transit.Hour + 20*transit.Minute,
				Attendance: 30000, Arrive: football.Profile,
				Leave: demand.Profile{{At: -600, Share: 0}, {At: 0, Share: .5}, {At: 750, Share: 1}},
			}},
			Origins: demand.Origins{
				Residents: .8, DecayPerMin: .05, MetersPerMin: 250,
				FromVenues: []demand.OriginVenue{{Venue: "central", Share: .15}, {Venue: "airport", Share: .05}},
			},
			Classes: []demand.ClassShare{
				{Class: demand.Class{Name: "fans", Speed: 100, Crowding: 100, Informed: true}, Share: .7},
				{Class: demand.Class{Name: "guests", Speed: 90, Crowding: 100}, Share: .2},
				{Class: demand.Class{Name: "wheels", Speed: 80, StepFree: true, Crowding: 150, Informed: true}, Share: .1},
			},
			Everyday: demand.Everyday{
				Journeys: 200000, Hours: saturday.Hours, DecayPerMin: .05, MetersPerMin: 250, LeastMeters: 800, ServiceElasticity: 1, Returns: .9, Timed: .4,
				Classes:      []demand.ClassShare{{Class: demand.Class{Name: "commuters", Speed: 100, Crowding: 80, Informed: true}, Share: 1}},
				EntriesShare: .3, EntriesMeters: 600,
			},
			Sources: []demand.Sourced{{Field: "sessions[0].attendance", Kind: "fact", Source: "ticket sales"}},
		},
		Modifications: []scenario.Modification{
			scenario.ChangeHeadway{Route: "LRT", Direction: -1, From: 57600, To: 86400, Every: 278, Note: "all trains"},
			scenario.ExtraTrips{Route: "Ring", Direction: 1, From: 87000, To: 90600, Every: 360},
			scenario.CancelTrip{Trip: "early", Start: 76200},
			scenario.CancelTrip{Trip: "late", Start: scenario.All},
		},
	}
	if line := got.Lines["modifications[0].headway.every"]; line != 21 {
		t.Errorf("the headway is told at line %d, want 21", line)
	}
	if paths := got.Paths(); !slices.Equal(paths, []string{"entries.csv", "stops.csv"}) {
		t.Errorf("tables %q", paths)
	}
	got.Lines = nil
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(File{})); diff != "" {
		t.Error(diff)
	}
}

func TestDefaults(t *testing.T) {
	text, _, _ := strings.Cut(whole, "travellers:")
	text = without(text, "seed:", "origins:", "  residents:", "  venues:", "sources:", "  - {field", "modifications:",
		"  - headway", "  - extra", "  - cancel")
	got, findings, err := Read("event.yaml", []byte(text))
	if err != nil || len(findings) != 0 {
		t.Fatalf("refused: %v %v", err, findings)
	}
	want := demand.Origins{Residents: 1, DecayPerMin: .04, MetersPerMin: 300}
	if got.Seed != 1 || !cmp.Equal(got.Event.Origins, want) || got.Modifications != nil {
		t.Errorf("seed %d, origins %v, modifications %v", got.Seed, got.Event.Origins, got.Modifications)
	}
	if got.Event.Everyday.Journeys != 0 || !cmp.Equal(got.Event.Classes, defaultClasses()) || got.Event.ShareSpan.Given() {
		t.Errorf("others %+v, classes %+v", got.Event.Everyday, got.Event.Classes)
	}
}

func TestSpans(t *testing.T) {
	text := strings.Replace(whole, "30_000", "{low: 20000, middle: 30000, high: 33000}", 1)
	text = strings.Replace(text, "0.45", "{middle: 0.4, spread: 0.25}", 1)
	got, findings, err := Read("event.yaml", []byte(text))
	if err != nil || len(findings) != 0 {
		t.Fatalf("refused: %v %v", err, findings)
	}
	if s := got.Event.Sessions[0]; s.Attendance != 30000 || s.AttendanceSpan != (demand.Span{Low: 20000, High: 33000}) {
		t.Errorf("attendance %d, %v", s.Attendance, s.AttendanceSpan)
	}
	if e := got.Event; e.TransitShare != .4 || math.Abs(e.ShareSpan.Low-.3) > 1e-12 || math.Abs(e.ShareSpan.High-.5) > 1e-12 {
		t.Errorf("share %g, %v", e.TransitShare, e.ShareSpan)
	}
}

func TestBackgroundDefaults(t *testing.T) {
	text, _, _ := strings.Cut(whole, "  hours: saturday")
	got, findings, err := Read("event.yaml", []byte(text))
	if err != nil || len(findings) != 0 {
		t.Fatalf("refused: %v %v", err, findings)
	}
	day, _ := demand.FindDay("working_day")
	want := demand.Everyday{Journeys: 200000, Hours: day.Hours, DecayPerMin: .04, MetersPerMin: 300, LeastMeters: 1000, ServiceElasticity: .5, Returns: .8, Timed: .3, Classes: got.Event.Everyday.Classes}
	if diff := cmp.Diff(want, got.Event.Everyday); diff != "" {
		t.Error(diff)
	}
}

// mistake is one edit of the whole file and the finding that it must give.
// The JSON schema must refuse it too, but for what a schema cannot say.
type mistake struct {
	old, new string
	code     finding.Code
	line     int
	field    string
	value    string
	beyond   bool // beyond what a schema can say
}

func mistakes() []mistake {
	return []mistake{
		{old: "venue: arena", new: "venu: arena", code: "yaml.misspelt_key", line: 4, field: "venu", value: "venu"},
		{old: "venue: arena", new: "# no venue", code: "yaml.missing_field", line: 1, field: "venue"},
		{old: "venue: arena", new: "venue: 12", code: "yaml.not_text", line: 4, field: "venue", value: "12"},
		{old: "venue: arena", new: `venue: "  "`, code: "yaml.missing_field", line: 4, field: "venue", value: "  "},
		{old: "venue: arena", new: "venue: arena\nhall: arena", code: "yaml.unknown_key", line: 5, field: "hall", value: "hall"},
		{old: "venue: arena", new: "venue: &a arena", code: "yaml.plain_yaml", line: 4, field: "venue", beyond: true},
		{old: "venue: arena", new: "venue: arena\nvenue: arena", code: "yaml.key_twice", line: 5, field: "venue", value: "venue", beyond: true},
		{old: "event: cup-final", new: "event: cup/final", code: "yaml.bad_id", line: 1, field: "event", value: "cup/final"},
		{old: "kk: К", new: "kz: К", code: "yaml.unknown_language", line: 3, field: "name.kz", value: "Кубок финалы"},
		{old: "{en: Cup final, kk: Кубок финалы, ru: Финал кубка, zh: 杯赛决赛}", new: "{}", code: "yaml.missing_field", line: 3, field: "name"},
		{old: "2026-08-15", new: "2026-02-30", code: codeNotDate, line: 5, field: "date", value: "2026-02-30"},
		{old: "2026-08-15", new: "15.08.2026", code: codeNotDate, line: 5, field: "date", value: "15.08.2026"},
		{old: "seed: 7", new: "seed: -7", code: "yaml.out_of_range", line: 6, field: "seed", value: "-7"},
		{old: "seed: 7", new: "seed: 7.5", code: "yaml.not_whole", line: 6, field: "seed", value: "7.5"},
		{old: "seed: 7", new: "seed: seven", code: "yaml.not_a_number", line: 6, field: "seed", value: "seven"},
		{old: `"22:30"`, new: `"22:75"`, code: codeNotTime, line: 9, field: "sessions[0].start", value: "22:75"},
		{old: `"22:30"`, new: `"48:00"`, code: codeNotTime, line: 9, field: "sessions[0].start", value: "48:00"},
		{old: `"24:20"`, new: `"00:20"`, code: codeEndBefore, line: 10, field: "sessions[0].end", value: "00:20", beyond: true},
		{old: "30_000", new: "0", code: "yaml.out_of_range", line: 11, field: "sessions[0].attendance", value: "0"},
		{old: "30_000", new: `"30000"`, code: "yaml.not_a_number", line: 11, field: "sessions[0].attendance", value: "30000"},
		{old: "arrive: football", new: "arrive: stadium", code: codeProfileName, line: 12, field: "sessions[0].arrive", value: "stadium"},
		{old: "arrive: football", new: "arrive: []", code: codeEmptyList, line: 12, field: "sessions[0].arrive"},
		{old: "[0, 0.5]", new: "[-10, 0.5]", code: codeProfileTimes, line: 13, field: "sessions[0].leave[1]", beyond: true},
		{old: "[-10, 0]", new: "[-10, 0.6]", code: codeProfileFalls, line: 13, field: "sessions[0].leave[1]", beyond: true},
		{old: "[12.5, 1]", new: "[12.5, 0.9]", code: codeProfileEnd, line: 13, field: "sessions[0].leave[2]", beyond: true},
		{old: "[12.5, 1]", new: "[12.5]", code: codeProfilePoint, line: 13, field: "sessions[0].leave[2]"},
		{old: "[12.5, 1]", new: "[2000, 1]", code: "yaml.out_of_range", line: 13, field: "sessions[0].leave[2][0]", value: "2000"},
		{old: "[0, 0.5]", new: "zero", code: "yaml.not_a_list", line: 13, field: "sessions[0].leave[1]", value: "zero"},
		{old: "0.45", new: "45", code: "yaml.out_of_range", line: 14, field: "transit_share", value: "45"},
		{old: "0.45", new: ".nan", code: "yaml.not_a_number", line: 14, field: "transit_share", value: ".nan"},
		{old: "share: 0.8,", new: "share: 0.7,", code: codeShares, line: 16, field: "origins", beyond: true},
		{old: "decay_per_min: 0.05", new: "decay_per_minute: 0.05", code: "yaml.misspelt_key", line: 16, field: "origins.residents.decay_per_minute", value: "decay_per_minute"},
		{old: "speed_m_per_min: 250", new: "speed_m_per_min: 0", code: "yaml.out_of_range", line: 16, field: "origins.residents.speed_m_per_min", value: "0"},
		{old: "venue: central", new: "venue: airport", code: codeOriginTwice, line: 17, field: "origins.venues[1].venue", value: "airport", beyond: true},
		{old: "venue: central", new: "venue: arena", code: codeOriginIsVenue, line: 17, field: "origins.venues[0].venue", value: "arena", beyond: true},
		{old: "kind: fact", new: "kind: guess", code: "yaml.not_a_choice", line: 19, field: "sources[0].kind", value: "guess"},
		{old: "sessions[0].att", new: "sessions[1].att", code: codeSourceNothing, line: 19, field: "sources[0].field", value: "sessions[1].attendance", beyond: true},
		{old: "4m38s", new: "278", code: codeNotDuration, line: 21, field: "modifications[0].headway.every", value: "278"},
		{old: "4m38s", new: "0s", code: codeNotDuration, line: 21, field: "modifications[0].headway.every", value: "0s"},
		{old: "4m38s", new: "4min", code: codeNotDuration, line: 21, field: "modifications[0].headway.every", value: "4min"},
		{old: `from: "16:00"`, new: `from: "24:00"`, code: codeEndBefore, line: 21, field: "modifications[0].headway.to", value: "24:00", beyond: true},
		{old: "direction: 1", new: "direction: 2", code: "yaml.out_of_range", line: 22, field: "modifications[1].extra_trips.direction", value: "2"},
		{old: "- headway:", new: "- headways:", code: "yaml.misspelt_key", line: 21, field: "modifications[0].headways", value: "headways"},
		{old: "  - cancel_trip: {trip: late}", new: "  - {}", code: codeOneKind, line: 24, field: "modifications[3]"},
		{old: "  - cancel_trip: {trip: late}", new: "  - cancel_trip: late", code: "yaml.not_a_map", line: 24, field: "modifications[3].cancel_trip", value: "late"},
		{old: "30_000", new: "{low: 9, middle: 8, high: 10}", code: codeSpanOrder, line: 11, field: "sessions[0].attendance.middle", value: "8", beyond: true},
		{old: "30_000", new: "{low: 9, middle: 9.5, high: 10}", code: "yaml.not_whole", line: 11, field: "sessions[0].attendance.middle", value: "9.5"},
		{old: "30_000", new: "{middle: 8, high: 10}", code: "yaml.missing_field", line: 11, field: "sessions[0].attendance.low"},
		{old: "30_000", new: "{low: 7, middle: 8, high: 10, spread: 0.1}", code: codeSpanTwice, line: 11, field: "sessions[0].attendance.spread", value: "0.1"},
		{old: "0.45", new: "{low: 0.4, middle: 0.5, high: 1.5}", code: "yaml.out_of_range", line: 14, field: "transit_share.high", value: "1.5"},
		{old: "share: 0.7}", new: "share: 0.8}", code: codeClassShares, line: 27, field: "travellers.event", beyond: true},
		{old: "name: guests", new: "name: fans", code: codeNameTwice, line: 28, field: "travellers.event[1].name", value: "fans", beyond: true},
		{old: "speed_percent: 90", new: "speed_percent: 5", code: "yaml.out_of_range", line: 28, field: "travellers.event[1].speed_percent", value: "5"},
		{old: "step_free: true", new: "step_free: often", code: "yaml.not_yes_or_no", line: 29, field: "travellers.event[2].step_free", value: "often"},
		{old: "informed: false", new: "informedd: false", code: "yaml.misspelt_key", line: 28, field: "travellers.event[1].informedd", value: "informedd"},
		{old: "[{name: commuters, share: 1, crowding_percent: 80}]", new: "[]", code: codeEmptyList, line: 30, field: "travellers.background"},
		{old: "journeys: 200000", new: "journeys: 0", code: "yaml.out_of_range", line: 32, field: "background.journeys", value: "0"},
		{old: "hours: saturday", new: "hours: holiday", code: codeUnknownDay, line: 33, field: "background.hours", value: "holiday"},
		{old: "hours: saturday", new: "hours: [0.5, 0.5]", code: codeHours, line: 33, field: "background.hours"},
		{old: "hours: saturday", new: "hours: saturday\n  hourly: {path: x.csv}", code: codeHoursTwice, line: 33, field: "background.hours", value: "saturday"},
		{old: "least_m: 800", new: "least_m: -1", code: "yaml.out_of_range", line: 36, field: "background.least_m", value: "-1"},
		{old: "service_elasticity: 1", new: "service_elasticity: 0.7", code: codeElasticity, line: 37, field: "background.service_elasticity", value: "0.7"},
		{old: "returns: 0.9", new: "returns: 9", code: "yaml.out_of_range", line: 38, field: "background.returns", value: "9"},
		{old: "path: entries.csv", new: "pth: entries.csv", code: "yaml.misspelt_key", line: 41, field: "background.entries.pth", value: "pth"},
		{old: "2026-08-08, 2026-08-01", new: "2026-08-08, 2026-08-08", code: codeNameTwice, line: 44, field: "background.entries.dates"},
		{old: "[2026-08-08, 2026-08-01]", new: "[yesterday]", code: codeNotDate, line: 44, field: "background.entries.dates[0]", value: "yesterday"},
		{old: "{operator: tram}", new: "tram", code: "yaml.not_a_map", line: 43, field: "background.entries.where", value: "tram"},
	}
}

func TestEveryMistakeIsToldWithItsPlace(t *testing.T) {
	for _, m := range mistakes() {
		text := strings.Replace(whole, m.old, m.new, 1)
		if text == whole {
			t.Fatalf("%q is not in the file", m.old)
		}
		_, findings, err := Read("event.yaml", []byte(text))
		if !errors.Is(err, ErrRefused) {
			t.Errorf("%s: error %v, want ErrRefused", m.new, err)
		}
		if len(findings) != 1 {
			t.Errorf("%s: findings %v, want one", m.new, findings)
			continue
		}
		want := finding.Finding{Level: finding.Error, Code: m.code, File: "event.yaml", Line: m.line, Field: m.field, Value: m.value}
		got := findings[0]
		got.Args = nil
		if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(File{})); diff != "" {
			t.Errorf("%s:\n%s", m.new, diff)
		}
	}
}

func TestAllMistakesAreToldAtOnce(t *testing.T) {
	text := strings.NewReplacer("venue: arena", "venu: arena", "0.45", "45", `"24:20"`, `"21:00"`, "4m38s", "fast").Replace(whole)
	_, findings, _ := Read("event.yaml", []byte(text))
	var codes []finding.Code
	for _, f := range findings {
		codes = append(codes, f.Code)
	}
	want := []finding.Code{"yaml.misspelt_key", codeEndBefore, "yaml.out_of_range", codeNotDuration}
	if !cmp.Equal(want, codes) {
		t.Errorf("codes %v, want %v", codes, want)
	}
	if findings[0].Args["suggestion"] != "venue" {
		t.Errorf("suggestion %q, want venue", findings[0].Args["suggestion"])
	}
}

func TestHeadwayLongerThanItsWindowIsAWarning(t *testing.T) {
	text := strings.Replace(whole, "every: 6m", "every: 2h", 1)
	_, findings, err := Read("event.yaml", []byte(text))
	if err != nil || len(findings) != 1 || findings[0].Level != finding.Warning || findings[0].Code != codeOneDeparture {
		t.Errorf("error %v, findings %v", err, findings)
	}
}

func TestWhatNoParserShouldBeGiven(t *testing.T) {
	cases := map[string]struct {
		text string
		code finding.Code
		line int
	}{
		"empty":           {"", "yaml.documents", 1},
		"only a comment":  {"# nothing yet\n", "yaml.documents", 1},
		"two documents":   {whole + "---\n" + whole, "yaml.documents", 1},
		"open bracket":    {whole + "notes: [1, 2\n", "yaml.syntax", 48},
		"not UTF-8":       {"event: x\ncity: \xff\n", "yaml.not_utf8", 2},
		"too large":       {strings.Repeat("# comment\n", 20_000), codeTooLarge, 1},
		"deep on a line":  {strings.Repeat("- ", 3000), "yaml.too_deep", 1},
		"deep over lines": {strings.Repeat("[\n", 500), "yaml.too_deep", 65},
	}
	for name, c := range cases {
		_, findings, err := Read("event.yaml", []byte(c.text))
		if err == nil || len(findings) != 1 || findings[0].Code != c.code || findings[0].Line != c.line {
			t.Errorf("%s: error %v, findings %v; want %s on line %d", name, err, findings, c.code, c.line)
		}
	}
}

// without drops the lines that start with one of the words.
func without(text string, starts ...string) string {
	var kept []string
	for line := range strings.Lines(text) {
		drop := false
		for _, start := range starts {
			drop = drop || strings.HasPrefix(line, start)
		}
		if !drop {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "")
}
