package assign

import (
	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/transit"
)

// What a timetable already allows for getting on and off. Most give one time a
// stop: then the run to it includes standing there, ordinarily so long.
const (
	ordinaryStand = 20 * transit.Second // at most, and a third of the run
	standAhead    = 2 * transit.Minute  // at a trip's first stop, where its vehicle is ready before
	peopleADoor   = 35                  // of a vehicle's room, where its doors are not known
)

// stand is how long after it came a vehicle has to stand for those who got off and
// those who have got on so far, beyond what its run allows for that. Without
// dwell it stands as long as the timetable says.
func (l *loading) stand(v transit.Visit) transit.Seconds {
	day, planned := l.problem.Day, l.problem.Day.Depart[v]-l.problem.Day.Arrive[v]
	if !l.problem.Model.Dwell {
		if day.Last(v) {
			return 0
		}
		return planned
	}
	d := day.Owner[v]
	kind := l.problem.vehicle(d)
	vehicles := &l.problem.Network.Timetable.Vehicles
	on, off := int(l.out.Boarded[v]), int(l.out.Alighted[v])
	standing := max(int(l.load[d])-on-int(vehicles.Seats[kind]), 0)
	need := (l.doorways[kind].Dwell(on, off, standing) + 999) / 1000
	return max(transit.Seconds(need)-l.allowed(v, planned), 0)
}

// allowed is how much of standing at a visit is no delay.
func (l *loading) allowed(v transit.Visit, planned transit.Seconds) transit.Seconds {
	day := l.problem.Day
	switch {
	case uint32(v) == day.First[day.Owner[v]]:
		return standAhead
	case planned > 0:
		return 0
	}
	return min(ordinaryStand, (day.Arrive[v]-day.Depart[v-1])/3)
}

// doorways are those of the types of vehicle. Where the number of doors is not
// known it follows from the room.
func doorways(v *transit.Vehicles) []capacity.Doorway {
	out := make([]capacity.Doorway, len(v.Room))
	for i := range out {
		known := *v
		if v.Doors[i] == 0 {
			known.Doors = append([]uint32(nil), v.Doors...)
			known.Doors[i] = max(1, v.Room[i]/peopleADoor)
		}
		out[i] = capacity.DoorwayOf(&known, transit.Vehicle(i))
	}
	return out
}
