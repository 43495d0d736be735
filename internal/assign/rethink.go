package assign

import (
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

const (
	mostThoughts = 3  // so often somebody gives up a queue on one journey
	farSight     = 24 // departures of a stop that people in its queue know of
)

// outlook is what the people of one line see in front of them when a vehicle has
// left them behind: when the next ones leave that they would take.
type outlook struct {
	times [farSight]transit.Seconds
	known int
}

// rethink lets those whom a departure left behind weigh their queue against
// another way. They see how many stand before them and how many got on now. The
// informed came in spite of the queue, and stay.
func (l *loading) rethink(v transit.Visit, stop transit.Stop, now transit.Seconds) {
	waiting := uint32(0)
	for _, id := range l.eligible {
		waiting += l.queues.lines[id].count
	}
	for _, id := range l.eligible {
		if l.queues.lines[id].count > 0 {
			l.rethinkLine(id, stop, now, waiting, max(l.out.Boarded[v], 1))
		}
	}
}

// rethinkLine asks everybody of a line; its people stand among the others of
// the queue as if evenly mixed.
func (l *loading) rethinkLine(id uint32, stop transit.Stop, now transit.Seconds, waiting, carried uint32) {
	queue := &l.queues.lines[id]
	ahead, count := l.look(id, stop, now), queue.count
	for i := range count {
		p := l.chains.pop(&queue.list)
		before := uint64(i) * uint64(waiting) / uint64(count)
		leaves := ahead.after(before/uint64(carried), l.problem.Day.Horizon.Length)
		if l.givesUp(p, leaves, now) {
			l.giveUp(p, id, stop, now)
			continue
		}
		l.chains.push(&queue.list, p)
	}
}

// look lists the next departures that a line would take.
func (l *loading) look(id uint32, stop transit.Stop, now transit.Seconds) outlook {
	var o outlook
	e := l.tl.From(stop, now+1, 0)
	for range farSight {
		if e == journey.NoEvent {
			break
		}
		if l.accepts(id, e) {
			o.times[o.known] = l.tl.Leave(e)
			o.known++
		}
		e = l.tl.Next(e)
	}
	return o
}

func (l *loading) accepts(id uint32, e journey.Event) bool {
	v, day := l.tl.Visit(e), l.problem.Day
	return l.plans.lines[id].Takes(l.problem.pattern(day.Owner[v]), uint16(day.Place(v)), day.Depart[v])
}

// after is when the departure leaves before which so many others do.
func (o *outlook) after(others uint64, never transit.Seconds) transit.Seconds {
	if others >= uint64(o.known) {
		return never
	}
	return o.times[others]
}

// givesUp weighs waiting until a time against what a person's plan says he could do instead.
func (l *loading) givesUp(p person, leaves, now transit.Seconds) bool {
	n := &l.plans.spots[l.people[p].node]
	informed := class(l.problem.Travellers, l.people[p].class).Informed
	if informed || n.fall == 0 || l.out.Rethought[l.people[p].row] >= mostThoughts {
		return false
	}
	w, f := &l.problem.Weights, &l.plans.falls[n.fall-1]
	stay := n.price + w.Waiting(leaves-now)
	return f.Walk+l.fallen(p, f, now)+journey.Ride.Of(w.Eager) < stay
}

// fallen is the price of another way from the end of its walk on.
func (l *loading) fallen(p person, f *journey.Fall, now transit.Seconds) journey.Cost {
	if f.Via == journey.Home {
		return 0
	}
	transfers := &l.problem.Network.Transfers
	walk, _, _ := transfers.WalkOf(f.Via, class(l.problem.Travellers, l.people[p].class))
	there := now + walk
	next := l.lookFrom(l.plans.spots[f.Then].line, transfers.To[f.Via], there)
	if next == never {
		return journey.Never
	}
	return l.problem.Weights.Waiting(next-there) + l.plans.spots[f.Then].price
}

const never = transit.Seconds(1<<31 - 1)

// lookFrom is the first departure at or after a time that a line would take.
func (l *loading) lookFrom(id uint32, stop transit.Stop, there transit.Seconds) transit.Seconds {
	e := l.tl.From(stop, there, 0)
	for range farSight {
		if e == journey.NoEvent {
			break
		}
		if l.accepts(id, e) {
			return l.tl.Leave(e)
		}
		e = l.tl.Next(e)
	}
	return never
}

// giveUp takes a person out of his queue and sends him on his other way.
func (l *loading) giveUp(p person, id uint32, stop transit.Stop, now transit.Seconds) {
	l.queues.waiting[stop]--
	l.think(p, stop, l.people[p].waits, now, l.queues.denials(id, p), id)
	f := &l.plans.falls[l.plans.spots[l.people[p].node].fall-1]
	l.change(p, onward{f.Via, f.Then}, stop, now)
}
