package assign

import (
	"github.com/qala-city/qala/internal/transit"
)

// boarder is somebody who gets on: what he carries of his place in the queue, and
// where he gets off.
type boarder struct {
	ticket uint64
	who    person
	line   uint32 // his line's position among those of the departure
	first  uint32 // as his body has it
	getOff
}

// cursor goes through those of one line.
type cursor struct{ at, end int }

// front are the first of some lines together in the order in which they came, at most so many.
func (q *queues) front(lines []uint32, most uint32) []boarder {
	q.who, q.rows, q.next = q.who[:0], q.rows[:0], q.next[:0]
	for i, id := range lines {
		if l := &q.lines[id]; l.count > 0 {
			q.ahead(uint32(i), &l.list, min(l.count, most))
		}
	}
	for i := range q.rows {
		r := &q.rows[i]
		b := &q.people[r.who]
		r.ticket, r.first = b.ticket, b.first
	}
	if len(q.next) == 1 {
		return q.rows
	}
	return q.merge(int(min(most, uint32(len(q.rows)))))
}

// ahead puts the first of one line on the rows.
func (q *queues) ahead(line uint32, l *list, few uint32) {
	from := len(q.rows)
	p := l.head
	for range few {
		q.rows = append(q.rows, boarder{who: p, line: line})
		p = q.chain[p]
	}
	q.next = append(q.next, cursor{from, len(q.rows)})
}

// merge puts the first of the rows in the order of their tickets.
func (q *queues) merge(most int) []boarder {
	q.on = q.on[:0]
	for range most {
		best := -1
		for i, c := range q.next {
			if best < 0 || q.rows[c.at].ticket < q.rows[q.next[best].at].ticket {
				best = i
			}
		}
		c := &q.next[best]
		q.on = append(q.on, q.rows[c.at])
		if c.at++; c.at == c.end {
			q.next[best] = q.next[len(q.next)-1]
			q.next = q.next[:len(q.next)-1]
		}
	}
	return q.on
}

// board lets people on in the order in which they came, while there is room.
func (l *loading) board(d transit.Dated, v transit.Visit, stop transit.Stop, now transit.Seconds) {
	free := l.problem.room(d) - l.load[d]
	if free == 0 {
		return
	}
	who := l.queues.front(l.eligible, free)
	for i := range who {
		b := &who[i]
		b.getOff = l.plans.offs[b.first+l.wanted[b.line]]
	}
	for i := range who {
		l.getOn(&who[i], d, v, now)
	}
	n := uint32(len(who))
	l.queues.waiting[stop] -= n
	l.load[d] += n
	l.out.Boarded[v] += n
	l.out.Work.Boardings += int(n)
}

// getOn moves the first person of a line on board.
func (l *loading) getOn(r *boarder, d transit.Dated, v transit.Visit, now transit.Seconds) {
	id := l.eligible[r.line]
	line := &l.queues.lines[id]
	l.chains.pop(&line.list)
	b := &l.people[r.who]
	b.after, b.ride = r.onward, uint32(len(l.out.Legs))
	last := transit.Visit(l.problem.Day.First[d+1]) - 1
	l.out.Legs = append(l.out.Legs, Leg{b.row, v, last, b.waits, now, line.refused - b.refused, id})
	l.chains.push(l.seat(d, r.place), r.who)
}

// seat is the group on board a vehicle that gets off at one place.
func (l *loading) seat(d transit.Dated, off uint16) *list {
	groups := l.aboard[d]
	for i := range groups {
		if groups[i].off == off {
			return &groups[i].list
		}
	}
	l.aboard[d] = append(groups, group{off: off})
	return &l.aboard[d][len(groups)].list
}
