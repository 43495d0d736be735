package block

import (
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// infer lets each of the dated trips take a vehicle that waits, in the order in
// which they leave.
func (c *chain) infer(open []transit.Dated) {
	leaving := slices.SortedFunc(slices.Values(open), c.leaves)
	ending := slices.SortedFunc(slices.Values(open), c.ends)
	y := newYard(c, open)
	for _, d := range leaving {
		for len(ending) > 0 && c.arrive(ending[0]) < c.depart(d) {
			y.park(ending[0])
			ending = ending[1:]
		}
		if first := y.take(d); first != None {
			c.link(first, d)
			c.out.Inferred[first] = true
			c.out.Guessed++
		}
	}
}

// kind is what two trips have in common that one vehicle may make.
type kind struct {
	stop    transit.Stop
	vehicle transit.Vehicle
	route   transit.Route // or anyRoute
}

const anyRoute = transit.Route(transit.None)

// yard holds the vehicles that wait at terminals, as the dated trips that they
// made last, each list in the order of arrival.
type yard struct {
	*chain
	near    map[transit.Stop][]transit.Stop
	waiting map[kind][]transit.Dated
	gone    []bool // by dated trip: its vehicle has left again
}

func newYard(c *chain, trips []transit.Dated) *yard {
	return &yard{chain: c, near: c.terminals(trips), waiting: map[kind][]transit.Dated{}, gone: make([]bool, len(c.day.Trip))}
}

// park lets the vehicle of a dated trip wait at its last stop.
func (y *yard) park(d transit.Dated) {
	own := kind{y.to(d), y.vehicle(d), y.route(d)}
	y.waiting[own] = append(y.waiting[own], d)
	if y.rules.Interline {
		own.route = anyRoute
		y.waiting[own] = append(y.waiting[own], d)
	}
}

// take is the dated trip whose vehicle makes d next, or None: its vehicle came
// earliest of those of d's route, else of any route where the rules allow it.
func (y *yard) take(d transit.Dated) transit.Dated {
	first := y.earliest(d, y.route(d))
	if first == None && y.rules.Interline {
		first = y.earliest(d, anyRoute)
	}
	if first != None {
		y.gone[first] = true
	}
	return first
}

// earliest is of the vehicles that wait near the first stop of d and are ready
// the one that came first.
func (y *yard) earliest(d transit.Dated, route transit.Route) transit.Dated {
	best := None
	for _, stop := range y.near[y.from(d)] {
		if first := y.ready(kind{stop, y.vehicle(d), route}, y.depart(d)); first != None && (best == None || y.ends(first, best) < 0) {
			best = first
		}
	}
	return best
}

// ready is the first vehicle of a list that may leave at a time. Those in front
// that left or waited too long are forgotten: the times asked for never fall.
func (y *yard) ready(k kind, at transit.Seconds) transit.Dated {
	list := y.waiting[k]
	for len(list) > 0 && (y.gone[list[0]] || at-y.arrive(list[0]) > y.rules.Longest) {
		list = list[1:]
	}
	y.waiting[k] = list
	for _, d := range list {
		if !y.gone[d] && at-y.arrive(d) >= y.turnback[y.route(d)] {
			return d
		}
	}
	return None
}
