package serve

import "github.com/qala-city/qala/internal/station"

// PerHour is how many people an hour a facility lets through at most, rounded
// down; 0 where it holds nobody up.
func (s *Servers) PerHour(f station.Facility) int {
	server := &s.each[f]
	return int(least(rate(1, server.walk.gap), rate(len(server.channels.busy), server.channels.mean)))
}

// rate is how many people an hour get through so many channels of which each
// takes some microseconds a person; 0 without a limit.
func rate(channels int, micros int64) int64 {
	if micros <= 0 {
		return 0
	}
	return int64(channels) * 3600 * second / micros
}

// least is the lower of two limits, of which 0 is none.
func least(a, b int64) int64 {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
