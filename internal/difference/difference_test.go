package difference

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// feed is a timetable in few words.
type feed struct {
	stops  []string // "id name north east", in meters from the middle
	routes []string // "id name long"
	trips  []string // "route calendar room hh:mm...", or "route calendar room hh:mm-hh:mm/minutes"
	dates  map[string][]transit.Date
}

var monday = transit.DateOf(2026, 8, 3)

// weeks is a calendar of weekdays and one of weekends for some weeks.
func weeks(first transit.Date, n int) map[string][]transit.Date {
	dates := map[string][]transit.Date{}
	for d := range transit.Date(7 * n) {
		kind := "we"
		if d%7 < 5 {
			kind = "wd"
		}
		dates[kind] = append(dates[kind], first+d)
	}
	return dates
}

func (f feed) timetable() *transit.Timetable {
	b := transit.NewBuilder()
	a := b.AddAgency("a", "Agency", "UTC")
	for _, line := range f.stops {
		var id, name string
		var north, east float64
		_, _ = fmt.Sscan(line, &id, &name, &north, &east)
		b.AddStop(transit.StopID(id), name, geo.Offset(geo.Point{Lat: 51, Lon: 71}, geo.Meters(north), geo.Meters(east)))
	}
	routes, calendars := map[string]transit.Route{}, map[string]transit.Calendar{}
	for _, line := range f.routes {
		w := strings.Fields(line)
		routes[w[0]] = b.AddRoute(transit.RouteID(w[0]), a, w[1], w[2], 3, "")
	}
	for _, id := range []string{"wd", "we"} {
		calendars[id] = b.AddCalendar(transit.CalendarID(id), f.dates[id])
	}
	for i, line := range f.trips {
		w := strings.Fields(line)
		room := uint32(0)
		_, _ = fmt.Sscan(w[2], &room)
		v := b.AddVehicle(transit.VehicleRow{Name: w[2], Room: room})
		for j, word := range w[3:] {
			span, every, repeated := strings.Cut(word, "/")
			from, to, _ := strings.Cut(span, "-")
			start, _ := transit.ParseClock(from)
			t := b.AddTrip(transit.TripRow{
				ID: transit.TripID(fmt.Sprint(i, ".", j)), Route: routes[w[0]], Calendar: calendars[w[1]], Vehicle: v,
				Shape: transit.Shape(transit.None),
				Calls: []transit.Call{{Stop: 0, Arrive: start, Depart: start}, {Stop: 1, Arrive: start + 600, Depart: start + 600}},
			})
			if repeated {
				end, _ := transit.ParseClock(to)
				minutes := transit.Seconds(0)
				_, _ = fmt.Sscan(every, &minutes)
				b.AddFrequency(transit.FrequencyRow{Trip: t, Start: start, End: end, Headway: minutes * 60})
			}
		}
	}
	return b.Timetable()
}

func base() feed {
	return feed{
		stops:  []string{"s1 One 0 0", "s2 Two 0 500", "s3 Three 0 1000"},
		routes: []string{"r1 1 First", "r2 2 Second"},
		trips:  []string{"r1 wd 80 07:00 07:30 08:00", "r1 we 80 09:00", "r2 wd 200 06:00-08:00/15", "r2 we 200 25:10"},
		dates:  weeks(monday, 4),
	}
}

func TestNothingChanged(t *testing.T) {
	d := Between(base().timetable(), base().timetable())
	if !d.Same() || len(d.Days) != 28 || d.Days[0].After != 3+8 || d.Days[5].After != 2 {
		t.Errorf("%+v", d)
	}
	want := []Pair{{"weekday", "2026-08-03", "2026-08-03"}, {"saturday", "2026-08-08", "2026-08-08"}, {"sunday", "2026-08-09", "2026-08-09"}}
	if diff := cmp.Diff(want, d.Compared); diff != "" {
		t.Error(diff)
	}
}

func TestRoutesAndStops(t *testing.T) {
	after := base()
	after.stops = []string{"s1 Eins 0 0", "n2 Two 0 540", "s3 Three 0 1049", "s4 Four 9 9"}
	after.routes = []string{"n1 1 First", "r2 2 Zweite", "r3 3 Third"}
	after.trips = []string{"n1 wd 80 07:00 07:30 08:00", "n1 we 80 09:00", "r2 wd 200 06:00-08:00/15", "r2 we 200 25:10"}
	d := Between(base().timetable(), after.timetable())
	if diff := cmp.Diff(Things{
		Before: 2, After: 3, Added: []Named{{"r3", "3 Third"}}, Removed: []Named{},
		Renamed: []Renamed{{"r2", "2 Second", "2 Zweite"}}, Renumbered: []Renumbered{{"1 First", "r1", "n1"}},
	}, d.Routes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Things{
		Before: 3, After: 4, Added: []Named{{"s4", "Four"}}, Removed: []Named{},
		Renamed: []Renamed{{"s1", "One", "Eins"}}, Renumbered: []Renumbered{{"Two", "s2", "n2"}},
	}, d.Stops); diff != "" {
		t.Error(diff)
	}
	if len(d.Moved) != 0 || len(d.Service) != 0 || d.Same() {
		t.Errorf("moved %v, service %v: a route with another id is the same route", d.Moved, d.Service)
	}
}

