package network

import (
	"slices"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// enter makes links of walks to open stops and to doors: each stop once, by
// the door with the shortest way on the street and inside together.
func (f *foot) enter(hops []hop) []link {
	var row []link
	at := map[transit.Stop]int{}
	put := func(l link) {
		i, known := at[l.to]
		if !known {
			at[l.to] = len(row)
			row = append(row, l)
			return
		}
		row[i].walk, row[i].free = row[i].walk.better(l.walk), row[i].free.better(l.free)
	}
	for _, h := range hops {
		if int(h.to) < len(f.inside.served) {
			put(plainLink(transit.Stop(h.to), h.walk))
			continue
		}
		door := h.to - f.inside.row(0)
		for _, b := range f.inside.behind[door] {
			l := link{to: b.to, walk: b.walk.after(h.walk), free: b.free.after(h.walk)}
			l.walk.door, l.free.door = door, door
			put(l)
		}
	}
	return row
}

// insides are the doors with the ways behind them, to be kept.
func (f *foot) insides() Doors {
	if len(f.inside.id) == 0 {
		return Doors{}
	}
	rows := make([][]link, len(f.inside.id))
	for d, behind := range f.inside.behind {
		for _, b := range behind {
			rows[d] = append(rows[d], link{to: b.to, walk: b.walk, free: b.free})
		}
	}
	return Doors{ID: f.inside.id, At: f.inside.at, Inside: f.compact(rows)}
}

// plainLink is a walk on which nothing is passed.
func plainLink(to transit.Stop, walk transit.Seconds) link {
	return link{to: to, walk: course{time: walk}, free: course{time: walk}}
}

// exit is where somebody stands who has left a stop, with the way in that he
// took the other way.
type exit struct {
	stand stand
	row   uint32 // among the goals
	way   inner
}

// exits are the doors of a stop, or the stop itself where it is open.
func (f *foot) exits(s transit.Stop) []exit {
	if f.inside.open[s] {
		return []exit{{f.stops.stand[s], uint32(s), inner{to: s}}}
	}
	var all []exit
	for _, d := range f.inside.doors[s] {
		ways := f.inside.behind[d]
		i := slices.IndexFunc(ways, func(w inner) bool { return w.to == s })
		row := f.inside.row(int(d))
		all = append(all, exit{f.stops.stand[row], row, ways[i]})
	}
	return all
}

// leave is a link from outside, walked from the stop that an exit belongs to.
func (e exit) leave(l link) link {
	l.walk, l.free = e.way.walk.out(e.way.after[0], l.walk), e.way.free.out(e.way.after[1], l.free)
	return l
}

// transfersOf are a stop's links to itself, to the stops of its station, and
// by its doors to those of others.
func (f *foot) transfersOf(s transit.Stop) []link {
	row := []link{{to: s, self: true}}
	row = append(row, f.within(s)...)
	var across []link
	for _, e := range f.exits(s) {
		for _, l := range f.enter(f.around(e.stand, f.stops, f.walking.MaxTransfer, 0)) {
			if l.to != s && !f.together(s, l.to) {
				across = addLink(across, e.leave(l))
			}
		}
	}
	for i := range across { // two stops are never at one place
		across[i].walk, across[i].free = across[i].walk.atLeast(1), across[i].free.atLeast(1)
	}
	return append(row, across...)
}

func addLink(row []link, l link) []link {
	i := slices.IndexFunc(row, func(other link) bool { return other.to == l.to })
	if i < 0 {
		return append(row, l)
	}
	row[i].walk, row[i].free = row[i].walk.better(l.walk), row[i].free.better(l.free)
	return row
}

// within are the links from a stop to those that are reached without going
// out: by ways that are known, else to those of its station.
func (f *foot) within(s transit.Stop) []link {
	var row []link
	for _, c := range f.inside.change[s] {
		row = append(row, link{to: c.to, walk: c.walk.atLeast(1), free: c.free.atLeast(1)})
	}
	for _, to := range f.inside.siblings[f.tt.Stops.Parent[s]] {
		if to != s && !f.inside.leads(s, to) && f.together(s, to) && f.isNear(s, to) {
			row = append(row, plainLink(to, max(1, f.beside(s, to))))
		}
	}
	return row
}

// leads reports whether a way is known from a stop to another without going out.
func (in *inside) leads(s, to transit.Stop) bool {
	return slices.ContainsFunc(in.change[s], func(c inner) bool { return c.to == to })
}

// together reports whether nobody goes out to the street to get from one stop
// to another: a way inside is known, or they are of one station with doors.
func (f *foot) together(s, to transit.Stop) bool {
	parent := f.tt.Stops.Parent
	return f.inside.leads(s, to) || (uint32(parent[s]) != transit.None && parent[s] == parent[to] && !(f.inside.open[s] && f.inside.open[to]))
}

func (f *foot) isNear(s, to transit.Stop) bool {
	at := f.tt.Stops.At
	return at[s].Valid() && at[to].Valid() && float64(geo.Distance(at[s], at[to])) <= f.walking.MaxTransfer
}

// beside is the walk between two stops of one station of which no more is known.
func (f *foot) beside(s, to transit.Stop) transit.Seconds {
	return f.walking.Seconds(geo.Distance(f.tt.Stops.At[s], f.tt.Stops.At[to]))
}

// change is the link that a feed asks for, however far.
func (f *foot) change(s, to transit.Stop) link {
	switch {
	case s == to:
		l := plainLink(to, max(1, f.between(f.stops.stand[s], f.stops.stand[s])))
		l.self = true
		return l
	case f.together(s, to):
		for _, l := range f.within(s) {
			if l.to == to {
				return l
			}
		}
		return plainLink(to, max(1, f.beside(s, to)))
	}
	var best []link
	for _, e := range f.exits(s) {
		for _, in := range f.exits(to) {
			h := hop{in.row, f.between(e.stand, in.stand)}
			for _, l := range f.enter([]hop{h}) {
				if l.to == to {
					best = addLink(best, e.leave(l))
				}
			}
		}
	}
	best[0].walk, best[0].free = best[0].walk.atLeast(1), best[0].free.atLeast(1)
	return best[0]
}
