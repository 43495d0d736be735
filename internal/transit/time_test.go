package transit

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func TestParseClock(t *testing.T) {
	for text, want := range map[string]Seconds{
		"5:54:00": 5*Hour + 54*Minute, "05:54:00": 5*Hour + 54*Minute, " 25:10:09 ": 25*Hour + 10*Minute + 9, "23:10": 23*Hour + 10*Minute,
	} {
		if got, err := ParseClock(text); err != nil || got != want {
			t.Errorf("%q = %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "5", "5:60:00", "-1:00:00", "a:b:c", "1:2:3:4", "169:00:00", "5:+4:00"} {
		if got, err := ParseClock(text); err == nil {
			t.Errorf("%q was read as %d", text, got)
		}
	}
}

func TestClockAndParseClockAreInverse(t *testing.T) {
	for s := Seconds(0); s < 100*Hour; s += 997 {
		if got, err := ParseClock(s.Clock()); err != nil || got != s {
			t.Fatalf("%d -> %s -> %d, %v", s, s.Clock(), got, err)
		}
	}
}

// Kazakhstan had two zones until 1 March 2024; Astana's clocks were at UTC+6 and are at UTC+5.
func TestAstanaWasSixHoursAheadIn2017AndIsFiveNow(t *testing.T) {
	zone, err := time.LoadLocation("Asia/Almaty")
	if err != nil {
		t.Fatal(err)
	}
	for day, hours := range map[Date]int64{DateOf(2017, 8, 19): 6, DateOf(2026, 8, 15): 5} {
		if got := day.Origin(zone); got != int64(day)*86400-hours*3600 {
			t.Errorf("%s starts at %d, want UTC midnight less %d h", day, got, hours)
		}
	}
}

func TestServiceDayStartsTwelveHoursBeforeNoonWhenClocksChange(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	spring := DateOf(2023, 3, 26)
	midnight := time.Date(2023, 3, 26, 0, 0, 0, 0, zone).Unix()
	if got := spring.Origin(zone) - midnight; got != -3600 {
		t.Errorf("origin is %d s after midnight, want -3600", got)
	}
}

func TestDates(t *testing.T) {
	for _, text := range []string{"20260815", "2026-08-15"} {
		d, err := ParseDate(text)
		if err != nil || d.String() != "2026-08-15" || d.Weekday() != time.Saturday {
			t.Errorf("%q = %v, %v", text, d, err)
		}
	}
	for _, text := range []string{"", "2026", "20261301", "2026-02-30"} {
		if d, err := ParseDate(text); err == nil {
			t.Errorf("%q was read as %s", text, d)
		}
	}
}
