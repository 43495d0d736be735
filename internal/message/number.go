package message

import (
	"fmt"
	"strconv"
	"time"

	"golang.org/x/text/number"
)

// Number is an integer with the language's group separators.
func (s *Speaker) Number(n int) string { return s.printer.Sprint(number.Decimal(n)) }

// Decimal is x with at most the given number of digits after the decimal sign.
func (s *Speaker) Decimal(x float64, digits int) string {
	return s.printer.Sprint(number.Decimal(x, number.MaxFractionDigits(digits)))
}

// Percent is a share, 0.5 being 50%, with at most one digit after the decimal sign.
func (s *Speaker) Percent(share float64) string {
	return s.printer.Sprint(number.Percent(share, number.MaxFractionDigits(1)))
}

// Duration is a length of time in hours and minutes, in seconds where it is
// shorter than a minute. Seconds beyond whole minutes are rounded.
func (s *Speaker) Duration(seconds int) string {
	if seconds < 0 {
		return "−" + s.Duration(-seconds)
	}
	minutes := (seconds + 30) / 60
	args := map[string]any{"seconds": seconds, "minutes": minutes, "hours": minutes / 60, "rest": minutes % 60}
	switch {
	case seconds < 60:
		return s.Say("duration.seconds", args)
	case minutes < 60:
		return s.Say("duration.minutes", args)
	case minutes%60 == 0:
		return s.Say("duration.hours", args)
	}
	return s.Say("duration.hours_minutes", args)
}

// Minutes is a length of time in minutes with one digit after the decimal
// sign, for headways.
func (s *Speaker) Minutes(seconds int) string {
	return s.Say("duration.minutes", map[string]any{"minutes": s.Decimal(float64(seconds)/60, 1)})
}

// Clock is a time of day, seconds after midnight, as 23:10. A time on a later
// day says so: 00:32 (+1).
func (s *Speaker) Clock(seconds int) string {
	const day = 24 * 3600
	days := seconds / day
	rest := seconds % day
	if rest < 0 {
		days, rest = days-1, rest+day
	}
	clock := fmt.Sprintf("%02d:%02d", rest/3600, rest/60%60)
	if days == 0 {
		return clock
	}
	return fmt.Sprintf("%s (%+d)", clock, days)
}

// Date is a calendar day in full, such as 15 August 2026.
func (s *Speaker) Date(day time.Time) string {
	return s.Say("date.long", map[string]any{
		"day":     strconv.Itoa(day.Day()),
		"month":   s.Say("month."+strconv.Itoa(int(day.Month())), nil),
		"year":    strconv.Itoa(day.Year()),
		"weekday": s.Say("weekday."+strconv.Itoa(int(day.Weekday())), nil),
	})
}

// Separators are the signs between thousands and before decimals.
func (s *Speaker) Separators() (group, decimal string) {
	whole, part := []rune(s.Number(1_000_000)), []rune(s.Decimal(1.5, 1))
	return string(whole[1]), string(part[1])
}

// word writes an argument: numbers in the language's way, the rest as it is.
func (s *Speaker) word(value any) string {
	switch v := value.(type) {
	case int:
		return s.Number(v)
	case float64:
		return s.Decimal(v, 1)
	}
	return fmt.Sprint(value)
}

// asInt is a count given as a number or as its decimal digits.
func asInt(value any) (n int, whole bool) {
	switch v := value.(type) {
	case int:
		return v, true
	case string:
		n, err := strconv.Atoi(v)
		return n, err == nil
	}
	return 0, false
}
