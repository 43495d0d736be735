package eventfile

import (
	"math"
	"strings"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/plainyaml"
)

// What holds for the other travellers where the file does not say: working values.
const (
	DefaultLeastMeters   = 1000
	DefaultReturns       = 0.8
	DefaultTimed         = 0.3
	DefaultEntriesMeters = 500
	DefaultElasticity    = 0.5
	DefaultDay           = "working_day"
)

// mostJourneys is more than any city's public transport carries in a day.
const mostJourneys = 50_000_000

// tables are the counts that an event file names; they are read by Complete.
type tables struct{ hourly, entries *counts }

// background are the city's other travellers; nobody without a word on them.
func background(s plainyaml.Spot) (demand.Everyday, tables) {
	if !s.Present() {
		return demand.Everyday{}, tables{}
	}
	o := s.Object("journeys", "hours", "hourly", "decay_per_min", "speed_m_per_min", "least_m", "service_elasticity", "returns", "by_arrival", "entries")
	e := demand.Everyday{
		Journeys:    uint32(o.Need("journeys").Whole(1, mostJourneys)),
		DecayPerMin: orNumber(o.May("decay_per_min"), DefaultDecayPerMin, 0, 1), MetersPerMin: orNumber(o.May("speed_m_per_min"), DefaultMetersPerMin, 1, 5000),
		LeastMeters: orNumber(o.May("least_m"), DefaultLeastMeters, 0, 100_000),
		Returns:     orNumber(o.May("returns"), DefaultReturns, 0, 1), Timed: orNumber(o.May("by_arrival"), DefaultTimed, 0, 1),
	}
	e.ServiceElasticity = elasticity(o.May("service_elasticity"))
	var named tables
	if hourly := o.May("hourly"); hourly.Present() {
		if o.May("hours").Present() {
			o.May("hours").Refuse(codeHoursTwice)
		}
		counted := readCounts(hourly.Object("path", "hour", "count", "date", "dates", "where"))
		named.hourly = &counted
	} else {
		e.Hours = hours(o.May("hours"))
	}
	if entries := o.May("entries"); entries.Present() {
		named.entries = stationCounts(entries, &e)
	}
	return e, named
}

// elasticity is one of three, which every machine computes alike.
func elasticity(s plainyaml.Spot) float64 {
	e := orNumber(s, DefaultElasticity, 0, 1)
	if e != 0 && e != 0.5 && e != 1 {
		s.Refuse(codeElasticity)
	}
	return e
}

// hours are a named course of the day, or 24 shares.
func hours(s plainyaml.Spot) demand.Hours {
	if !s.IsList() {
		name := DefaultDay
		if s.Present() {
			name = s.Word()
		}
		day, known := demand.FindDay(name)
		if !known && name != "" {
			s.Refuse(codeUnknownDay, "known", strings.Join(dayNames(), ", "))
		}
		return day.Hours
	}
	var shares demand.Hours
	before, items, sum := s.Mistakes(), s.List(), 0.0
	for i, item := range items[:min(len(items), len(shares))] {
		shares[i] = item.Number(0, 1)
		sum += shares[i]
	}
	if s.Mistakes() == before && (len(items) != len(shares) || math.Abs(sum-1) > 1e-6) {
		s.Refuse(codeHours, "have", plain(float64(len(items))), "sum", plain(math.Round(sum*1e6)/1e6))
	}
	return shares
}

func dayNames() []string {
	var names []string
	for _, day := range demand.NamedDays() {
		names = append(names, day.Name)
	}
	return names
}

func orNumber(s plainyaml.Spot, otherwise, least, most float64) float64 {
	if !s.Present() {
		return otherwise
	}
	return s.Number(least, most)
}
