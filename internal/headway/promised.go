package headway

import "github.com/qala-city/qala/internal/transit"

// Promise is what a trip that promises a headway and no minutes says of one of
// its departures.
type Promise struct {
	Rate  Rate            // at which its line comes
	Began transit.Seconds // how long before the departure it began to come, with that headway or another
	Goes  transit.Seconds // how long after the departure it goes on to come with that headway
}

// Promised is the promise of a trip's departure at start. ok is false for any
// other trip, and for a start that lies in none of its frequencies.
func Promised(tt *transit.Timetable, t transit.Trip, start transit.Seconds) (p Promise, ok bool) {
	f := &tt.Frequencies
	from, to := tt.TripFrequencies(t)
	for i := from; i < to; i++ {
		if !f.Exact[i] && f.Start[i] <= start && start < f.End[i] {
			return Promise{Every(f.Headway[i]), start - f.Start[beginning(f, from, i)], f.End[i] - start}, true
		}
	}
	return Promise{}, false
}

// beginning is the first of the frequencies from a position on that lead up to
// another one without a break.
func beginning(f *transit.Frequencies, from, i int) int {
	for i > from && !f.Exact[i-1] && f.End[i-1] >= f.Start[i] {
		i--
	}
	return i
}
