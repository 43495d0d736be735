package headway

import "github.com/qala-city/qala/internal/transit"

// Promised tells of a trip that promises a headway and no minutes how often it
// comes, and how long before the departure at start it began to, with that headway or another.
// ok is false for any other trip, and for a start that lies in none of its frequencies.
func Promised(tt *transit.Timetable, t transit.Trip, start transit.Seconds) (rate Rate, began transit.Seconds, ok bool) {
	f := &tt.Frequencies
	from, to := tt.TripFrequencies(t)
	for i := from; i < to; i++ {
		if !f.Exact[i] && f.Start[i] <= start && start < f.End[i] {
			return Every(f.Headway[i]), start - f.Start[beginning(f, from, i)], true
		}
	}
	return 0, 0, false
}

// beginning is the first of the frequencies from a position on that lead up to
// another one without a break.
func beginning(f *transit.Frequencies, from, i int) int {
	for i > from && !f.Exact[i-1] && f.End[i-1] >= f.Start[i] {
		i--
	}
	return i
}
