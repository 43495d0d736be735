package main

import (
	"fmt"
	"strconv"

	"github.com/qala-city/qala/internal/transit"
)

// fleets are the vehicles of each line: the LRT's are known, the buses' are
// what the timetable needs, and a reserve of one in ten.
func (t tables) fleets(lines []line) *sheet {
	s := newSheet("feed", "route_id", "vehicles", "reserve", "turnback_s", "basis", "source")
	for _, l := range lines {
		turnback := strconv.Itoa(int(l.turnback))
		if l.id == "LRT" {
			s.add("main", l.id, "19", "2", turnback, "fact", "19 trains of four cars (press); 2 in reserve and 4 minutes to turn back are assumed")
			continue
		}
		need := l.need() + l.standby
		reserve := (need + 9) / 10
		why := fmt.Sprintf("computed for this timetable: %d at its busiest hour, %d stand by for events, %d in reserve; the city has more than 1,600 buses in service (2025)",
			l.need(), l.standby, reserve)
		s.add("main", l.id, strconv.Itoa(need+reserve), strconv.Itoa(reserve), turnback, "assumption", why)
	}
	return s
}

// need is how many vehicles the shortest headway can take: each is busy for a
// run and a turnback, and where only the headway is promised one more a
// direction may be out where two periods meet.
func (l line) need() int {
	shortest := l.windows[0].every
	for _, w := range l.windows {
		shortest = min(shortest, w.every)
	}
	total := transit.Seconds(0)
	for _, w := range l.ways {
		total += (w.runTime()+l.turnback+shortest-1)/shortest + 1
	}
	return int(total)
}
