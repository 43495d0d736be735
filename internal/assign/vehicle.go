package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// ready sets the first moment of every vehicle that waits for no other trip.
func (l *loading) ready() {
	for d := range l.problem.Day.Trip {
		if b := l.problem.Model.Blocks; b == nil || uint32(b.Before[d]) == transit.None {
			l.begin(transit.Dated(d), l.problem.Day.Arrive[l.problem.Day.First[d]])
		}
	}
}

// begin lets a dated trip start as soon as its vehicle is there and it is due,
// or as late as is known.
func (l *loading) begin(d transit.Dated, there transit.Seconds) {
	day := l.problem.Day
	v, late := transit.Visit(day.First[d]), l.told[d]
	l.begun[d] = true
	l.out.Arrive[v] = max(day.Arrive[v]+late, there)
	if l.kerbs.limited(day.Stop[v]) {
		l.clock.push(moment{max(l.out.Arrive[v], l.since), day.Step[v], v})
		return
	}
	l.clock.push(moment{max(day.Depart[v]+late, there, l.since), day.DepartStep(v), v})
}

// reach brings a vehicle to a stop: it takes a loading area, and lets people off.
func (l *loading) reach(m moment) {
	day, v := l.problem.Day, m.visit
	if !l.kerbs.take(day.Stop[v], v, m.at) {
		return
	}
	l.out.Arrive[v] = m.at
	d := day.Owner[v]
	if uint32(v) > day.First[d] {
		l.letOff(d, v, m.at)
	}
	l.clock.push(l.leaving(m))
}

// leaving is when a vehicle that has just arrived may leave at the earliest.
func (l *loading) leaving(m moment) moment {
	at, v := m.at+l.stand(m.visit), m.visit
	if !l.problem.Day.Last(v) {
		at = max(at, l.problem.Day.Depart[v])
	}
	if at == m.at {
		return moment{at, m.step + 1, v}
	}
	return moment{at, 1, v}
}

// letOff lets everybody off whose plan is to leave at this place; at the last one all.
func (l *loading) letOff(d transit.Dated, v transit.Visit, now transit.Seconds) {
	if l.load[d] == 0 {
		return
	}
	groups, still := l.aboard[d], 0
	place, last := uint16(l.problem.Day.Place(v)), l.problem.Day.Last(v)
	for i := range groups {
		if g := &groups[i]; g.off == place || last {
			l.unload(g, d, v, now)
			continue
		}
		groups[still] = groups[i]
		still++
	}
	l.aboard[d] = groups[:still]
}

// unload lets a group off.
func (l *loading) unload(g *group, d transit.Dated, v transit.Visit, now transit.Seconds) {
	l.load[d] -= g.count
	l.out.Alighted[v] += g.count
	l.getting = l.chains.firsts(&g.list, g.count, l.getting[:0])
	for _, p := range l.getting {
		l.out.Legs[l.people[p].ride].Off = v
	}
	stop, there := l.problem.Day.Stop[v], g.off == uint16(l.problem.Day.Place(v))
	for _, p := range l.getting {
		if there {
			l.change(p, l.people[p].after, stop, now)
			continue
		}
		l.putOff(p, stop, now)
	}
}

// change sends somebody on who gets off: to his destination, or to his next stop.
func (l *loading) change(p person, o onward, stop transit.Stop, now transit.Seconds) {
	if o.via == journey.Home {
		l.people[p].walk = walk{course: toHome, link: l.homeLink(p, stop)}
	} else {
		b := &l.people[p]
		b.walk, b.node = walk{course: toChange, link: o.via}, o.then
	}
	l.walkOn(p, now)
}

// homeLink is the link of Access between a stop and a person's destination.
func (l *loading) homeLink(p person, stop transit.Stop) uint32 {
	access, to := &l.problem.Network.Access, l.people[p].to
	stops, _ := access.Row(uint32(to))
	return access.First[to] + uint32(slices.Index(stops, stop))
}

