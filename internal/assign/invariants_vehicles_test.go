package assign_test

import (
	"cmp"
	"slices"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/transit"
)

// checkVehicles: nobody leaves before his time, runs take as long as the
// timetable says, a vehicle makes its next trip after it has come and turned,
// and stands no longer than people need to get on and off.
func checkVehicles(t rapid.TB, p *assign.Problem, o *assign.Outcome) {
	day, joins := p.Day, map[transit.Visit][]transit.Seconds{}
	for _, l := range o.Legs {
		joins[l.On] = append(joins[l.On], l.Join)
	}
	for d := range day.Trip {
		from, to := day.Visits(transit.Dated(d))
		come := day.Arrive[from]
		if b := p.Model.Blocks; b != nil && uint32(b.Before[d]) != transit.None {
			before := b.Before[d]
			come = max(come, o.Depart[day.First[before+1]-1]+b.Turn[before])
		}
		for v := from; v < to; v++ {
			if v > from {
				come = o.Depart[v-1] + day.Arrive[v] - day.Depart[v-1]
			}
			if got := o.Arrive[v] - o.Kerb[v]; got != come || o.Kerb[v] < 0 {
				t.Fatalf("visit %d arrives at %d after waiting %d for a stand, and should have come at %d", v, o.Arrive[v], o.Kerb[v], come)
			}
			checkStanding(t, p, o, v, joins[v])
		}
	}
	if len(o.Departed) != len(day.Departures) {
		t.Fatalf("%d of %d vehicles left", len(o.Departed), len(day.Departures))
	}
	if !slices.IsSortedFunc(o.Departed, func(a, b transit.Visit) int { return cmp.Compare(o.Depart[a], o.Depart[b]) }) {
		t.Fatal("vehicles did not leave in the order in which they are told")
	}
}

// checkStanding: a vehicle leaves not before its time, nor before people are off
// and those on who stood there by then; and at once then.
func checkStanding(t rapid.TB, p *assign.Problem, o *assign.Outcome, v transit.Visit, joins []transit.Seconds) {
	day := p.Day
	due, planned := o.Arrive[v], day.Depart[v]-day.Arrive[v]
	if !day.Last(v) {
		due = max(due, day.Depart[v])
	}
	if !p.Model.Dwell {
		if v > transit.Visit(day.First[day.Owner[v]]) && !day.Last(v) {
			due = max(due, o.Arrive[v]+planned)
		}
		if o.Depart[v] != due {
			t.Fatalf("visit %d leaves at %d and should at %d", v, o.Depart[v], due)
		}
		return
	}
	least, waited := max(due, o.Arrive[v]+needed(p, o, v, 0)), 0
	for _, join := range joins {
		if join < least {
			waited++
		}
	}
	if waited > 0 {
		least = max(least, o.Arrive[v]+needed(p, o, v, waited))
	}
	most := max(due, o.Arrive[v]+needed(p, o, v, min(int(roomOf(p, v)), p.Travellers.Len())))
	if o.Depart[v] < least || o.Depart[v] > most {
		t.Fatalf("visit %d came at %d and leaves at %d, not between %d and %d: off %d on %d", v, o.Arrive[v], o.Depart[v], least, most, o.Alighted[v], o.Boarded[v])
	}
}

// needed is how long a vehicle stands for so many to get on, beyond what the
// timetable allows for it: two minutes ahead of a trip, a third of the run up to
// twenty seconds where no stand is planned.
func needed(p *assign.Problem, o *assign.Outcome, v transit.Visit, on int) transit.Seconds {
	day, vehicles, kind := p.Day, p.Network.Timetable.Vehicles, vehicleOf(p, v)
	aboard := uint32(0)
	first := transit.Visit(day.First[day.Owner[v]])
	if v > first {
		aboard = o.Load[v-1] - o.Alighted[v]
	}
	if vehicles.Doors[kind] == 0 {
		vehicles.Doors = slices.Clone(vehicles.Doors)
		vehicles.Doors[kind] = max(1, vehicles.Room[kind]/35)
	}
	doors := capacity.DoorwayOf(&vehicles, kind)
	standing := max(int(aboard)-int(vehicles.Seats[kind]), 0)
	millis := doors.Dwell(on, int(o.Alighted[v]), standing)
	allowed := transit.Seconds(0)
	switch {
	case v == first:
		allowed = 120
	case day.Depart[v] == day.Arrive[v]:
		allowed = min(20, (day.Arrive[v]-day.Depart[v-1])/3)
	}
	return max(transit.Seconds((millis+999)/1000)-allowed, 0)
}

// change is somebody coming to a place, or leaving it.
type change struct {
	at transit.Seconds
	by int
}

// fullest is the most who are at a place at the end of a second, and that
// second; who leaves within a second leaves before others come.
func fullest(changes []change) (most int, at transit.Seconds) {
	slices.SortFunc(changes, func(a, b change) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.by, b.by)) })
	here := 0
	for _, c := range changes {
		if here += c.by; here > most {
			most, at = here, c.at
		}
	}
	return most, at
}

// checkStands: no stop has more vehicles at its stands than it has of these, and
// vehicles get one in the order in which they came.
func checkStands(t rapid.TB, p *assign.Problem, o *assign.Outcome) {
	platforms := &p.Network.Stations.Platforms
	for i, stop := range platforms.Stop {
		var here []transit.Visit
		for v := range p.Day.Stop {
			if p.Day.Stop[v] == stop {
				here = append(here, transit.Visit(v))
			}
		}
		if platforms.Stands[i] == 0 {
			continue
		}
		var changes []change
		for _, v := range here {
			changes = append(changes, change{o.Arrive[v], 1}, change{o.Depart[v], -1})
		}
		if most, at := fullest(changes); most > int(platforms.Stands[i]) {
			t.Fatalf("%d vehicles stand at stop %d at %d, which has %d stands", most, stop, at, platforms.Stands[i])
		}
		came := func(v transit.Visit) transit.Seconds { return o.Arrive[v] - o.Kerb[v] }
		slices.SortFunc(here, func(a, b transit.Visit) int {
			return cmp.Or(cmp.Compare(came(a), came(b)), cmp.Compare(o.Arrive[a], o.Arrive[b]))
		})
		if !slices.IsSortedFunc(here, func(a, b transit.Visit) int { return cmp.Compare(o.Arrive[a], o.Arrive[b]) }) {
			t.Fatalf("vehicles overtake each other before the stands of stop %d", stop)
		}
		checkIdleStands(t, o, here, int(platforms.Stands[i]))
	}
}

// checkIdleStands: nobody waits for a stand while one is free.
func checkIdleStands(t rapid.TB, o *assign.Outcome, here []transit.Visit, stands int) {
	for _, v := range here {
		if o.Kerb[v] == 0 {
			continue
		}
		for at := o.Arrive[v] - o.Kerb[v]; at < o.Arrive[v]; at++ {
			taken := 0
			for _, other := range here {
				if o.Arrive[other] <= at && at < o.Depart[other] {
					taken++
				}
			}
			if taken < stands {
				t.Fatalf("visit %d waits for one of %d stands at %d, and %d are taken", v, stands, at, taken)
			}
		}
	}
}