func TestMovedStops(t *testing.T) {
	after := base()
	after.stops = []string{"s1 One 51 0", "s2 Two 0 451", "s3 Three 300 1400"}
	d := Between(base().timetable(), after.timetable())
	if diff := cmp.Diff([]Moved{{"s3", "Three", 500}, {"s1", "One", 51}}, d.Moved); diff != "" {
		t.Error(diff)
	}
}

func TestStopFarAwayWithTheSameNameIsAnother(t *testing.T) {
	after := base()
	after.stops = []string{"s1 One 0 0", "s2 Two 0 500", "x Three 0 1100"}
	d := Between(base().timetable(), after.timetable())
	if len(d.Stops.Added) != 1 || len(d.Stops.Removed) != 1 || len(d.Stops.Renumbered) != 0 {
		t.Errorf("%+v", d.Stops)
	}
}

func TestTwoRoutesOfOneNameStayApart(t *testing.T) {
	before, after := base(), base()
	before.routes = []string{"r1 1 First", "r2 1 First"}
	after.routes = []string{"r1 1 First", "x2 1 First", "x3 1 First"}
	after.trips = after.trips[:2]
	d := Between(before.timetable(), after.timetable())
	if len(d.Routes.Added) != 2 || len(d.Routes.Removed) != 1 || len(d.Routes.Renumbered) != 0 {
		t.Errorf("%+v", d.Routes)
	}
}

func TestTripsAndRoomByHour(t *testing.T) {
	after := base()
	after.trips = []string{"r1 wd 100 07:00 07:30 08:00", "r1 we 80 09:00", "r2 wd 200 06:00-08:00/10", "r2 we 200 25:10 25:40"}
	d := Between(base().timetable(), after.timetable())
	want := []RouteChange{
		{"r2", "2 Second", "weekday", Offer{8, 12, 1600, 2400}, false, []Hour{{6, Offer{4, 6, 800, 1200}}, {7, Offer{4, 6, 800, 1200}}}},
		{"r2", "2 Second", "saturday", Offer{1, 2, 200, 400}, false, []Hour{{25, Offer{1, 2, 200, 400}}}},
		{"r2", "2 Second", "sunday", Offer{1, 2, 200, 400}, false, []Hour{{25, Offer{1, 2, 200, 400}}}},
		{"r1", "1 First", "weekday", Offer{3, 3, 240, 300}, false, []Hour{{7, Offer{2, 2, 160, 200}}, {8, Offer{1, 1, 80, 100}}}},
	}
	if diff := cmp.Diff(want, d.Service); diff != "" {
		t.Error(diff)
	}
	if d.Days[0].Before != 11 || d.Days[0].After != 15 || !d.Days[0].Covered {
		t.Errorf("%+v", d.Days[0])
	}
}

func TestRoomThatNobodyStatesIsToldAsAssumed(t *testing.T) {
	after := base()
	after.trips[0] = "r1 wd 80 07:00"
	tt := after.timetable()
	tt.Vehicles.FromDefault[0] = true
	d := Between(base().timetable(), tt)
	if len(d.Service) != 1 || !d.Service[0].Assumed {
		t.Errorf("%+v", d.Service)
	}
	if rows := d.Rows(); rows[len(rows)-1][6] != "room (assumed)" {
		t.Errorf("%q", rows[len(rows)-1])
	}
}

func TestWindowsThatOverlapInPart(t *testing.T) {
	after := base()
	after.dates = weeks(monday+21, 2)
	d := Between(base().timetable(), after.timetable())
	if d.Before != (Window{"2026-08-03", "2026-08-30"}) || d.After != (Window{"2026-08-24", "2026-09-06"}) || d.Same() {
		t.Errorf("%+v %+v", d.Before, d.After)
	}
	if first, last := d.Days[0], d.Days[13]; !first.Covered || first.Before != 11 || last.Covered || last.Before != 0 || last.After != 2 {
		t.Errorf("%+v %+v", first, last)
	}
	if d.Compared[0] != (Pair{"weekday", "2026-08-24", "2026-08-24"}) || len(d.Service) != 0 {
		t.Errorf("%+v %+v", d.Compared, d.Service)
	}
}

