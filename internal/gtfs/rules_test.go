package gtfs

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

func TestAGoodFeedHasNoFindings(t *testing.T) {
	r := readAll(t, change(nil))
	if r.err != nil || len(r.log.Findings()) > 0 {
		t.Fatalf("%v %v", r.err, r.log.Findings())
	}
	want := []string{
		"t1 s1 08:00:00 s2 08:04:00-08:05:00 s3 08:09:00 s4 08:15:00",
		"t2 s1 24:00:00 s4 25:10:00",
	}
	if diff := cmp.Diff(want, r.trips()); diff != "" {
		t.Error(diff)
	}
	c := r.tt.CalendarDates(0)
	if len(c) != 22 || c[0].String() != "2026-06-01" || c[21].String() != "2026-06-30" {
		t.Errorf("dates %v", c)
	}
	if r.tt.Routes.Name[0] != "10" || r.tt.Routes.Long[0] != "Ten" || r.tt.Routes.Color[0] != "00A0DF" || r.tt.Trips.Block[1] != "b" {
		t.Errorf("route %v, block %q", r.tt.Routes, r.tt.Trips.Block[1])
	}
	if got := len(r.log.Tallies()); got != 6 {
		t.Errorf("%d tallies", got)
	}
}

const plainTimes = "trip_id,arrival_time,departure_time,stop_id,stop_sequence"

// times is a stop_times.txt of the given rows for t1; t2 serves all stops.
func times(header, rows string) string {
	text := header + "\n" + rows
	more := strings.Repeat(",", strings.Count(header, ",")-4)
	for i, stop := range []string{"s1", "s2", "s3", "s4"} {
		text += fmt.Sprintf("t2,9:%d0:00,9:%d0:00,%s,%d%s\n", i, i, stop, i, more)
	}
	return text
}

