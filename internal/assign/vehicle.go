package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// reach lets people off a vehicle that arrives.
func (l *loading) reach(v transit.Visit) {
	d, ridden := l.problem.Day.Owner[v], l.tl.at[v-1]
	if l.load[d] == 0 {
		return
	}
	l.aboard[d] = slices.DeleteFunc(l.aboard[d], func(g group) bool {
		choice := l.strategies[g.dest].after(ridden)
		if choice == alightStay {
			return false
		}
		l.letOff(d, v, g, choice)
		return true
	})
}

// letOff sends a whole group to its destination or to its next stop.
func (l *loading) letOff(d transit.Dated, v transit.Visit, g group, choice alight) {
	l.load[d] -= g.count
	l.out.Alighted[v] += g.count
	for g.count > 0 {
		p := l.queues.next.pop(&g.list)
		l.out.Legs[l.ride[p]].Off = v
		l.onward(p, v, choice)
	}
}

func (l *loading) onward(p person, v transit.Visit, choice alight) {
	day, n := l.problem.Day, l.problem.Network
	if choice == alightHome {
		l.arrive(int(p-1), day.Arrive[v]+l.lastWalk(p, day.Stop[v]))
		return
	}
	stops, walks := n.Transfers.Row(uint32(day.Stop[v]))
	i := choice - alightLink
	l.walkTo(p, stops[i], day.Arrive[v]+walks[i])
}

// lastWalk is the walk from a stop to a person's destination.
func (l *loading) lastWalk(p person, stop transit.Stop) transit.Seconds {
	stops, walks := l.problem.Network.Access.Row(uint32(l.problem.Travellers.To[p-1]))
	return walks[slices.Index(stops, stop)]
}

// depart lets people on a vehicle that leaves, first come first served.
func (l *loading) depart(v transit.Visit) {
	d, stop := l.problem.Day.Owner[v], l.problem.Day.Stop[v]
	l.admit(l.problem.Day.Depart[v])
	if l.tl.boardable(v) && len(l.queues.open[stop]) > 0 {
		l.board(d, v, stop)
	}
	l.out.Load[v] = l.load[d]
}

func (l *loading) board(d transit.Dated, v transit.Visit, stop transit.Stop) {
	l.gather(l.tl.at[v], stop)
	free := l.problem.room(d) - l.load[d]
	for ; free > 0; free-- {
		id, somebody := l.queues.first(l.eligible)
		if !somebody {
			break
		}
		l.getOn(d, v, id)
	}
	l.refuse(v)
	l.queues.close(stop)
}

// gather finds the lines of a stop's queue that would take this departure.
func (l *loading) gather(e event, stop transit.Stop) {
	l.eligible = l.eligible[:0]
	for _, id := range l.queues.open[stop] {
		if l.strategies[l.queues.lines[id].dest].boards(e) {
			l.eligible = append(l.eligible, id)
		}
	}
}

// getOn moves the first person of a line on board.
func (l *loading) getOn(d transit.Dated, v transit.Visit, id uint32) {
	queue := &l.queues.lines[id]
	p := l.queues.next.pop(&queue.list)
	l.settle(p, l.problem.Day.Depart[v])
	l.ride[p] = uint32(len(l.out.Legs))
	last := transit.Visit(l.problem.Day.First[d+1]) - 1
	l.out.Legs = append(l.out.Legs, Leg{uint32(p - 1), v, last, l.waits[p], l.queues.denials(id, p)})
	l.queues.next.push(l.seat(d, queue.dest), p)
	l.load[d]++
	l.out.Boarded[v]++
	l.out.Work.Boardings++
}

// seat is the group on board a vehicle for one destination.
func (l *loading) seat(d transit.Dated, dest uint32) *list {
	groups := l.aboard[d]
	for i := range groups {
		if groups[i].dest == dest {
			return &groups[i].list
		}
	}
	l.aboard[d] = append(groups, group{dest: dest})
	return &l.aboard[d][len(groups)].list
}

// refuse counts those whom the full vehicle leaves behind, and remembers who of them came last.
func (l *loading) refuse(v transit.Visit) {
	last := nobody
	for _, id := range l.eligible {
		queue := &l.queues.lines[id]
		if queue.count == 0 {
			continue
		}
		queue.refused++
		l.out.Denied[v] += queue.count
		if last == nobody || l.queues.ticket[queue.tail] > l.queues.ticket[last] {
			last = queue.tail
		}
	}
	if last != nobody {
		l.backlog.mark(v, last)
	}
}
