package transit

import (
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/geo"
)

// twoStops is a line from stop 0 to stop 1, ten minutes apart, on the given dates.
func twoStops(t *testing.T, depart Seconds, dates ...Date) (*Builder, Trip) {
	t.Helper()
	b := NewBuilder()
	agency := b.AddAgency("a", "A", "Asia/Almaty")
	from, to := b.AddStop("A", "A", geo.Point{Lat: 51, Lon: 71}), b.AddStop("B", "B", geo.Point{Lat: 51.1, Lon: 71})
	route := b.AddRoute("r", agency, "1", "", 3, "")
	vehicle := b.AddVehicle(VehicleRow{Name: "bus", Room: 80})
	both := MayBoard | MayAlight
	trip := b.AddTrip(TripRow{ID: "t", Route: route, Calendar: b.AddCalendar("c", dates), Vehicle: vehicle, Shape: Shape(None), Calls: []Call{
		{from, depart, depart, both}, {to, depart + 10*Minute, depart + 10*Minute, both},
	}})
	return b, trip
}

func dayOf(t *testing.T, tt *Timetable, date Date) *Day {
	t.Helper()
	zones, err := tt.zones()
	if err != nil {
		t.Fatal(err)
	}
	day, err := NewDay(tt, Horizon{date.Origin(zones[0]), 24 * Hour}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return day
}

func TestYesterdaysTripPastMidnightIsInTodaysDay(t *testing.T) {
	friday := DateOf(2026, 8, 14)
	b, _ := twoStops(t, 25*Hour, friday)
	day := dayOf(t, b.Timetable(), friday+1)
	if len(day.Trip) != 1 || day.Depart[0] != 1*Hour || day.Date[0] != friday {
		t.Errorf("dated trips %v leave at %v, want Friday's at 01:00", day.Trip, day.Depart)
	}
}

func TestTripThatStraddlesTheStartIsKeptButCannotBeBoardedBefore(t *testing.T) {
	friday := DateOf(2026, 8, 14)
	b, _ := twoStops(t, 24*Hour-5*Minute, friday)
	day := dayOf(t, b.Timetable(), friday+1)
	if len(day.Trip) != 1 || day.Boarding[0] != 0 || day.Boarding[1] != MayAlight {
		t.Errorf("%d trips, boarding %v; want one that nobody can board and all can leave", len(day.Trip), day.Boarding)
	}
}

func TestFrequenciesExactAndDrawn(t *testing.T) {
	date := DateOf(2026, 8, 15)
	for _, exact := range []bool{true, false} {
		b, trip := twoStops(t, 0, date)
		b.AddFrequency(FrequencyRow{trip, 6 * Hour, 7 * Hour, 10 * Minute, exact})
		day := dayOf(t, b.Timetable(), date)
		if len(day.Trip) != 6 {
			t.Fatalf("exact %v: %d departures in an hour, want 6", exact, len(day.Trip))
		}
		if first := day.Depart[0]; exact && first != 6*Hour || first < 6*Hour || first >= 6*Hour+10*Minute {
			t.Errorf("exact %v: first leaves at %s", exact, first.Clock())
		}
	}
}

func TestPhaseIsDrawnPerSeed(t *testing.T) {
	date := DateOf(2026, 8, 15)
	b, trip := twoStops(t, 0, date)
	b.AddFrequency(FrequencyRow{trip, 6 * Hour, 7 * Hour, 10 * Minute, false})
	tt := b.Timetable()
	phases := map[Seconds]bool{}
	for seed := draw.Seed(0); seed < 50; seed++ {
		day, err := NewDay(tt, Horizon{date.Origin(mustZone(t, tt)), 24 * Hour}, seed)
		if err != nil {
			t.Fatal(err)
		}
		phases[day.Depart[0]] = true
	}
	if len(phases) < 40 {
		t.Errorf("fifty seeds gave %d phases", len(phases))
	}
}

func TestCancelTakesOutTheDeparturesOfAStretch(t *testing.T) {
	date := DateOf(2026, 8, 15)
	for stretch, want := range map[[2]Seconds]int{
		{6*Hour + 10*Minute, 6*Hour + 10*Minute + 1}: 5,
		{6 * Hour, 6*Hour + 20*Minute}:               4,
		{0, 24 * Hour}:                               0,
		{9 * Hour, 10 * Hour}:                        6,
	} {
		b, trip := twoStops(t, 0, date)
		b.AddFrequency(FrequencyRow{trip, 6 * Hour, 7 * Hour, 10 * Minute, true})
		b.Cancel(trip, date, stretch[0], stretch[1])
		if day := dayOf(t, b.Timetable(), date); len(day.Trip) != want {
			t.Errorf("canceled %v: %d departures, want %d", stretch, len(day.Trip), want)
		}
	}
}

func TestHopsThatTakeNoTimeKeepTheirOrder(t *testing.T) {
	date := DateOf(2026, 8, 15)
	b, _ := twoStops(t, 6*Hour, date)
	both := MayBoard | MayAlight
	b.AddTrip(TripRow{ID: "quick", Shape: Shape(None), Calls: []Call{{0, 100, 100, both}, {1, 100, 100, both}, {0, 100, 160, both}}})
	day := dayOf(t, b.Timetable(), date)
	from, _ := day.Visits(1)
	steps := []uint16{day.Step[from], day.DepartStep(from), day.Step[from+1], day.DepartStep(from + 1), day.Step[from+2]}
	for i, want := range []uint16{0, 1, 2, 3, 4} {
		if steps[i] != want {
			t.Fatalf("steps %v, want 0 1 2 3 4", steps)
		}
	}
}

func TestExtendLeavesTheBaseAlone(t *testing.T) {
	date := DateOf(2026, 8, 15)
	b, trip := twoStops(t, 6*Hour, date)
	base := b.Timetable()
	more := Extend(base)
	more.Cancel(trip, date, 0, 24*Hour)
	more.SetVehicle(trip, more.AddVehicle(VehicleRow{Name: "coach"}))
	again := more.AddTrip(TripRow{ID: "t2", Shape: Shape(None), Calls: []Call{{0, 1, 1, 3}, {1, 2, 2, 3}}})
	changed := more.Timetable()
	if len(base.Trips.ID) != 1 || len(base.Cancellations.Trip) != 0 || base.Trips.Vehicle[trip] != 0 {
		t.Error("the base changed")
	}
	if changed.Trips.Pattern[again] != changed.Trips.Pattern[trip] {
		t.Error("the same stops made a second pattern")
	}
}

func TestUnknownZoneIsAnError(t *testing.T) {
	b, _ := twoStops(t, 0, DateOf(2026, 8, 15))
	tt := b.Timetable()
	tt.Agencies.Zone[0] = "Asia/Nowhere"
	if _, err := NewDay(tt, Horizon{}, 1); err == nil {
		t.Error("no error")
	}
}

func mustZone(t *testing.T, tt *Timetable) *time.Location {
	t.Helper()
	zones, err := tt.zones()
	if err != nil {
		t.Fatal(err)
	}
	return zones[0]
}
