package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// list is a first-in first-out chain of travellers through links that they
// carry themselves, so that moving many costs no more than moving one.
type list struct {
	head, tail person
	count      uint32
}

// person is a row of Travellers plus one; nobody is 0.
type person uint32

const nobody = person(0)

// links hold each traveller's successor in the one list he is in.
type links []person

func (next links) push(l *list, p person) {
	next[p] = nobody
	if l.count == 0 {
		l.head = p
	} else {
		next[l.tail] = p
	}
	l.tail = p
	l.count++
}

func (next links) pop(l *list) person {
	p := l.head
	l.head = next[p]
	l.count--
	return p
}

// line is the part of a stop's queue whose people would board the same
// departures. A stop's queue is the merge of its lines by ticket.
type line struct {
	list
	refused uint32 // departures so far that left some of it behind
}

// queues are the queues of all stops.
type queues struct {
	next    links
	lines   []line     // by line of the plans
	open    [][]uint32 // by stop: its lines with somebody in them
	waiting []uint32   // by stop: people in its queue
	// by person
	ticket  []uint64 // order of joining, over all stops
	refused []uint32 // of his line when he joined
	issued  uint64
}

func newQueues(people, stops, lines int) *queues {
	return &queues{
		next: make(links, people+1), lines: make([]line, lines), open: make([][]uint32, stops), waiting: make([]uint32, stops),
		ticket: make([]uint64, people+1), refused: make([]uint32, people+1),
	}
}

// join puts a person at the end of a stop's queue, in one of its lines.
func (q *queues) join(p person, stop transit.Stop, id uint32) {
	for len(q.lines) <= int(id) {
		q.lines = append(q.lines, line{})
	}
	l := &q.lines[id]
	if l.count == 0 {
		q.open[stop] = append(q.open[stop], id)
	}
	q.issued++
	q.ticket[p], q.refused[p] = q.issued, l.refused
	q.next.push(&l.list, p)
	q.waiting[stop]++
}

// leave takes the first person of a line out of a stop's queue.
func (q *queues) leave(stop transit.Stop, id uint32) person {
	q.waiting[stop]--
	return q.next.pop(&q.lines[id].list)
}

// first is the line whose first person came before those of the others; ok is
// false when all are empty.
func (q *queues) first(lines []uint32) (id uint32, ok bool) {
	best := uint64(0)
	for _, l := range lines {
		if q.lines[l].count == 0 {
			continue
		}
		if t := q.ticket[q.lines[l].head]; !ok || t < best {
			id, best, ok = l, t, true
		}
	}
	return id, ok
}

// close forgets the lines of a stop that have emptied.
func (q *queues) close(stop transit.Stop) {
	q.open[stop] = slices.DeleteFunc(q.open[stop], func(id uint32) bool { return q.lines[id].count == 0 })
}

// denials is how often a person of a line was left behind there.
func (q *queues) denials(id uint32, p person) uint32 { return q.lines[id].refused - q.refused[p] }
