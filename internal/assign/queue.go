package assign

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// list is a first-in first-out chain of people through what they
// carry of it themselves, so that moving many costs no more than moving one.
type list struct {
	head, tail person
	count      uint32
}

// person is a position in people; nobody is 0.
type person uint32

const nobody = person(0)

// body is all that the play knows of one person. It lies in one place, so that
// moving him reads one line of the processor's cache.
type body struct {
	walk
	ticket  uint64          // order of joining a queue, over all stops
	next    person          // his successor in the one list he is in
	row     uint32          // of Travellers
	node    uint32          // where he stands or is walking to
	after   onward          // when he gets off
	ride    uint32          // his current leg
	refused uint32          // of his line when he joined
	waits   transit.Seconds // since when he waits

	from, to demand.Place // as Travellers have it
	class    uint8
}

// onward is what somebody does when he gets off, as in journey.Option.
type onward struct{ via, then uint32 }

// people are the travellers of a play by person; nobody is the first.
type people []body

// newPeople are travellers in the order in which they mean to travel: who is on
// his way at the same time as another lies near him.
func newPeople(t *demand.Travellers, rows []uint32) people {
	all := make(people, t.Len()+1)
	for i, row := range rows {
		all[i+1].row = row
	}
	all.are(t)
	return all
}

// inTime are the rows of travellers by when they mean to travel.
func inTime(t *demand.Travellers) []uint32 {
	rows := make([]uint32, t.Len())
	for i := range rows {
		rows[i] = uint32(i)
	}
	at := func(row uint32) transit.Seconds {
		if t.Ready[row] != demand.Free {
			return t.Ready[row]
		}
		return t.Due[row] - transit.Hour
	}
	slices.SortFunc(rows, func(a, b uint32) int { return cmp.Or(cmp.Compare(at(a), at(b)), cmp.Compare(a, b)) })
	return rows
}

// are tells people apart.
func (all people) are(t *demand.Travellers) {
	for i := range all[1:] {
		b := &all[i+1]
		b.from, b.to, b.class = t.From[b.row], t.To[b.row], classIndex(t, int(b.row))
	}
}

// byRow finds people by their rows.
func (all people) byRow() []person {
	who := make([]person, len(all)-1)
	for i := range who {
		who[all[i+1].row] = person(i + 1)
	}
	return who
}

func (all people) push(l *list, p person) {
	all[p].next = nobody
	if l.count == 0 {
		l.head = p
	} else {
		all[l.tail].next = p
	}
	l.tail = p
	l.count++
}

func (all people) pop(l *list) person {
	p := l.head
	l.head = all[p].next
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
	people  people
	lines   []line     // by line of the plans
	open    [][]uint32 // by stop: its lines with somebody in them
	waiting []uint32   // by stop: people in its queue
	issued  uint64     // the last ticket
}

func newQueues(all people, stops, lines int) *queues {
	return &queues{people: all, lines: make([]line, lines), open: make([][]uint32, stops), waiting: make([]uint32, stops)}
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
	q.people[p].ticket, q.people[p].refused = q.issued, l.refused
	q.people.push(&l.list, p)
	q.waiting[stop]++
}

// leave takes the first person of a line out of a stop's queue.
func (q *queues) leave(stop transit.Stop, id uint32) person {
	q.waiting[stop]--
	return q.people.pop(&q.lines[id].list)
}

// first is the line whose first person came before those of the others; ok is
// false when all are empty.
func (q *queues) first(lines []uint32) (id uint32, ok bool) {
	best := uint64(0)
	for _, l := range lines {
		if q.lines[l].count == 0 {
			continue
		}
		if t := q.people[q.lines[l].head].ticket; !ok || t < best {
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
func (q *queues) denials(id uint32, p person) uint32 {
	return q.lines[id].refused - q.people[p].refused
}
