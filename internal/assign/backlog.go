package assign

import "github.com/qala-city/qala/internal/transit"

// backlog remembers for each departure that left people behind who of them
// came last: when he boards at last, the queue of that departure is over, and
// that is how long somebody who came just before it had to wait.
type backlog struct {
	last []transit.Visit // by person: the newest departure that he was the last of, or noVisit
	next []transit.Visit // by visit: the departure before it with the same last person
}

const noVisit = transit.Visit(transit.None)

func newBacklog(people, visits int) *backlog {
	b := &backlog{last: make([]transit.Visit, people+1), next: make([]transit.Visit, visits)}
	for p := range b.last {
		b.last[p] = noVisit
	}
	return b
}

// mark says that a departure left a person behind as the last of its queue.
func (b *backlog) mark(v transit.Visit, p person) {
	b.next[v], b.last[p] = b.last[p], v
}

// clear hands over the departures that a person was the last of.
func (b *backlog) clear(p person, hand func(transit.Visit)) {
	for v := b.last[p]; v != noVisit; v = b.next[v] {
		hand(v)
	}
	b.last[p] = noVisit
}
