package network

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// Closed is the network in which nobody walks, and nobody new drives, on some
// pieces of street. Walks go round them, as if the map did not have them; what a
// feed says of a change between two stops, and ways within stations, stay. Who is
// cut off from all streets walks the straight line, as where no street is known.
// The network itself is not touched.
func (n *Network) Closed(shut []street.Edge) *Network {
	if n.Streets == nil || len(shut) == 0 {
		return n
	}
	closed := make([]bool, len(n.Streets.From))
	for _, e := range shut {
		closed[e] = true
	}
	out := *n
	out.Streets = n.Streets.Only(func(e street.Edge) bool { return !closed[e] })
	r := rewalking{old: n, before: newFoot(n, insideKept(n)), after: newFoot(&out, insideKept(n))}
	r.after.ways = tableOf(&n.Stations.Ways)
	r.around(shut)
	out.Transfers = r.after.compact(r.transfers())
	out.Access = r.after.compact(r.access())
	out.GateWalks = r.gateWalks()
	out.Stations.Ways = r.after.ways.rows
	return &out
}

// rewalking finds walks again after streets were closed, where that can matter.
type rewalking struct {
	old           *Network
	before, after *foot
	where         geo.Box // of all that was closed, and of what stands elsewhere now
}

// around finds where walks can have changed.
func (r *rewalking) around(shut []street.Edge) {
	for _, e := range shut {
		for _, p := range r.old.Streets.Line(e) {
			r.where = r.where.Extend(p)
		}
	}
	for _, pair := range [][2]*goals{{r.before.stops, r.after.stops}, {r.before.places, r.after.places}} {
		for i, was := range pair[0].stand {
			is := pair[1].stand[i]
			if was.onStreet != is.onStreet || was.spot.Off != is.spot.Off {
				r.where = r.where.Extend(was.at)
			}
		}
	}
}

// matters reports whether walks of so many seconds from a point can have changed.
func (r *rewalking) matters(at geo.Point, limit float64, walks []transit.Seconds) bool {
	reach := limit * max(r.old.Walking.Detour, 1)
	if len(walks) > 0 {
		reach = max(reach, float64(slices.Max(walks))*r.old.Walking.Speed)
	}
	return at.Valid() && float64(r.where.Gap(at)) <= reach+float64(MaxOffStreet)+1
}

func (r *rewalking) transfers() [][]link {
	rows := make([][]link, len(r.old.Timetable.Stops.ID))
	for s := range rows {
		rows[s] = r.old.linksOf(&r.old.Transfers, uint32(s))
		_, walks := r.old.Transfers.Row(uint32(s))
		if len(walks) == 0 || !r.matters(r.old.Timetable.Stops.At[s], r.old.Walking.MaxTransfer+float64(r.doorsAway(transit.Stop(s))), walks) {
			continue
		}
		rows[s] = changed(rows[s], r.before.transfersOf(transit.Stop(s)), r.after.transfersOf(transit.Stop(s)))
	}
	return rows
}

// doorsAway is how far from a stop the farthest of its doors is.
func (r *rewalking) doorsAway(s transit.Stop) geo.Meters {
	far := geo.Meters(0)
	for _, d := range r.before.inside.doors[s] {
		far = max(far, geo.Distance(r.old.Timetable.Stops.At[s], r.before.inside.at[d]))
	}
	return far
}

func (r *rewalking) access() [][]link {
	rows := make([][]link, len(r.old.Places.At))
	nearest := int(r.old.Walking.Nearest)
	for p, at := range r.old.Places.At {
		rows[p] = r.old.linksOf(&r.old.Access, uint32(p))
		if _, walks := r.old.Access.Row(uint32(p)); r.matters(at, r.old.Walking.MaxAccess, walks) {
			rows[p] = changed(rows[p], r.before.accessOf(r.before.places.stand[p], nearest), r.after.accessOf(r.after.places.stand[p], nearest))
		}
	}
	return rows
}

// changed is a row with what is different from one finding to another. What was
// not found the first time is another's word, and stays.
func changed(row, before, after []link) []link {
	to := func(stop transit.Stop) func(link) bool { return func(l link) bool { return l.to == stop } }
	var out []link
	for _, l := range row {
		was, is := slices.IndexFunc(before, to(l.to)), slices.IndexFunc(after, to(l.to))
		switch {
		case was < 0 || !l.takes(before[was]), is >= 0 && before[was].takes(after[is]):
			out = append(out, l)
		case is >= 0:
			l.walk, l.free = after[is].walk.timedAs(l.walk, before[was].walk), after[is].free.timedAs(l.free, before[was].free)
			out = append(out, l)
		}
	}
	for _, l := range after {
		if !slices.ContainsFunc(row, to(l.to)) && !slices.ContainsFunc(before, to(l.to)) {
			out = append(out, l)
		}
	}
	return out
}

