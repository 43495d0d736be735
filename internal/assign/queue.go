package assign

import (
	"math"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// list is a first-in first-out chain of people, so that moving many costs no more
// than moving one.
type list struct {
	head, tail person
	count      uint32
}

// chain is by person his successor in the one list he is in. It is a column by
// itself, small enough to be near: who comes next is known before all else of
// him, so that what the play reads of several people is fetched at once.
type chain []person

func (c chain) push(l *list, p person) {
	c[p] = 0 // whoever followed him elsewhere: two snapshots of one moment are the same
	if l.count == 0 {
		l.head = p
	} else {
		c[l.tail] = p
	}
	l.tail = p
	l.count++
}

func (c chain) pop(l *list) person {
	p := l.head
	l.head = c[p]
	l.count--
	return p
}

// firsts adds the first few of a list to some people.
func (c chain) firsts(l *list, few uint32, who []person) []person {
	p := l.head
	for range few {
		who = append(who, p)
		p = c[p]
	}
	return who
}

// person is a position in people; 0 is nobody.
type person uint32

// body is all that the play knows of one person. It lies in one place, so that
// moving him reads one line of the processor's cache.
type body struct {
	walk
	ticket  uint64          // order of joining a queue, over all stops
	row     uint32          // of Travellers
	node    uint32          // where he stands or is walking to
	line    uint32          // of node, when he has come to its stop
	first   uint32          // of node
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
	keys := make([]uint64, t.Len())
	for row := range keys {
		at := t.Ready[row]
		if at == demand.Free {
			at = t.Due[row] - transit.Hour
		}
		keys[row] = uint64(int64(at)-math.MinInt32)<<32 | uint64(row)
	}
	slices.Sort(keys)
	rows := make([]uint32, len(keys))
	for i, key := range keys {
		rows[i] = uint32(key)
	}
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

// line is the part of a stop's queue whose people would board the same
// departures. A stop's queue is the merge of its lines by ticket.
type line struct {
	list
	refused uint32 // departures so far that left some of it behind
}

// queues are the queues of all stops.
type queues struct {
	people  people
	chain   chain
	lines   []line     // by line of the plans
	open    [][]uint32 // by stop: its lines with somebody in them
	waiting []uint32   // by stop: people in its queue
	issued  uint64     // the last ticket

	who  []person  // scratch of one departure
	rows []boarder // the same: those who stand first in each line
	next []cursor  // of rows
	on   []boarder // of them those who get on
}

func newQueues(all people, on chain, stops, lines int) *queues {
	return &queues{people: all, chain: on, lines: make([]line, lines), open: make([][]uint32, stops), waiting: make([]uint32, stops)}
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
	q.chain.push(&l.list, p)
	q.waiting[stop]++
}

// close forgets the lines of a stop that have emptied.
func (q *queues) close(stop transit.Stop) {
	q.open[stop] = slices.DeleteFunc(q.open[stop], func(id uint32) bool { return q.lines[id].count == 0 })
}

// denials is how often a person of a line was left behind there.
func (q *queues) denials(id uint32, p person) uint32 {
	return q.lines[id].refused - q.people[p].refused
}
