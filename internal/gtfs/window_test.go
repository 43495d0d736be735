package gtfs

import (
	"context"
	"errors"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// twoSeasons has a trip in spring and one in autumn.
func twoSeasons() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"agency.txt":         "agency_name,agency_url,agency_timezone\nA,https://example.org,Asia/Almaty\n",
		"stops.txt":          "stop_id,stop_name,stop_lat,stop_lon,zone_id\ns1,One,51.10,71.40,N1\ns2,Two,51.10,71.41,\ns3,Three,51.10,71.42, S2 \n",
		"routes.txt":         "route_id,route_short_name,route_type\nr,1,3\n",
		"calendar_dates.txt": "service_id,date,exception_type\nspring,20260501,1\nspring,20260502,1\nautumn,20260901,1\n",
		"trips.txt":          "route_id,service_id,trip_id\nr,spring,t1\nr,autumn,t2\n",
		"stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt1,8:00:00,8:00:00,s1,1\nt1,8:03:00,8:03:00,s3,2\n" +
			"t2,9:00:00,9:00:00,s1,1\nt2,9:03:00,9:03:00,s3,2\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

func TestDatesOutsideOfTheWindowAreLeftAway(t *testing.T) {
	builder, log := transit.NewBuilder(), &finding.Log{}
	window := transit.Window{First: transit.DateOf(2026, 5, 2), Last: transit.DateOf(2026, 8, 31)}
	if _, err := Read(context.Background(), Source{FS: twoSeasons(), Window: window}, builder, log); err != nil {
		t.Fatal(err)
	}
	tt := builder.Timetable()
	if diff := cmp.Diff([]transit.Date{transit.DateOf(2026, 5, 2)}, tt.CalendarDates(tt.Trips.Calendar[0])); diff != "" {
		t.Error(diff)
	}
	if dates := tt.CalendarDates(tt.Trips.Calendar[1]); len(dates) > 0 {
		t.Errorf("autumn runs on %v", dates)
	}
	for _, f := range log.Findings() {
		if f.Code == codeCalendarEmpty {
			t.Errorf("%+v: the calendar is not empty, the window is elsewhere", f)
		}
	}
}

func TestWindowInWhichNothingRuns(t *testing.T) {
	window := transit.Window{First: transit.DateOf(2027, 1, 1), Last: transit.DateOf(2027, 12, 31)}
	_, err := Read(context.Background(), Source{FS: twoSeasons(), Window: window}, transit.NewBuilder(), &finding.Log{})
	var failure *Failure
	if !errors.As(err, &failure) || failure.Code != NothingRuns {
		t.Errorf("%v, want %s", err, NothingRuns)
	}
}
