package headway

import "github.com/qala-city/qala/internal/transit"

// Promised tells of a trip that promises a headway and no minutes how often it
// comes, and how long before the departure at start it began to. ok is false for
// any other trip, and for a start that lies in none of its frequencies.
func Promised(tt *transit.Timetable, t transit.Trip, start transit.Seconds) (rate Rate, began transit.Seconds, ok bool) {
	f := &tt.Frequencies
	from, to := tt.TripFrequencies(t)
	for i := from; i < to; i++ {
		if !f.Exact[i] && f.Start[i] <= start && start < f.End[i] {
			return Every(f.Headway[i]), start - f.Start[i], true
		}
	}
	return 0, 0, false
}
