package transit

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Seconds is a length of time, or a time counted from an origin that the
// holder names: the service day's noon minus twelve hours in a Timetable, the
// start of the horizon in a Day.
type Seconds int32

// Lengths of time.
const (
	Second Seconds = 1
	Minute Seconds = 60
	Hour   Seconds = 3600
)

// Clock is the time as GTFS writes it, "25:10:00" for ten past one of the next day.
func (s Seconds) Clock() string {
	sign := ""
	if s < 0 {
		sign, s = "-", -s
	}
	return fmt.Sprintf("%s%02d:%02d:%02d", sign, s/Hour, s/Minute%60, s%60)
}

// ParseClock reads "7:05:30", "07:05:30" or "25:10:00"; seconds may be left out ("23:10").
func ParseClock(text string) (Seconds, error) {
	parts := strings.Split(strings.TrimSpace(text), ":")
	if len(parts) != 2 && len(parts) != 3 {
		return 0, fmt.Errorf("%q is not a time (hours:minutes:seconds)", text)
	}
	total := Seconds(0)
	for i, part := range parts {
		n, err := clockPart(part, i)
		if err != nil {
			return 0, fmt.Errorf("%q is not a time: %w", text, err)
		}
		total = total*60 + n
	}
	if len(parts) == 2 {
		total *= 60
	}
	return total, nil
}

// clockPart reads hours (up to a week), minutes or seconds.
func clockPart(text string, place int) (Seconds, error) {
	n, err := strconv.ParseUint(strings.TrimSpace(text), 10, 16)
	if err != nil {
		return 0, fmt.Errorf("%q is no number", text)
	}
	limit := uint64(59)
	if place == 0 {
		limit = 168
	}
	if n > limit {
		return 0, fmt.Errorf("%d is more than %d", n, limit)
	}
	return Seconds(n), nil
}

// Date is a calendar day, counted from 1970-01-01.
type Date int32

// DateOf is the day of a year, month and day of month.
func DateOf(year, month, day int) Date {
	return Date(time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// ParseDate reads "20260815" or "2026-08-15".
func ParseDate(text string) (Date, error) {
	layout := "20060102"
	if strings.Contains(text, "-") {
		layout = time.DateOnly
	}
	at, err := time.Parse(layout, strings.TrimSpace(text))
	if err != nil {
		return 0, fmt.Errorf("%q is not a date (YYYYMMDD or YYYY-MM-DD)", text)
	}
	return Date(at.Unix() / 86400), nil
}

// String is the date as 2026-08-15.
func (d Date) String() string { return d.midnight().Format(time.DateOnly) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.midnight().Weekday() }

func (d Date) midnight() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Origin is the Unix time from which the times of a service day count: noon
// minus twelve hours, which is not midnight on a day when the clocks change.
func (d Date) Origin(zone *time.Location) int64 {
	year, month, day := d.midnight().Date()
	return time.Date(year, month, day, 12, 0, 0, 0, zone).Unix() - 12*3600
}
