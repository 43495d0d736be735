package gtfs

import (
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/transit"
)

// words are what cells of a column are drawn from: mostly right, some wrong.
var words = map[string][]string{
	"agency_id": {"A", "B", ""}, "agency_name": {"City", ""}, "agency_timezone": {"Asia/Almaty", "Asia/Almaty", "Asia/Oral", "Mars"},
	"stop_id": {"s1", "s2", "s3", "s4", "s9", ""}, "stop_name": {"First", "Second", ""}, "stop_lat": {"51.1", "51.2", "51.3", "0", "95", "x"},
	"stop_lon": {"71.4", "71.5", "0"}, "location_type": {"", "0", "1", "2", "7"}, "parent_station": {"", "", "s1", "s2", "p"},
	"route_id": {"r", "q", "u", ""}, "route_short_name": {"10", "20", ""}, "route_type": {"3", "0", "702", "99", ""}, "route_color": {"", "ffffff", "red"},
	"service_id": {"WD", "WE", "X", ""}, "start_date": {"20260601", "20260606", "x"}, "end_date": {"20260630", "20260606", "20250101"},
	"monday": {"0", "1"}, "tuesday": {"0", "1"}, "wednesday": {"0", "1"}, "thursday": {"0", "1"}, "friday": {"0", "1"},
	"saturday": {"0", "1"}, "sunday": {"0", "1", "1", "1", "2"},
	"date": {"20260606", "20260607", "x"}, "exception_type": {"1", "2", "3"},
	"trip_id": {"t1", "t2", "t3", "t4", "t9", ""}, "direction_id": {"", "0", "1", "2"}, "shape_id": {"", "a", "b", "c"},
	"arrival_time": {"", "", "8:00:00", "8:01:00", "8:10:00", "9:00:00", "25:00:00", "x"}, "departure_time": {"", "", "8:00:00", "8:05:00", "9:00:00", "26:00:00"},
	"stop_sequence": {"0", "1", "2", "3", "4", "5", "6", "7", "8", "-1"}, "shape_dist_traveled": {"", "1", "2", "3", "-1"},
	"pickup_type": {"", "0", "1", "2", "3", "4"}, "shape_pt_lat": {"51.1", "51.2", "99"}, "shape_pt_lon": {"71.4"}, "shape_pt_sequence": {"1", "2", "3", "x"},
	"start_time": {"6:00:00", "7:00:00", "8:00:00", ""}, "end_time": {"7:30:00", "9:00:00", "x"}, "headway_secs": {"600", "5", "0"}, "exact_times": {"", "1", "2"},
	"from_stop_id": {"s1", "s2", "s9"}, "to_stop_id": {"s1", "s3", ""}, "transfer_type": {"", "2", "4", "9"}, "min_transfer_time": {"", "60", "x"},
	"trans_id": {"First", "Second", "Else"}, "lang": {"kk", "zh-Hans", "?"}, "translation": {"Бірінші", ""},
}

// headers are the columns of each file, and how many rows it has at most.
var headers = map[string]struct {
	columns string
	most    int
}{
	"agency.txt":         {"agency_id,agency_name,agency_timezone", 3},
	"stops.txt":          {"stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station", 8},
	"routes.txt":         {"route_id,agency_id,route_short_name,route_type,route_color", 4},
	"calendar.txt":       {"service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date", 4},
	"calendar_dates.txt": {"service_id,date,exception_type", 6},
	"shapes.txt":         {"shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence", 8},
	"trips.txt":          {"route_id,service_id,trip_id,direction_id,shape_id", 7},
	"stop_times.txt":     {"trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled,pickup_type", 40},
	"frequencies.txt":    {"trip_id,start_time,end_time,headway_secs,exact_times", 6},
	"transfers.txt":      {"from_stop_id,to_stop_id,transfer_type,min_transfer_time", 5},
	"translations.txt":   {"trans_id,lang,translation", 5},
}

// TestAnyFeedIsCountedAndStaysInOrder draws feeds from the words above, added
// to the good feed or in its place. What must hold is checked by readAll.
func TestAnyFeedIsCountedAndStaysInOrder(t *testing.T) {
	usable := 0
	rapid.Check(t, func(rt *rapid.T) {
		folder := drawFeed(rt)
		if r := readAll(t, folder); r.err == nil {
			usable++
		}
		if t.Failed() {
			rt.Fatalf("feed %v", folder)
		}
	})
	if usable == 0 {
		t.Error("not one usable feed was drawn")
	}
}

func drawFeed(rt *rapid.T) fstest.MapFS {
	folder := fstest.MapFS{}
	for _, name := range used {
		if header, drawn := headers[name]; drawn {
			folder[name] = &fstest.MapFile{Data: []byte(drawFile(rt, name, header.columns, header.most))}
		}
	}
	return folder
}

// TestWorkersAndBlocksChangeNothing reads drawn feeds in small blocks by
// several workers: timetable, findings and tallies are those of one block.
func TestWorkersAndBlocksChangeNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		folder := drawFeed(rt)
		want := readWith(t, Source{FS: folder, Workers: 1}, transit.NewBuilder())
		got := readWith(t, Source{
			FS: folder, Workers: rapid.IntRange(1, 5).Draw(rt, "workers"), block: rapid.IntRange(1, 300).Draw(rt, "block"),
		}, transit.NewBuilder())
		for _, diff := range []string{
			cmp.Diff(want.tt, got.tt), cmp.Diff(want.feed, got.feed), cmp.Diff(want.log.Findings(), got.log.Findings()),
			cmp.Diff(want.log.Tallies(), got.log.Tallies()), cmp.Diff(code(want.err), code(got.err)),
		} {
			if diff != "" {
				rt.Fatalf("feed %v: %s", folder, diff)
			}
		}
	})
}

// drawFile starts most files with the good rows, so that something is usable.
func drawFile(rt *rapid.T, name, columns string, most int) string {
	names := strings.Split(columns, ",")
	var text strings.Builder
	text.WriteString(columns + "\n")
	if rapid.IntRange(0, 9).Draw(rt, name+" good") > 0 {
		text.WriteString(goodRows(name, names))
	}
	for range rapid.IntRange(0, most).Draw(rt, name) {
		for i, column := range names {
			if i > 0 {
				text.WriteByte(',')
			}
			text.WriteString(rapid.SampledFrom(words[column]).Draw(rt, column))
		}
		text.WriteByte('\n')
	}
	return text.String()
}

// goodRows are the rows of the good feed under another header.
func goodRows(name string, columns []string) string {
	header, rows, _ := strings.Cut(good[name], "\n")
	have := strings.Split(header, ",")
	var text strings.Builder
	for row := range strings.Lines(rows) {
		cells := strings.Split(strings.TrimSpace(row), ",")
		for i, column := range columns {
			if i > 0 {
				text.WriteByte(',')
			}
			for j, other := range have {
				if other == column {
					text.WriteString(cells[j])
				}
			}
		}
		text.WriteByte('\n')
	}
	return text.String()
}
