// Package capacity holds the formulas of what vehicles, stops and gates can
// take; package assign plays them out.
package capacity

import "github.com/qala-city/qala/internal/transit"

// Cycle is how long one vehicle takes to make a round: out, back, and a
// turnback at each end.
func Cycle(out, back, turnback transit.Seconds) transit.Seconds { return out + back + 2*turnback }

// BestHeadway is the shortest regular headway that a number of vehicles can
// keep on a cycle: cycle / vehicles, rounded up to a whole second. It is 0 when
// there are no vehicles, which means that there is no service.
func BestHeadway(cycle transit.Seconds, vehicles int) transit.Seconds {
	if vehicles <= 0 {
		return 0
	}
	n := transit.Seconds(vehicles)
	return (cycle + n - 1) / n
}

// VehiclesFor is how many vehicles a headway needs on a cycle: cycle / headway, rounded up.
func VehiclesFor(cycle, headway transit.Seconds) int {
	return int((cycle + headway - 1) / headway)
}

// LongestCycle is the longest cycle on which a number of vehicles keeps a headway.
func LongestCycle(headway transit.Seconds, vehicles int) transit.Seconds {
	return headway * transit.Seconds(vehicles)
}

// PerHour is how many people a line can carry past a point in one direction.
// The vehicles of an hour are not rounded: it is the rate over a long time.
func PerHour(cycle transit.Seconds, vehicles int, room uint32) int {
	if cycle <= 0 {
		return 0
	}
	return int(int64(transit.Hour) * int64(vehicles) * int64(room) / int64(cycle))
}
