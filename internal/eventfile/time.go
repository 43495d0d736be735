package eventfile

import (
	"regexp"
	"strconv"

	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/transit"
)

// The shapes of times, the same as in docs/schema/event.schema.json.
var (
	clockShape    = regexp.MustCompile(`^([0-3]?[0-9]|4[0-7]):[0-5][0-9](:[0-5][0-9])?$`)
	dateShape     = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)
	durationShape = regexp.MustCompile(`^(?:([0-9]{1,2})h)?(?:([0-9]{1,4})m)?(?:([0-9]{1,5})s)?$`)
)

// clock is a time of the service day, to 47:59:59; false when there is none to use.
func clock(s plainyaml.Spot) (transit.Seconds, bool) {
	if !s.Present() {
		return 0, false
	}
	if clockShape.MatchString(s.Raw()) {
		if at, err := transit.ParseClock(s.Raw()); err == nil {
			return at, true
		}
	}
	s.Refuse(codeNotTime)
	return 0, false
}

// date is a day of the calendar.
func date(s plainyaml.Spot) transit.Date {
	if !s.Present() {
		return 0
	}
	if dateShape.MatchString(s.Raw()) {
		if date, err := transit.ParseDate(s.Raw()); err == nil {
			return date
		}
	}
	s.Refuse(codeNotDate)
	return 0
}

// duration is a length of time such as 4m38s, from one second to a day.
func duration(s plainyaml.Spot) transit.Seconds {
	if !s.Present() {
		return 0
	}
	total := transit.Seconds(0)
	if parts := durationShape.FindStringSubmatch(s.Raw()); parts != nil {
		total = count(parts[1])*transit.Hour + count(parts[2])*transit.Minute + count(parts[3])
	}
	if total <= 0 || total > 24*transit.Hour {
		s.Refuse(codeNotDuration)
	}
	return total
}

// count is a number of at most five digits; "" is 0.
func count(digits string) transit.Seconds {
	n, _ := strconv.Atoi(digits)
	return transit.Seconds(n)
}

func plain(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
