package journey

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// Unreached stands for a stop or place that is not reached.
const Unreached = transit.Seconds(-1)

// Reached is how long it takes from one origin to everywhere, in seconds from
// setting off, waiting included.
type Reached struct {
	Leave transit.Seconds
	Stop  []transit.Seconds // by stop: until one stands there; Unreached where one does not get
	Place []transit.Seconds // by place
	Off   []transit.Seconds // by stop: until one gets off a vehicle there, or set off from it
}

// OneToMany is the time to every stop and place from From, within a length of
// time, leaving at Leave. To and By are not looked at.
func (s *Search) OneToMany(q Query, within transit.Seconds) *Reached {
	s.setFrom(q.From)
	forget(s.goal, s.goals)
	s.goals = s.goals[:0]
	bound := min(int64(q.Leave)+int64(within), int64(tooLate)-1)
	if q.MaxBoardings > 0 {
		s.forwardWithin(q.Leave, transit.Seconds(bound), q.MaxBoardings)
	} else {
		s.forward(q.Leave, transit.Seconds(bound), false)
	}
	r := &Reached{Leave: q.Leave, Place: make([]transit.Seconds, len(s.ix.Network.Places.At))}
	s.stops(q, r)
	s.places(q, r)
	for _, column := range [][]transit.Seconds{r.Stop, r.Place, r.Off} {
		for i, time := range column {
			if time > within {
				column[i] = Unreached
			}
		}
	}
	return r
}

// stops fills in the times to all stops: by vehicle, or by vehicle or not and then on foot.
func (s *Search) stops(q Query, r *Reached) {
	times, off := make([]transit.Seconds, len(s.alit)), make([]transit.Seconds, len(s.alit))
	fill(times, tooLate)
	fill(off, tooLate)
	r.Stop, r.Off = times, off
	if q.From.kind == stopEnd {
		for _, at := range s.standing(q.From.stop, nil) {
			s.alit[at.stop] = moment(q.Leave, 0)
		}
	}
	for _, w := range s.starts {
		times[w.stop] = w.time
	}
	links := &s.ix.Network.Transfers
	for stop, alit := range s.alit {
		if alit == never {
			continue
		}
		since := alit.seconds() - q.Leave
		times[stop], off[stop] = min(times[stop], since), since
		for i := links.First[stop]; i < links.First[stop+1]; i++ {
			if walk := s.ix.transfer[i]; walk >= 0 {
				times[links.To[i]] = min(times[links.To[i]], since+walk)
			}
		}
	}
}

// places fills in the times to all places: from the stops where one gets off,
// or all the way on foot.
func (s *Search) places(q Query, r *Reached) {
	links := &s.ix.Network.Access
	for place := range r.Place {
		best := tooLate
		for i := links.First[place]; i < links.First[place+1]; i++ {
			if alit, walk := s.alit[links.To[i]], s.ix.access[i]; walk >= 0 && alit != never {
				best = min(best, alit.seconds()-q.Leave+walk)
			}
		}
		r.Place[place] = best
	}
	s.placesOnFoot(q.From, r)
}

// placesOnFoot takes in the walks all the way.
func (s *Search) placesOnFoot(from End, r *Reached) {
	switch {
	case from.kind == stopEnd: // the links did it
	case from.kind == placeEnd && !s.avoidsSteps():
		for place := range r.Place {
			for _, at := range from.places {
				if foot, near := s.ix.Network.Direct(at, demand.Place(place)); near {
					r.Place[place] = min(r.Place[place], s.ix.pace(foot))
				}
			}
		}
	default:
		for _, at := range s.at(from) {
			places, walks := s.foot().Places(at)
			for i, place := range places {
				r.Place[place] = min(r.Place[place], s.ix.pace(walks[i]))
			}
		}
	}
}
