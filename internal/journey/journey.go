package journey

import (
	"github.com/qala-city/qala/internal/transit"
)

// Journey is how one person gets from one end to another. Times are on the day's axis.
type Journey struct {
	Depart    transit.Seconds // when he sets off, as late as the first vehicle lets him
	Arrive    transit.Seconds
	Boardings int
	Walk      transit.Seconds // on foot in all, times needed to change included
	Cost      int64           // perceived, in hundredths of a second on board; alternatives only
	Legs      []Leg           // empty where he is there already
}

// Leg is a walk or a ride.
type Leg struct {
	Walk bool
	// From and To are the stops between which the leg lies; None at the two
	// ends of the journey where these are no stops.
	From, To       transit.Stop
	Depart, Arrive transit.Seconds

	// of a ride: the dated trip, and its visits where one boards and gets off
	Trip    transit.Dated
	On, Off transit.Visit
}

// Work counts what searches did: departures looked at, and walks from a stop
// to another weighed.
type Work struct{ Scanned, Relaxed uint64 }

// nowhere is the end of a walk that is no stop.
const nowhere = transit.Stop(transit.None)

// ride is one vehicle of a journey: boarded for the hop on, left after the hop off.
type ride struct{ on, off int32 }

// walked is the journey all the way on foot.
func walked(depart, walk transit.Seconds) Journey {
	j := Journey{Depart: depart, Arrive: depart + walk, Walk: walk}
	if walk > 0 {
		j.Legs = []Leg{{Walk: true, From: nowhere, To: nowhere, Depart: depart, Arrive: depart + walk}}
	}
	return j
}

// journey puts rides together, with the walks before, between and after them.
func (s *Search) journey(rides []ride) Journey {
	hops, first, last := s.ix.hops, rides[0], rides[len(rides)-1]
	access, egress := s.start[hops[first.on].from], s.goal[hops[last.off].into]
	j := Journey{
		Depart: hops[first.on].leave.seconds() - access, Arrive: hops[last.off].arrive.seconds() + egress,
		Boardings: len(rides), Walk: access + egress, Legs: make([]Leg, 0, 2*len(rides)+1),
	}
	if access > 0 {
		j.Legs = append(j.Legs, Leg{Walk: true, From: nowhere, To: hops[first.on].from, Depart: j.Depart, Arrive: j.Depart + access})
	}
	for i, r := range rides {
		if i > 0 {
			s.change(&j, hops[rides[i-1].off], hops[r.on].from)
		}
		j.Legs = append(j.Legs, s.ix.leg(r))
	}
	if egress > 0 {
		j.Legs = append(j.Legs, Leg{Walk: true, From: hops[last.off].into, To: nowhere, Depart: j.Arrive - egress, Arrive: j.Arrive})
	}
	return j
}

// change adds the walk from a vehicle to the stop of the next one.
func (s *Search) change(j *Journey, off hop, to transit.Stop) {
	walk := s.ix.walkTo(off.into, to)
	j.Walk += walk
	if off.into != to {
		at := off.arrive.seconds()
		j.Legs = append(j.Legs, Leg{Walk: true, From: off.into, To: to, Depart: at, Arrive: at + walk})
	}
}

// leg is a ride as a part of a journey.
func (ix *Index) leg(r ride) Leg {
	on, off := &ix.hops[r.on], &ix.hops[r.off]
	return Leg{
		From: on.from, To: off.into, Depart: on.leave.seconds(), Arrive: off.arrive.seconds(),
		Trip: on.dated, On: ix.Day.Departures[r.on], Off: ix.Day.Departures[r.off] + 1,
	}
}
