package journey_test

import (
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// oracle finds journeys by trying everything, visit by visit: slow, and
// written without anything of the engine's.
type oracle struct {
	*town
	class  demand.Class
	change [][]transit.Visit // by visit where one gets off: where one may then board
	bounds int               // boardings after which nothing new is found
}

// spot is a place or a stop; the other is -1.
type spot struct{ place, stop int }

const tooLate = transit.Seconds(1 << 30)

func newOracle(c *town, class demand.Class) *oracle {
	o := &oracle{town: c, class: class, change: make([][]transit.Visit, len(c.day.Stop))}
	for u := range c.day.Stop {
		if c.day.Boarding[u]&transit.MayAlight == 0 {
			continue
		}
		for b := range c.day.Stop {
			if c.day.Boarding[b]&transit.MayBoard != 0 && o.catches(transit.Visit(u), transit.Visit(b)) {
				o.change[u] = append(o.change[u], transit.Visit(b))
			}
		}
	}
	o.bounds = len(c.day.Trip)
	return o
}

// pace is a walk at the class's speed.
func (o *oracle) pace(walk transit.Seconds) transit.Seconds {
	if walk < 0 || o.class.Speed == 0 {
		return walk
	}
	paced := walk * 100 / transit.Seconds(o.class.Speed)
	for paced*transit.Seconds(o.class.Speed) < walk*100 {
		paced++
	}
	return paced
}

// transfer is the walk from a stop to another, -1 where there is none.
func (o *oracle) transfer(from, to transit.Stop) transit.Seconds {
	l := &o.net.Transfers
	for i := l.First[from]; i < l.First[from+1]; i++ {
		if l.To[i] == to {
			if o.class.StepFree && l.FreeWalk != nil {
				return o.pace(l.FreeWalk[i])
			}
			return o.pace(l.Walk[i])
		}
	}
	return -1
}

// catches reports whether one who gets off at u can board at b.
func (o *oracle) catches(u, b transit.Visit) bool {
	d := o.day
	walk := o.transfer(d.Stop[u], d.Stop[b])
	switch {
	case walk < 0:
		return false
	case walk > 0:
		return d.Arrive[u]+walk <= d.Depart[b]
	}
	return d.Arrive[u] < d.Depart[b] || d.Arrive[u] == d.Depart[b] && d.Step[u] < d.DepartStep(b)
}

// isAt reports whether a stop is the one of the spot, or one of its station.
func (o *oracle) isAt(s spot, stop transit.Stop) bool {
	calls := func(stop int) bool { return slices.Contains(o.net.Timetable.Patterns.Stop, transit.Stop(stop)) }
	if int(stop) == s.stop {
		return calls(s.stop)
	}
	return s.stop >= 0 && !calls(s.stop) && calls(int(stop)) && int(o.net.Timetable.Stops.Parent[stop]) == s.stop
}

// walk is the way between a spot and a stop, outward or homeward; -1 when there is none.
func (o *oracle) walk(s spot, stop transit.Stop, outward bool) transit.Seconds {
	if s.place >= 0 {
		l := &o.net.Access
		for i := l.First[s.place]; i < l.First[s.place+1]; i++ {
			if l.To[i] == stop {
				if o.class.StepFree && l.FreeWalk != nil {
					return o.pace(l.FreeWalk[i])
				}
				return o.pace(l.Walk[i])
			}
		}
		return -1
	}
	if o.isAt(s, stop) {
		return 0
	}
	best := transit.Seconds(-1)
	for other := range o.net.Timetable.Stops.ID {
		if !o.isAt(s, transit.Stop(other)) {
			continue
		}
		walk := o.transfer(transit.Stop(other), stop)
		if !outward {
			walk = o.transfer(stop, transit.Stop(other))
		}
		if walk >= 0 && (best < 0 || walk < best) {
			best = walk
		}
	}
	return best
}

// direct is the walk all the way, -1 when there is none.
func (o *oracle) direct(from, to spot) transit.Seconds {
	if from.place >= 0 && to.place >= 0 {
		if foot, near := o.net.Direct(demand.Place(from.place), demand.Place(to.place)); near {
			return o.pace(foot)
		}
		return -1
	}
	best := transit.Seconds(-1)
	for s := range o.net.Timetable.Stops.ID {
		walk := transit.Seconds(-1)
		switch stop := transit.Stop(s); {
		case from.stop >= 0 && o.isAt(from, stop):
			walk = o.walk(to, stop, false)
		case from.stop < 0 && o.isAt(to, stop):
			walk = o.walk(from, stop, true)
		}
		if walk >= 0 && (best < 0 || walk < best) {
			best = walk
		}
	}
	return best
}

// arrivals are the earliest arrivals with at most 0, 1, 2 ... boardings of who
// leaves at a time; the last holds for any number.
func (o *oracle) arrivals(from, to spot, leave transit.Seconds) []transit.Seconds {
	best := tooLate
	if foot := o.direct(from, to); foot >= 0 {
		best = leave + foot
	}
	all := []transit.Seconds{best}
	on := make([]bool, len(o.day.Stop)) // by visit: on board as it arrives, with so many boardings or fewer
	for len(all) <= o.bounds {
		boards := map[transit.Visit]bool{}
		if len(all) == 1 {
			for b := range o.day.Stop {
				walk := o.walk(from, o.day.Stop[b], true)
				if o.day.Boarding[b]&transit.MayBoard != 0 && walk >= 0 && leave+walk <= o.day.Depart[b] {
					boards[transit.Visit(b)] = true
				}
			}
		}
		for u, aboard := range on {
			if aboard {
				for _, b := range o.change[u] {
					boards[b] = true
				}
			}
		}
		news := false
		for b := range boards {
			_, past := o.day.Visits(o.day.Owner[b])
			for v := b + 1; v < past; v++ {
				news, on[v] = news || !on[v], true
			}
		}
		if !news {
			break
		}
		for u, aboard := range on {
			if home := o.walk(to, o.day.Stop[u], false); aboard && home >= 0 && o.day.Boarding[u]&transit.MayAlight != 0 {
				best = min(best, o.day.Arrive[u]+home)
			}
		}
		all = append(all, best)
	}
	return all
}

// within is the earliest arrival with so many boardings, 0 for any number.
func within(arrivals []transit.Seconds, boardings int) transit.Seconds {
	if boardings == 0 || boardings >= len(arrivals) {
		return arrivals[len(arrivals)-1]
	}
	return arrivals[boardings]
}

// departures are the seconds at which one might set off: those that reach a
// vehicle exactly, and the last that reaches on foot by a time.
func (o *oracle) departures(from, to spot, by transit.Seconds) []transit.Seconds {
	var all []transit.Seconds
	for b := range o.day.Stop {
		if walk := o.walk(from, o.day.Stop[b], true); walk >= 0 && o.day.Boarding[b]&transit.MayBoard != 0 {
			all = append(all, o.day.Depart[b]-walk)
		}
	}
	if foot := o.direct(from, to); foot >= 0 {
		all = append(all, by-foot)
	}
	return all
}
