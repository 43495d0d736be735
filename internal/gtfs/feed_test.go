package gtfs

import (
	"context"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// good is a feed without any finding: line r, trips t1 and t2 on four stops
// about 1.1 km apart, on the weekdays of June 2026.
var good = map[string]string{
	"agency.txt": "agency_id,agency_name,agency_url,agency_timezone\nA,City Bus,http://a.example,Asia/Almaty\n",
	"stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n" +
		"s1,First,51.10,71.40\ns2,Second,51.11,71.40\ns3,Third,51.12,71.40\ns4,Fourth,51.14,71.40\n",
	"routes.txt":   "route_id,agency_id,route_short_name,route_long_name,route_type,route_color\nr,A,10,Ten,3,00a0df\n",
	"calendar.txt": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nWD,1,1,1,1,1,0,0,20260601,20260630\n",
	"trips.txt":    "route_id,service_id,trip_id,trip_headsign,direction_id,block_id\nr,WD,t1,Fourth,0,b\nr,WD,t2,Fourth,0,b\n",
	"stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" +
		"t1,8:00:00,8:00:00,s1,0\nt1,8:04:00,8:05:00,s2,1\nt1,8:09:00,8:09:00,s3,2\nt1,8:15:00,8:15:00,s4,3\n" +
		"t2,24:00:00,24:00:00,s1,0\nt2,25:10:00,25:10:00,s4,9\n",
}

// change is the good feed with files replaced; an empty text takes a file out.
// A text that starts with "+" is added to the file of the good feed.
func change(files map[string]string) fstest.MapFS {
	out := fstest.MapFS{}
	for name, text := range good {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, text := range files {
		if more, adds := strings.CutPrefix(text, "+"); adds {
			text = good[name] + more
		}
		out[name] = &fstest.MapFile{Data: []byte(text)}
		if text == "" {
			delete(out, name)
		}
	}
	return out
}

// result is what came of a feed.
type result struct {
	tt   *transit.Timetable
	feed Feed
	log  *finding.Log
	err  error
}

// readAll reads a feed and checks what must hold whatever the feed says.
func readAll(t testing.TB, folder fs.FS) result {
	t.Helper()
	return readWith(t, Source{FS: folder}, transit.NewBuilder())
}

func readWith(t testing.TB, src Source, b *transit.Builder) result {
	t.Helper()
	r := result{log: &finding.Log{}}
	r.feed, r.err = Read(context.Background(), src, b, r.log)
	r.tt = b.Timetable()
	validate(t, r.tt)
	checkTallies(t, r)
	for _, f := range r.log.Findings() {
		checkWords(t, f)
		aboutFile := f.Code == "table.utf16" || f.Code == "table.empty"
		if f.File == "" && f.Code != "findings.too_many" || f.Rejects() && f.Line == 0 && !aboutFile && r.err == nil {
			t.Errorf("finding without a place: %v", f)
		}
	}
	return r
}

// checkTallies compares the counts with the findings and with the timetable.
func checkTallies(t testing.TB, r result) {
	t.Helper()
	kept := map[string]int{}
	for _, tally := range r.log.Tallies() {
		if tally.Rows != tally.Kept+tally.Rejected || tally.Kept < 0 || tally.Rejected < 0 {
			t.Errorf("tally %+v", tally)
		}
		if _, twice := kept[tally.File]; twice {
			t.Errorf("%s is counted twice", tally.File)
		}
		kept[tally.File] = tally.Kept
		checkReasons(t, tally, r.log)
	}
	if r.err != nil {
		return
	}
	for file, n := range map[string]int{
		"agency.txt": len(r.tt.Agencies.ID), "routes.txt": len(r.tt.Routes.ID), "trips.txt": len(r.tt.Trips.ID),
		"stop_times.txt": len(r.tt.Trips.Arrive), "frequencies.txt": len(r.tt.Frequencies.Trip),
		"shapes.txt": len(r.tt.Shapes.Point),
	} {
		if got, read := kept[file]; read && got != n {
			t.Errorf("%s: %d rows are kept, but %d are in the timetable", file, got, n)
		}
	}
}

// checkReasons makes sure that each rejected row has its finding; only the lack
// of a column stands for all rows.
func checkReasons(t testing.TB, tally finding.Tally, log *finding.Log) {
	t.Helper()
	reasons := map[int]bool{}
	for _, f := range log.Findings() {
		if f.Code == "findings.too_many" || f.File == tally.File && f.Code == "table.missing_column" {
			return
		}
		if f.File == tally.File && f.Rejects() && f.Line > 0 {
			reasons[f.Line] = true
		}
	}
	if len(reasons) != tally.Rejected {
		t.Errorf("%+v, but %d lines have an error: %q", tally, len(reasons), lines(log))
	}
}

// validate checks that a timetable keeps what package transit promises.
func validate(t testing.TB, tt *transit.Timetable) {
	t.Helper()
	for p := range tt.Patterns.Route {
		if int(tt.Patterns.Route[p]) >= len(tt.Routes.ID) || tt.Patterns.Direction[p] > 1 {
			t.Fatalf("pattern %d", p)
		}
		if s := uint32(tt.Patterns.Shape[p]); s != transit.None && int(s) >= len(tt.Shapes.First)-1 {
			t.Fatalf("pattern %d has shape %d", p, s)
		}
	}
	for _, stop := range tt.Patterns.Stop {
		if int(stop) >= len(tt.Stops.ID) {
			t.Fatalf("stop %d of %d", stop, len(tt.Stops.ID))
		}
	}
	for _, agency := range tt.Routes.Agency {
		if int(agency) >= len(tt.Agencies.ID) {
			t.Fatalf("agency %d of %d", agency, len(tt.Agencies.ID))
		}
	}
	validateStops(t, tt)
	validateTrips(t, tt)
}

func validateStops(t testing.TB, tt *transit.Timetable) {
	t.Helper()
	for s, parent := range tt.Stops.Parent {
		if !tt.Stops.At[s].Valid() {
			t.Fatalf("stop %d at %v", s, tt.Stops.At[s])
		}
		if uint32(parent) != transit.None && (int(parent) >= len(tt.Stops.ID) || uint32(tt.Stops.Parent[parent]) != transit.None) {
			t.Fatalf("stop %d has parent %d", s, parent)
		}
	}
	for _, at := range tt.Shapes.Point {
		if !at.Valid() {
			t.Fatalf("shape point %v", at)
		}
	}
	if names := tt.Translations; len(names.Text) != len(names.Language) || len(names.Text) != len(names.Name) {
		t.Fatal("the columns of the translations differ in length")
	}
}

func validateTrips(t testing.TB, tt *transit.Timetable) {
	t.Helper()
	for i := range tt.Trips.ID {
		if int(tt.Trips.Calendar[i]) >= len(tt.Calendars.ID) {
			t.Fatalf("trip %d has calendar %d", i, tt.Trips.Calendar[i])
		}
		arrive, depart := tt.TripTimes(transit.Trip(i))
		if len(arrive) < 2 {
			t.Fatalf("trip %d has %d calls", i, len(arrive))
		}
		latest := transit.Seconds(0)
		for j := range arrive {
			if arrive[j] < latest || depart[j] < arrive[j] || depart[j] >= 169*transit.Hour {
				t.Fatalf("trip %d: times %v %v", i, arrive, depart)
			}
			latest = depart[j]
		}
	}
	for i, trip := range tt.Frequencies.Trip {
		f := tt.Frequencies
		if int(trip) >= len(tt.Trips.ID) || f.Headway[i] < leastHeadway || f.End[i] <= f.Start[i] || f.Start[i] < 0 {
			t.Fatalf("frequency %d", i)
		}
	}
}

// lines are the findings in short: "error stops.txt:3 bad_position stop_lat=0, 0".
func lines(log *finding.Log) (out []string) {
	for _, f := range log.Findings() {
		text := fmt.Sprintf("%s %s", f.Level, f.File)
		if f.Line > 0 {
			text += fmt.Sprintf(":%d", f.Line)
		}
		text += " " + strings.TrimPrefix(string(f.Code), "gtfs.")
		if f.Field+f.Value != "" {
			text += fmt.Sprintf(" %s=%s", f.Field, f.Value)
		}
		if count := f.Args["count"]; count != "" {
			text += " count=" + count
		}
		out = append(out, text)
	}
	return out
}

// trips are the kept trips in short: "t1 s1 8:00:00 s2 8:04:00-8:05:00 ...".
func (r result) trips() (out []string) {
	for i, id := range r.tt.Trips.ID {
		text := string(id)
		arrive, depart := r.tt.TripTimes(transit.Trip(i))
		pattern := r.tt.Trips.Pattern[i]
		boarding := r.tt.PatternBoarding(pattern)
		for j, stop := range r.tt.PatternStops(pattern) {
			text += fmt.Sprintf(" %s %s", r.tt.Stops.ID[stop], arrive[j].Clock())
			if arrive[j] != depart[j] {
				text += "-" + depart[j].Clock()
			}
			text += []string{"(closed)", "(on)", "(off)", ""}[boarding[j]]
		}
		out = append(out, text)
	}
	return out
}
