package transit

import (
	"reflect"
	"testing"
)

// A day made of all its dated trips is the day; a trip that is cut short ends
// where it was cut, where nobody gets on.
func TestComposedOfItsTripsADayIsTheSame(t *testing.T) {
	date := DateOf(2026, 8, 15)
	b, trip := twoStops(t, 0, date)
	b.AddFrequency(FrequencyRow{trip, 6 * Hour, 7 * Hour, 10 * Minute, false})
	day := dayOf(t, b.Timetable(), date)
	var parts []Part
	for d := range day.Trip {
		parts = append(parts, day.Whole(Dated(d)))
	}
	if again := Compose(day.Horizon, parts); !reflect.DeepEqual(day, again) {
		t.Errorf("%+v, want %+v", again, day)
	}
	parts[1].Visits = 1
	cut := Compose(day.Horizon, []Part{parts[1], parts[0]})
	if len(cut.Trip) != 2 || cut.Start[0] != day.Start[1] || len(cut.Stop) != 3 || cut.Boarding[0] != 0 || len(cut.Departures) != 1 || cut.Departures[0] != 1 {
		t.Errorf("cut short: %+v", cut)
	}
}