func TestRules(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"unknown agency, one clock": {
			map[string]string{"routes.txt": "+q,B,20,,3,\n"},
			[]string{"warning routes.txt:3 agency_assumed agency_id=B", "note routes.txt routes_unserved count=1"},
		},
		"unknown agency, two clocks": {
			map[string]string{
				"agency.txt": "+B,Rail,http://b.example,Asia/Oral\n",
				"routes.txt": "+q,C,20,,3,\nu,B,30,,2,\n",
			},
			[]string{
				"warning agency.txt:3 time_zones_differ agency_timezone=Asia/Oral",
				"error routes.txt:3 unknown_reference agency_id=C", "note routes.txt routes_unserved count=1",
			},
		},
		"agency with a bad zone": {
			map[string]string{"agency.txt": "+B,Rail,http://b.example,Local\nB,,,\nC,,http://c.example,Asia/Almaty\n"},
			[]string{
				"error agency.txt:3 bad_time_zone agency_timezone=Local", "error agency.txt:4 bad_time_zone agency_timezone=",
				"warning agency.txt:5 no_name agency_name=",
			},
		},
		"the only agency has a bad zone and no id": {
			map[string]string{
				"agency.txt": "agency_name,agency_timezone\nCity Bus,Mars\n",
				"routes.txt": "route_id,route_short_name,route_type\nr,10,3\n",
			},
			[]string{
				"error agency.txt:2 bad_time_zone agency_timezone=Mars", "error routes.txt:2 rejected_reference agency_id=",
				"error trips.txt:2 rejected_reference route_id=r", "error trips.txt:3 rejected_reference route_id=r",
				"error stop_times.txt:2 rejected_reference trip_id=t1", "error stop_times.txt:3 rejected_reference trip_id=t1",
				"error stop_times.txt:4 rejected_reference trip_id=t1", "error stop_times.txt:5 rejected_reference trip_id=t1",
				"error stop_times.txt:6 rejected_reference trip_id=t2", "error stop_times.txt:7 rejected_reference trip_id=t2",
				"note stops.txt stops_unserved count=4",
			},
		},
		"agencies without an id": {
			map[string]string{"agency.txt": "+,Rail,http://b.example,Asia/Almaty\n,More,http://c.example,Asia/Almaty\n"},
			[]string{"error agency.txt:4 duplicate_id agency_id=", "note agency.txt agency_without_id agency_id="},
		},
		"stops that cannot be": {
			map[string]string{"stops.txt": "+s1,Again,51.1,71.5\n,None,51.1,71.5\nz,Zero,0,0\nn,North,91,71\nx,Text,51.1,east\ne,Empty,51.1,\ni,Nan,NaN,71\n"},
			[]string{
				"error stops.txt:6 duplicate_id stop_id=s1", "error stops.txt:7 missing_value stop_id=",
				"error stops.txt:8 bad_position stop_lat=0, 0", "error stops.txt:9 bad_position stop_lat=91, 71",
				"error stops.txt:10 bad_position stop_lon=east", "error stops.txt:11 bad_position stop_lon=",
				"error stops.txt:12 bad_position stop_lat=NaN",
			},
		},
		"odd stops": {
			map[string]string{"stops.txt": "+s5,,51.20,71.40\ns6,Sixth,51.10000,71.40\n"},
			[]string{
				"warning stops.txt:6 no_name stop_name=", "note stops.txt stops_coincide count=1",
				"note stops.txt stops_unserved count=2",
			},
		},
		"stations and entrances": {
			map[string]string{"stops.txt": "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n" +
				"s1,First,51.10,71.40,0,p\ns2,Second,51.11,71.40,,s1\ns3,Third,51.12,71.40,7,nowhere\ns4,Fourth,51.14,71.40,0,e\n" +
				"p,Station,51.10,71.41,1,p\ne,Door,,,2,p\nn,Hall,,,3,p\n"},
			[]string{
				"warning stops.txt:4 bad_location_type location_type=7", "error stops.txt:7 bad_position stop_lat=",
				"warning stops.txt:3 bad_parent parent_station=s1",
				"warning stops.txt:4 bad_parent parent_station=nowhere", "warning stops.txt:5 bad_parent parent_station=e",
				"warning stops.txt:6 bad_parent parent_station=p", "note stops.txt locations_unused count=1",
			},
		},
		"odd routes": {
			map[string]string{"routes.txt": "route_id,agency_id,route_short_name,route_long_name,route_type,route_color\n" +
				"r,A,10,Ten,,red\nq,A,10,Ten,9,\nu,A,,,1702,\nv,A,X,X,12,#123456\nr,A,,,3,\n,A,,,3,\n"},
			[]string{
				"warning routes.txt:2 route_type_assumed route_type=", "warning routes.txt:2 bad_color route_color=red",
				"warning routes.txt:3 route_name_twice route_short_name=10 Ten", "warning routes.txt:3 route_type_assumed route_type=9",
				"warning routes.txt:4 no_name route_short_name=", "warning routes.txt:5 bad_color route_color=#123456",
				"error routes.txt:6 duplicate_id route_id=r", "error routes.txt:7 missing_value route_id=",
				"note routes.txt same_names count=1", "note routes.txt routes_unserved count=3",
			},
		},
		"calendars that cannot be": {
			map[string]string{
				"calendar.txt": "+WD,1,1,1,1,1,1,1,20260601,20260630\nA,1,1,1,1,1,1,2,20260601,20260630\n" +
					"B,1,1,1,1,1,1,1,20260631,20260630\nC,1,1,1,1,1,1,1,20260630,20260601\nD,,1,1,1,1,1,1,20260601,20260630\n" +
					"E,1,1,1,1,1,1,1,19691231,20260630\n,1,1,1,1,1,1,1,20260601,20260630\n",
				"trips.txt": "+r,A,t3,,0,\nr,nowhere,t4,,0,\n",
			},
			[]string{
				"error calendar.txt:3 duplicate_id service_id=WD", "error calendar.txt:4 bad_flag sunday=2",
				"error calendar.txt:5 bad_date start_date=20260631", "error calendar.txt:6 dates_reversed end_date=20260601",
				"error calendar.txt:7 bad_flag monday=", "error calendar.txt:8 bad_date start_date=19691231",
				"error calendar.txt:9 missing_value service_id=", "error trips.txt:4 rejected_reference service_id=A",
				"error trips.txt:5 unknown_reference service_id=nowhere",
			},
		},
		"calendars without dates": {
			map[string]string{
				"calendar.txt":       "+N,0,0,0,0,0,0,0,20260601,20260630\nS,0,0,0,0,0,1,0,20260606,20260606\n",
				"calendar_dates.txt": "service_id,date,exception_type\nS,20260606,2\nX,20260607,2\n",
			},
			[]string{
				"warning calendar.txt:3 calendar_without_dates service_id=N", "warning calendar.txt:4 calendar_without_dates service_id=S",
				"warning calendar_dates.txt:3 calendar_without_dates service_id=X",
			},
		},
		"exceptions that cannot be": {
			map[string]string{
				"calendar.txt":       "+B,1,1,1,1,1,1,1,x,20260630\n",
				"calendar_dates.txt": "service_id,date,exception_type\nWD,20260606,3\nWD,2026060,1\nWD,20260606,1\nWD,20260606,2\nB,20260606,1\n,20260606,1\nWD,,1\n",
			},
			[]string{
				"error calendar.txt:3 bad_date start_date=x", "error calendar_dates.txt:2 bad_flag exception_type=3",
				"error calendar_dates.txt:3 bad_date date=2026060", "error calendar_dates.txt:5 duplicate_row date=20260606",
				"error calendar_dates.txt:6 rejected_reference service_id=B", "error calendar_dates.txt:7 missing_value service_id=",
				"error calendar_dates.txt:8 missing_value date=",
			},
		},
		"trips that cannot be": {
			map[string]string{
				"routes.txt":     "+q,A,20,,3,\nq,A,20,,3,\n,A,,,3,\n",
				"trips.txt":      "+nowhere,WD,t3,,0,\nr,WD,t1,,0,\nr,WD,,,0,\nq,WD,t4,,2,\n",
				"stop_times.txt": "+t3,8:00:00,8:00:00,s1,1\n,8:00:00,8:00:00,s1,1\nt9,8:00:00,8:00:00,s1,1\n",
			},
			[]string{
				"error routes.txt:4 duplicate_id route_id=q", "error routes.txt:5 missing_value route_id=",
				"error trips.txt:4 unknown_reference route_id=nowhere", "error trips.txt:5 duplicate_id trip_id=t1",
				"error trips.txt:6 missing_value trip_id=", "warning trips.txt:7 taken_as_zero direction_id=2",
				"error stop_times.txt:8 rejected_reference trip_id=t3", "error stop_times.txt:9 missing_value trip_id=",
				"error stop_times.txt:10 unknown_reference trip_id=t9", "error trips.txt:7 trip_without_times trip_id=t4",
				"note routes.txt routes_unserved count=1",
			},
		},
		"rows of stop_times that cannot be": {
			map[string]string{"stop_times.txt": "+t1,8:20:00,8:20:00,s9,4\nt1,8:20:00,8:20:00,,4\nt1,8:61:00,8:20:00,s1,4\n" +
				"t1,8:20:00,soon,s1,4\nt1,8:20:00,8:20:00,s1,-1\nt1,8:20:00,8:20:00,s1,\nt1,8:21:00,8:20:00,s1,5\nt1,8:20:00,8:20:00,s1,3\n" +
				"t1,169:00:00,169:00:00,s1,9\n"},
			[]string{
				"error stop_times.txt:8 unknown_reference stop_id=s9", "error stop_times.txt:9 missing_value stop_id=",
				"error stop_times.txt:10 bad_time arrival_time=8:61:00", "error stop_times.txt:11 bad_time departure_time=soon",
				"error stop_times.txt:12 bad_number stop_sequence=-1", "error stop_times.txt:13 missing_value stop_sequence=",
				"error stop_times.txt:14 time_goes_back departure_time=8:20:00", "error stop_times.txt:16 bad_time arrival_time=169:00:00",
				"error stop_times.txt:15 duplicate_sequence stop_sequence=3",
			},
		},
		"a trip of one stop": {
			map[string]string{"trips.txt": "+r,WD,t3,,0,\n", "stop_times.txt": "+t3,8:00:00,8:00:00,s1,1\n"},
			[]string{"error trips.txt:4 short_trip trip_id=t3", "error stop_times.txt:8 rejected_reference trip_id=t3"},
		},
		"calls at a station and at an entrance": {
			map[string]string{
				"stops.txt": "stop_id,stop_name,stop_lat,stop_lon,location_type\ns1,First,51.10,71.40,1\n" +
					"s2,Second,51.11,71.40,2\ns3,Third,51.12,71.40,\ns4,Fourth,51.14,71.40,0\n",
			},
			[]string{
				"note stops.txt locations_unused count=1", "warning stop_times.txt:2 call_at_station stop_id=s1",
				"error stop_times.txt:3 not_a_platform stop_id=s2", "warning stop_times.txt:6 call_at_station stop_id=s1",
			},
		},
		"a hop that is too fast": {
			map[string]string{"stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n" +
				"s1,First,51.10,71.40\ns2,Second,51.11,71.40\ns3,Third,51.12,71.40\ns4,Fourth,52.14,71.40\n"},
			[]string{"warning stop_times.txt:5 too_fast arrival_time=08:15:00"},
		},
		"frequencies": {
			map[string]string{"frequencies.txt": "trip_id,start_time,end_time,headway_secs,exact_times\nt1,6:00:00,9:00:00,600,1\n" +
				"t1,9:00:00,10:00:00,300,\nt1,9:30:00,11:00:00,300,0\nt1,9:00:00,12:00:00,60,7\nt9,6:00:00,9:00:00,600,0\n" +
				"t1,9:00:00,9:00:00,600,0\nt1,,9:00:00,600,0\nt1,6:00:00,,600,0\nt1,6:00:00,x,600,0\nt1,6:00:00,9:00:00,0,0\n" +
				"t1,6:00:00,9:00:00,,0\nt1,6:00:00,9:00:00,86401,0\n"},
			[]string{
				"warning frequencies.txt:5 taken_as_zero exact_times=7", "error frequencies.txt:6 unknown_reference trip_id=t9",
				"error frequencies.txt:7 window_reversed end_time=9:00:00", "error frequencies.txt:8 missing_value start_time=",
				"error frequencies.txt:9 missing_value end_time=", "error frequencies.txt:10 bad_time end_time=x",
				"error frequencies.txt:11 bad_headway headway_secs=0", "error frequencies.txt:12 missing_value headway_secs=",
				"error frequencies.txt:13 bad_headway headway_secs=86401", "error frequencies.txt:5 duplicate_row start_time=09:00:00",
				"warning frequencies.txt:4 windows_overlap start_time=09:30:00",
			},
		},
		"shapes": {
			map[string]string{
				"shapes.txt": "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\nb,51.12,71.4,3\na,51.1,71.4,1\nb,51.10,71.4,1\n" +
					"b,51.11,71.4,2\nb,51.15,71.4,2\n,51.1,71.4,1\nb,95,71.4,4\nb,51.1,71.4,x\n",
				"trips.txt": "route_id,service_id,trip_id,shape_id\nr,WD,t1,b\nr,WD,t2,a\n",
			},
			[]string{
				"error shapes.txt:7 missing_value shape_id=", "error shapes.txt:8 bad_position shape_pt_lat=95, 71.4",
				"error shapes.txt:9 bad_number shape_pt_sequence=x", "error shapes.txt:6 duplicate_sequence shape_pt_sequence=2",
				"error shapes.txt:3 short_shape shape_id=a", "warning trips.txt:3 shape_left_away shape_id=a",
			},
		},
		"transfers": {
			map[string]string{"transfers.txt": "from_stop_id,to_stop_id,transfer_type,min_transfer_time,from_trip_id\ns1,s2,2,120,\n" +
				"s1,s3,,,\ns1,s9,0,,\n,s1,0,,\ns1,s2,9,,\ns1,s2,2,x,\ns1,s2,2,90000,\ns1,s2,1,,t1\n,,4,,\n"},
			[]string{
				"error transfers.txt:4 unknown_reference to_stop_id=s9", "error transfers.txt:5 missing_value from_stop_id=",
				"error transfers.txt:6 bad_transfer transfer_type=9", "error transfers.txt:7 bad_number min_transfer_time=x",
				"error transfers.txt:8 bad_transfer min_transfer_time=90000", "note transfers.txt transfers_unused count=2",
			},
		},
		"translations": {
			map[string]string{"translations.txt": "table_name,field_name,language,translation,record_id,field_value\n" +
				"stops,stop_name,kk,Бірінші,s1,\nstops,stop_name,ru,Вторая,,Second\nroutes,route_long_name,ru,Десять,r,\n" +
				"stops,stop_name,no language,X,s1,\nstops,stop_name,kk,,s1,\nstops,stop_name,kk,Тағы,s1,\nstops,stop_name,kk,X,s9,\n" +
				"stops,stop_name,kk,X,,Nowhere\n"},
			[]string{
				"error translations.txt:5 bad_language language=no language", "error translations.txt:6 missing_value translation=",
				"error translations.txt:7 duplicate_row translation=Тағы", "error translations.txt:8 unknown_reference record_id=s9",
				"note translations.txt translations_unused count=1",
			},
		},
		"files and columns that GTFS does not know": {
			map[string]string{
				"stop.txt": "stop_id\n", "fare_rules.txt": "fare_id\n",
				"agency.txt": "agency_id,agency_name,agency_timezone,agency_lange,x\nA,City Bus,Asia/Almaty,kk,\n",
			},
			[]string{"note stop.txt unknown_file", "note agency.txt unknown_columns =agency_lange, x"},
		},
		"a damaged optional file": {
			map[string]string{"shapes.txt": "shape_id,lat\na,1\nb,2\n", "transfers.txt": ""},
			[]string{
				"error shapes.txt:1 table.missing_column shape_pt_lat=", "error shapes.txt:1 table.missing_column shape_pt_lon=",
				"error shapes.txt:1 table.missing_column shape_pt_sequence=",
			},
		},
		"optional files that are no tables": {
			map[string]string{"shapes.txt": "\xff\xfes\x00", "frequencies.txt": " \n", "calendar_dates.txt": "service_id,date,exception_type"},
			[]string{"error shapes.txt table.utf16", "error frequencies.txt table.empty"},
		},
		"feed_info with two rows": {
			map[string]string{"feed_info.txt": "feed_publisher_name,feed_lang,feed_version\nCity,kk,7\nOther,ru,8\n"},
			[]string{"error feed_info.txt:3 duplicate_row feed_publisher_name=Other"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := readAll(t, change(c.files))
			if none := len(r.tt.Trips.ID) == 0; none != (code(r.err) == NothingRuns) {
				t.Fatal(r.err)
			}
			if diff := cmp.Diff(c.want, lines(r.log)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTimes(t *testing.T) {
	for name, c := range map[string]struct {
		stopTimes string
		trip      string
		want      []string
	}{
		"numbers in any order": {
			times(plainTimes, "t1,8:15:00,8:15:00,s4,30\nt1,8:00:00,8:00:00,s1,0\nt1,8:05:00,8:05:00,s2,7\n"),
			"t1 s1 08:00:00 s2 08:05:00 s4 08:15:00", nil,
		},
		"one time stands for both": {
			times(plainTimes, "t1,,8:00:00,s1,0\nt1,8:05:00,,s2,1\n"),
			"t1 s1 08:00:00 s2 08:05:00",
			[]string{"note stop_times.txt one_time_only count=2"},
		},
		"open times by straight lines": {
			times(plainTimes, "t1,8:00:00,8:01:00,s1,0\nt1,,,s2,1\nt1,,,s3,2\nt1,8:09:00,8:09:00,s4,3\n"),
			"t1 s1 08:00:00-08:01:00 s2 08:03:00 s3 08:05:00 s4 08:09:00",
			[]string{"note stop_times.txt times_interpolated count=2"},
		},
		"open times by stated distances": {
			times(plainTimes+",shape_dist_traveled", "t1,8:00:00,8:00:00,s1,0,5\nt1,,,s2,1,14\nt1,8:10:00,8:10:00,s3,2,15\nt1,,,s3,3,\nt1,8:20:00,8:20:00,s3,4,16\n"),
			"t1 s1 08:00:00 s2 08:09:00 s3 08:10:00 s3 08:15:00 s3 08:20:00",
			[]string{"note stop_times.txt times_interpolated count=2"},
		},
		"distances that cannot be": {
			times(plainTimes+",shape_dist_traveled", "t1,8:00:00,8:00:00,s1,0,5\nt1,,,s2,1,-4\nt1,8:08:00,8:08:00,s4,2,15\n"),
			"t1 s1 08:00:00 s2 08:02:00 s4 08:08:00",
			[]string{"warning stop_times.txt:3 bad_distance shape_dist_traveled=-4", "note stop_times.txt times_interpolated count=1"},
		},
		"no time at the ends": {
			times(plainTimes, "t1,,,s1,0\nt1,8:05:00,8:05:00,s2,1\nt1,8:10:00,8:10:00,s3,2\nt1,,,s4,3\n"),
			"t1 s2 08:05:00 s3 08:10:00",
			[]string{"error stop_times.txt:2 no_end_time arrival_time=", "error stop_times.txt:5 no_end_time arrival_time="},
		},
		"one clock too late costs one row": {
			times(plainTimes, "t1,8:00:00,8:00:00,s1,0\nt1,18:05:00,18:05:00,s2,1\nt1,8:10:00,8:10:00,s3,2\nt1,8:15:00,8:15:00,s4,3\n"),
			"t1 s1 08:00:00 s3 08:10:00 s4 08:15:00",
			[]string{"error stop_times.txt:3 time_goes_back arrival_time=18:05:00 18:05:00"},
		},
		"one clock too early costs one row": {
			times(plainTimes, "t1,8:00:00,8:00:00,s1,0\nt1,8:05:00,8:05:00,s2,1\nt1,7:10:00,7:10:00,s3,2\nt1,8:15:00,8:15:00,s4,3\n"),
			"t1 s1 08:00:00 s2 08:05:00 s4 08:15:00",
			[]string{"error stop_times.txt:4 time_goes_back arrival_time=07:10:00 07:10:00"},
		},
		"a wait that ends after the next arrival": {
			times(plainTimes, "t1,8:00:00,8:00:00,s1,0\nt1,8:05:00,8:20:00,s2,1\nt1,8:10:00,8:10:00,s3,2\nt1,8:15:00,8:15:00,s4,3\n"),
			"t1 s1 08:00:00 s3 08:10:00 s4 08:15:00",
			[]string{"error stop_times.txt:3 time_goes_back arrival_time=08:05:00 08:20:00"},
		},
		"a first clock too late leaves an open row without a time before it": {
			times(plainTimes, "t1,9:00:00,9:00:00,s1,0\nt1,,,s2,1\nt1,8:10:00,8:10:00,s3,2\nt1,8:15:00,8:15:00,s4,3\n"),
			"t1 s3 08:10:00 s4 08:15:00",
			[]string{"error stop_times.txt:2 time_goes_back arrival_time=09:00:00 09:00:00", "error stop_times.txt:3 no_end_time arrival_time="},
		},
		"only departures": {
			"trip_id,departure_time,stop_id,stop_sequence\nt1,8:00:00,s1,0\nt1,8:05,s2,1\nt1,8:10:00,s3,2\nt1,8:15:00,s4,3\n",
			"t1 s1 08:00:00 s2 08:05:00 s3 08:10:00 s4 08:15:00",
			[]string{"note stop_times.txt one_time_only count=4"},
		},
		"who may get on and off": {
			times(plainTimes+",pickup_type,drop_off_type", "t1,8:00:00,8:00:00,s1,0,0,1\nt1,8:05:00,8:05:00,s2,1,3,2\nt1,8:09:00,8:09:00,s3,2,1,1\nt1,8:15:00,8:15:00,s4,3,1,x\n"),
			"t1 s1 08:00:00(on) s2 08:05:00(on) s3 08:09:00(closed) s4 08:15:00(off)",
			[]string{"warning stop_times.txt:5 taken_as_zero drop_off_type=x", "note stop_times.txt by_telephone count=1"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := readAll(t, change(map[string]string{"stop_times.txt": c.stopTimes}))
			if r.err != nil {
				t.Fatal(r.err)
			}
			if got := r.trips()[0]; got != c.trip {
				t.Errorf("got  %s\nwant %s", got, c.trip)
			}
			got := slices.DeleteFunc(lines(r.log), func(line string) bool { return strings.Contains(line, " trip_id=t2") })
			if diff := cmp.Diff(c.want, got, cmpopts.EquateEmpty()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCalendarsFollowBothFiles(t *testing.T) {
	r := readAll(t, change(map[string]string{
		"calendar.txt":       good["calendar.txt"] + "WE,0,0,0,0,0,1,1,20260606,20260614\n",
		"calendar_dates.txt": "service_id,date,exception_type\nWE,20260607,2\nWE,20260610,1\nWE,20260601,1\nONLY,20260701,1\n",
	}))
	got := map[string][]string{}
	for c, id := range r.tt.Calendars.ID {
		for _, d := range r.tt.CalendarDates(transit.Calendar(c)) {
			got[string(id)] = append(got[string(id)], d.String())
		}
	}
	delete(got, "WD")
	want := map[string][]string{
		"WE": {"2026-06-01", "2026-06-06", "2026-06-10", "2026-06-13", "2026-06-14"}, "ONLY": {"2026-07-01"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhatTheOtherFilesGive(t *testing.T) {
	r := readAll(t, change(map[string]string{
		"stops.txt":        good["stops.txt"] + "p,Station,51.10,71.41\n",
		"transfers.txt":    "from_stop_id,to_stop_id,transfer_type,min_transfer_time\ns1,s2,2,120\ns2,s1,3,\ns3,p,,\n",
		"translations.txt": "trans_id,lang,translation\nFirst,kk,Бірінші\nTen,kk,Он\n",
		"frequencies.txt":  "trip_id,start_time,end_time,headway_secs,exact_times\nt2,06:00:00,26:00:00,600,\nt1,6:00:00,9:00:00,300,1\n",
		"shapes.txt":       "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\na,51.12,71.4,7\na,51.1,71.4,0\n",
		"trips.txt":        "route_id,service_id,trip_id,shape_id\nr,WD,t1,a\nr,WD,t2,\n",
		"feed_info.txt":    "feed_publisher_name,feed_lang,feed_version\nCity,kk,7\n",
	}))
	if r.err != nil {
		t.Fatal(r.err)
	}
	want := Feed{Publisher: "City", Language: "kk", Version: "7", Transfers: []Transfer{
		{From: 0, To: 1, Type: MinTime, MinTime: 120}, {From: 1, To: 0, Type: NotPossible}, {From: 2, To: 4},
	}}
	if diff := cmp.Diff(want, r.feed); diff != "" {
		t.Error(diff)
	}
	translations := transit.Translations{Text: []string{"First", "Ten"}, Language: []string{"kk", "kk"}, Name: []string{"Бірінші", "Он"}}
	if diff := cmp.Diff(translations, r.tt.Translations); diff != "" {
		t.Error(diff)
	}
	frequencies := transit.Frequencies{
		Trip: []transit.Trip{0, 1}, Start: []transit.Seconds{21600, 21600}, End: []transit.Seconds{32400, 93600},
		Headway: []transit.Seconds{300, 600}, Exact: []bool{true, false},
	}
	if diff := cmp.Diff(frequencies, r.tt.Frequencies); diff != "" {
		t.Error(diff)
	}
	line := r.tt.ShapePoints(r.tt.Patterns.Shape[r.tt.Trips.Pattern[0]])
	if diff := cmp.Diff([]geo.Point{{Lat: 51.1, Lon: 71.4}, {Lat: 51.12, Lon: 71.4}}, line); diff != "" {
		t.Error(diff)
	}
}

func TestStationsAreParents(t *testing.T) {
	r := readAll(t, change(map[string]string{
		"stops.txt": "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n" +
			"s1,First,51.10,71.40,0,p\ns2,Second,51.11,71.40,,\ns3,Third,51.12,71.40,,\ns4,Fourth,51.14,71.40,0,p\np,Station,51.10,71.41,1,\n",
	}))
	none := transit.Stop(transit.None)
	if want := []transit.Stop{4, none, none, 4, none}; !slices.Equal(want, r.tt.Stops.Parent) {
		t.Errorf("parents %v", r.tt.Stops.Parent)
	}
}

func TestSeveralFeedsKeepTheirIDsApart(t *testing.T) {
	first := readWith(t, Source{Name: "bus", FS: change(nil), Prefix: "bus:"}, transit.NewBuilder())
	folder := change(map[string]string{
		"stops.txt":      "+z,Zero,0,0\n",
		"stop_times.txt": times(plainTimes, "t1,8:00:00,8:00:00,s1,0\nt1,,,s2,1\nt1,8:08:00,8:08:00,s4,3\n"),
	})
	b, log := transit.Extend(first.tt), &finding.Log{}
	if _, err := Read(t.Context(), Source{Name: "rail", FS: folder, Prefix: "rail:"}, b, log); err != nil {
		t.Fatal(err)
	}
	tt := b.Timetable()
	validate(t, tt)
	if len(tt.Stops.ID) != 8 || tt.Stops.ID[0] != "bus:s1" || tt.Stops.ID[4] != "rail:s1" || tt.Trips.Block[2] != "rail:b" {
		t.Errorf("stops %v, blocks %v", tt.Stops.ID, tt.Trips.Block)
	}
	arrive, _ := tt.TripTimes(2)
	if arrive[1].Clock() != "08:02:00" || tt.PatternStops(tt.Trips.Pattern[2])[0] != 4 {
		t.Errorf("times %v on stops %v", arrive, tt.PatternStops(tt.Trips.Pattern[2]))
	}
	if got := log.Findings()[0].File; got != "rail/stops.txt" {
		t.Errorf("finding in %s", got)
	}
}
