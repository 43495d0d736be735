package serve

import (
	"slices"

	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// Log is what happened at a facility so far, those included who are let through
// at a time to come.
type Log struct {
	Passed       uint32
	Queued       uint32          // of these, who stood in a queue
	Wait         int64           // milliseconds that all of them lost, in queues and by walking slower than free
	LongestWait  transit.Seconds // of one person, rounded up
	LongestQueue uint32          // people in one queue at once: in front of the way or of the channels
	Minutes      []Minute        // from the horizon's start; who came before is in the first
}

// Minute is what happened at a facility in one minute.
type Minute struct {
	Came, Through uint32
	Queued        uint32          // of those who came, who stood in a queue
	Queue         uint32          // who waited at its end
	Inside        uint32          // who walked or was served at its end
	LongestWait   transit.Seconds // of those who came, rounded up
}

// Log is what happened at a facility so far.
func (s *Servers) Log(f station.Facility) *Log { return s.each[f].diary.log() }

// mostMinutes is how long a log gets at most: 200 days. What is later is told in its last minute.
const mostMinutes = 200 * 24 * 60

// diary counts what happens as it happens.
type diary struct {
	count, held   uint32
	wait, longest int64 // microseconds
	queues        [2]queue
	minutes       []tally
}

// The queues of a facility.
const (
	beforeWay = iota
	beforeChannels
)

// tally is one minute of a diary.
type tally struct {
	came, through uint32
	held          uint32 // of those who came, who stood in a queue
	joined, left  uint32 // a queue
	longest       int64  // microseconds
}

// passed notes somebody who comes and is out at a second, who stood in a queue
// or not, and lost some microseconds.
func (d *diary) passed(came, out transit.Seconds, held bool, lost int64) {
	d.count++
	d.wait += lost
	d.longest = max(d.longest, lost)
	now := d.minute(micros(came))
	now.came++
	if held {
		d.held++
		now.held++
	}
	now.longest = max(now.longest, lost)
	d.minute(micros(out)).through++
}

// queued notes somebody who waits in one of the queues from a time on until another.
func (d *diary) queued(which int, from, until int64) {
	if until <= from {
		return
	}
	d.queues[which].join(from, until)
	d.minute(from).joined++
	d.minute(until).left++
}

func (d *diary) minute(at int64) *tally {
	i := int(min(max(at/(60*second), 0), mostMinutes-1))
	for i >= len(d.minutes) {
		d.minutes = append(d.minutes, tally{})
	}
	return &d.minutes[i]
}

func (d *diary) log() *Log {
	l := &Log{
		Passed: d.count, Queued: d.held, Wait: d.wait / (second / 1000), LongestWait: seconds(d.longest),
		LongestQueue: max(d.queues[0].longest, d.queues[1].longest), Minutes: make([]Minute, len(d.minutes)),
	}
	var here, queue uint32
	for i, m := range d.minutes {
		here += m.came - m.through
		queue += m.joined - m.left
		l.Minutes[i] = Minute{Came: m.came, Through: m.through, Queued: m.held, Queue: queue, Inside: here - queue, LongestWait: seconds(m.longest)}
	}
	return l
}

func (d *diary) clone() diary {
	out := *d
	out.minutes = slices.Clone(d.minutes)
	for i := range out.queues {
		out.queues[i].until = slices.Clone(d.queues[i].until)
	}
	return out
}

// queue holds until when each of those waits who are in it, in a ring: first
// come, first out.
type queue struct {
	until    []int64
	first, n int
	longest  uint32
}

func (q *queue) join(now, until int64) {
	for q.n > 0 && q.until[q.first] <= now {
		q.first = (q.first + 1) % len(q.until)
		q.n--
	}
	if q.n == len(q.until) {
		q.grow()
	}
	q.until[(q.first+q.n)%len(q.until)] = until
	q.n++
	q.longest = max(q.longest, uint32(q.n))
}

// grow doubles the ring and turns it so that the first stands in front.
func (q *queue) grow() {
	wider := make([]int64, max(2*len(q.until), 16))
	n := copy(wider, q.until[q.first:])
	copy(wider[n:], q.until[:q.first])
	q.until, q.first = wider, 0
}