// depart lets people on a vehicle that may leave, first come first served, and
// sends it on. For those who get on it may have to stand longer; then who comes
// meanwhile gets on too, and it waits no more.
func (l *loading) depart(m moment) {
	day, v := l.problem.Day, m.visit
	d, stop := day.Owner[v], day.Stop[v]
	if day.Last(v) {
		l.end(d, m)
		return
	}
	l.admit(m.at)
	boards := l.boardable(v, m.at) && len(l.queues.open[stop]) > 0
	if boards {
		l.gather(d, v, stop)
		l.board(d, v, stop, m.at)
	}
	if at := l.out.Arrive[v] + l.stand(v); at > m.at && l.patient[d] != v {
		l.patient[d] = v
		l.settleStop(stop, m.at)
		l.clock.push(moment{at, 1, v})
		return
	}
	l.hopes.gone[v] = true // for who is let in now it comes no more
	if boards {
		l.refuse(v, stop, m.at)
	}
	l.out.Depart[v], l.out.Load[v] = m.at, l.load[d]
	l.out.Departed, l.out.Ticket[v] = append(l.out.Departed, v), l.queues.issued
	if boards && l.problem.Model.Replan {
		l.lose(stop, m.at)
	}
	l.vacate(stop, m)
	l.runOn(m)
}

// boardable reports whether anybody may get on, within the horizon.
func (l *loading) boardable(v transit.Visit, now transit.Seconds) bool {
	return l.problem.Day.Boarding[v]&transit.MayBoard != 0 && l.problem.Day.Within(now)
}

// runOn takes a vehicle to its next stop.
func (l *loading) runOn(m moment) {
	day, v := l.problem.Day, m.visit
	run := day.Arrive[v+1] - day.Depart[v]
	step := uint16(0)
	if run == 0 {
		step = m.step + 1
	}
	l.clock.push(moment{m.at + run, step, v + 1})
}

// end finishes a dated trip; the same vehicle makes the next one of its block.
func (l *loading) end(d transit.Dated, m moment) {
	l.out.Depart[m.visit] = m.at
	l.letOff(d, m.visit, m.at)
	l.vacate(l.problem.Day.Stop[m.visit], m)
	b := l.problem.Model.Blocks
	if b == nil || uint32(b.Next[d]) == transit.None || l.begun[b.Next[d]] {
		return
	}
	l.begin(b.Next[d], m.at+b.Turn[d])
}

// vacate gives a loading area to the vehicle that waits for it first.
func (l *loading) vacate(stop transit.Stop, m moment) {
	next, ok := l.kerbs.free(stop)
	if !ok {
		return
	}
	l.out.Kerb[next.visit] = m.at - next.since
	l.clock.push(moment{m.at, m.step + 1, next.visit})
}

// settleStop puts a stop's queue in order when people have left it.
func (l *loading) settleStop(stop transit.Stop, now transit.Seconds) {
	l.queues.close(stop)
	l.letIn(stop, now)
}

// refuse leaves behind those for whom there was no place; some of them look for another way.
func (l *loading) refuse(v transit.Visit, stop transit.Stop, now transit.Seconds) {
	l.deny(v)
	if l.problem.Model.Replan && l.out.Denied[v] > 0 {
		l.rethink(v, stop, now)
	}
	l.settleStop(stop, now)
}

// lose lets those look for another way for whom the departure that has just left was the last.
func (l *loading) lose(stop transit.Stop, now transit.Seconds) {
	for _, id := range l.eligible {
		if l.queues.lines[id].count > 0 && !l.hopes.has(id) {
			l.turnAway(id, stop, now)
		}
	}
	l.queues.close(stop)
	l.letIn(stop, now)
}

// gather finds the lines of a stop's queue that would take this departure.
func (l *loading) gather(d transit.Dated, v transit.Visit, stop transit.Stop) {
	l.eligible, l.wanted = l.eligible[:0], l.wanted[:0]
	pattern, on, leaves := l.problem.pattern(d), uint16(l.problem.Day.Place(v)), l.problem.Day.Depart[v]
	for _, id := range l.queues.open[stop] {
		if w := l.plans.lines[id].want(pattern, on, leaves); w != noWant {
			l.eligible, l.wanted = append(l.eligible, id), append(l.wanted, uint32(w))
		}
	}
}

// deny counts those whom the full vehicle leaves behind, and remembers who of them came first.
func (l *loading) deny(v transit.Visit) {
	for _, id := range l.eligible {
		queue := &l.queues.lines[id]
		if queue.count == 0 {
			continue
		}
		queue.refused++
		l.out.Denied[v] += queue.count
		if first := l.people[queue.head].ticket; l.out.Refused[v] == 0 || first < l.out.Refused[v] {
			l.out.Refused[v] = first
		}
	}
}

// noVisit stands for no visit at all.
const noVisit = transit.Visit(transit.None)
