package drawn

import (
	"math"
	"slices"

	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// furnish gives a network what its stops have between them and the street: the
// facilities in the order of their lines, from the street on. Who takes steps
// leaves lifts aside; who takes none uses a lift where the others take steps.
func (s *sheet) furnish(n *network.Network) {
	n.Stations.Platforms = s.platformColumns()
	if len(s.facilities) == 0 {
		return
	}
	w := &ways{sheet: s, out: &n.Stations}
	for i := range s.facilities {
		w.facility(&s.facilities[i])
	}
	steps := slices.ContainsFunc(s.facilities, func(f facility) bool { return f.steps() })
	links := []*network.Links{&n.Access, &n.Transfers}
	for i, l := range links {
		street := i == 0 // access begins on the street, a transfer at a stop
		if steps {
			w.pass(l, true, street)
		}
		w.pass(l, false, street)
	}
}

// ways lays ways through the facilities of a city's stops.
type ways struct {
	sheet *sheet
	out   *station.Stations
}

// facility adds one row.
func (w *ways) facility(f *facility) {
	c := &w.out.Facilities
	service := 0
	if f.perHour > 0 {
		service = 3_600_000 / f.perHour
	}
	c.ID, c.Name, c.Kind = append(c.ID, f.id), append(c.Name, f.id), append(c.Kind, f.kind)
	c.Station, c.At = append(c.Station, f.stop), append(c.At, w.sheet.places.At[f.stop])
	c.Channels, c.Service, c.Variation = append(c.Channels, uint32(f.channels)), append(c.Service, uint32(service)), append(c.Variation, f.variation)
	c.Length, c.Width = append(c.Length, float32(f.length)), append(c.Width, float32(f.width))
	c.Speed, c.StepFree = append(c.Speed, float32(w.speed(f))), append(c.StepFree, !f.steps())
	c.Basis, c.Source = append(c.Basis, "fact"), append(c.Source, "drawn")
}

// speed is how fast people walk a facility: half as fast on steps as elsewhere,
// half a meter a second on an escalator.
func (w *ways) speed(f *facility) float64 {
	switch {
	case f.speed > 0:
		return f.speed
	case f.kind == station.Stairs:
		return w.sheet.walking.Speed / 2
	case f.kind == station.Escalator:
		return .5
	}
	return w.sheet.walking.Speed
}

// walk is how long a facility is walked when it is empty.
func (w *ways) walk(f station.Facility) transit.Seconds {
	one := &w.sheet.facilities[f]
	return transit.Seconds(math.Ceil(one.length / w.speed(one)))
}

// passed are the facilities from the street to a stop. No way is left to
// somebody who takes no steps where there are steps and no lift.
func (w *ways) passed(stop transit.Stop, stepFree bool) (way []station.Facility, open bool) {
	var steps, lifts bool
	for _, f := range w.sheet.facilities {
		steps, lifts = steps || f.stop == stop && f.steps(), lifts || f.stop == stop && f.kind == station.Lift
	}
	for i := range w.sheet.facilities {
		f := &w.sheet.facilities[i]
		aside := f.kind == station.Lift && steps && !stepFree || f.steps() && stepFree
		if f.stop == stop && !aside {
			way = append(way, station.Facility(i))
		}
	}
	return way, !stepFree || !steps || lifts
}

// pass lays the ways of all links, those of the step-free or those of the others.
func (w *ways) pass(l *network.Links, stepFree, street bool) {
	laid := map[[2]transit.Stop]uint32{}
	walks, way := slices.Clone(l.Walk), make([]uint32, len(l.To))
	for row := range len(l.First) - 1 {
		for i := l.First[row]; i < l.First[row+1]; i++ {
			from, to := transit.Stop(row), l.To[i]
			way[i] = transit.None
			if !street && from == to {
				continue
			}
			passed, open := w.between(from, to, stepFree, street)
			switch {
			case !open:
				walks[i] = -1
				continue
			case len(passed) == 0:
				continue
			}
			key := [2]transit.Stop{from, to}
			if street {
				key[0] = to
			}
			if _, known := laid[key]; !known {
				laid[key] = w.add(passed)
			}
			way[i] = laid[key]
			walks[i] += w.out.Ways.Left[w.out.Ways.First[way[i]]]
		}
	}
	if stepFree {
		l.FreeWalk, l.FreeWay = walks, way
		return
	}
	l.Walk, l.Way = walks, way
}

// between are the facilities of a link: from the street to a stop, or from one
// stop out to the street and in to the other.
func (w *ways) between(from, to transit.Stop, stepFree, street bool) (passed []station.Facility, open bool) {
	in, open := w.passed(to, stepFree)
	if street {
		return in, open
	}
	out, free := w.passed(from, stepFree)
	slices.Reverse(out)
	return append(out, in...), open && free
}

// add lays one way and gives its number.
func (w *ways) add(passed []station.Facility) uint32 {
	c := &w.out.Ways
	if len(c.First) == 0 {
		c.First = []uint32{0}
	}
	left := transit.Seconds(0)
	for _, f := range passed {
		left += w.walk(f)
	}
	for _, f := range passed {
		c.Facility, c.Left = append(c.Facility, f), append(c.Left, left)
		left -= w.walk(f)
	}
	c.First = append(c.First, uint32(len(c.Facility)))
	return uint32(len(c.First) - 2)
}

// platformColumns are what boarding places take, by stop.
func (s *sheet) platformColumns() station.Platforms {
	var c station.Platforms
	for i := range s.places.ID {
		p, known := s.platforms[transit.Stop(i)]
		if !known {
			continue
		}
		c.Stop, c.Area = append(c.Stop, transit.Stop(i)), append(c.Area, float32(p.area))
		c.Holds, c.Stands = append(c.Holds, uint32(p.holds)), append(c.Stands, uint32(p.stands))
		c.Basis, c.Source = append(c.Basis, "fact"), append(c.Source, "drawn")
	}
	return c
}