func TestWindowsWithoutACommonDay(t *testing.T) {
	after := base()
	after.dates = weeks(monday+70, 1)
	d := Between(base().timetable(), after.timetable())
	if d.Compared[1] != (Pair{"saturday", "2026-08-08", "2026-10-17"}) || len(d.Service) != 0 {
		t.Errorf("%+v %+v", d.Compared, d.Service)
	}
	nothing := Between(base().timetable(), feed{}.timetable())
	if len(nothing.Days) != 0 || nothing.After != (Window{}) || len(nothing.Service) != 6 || nothing.Compared[0].After != "" {
		t.Errorf("%+v", nothing)
	}
	if first := Between(feed{}.timetable(), base().timetable()); len(first.Days) != 28 || first.Days[0].Covered || len(first.Routes.Added) != 2 {
		t.Errorf("%+v", first)
	}
}

func TestHolidayIsNotTypical(t *testing.T) {
	f := base()
	f.dates["wd"] = f.dates["wd"][1:] // the first Monday is a holiday
	f.dates["we"] = append([]transit.Date{monday}, f.dates["we"]...)
	d := Between(f.timetable(), f.timetable())
	if d.Compared[0] != (Pair{"weekday", "2026-08-04", "2026-08-04"}) {
		t.Errorf("%+v", d.Compared)
	}
	if d := Between(f.timetable(), base().timetable(), monday); len(d.Compared) != 1 || len(d.Service) != 2 || d.Service[0].Kind != "2026-08-03" {
		t.Errorf("%+v", d)
	}
}

func TestCanceledTripsAreNotCounted(t *testing.T) {
	b := transit.Extend(base().timetable())
	b.Cancel(0, monday, 0, 24*transit.Hour)
	b.Cancel(0, monday, 0, 24*transit.Hour)
	b.Cancel(0, monday+5, 0, 24*transit.Hour) // runs on no Saturday
	d := Between(base().timetable(), b.Timetable(), monday)
	if d.Days[0].After != 10 || d.Days[5].After != 2 || len(d.Service) != 1 || d.Service[0].Trips() != -1 {
		t.Errorf("%+v %+v", d.Days[:6], d.Service)
	}
}

func TestRowsTellEverything(t *testing.T) {
	after := base()
	after.stops[0] = "s1 Eins 51 0"
	after.routes[1] = "x2 9 Ninth"
	after.trips = []string{"r1 wd 100 07:00 07:30"}
	rows := Between(base().timetable(), after.timetable()).Rows()
	seen := map[string]int{}
	for _, row := range rows {
		if len(row) != len(rows[0]) {
			t.Errorf("%q has %d cells", row, len(row))
		}
		seen[row[0]+" "+row[1]]++
	}
	for kind, want := range map[string]int{
		"route added": 1, "route removed": 1, "stop renamed": 1, "stop moved": 1, "day changed": 26, "service changed": 12,
	} {
		if seen[kind] != want {
			t.Errorf("%s: %d rows, want %d; %v", kind, seen[kind], want, seen)
		}
	}
}

// The two directions of a comparison tell the same story.
func TestBackwardsIsTheOpposite(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		draw := func(name string) feed {
			f := base()
			for i := range f.trips {
				f.trips[i] = fmt.Sprintf("r%d %s %d %02d:10 %02d:20", 1+i%2, rapid.SampledFrom([]string{"wd", "we"}).Draw(r, name),
					rapid.IntRange(1, 3).Draw(r, name)*50, rapid.IntRange(5, 26).Draw(r, name), rapid.IntRange(5, 26).Draw(r, name))
			}
			return f
		}
		a, b := draw("a").timetable(), draw("b").timetable()
		there, back := Between(a, b, monday, monday+5), Between(b, a, monday, monday+5)
		for i := range there.Days {
			if len(there.Days) == len(back.Days) && there.Days[i].Before != back.Days[i].After {
				r.Fatalf("%+v against %+v", there.Days[i], back.Days[i])
			}
		}
		sum := func(d Difference) (room, hours int) {
			for _, s := range d.Service {
				room += s.Room()
				for _, h := range s.Hours {
					hours += h.Room()
				}
			}
			return room, hours
		}
		room, hours := sum(there)
		if opposite, _ := sum(back); room != hours || room != -opposite || len(there.Service) != len(back.Service) {
			r.Fatalf("room %d, by hour %d, backwards %d", room, hours, opposite)
		}
		if there.Same() != back.Same() {
			r.Fatal("same one way only")
		}
	})
}
