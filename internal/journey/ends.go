package journey

import (
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// set takes the ends of a query in the place of the last one's.
func (s *Search) set(from, to End) {
	s.setFrom(from)
	s.setTo(to)
}

func (s *Search) setFrom(from End) {
	forget(s.start, s.starts)
	s.starts = note(s.start, s.outward(from, s.starts[:0]))
}

func (s *Search) setTo(to End) {
	forget(s.goal, s.goals)
	s.goals = note(s.goal, s.homeward(to, s.goals[:0]))
}

func forget(column []transit.Seconds, walks []walk) {
	for _, w := range walks {
		column[w.stop] = -1
	}
}

// note puts walks into a column by stop, and each stop once into the list, with
// the shortest of its walks.
func note(column []transit.Seconds, walks []walk) []walk {
	kept := walks[:0]
	for _, w := range walks {
		switch {
		case column[w.stop] < 0:
			column[w.stop] = w.time
			kept = append(kept, w)
		case w.time < column[w.stop]:
			column[w.stop] = w.time
		}
	}
	for i := range kept {
		kept[i].time = column[kept[i].stop]
	}
	return kept
}

// outward are the walks from an end to the stops where one may board.
func (s *Search) outward(from End, walks []walk) []walk {
	if from.kind != stopEnd {
		return s.around(from, walks)
	}
	links := &s.ix.Network.Transfers
	walks = s.standing(from.stop, walks)
	for _, at := range walks {
		for i := links.First[at.stop]; i < links.First[at.stop+1]; i++ {
			if s.ix.transfer[i] >= 0 {
				walks = append(walks, walk{links.To[i], s.ix.transfer[i]})
			}
		}
	}
	return walks
}

// homeward are the walks to an end from the stops where one may get off.
func (s *Search) homeward(to End, walks []walk) []walk {
	if to.kind != stopEnd {
		return s.around(to, walks)
	}
	in := &s.ix.into
	walks = s.standing(to.stop, walks)
	for _, at := range walks {
		for i := in.first[at.stop]; i < in.first[at.stop+1]; i++ {
			walks = append(walks, walk{in.stop[i], in.walk[i]})
		}
	}
	return walks
}

// standing are the boarding places that a stop is: itself, or those of the station.
func (s *Search) standing(at transit.Stop, walks []walk) []walk {
	if s.ix.served[at] {
		return append(walks, walk{at, 0})
	}
	for child, parent := range s.ix.Network.Timetable.Stops.Parent {
		if parent == at && s.ix.served[child] {
			walks = append(walks, walk{transit.Stop(child), 0})
		}
	}
	return walks
}

// around are the walks between a place or a point and the stops near it.
func (s *Search) around(e End, walks []walk) []walk {
	if e.kind == pointEnd {
		stops, times := s.foot().Stops(e.point)
		for i, stop := range stops {
			walks = append(walks, walk{stop, s.ix.pace(times[i])})
		}
		return walks
	}
	links := &s.ix.Network.Access
	for _, place := range e.places {
		for i := links.First[place]; i < links.First[place+1]; i++ {
			if s.ix.access[i] >= 0 {
				walks = append(walks, walk{links.To[i], s.ix.access[i]})
			}
		}
	}
	return walks
}

// foot finds walks of points; it is made when first it is needed.
func (s *Search) foot() *network.Walker {
	if s.walker == nil {
		s.walker = s.ix.walking().Twin()
	}
	return s.walker
}

// direct is the walk all the way between the ends that are set. To and from a
// stop people walk as far as it is linked; elsewhere as far as the network says.
func (s *Search) direct(from, to End) (transit.Seconds, bool) {
	switch {
	case from.kind == stopEnd:
		return s.linked(from.stop, s.goal)
	case to.kind == stopEnd:
		return s.linked(to.stop, s.start)
	case from.kind == placeEnd && to.kind == placeEnd && !s.avoidsSteps():
		return s.straight(from, to)
	}
	best := tooLate
	for _, a := range s.at(from) {
		for _, b := range s.at(to) {
			if foot, near := s.foot().Between(a, b); near {
				best = min(best, s.ix.pace(foot))
			}
		}
	}
	return best, best < tooLate
}

// straight is the walk between places as the network has it.
func (s *Search) straight(from, to End) (transit.Seconds, bool) {
	best := tooLate
	for _, a := range from.places {
		for _, b := range to.places {
			if foot, near := s.ix.Network.Direct(a, b); near {
				best = min(best, s.ix.pace(foot))
			}
		}
	}
	return best, best < tooLate
}

// avoidsSteps reports whether the class takes other walks than everybody.
func (s *Search) avoidsSteps() bool {
	return s.ix.Class.StepFree && s.ix.Network.Access.FreeWalk != nil
}

// linked is the shortest walk of a column at a stop.
func (s *Search) linked(stop transit.Stop, column []transit.Seconds) (transit.Seconds, bool) {
	best := tooLate
	for _, at := range s.standing(stop, nil) {
		if column[at.stop] >= 0 {
			best = min(best, column[at.stop])
		}
	}
	return best, best < tooLate
}

// at is where an end lies: a venue at each of its gates.
func (s *Search) at(e End) []geo.Point {
	switch e.kind {
	case placeEnd:
		points := make([]geo.Point, len(e.places))
		for i, p := range e.places {
			points[i] = s.ix.Network.Places.At[p]
		}
		return points
	case stopEnd:
		return []geo.Point{s.ix.Network.Timetable.Stops.At[e.stop]}
	}
	return []geo.Point{e.point}
}