// takes reports whether two links take the same time.
func (l link) takes(other link) bool {
	return l.walk.time == other.walk.time && l.free.time == other.free.time
}

// gateWalks are those of the gates around what was closed found again, and the others.
func (r *rewalking) gateWalks() GateWalks {
	old, out := &r.old.GateWalks, GateWalks{Gate: r.old.GateWalks.Gate, First: []uint32{0}}
	for i, gate := range old.Gate {
		from, to := old.First[i], old.First[i+1]
		places, walks := old.Place[from:to], old.Walk[from:to]
		if r.matters(r.old.Places.At[gate], r.old.Walking.MaxDirect, walks) {
			places, walks = r.gateRow(gate)
		}
		out.Place, out.Walk = append(out.Place, places...), append(out.Walk, walks...)
		out.First = append(out.First, uint32(len(out.Place)))
	}
	return out
}

func (r *rewalking) gateRow(gate demand.Place) (places []demand.Place, walks []transit.Seconds) {
	f := r.after
	hops := f.around(f.places.stand[gate], f.places, f.walking.MaxDirect, 0)
	slices.SortFunc(hops, func(a, b hop) int { return cmp.Compare(a.to, b.to) })
	for _, h := range hops {
		places, walks = append(places, demand.Place(h.to)), append(walks, h.walk)
	}
	return places, walks
}

// linksOf are the links of a row with what is passed on them.
func (n *Network) linksOf(l *Links, row uint32) []link {
	var out []link
	for i := l.First[row]; i < l.First[row+1]; i++ {
		one := plainLink(l.To[i], l.Walk[i])
		one.self = l == &n.Transfers && uint32(l.To[i]) == row
		if l.Way != nil {
			one.walk.pass = n.passedOn(l.Way[i])
			one.free.pass = one.walk.pass
		}
		if l.FreeWalk != nil {
			one.free = course{time: l.FreeWalk[i], pass: n.passedOn(l.FreeWay[i])}
		}
		out = append(out, one)
	}
	return out
}

func (n *Network) passedOn(way uint32) []passed {
	if way == transit.None {
		return nil
	}
	w := &n.Stations.Ways
	var out []passed
	for i := w.First[way]; i < w.First[way+1]; i++ {
		out = append(out, passed{w.Facility[i], w.Left[i]})
	}
	return out
}

// tableOf is a table that goes on from the lists of a network.
func tableOf(w *station.Ways) wayTable {
	table := wayTable{known: map[string]uint32{}, rows: station.Ways{
		First: slices.Clone(w.First), Facility: slices.Clone(w.Facility), Left: slices.Clone(w.Left),
	}}
	if len(table.rows.First) == 0 {
		return wayTable{}
	}
	for row := range w.Len() {
		var pass []passed
		for i := w.First[row]; i < w.First[row+1]; i++ {
			pass = append(pass, passed{w.Facility[i], w.Left[i]})
		}
		table.known[keyOf(pass)] = uint32(row)
	}
	return table
}

// insideKept is insideOf with what is passed behind each door.
func insideKept(n *Network) *inside {
	in := insideOf(n)
	for d := range in.behind {
		for i, l := range n.linksOf(&n.Doors.Inside, uint32(d)) {
			b := &in.behind[d][i]
			b.walk, b.free = l.walk, l.free
			b.after = [2][]transit.Seconds{lefts(l.walk.pass), lefts(l.free.pass)}
		}
	}
	return in
}

// timedAs is a course that was found again, with the times at which its facilities
// are come to as they were known: a network does not keep how long each takes,
// so the first finding is off by as much as the second.
func (c course) timedAs(known, first course) course {
	if len(c.pass) != len(known.pass) || len(c.pass) != len(first.pass) {
		return c
	}
	pass := slices.Clone(c.pass)
	for i := range pass {
		if pass[i].facility != known.pass[i].facility || pass[i].facility != first.pass[i].facility {
			return c
		}
		pass[i].left += known.pass[i].left - first.pass[i].left
	}
	c.pass = pass
	return c
}

// lefts stand in for how long it is from leaving each facility until the end of a way.
func lefts(pass []passed) []transit.Seconds {
	var out []transit.Seconds
	for _, p := range pass {
		out = append(out, p.left)
	}
	return out
}
