package journey

import (
	"slices"
	"sort"
	"sync"

	"github.com/qala-city/qala/internal/transit"
)

// Event is a position in Day.Departures; NoEvent stands after the last one.
type Event int32

// NoEvent is the event that never comes.
const NoEvent = Event(-1)

// Timeline is a day as a graph that holds for every destination: what leaves
// next from the same stop.
type Timeline struct {
	Day       *transit.Day
	Scheduled []transit.Seconds // by visit: its departure by the timetable, whatever the times of Day are

	leave  []transit.Seconds // by event
	at     []Event           // by visit: its departure, or NoEvent
	next   []Event           // by event: the next boardable departure from its stop
	stopAt []uint32          // by stop: its boardable departures are leaves[stopAt[s]:stopAt[s+1]]
	leaves []Event
	times  []transit.Seconds // when they leave, as leaves
	pages  pages

	// what all footings share, once the first of them has told it
	told     sync.Once
	calls    []call    // as leaves
	promises *promises // nil where all departures have minutes
}

// call is a boardable departure among those of its stop: what leaves, and when.
type call struct {
	event   Event
	leave   transit.Seconds
	pattern transit.Pattern
	place   uint16
}

// NewTimeline lays out a day of a timetable with so many stops; scheduled are
// the day's departures before it was retimed.
func NewTimeline(day *transit.Day, scheduled []transit.Seconds, stops int) *Timeline {
	return new(Timeline).Again(day, scheduled, stops)
}

// Again is NewTimeline in the room of a timeline that is no longer used.
func (tl *Timeline) Again(day *transit.Day, scheduled []transit.Seconds, stops int) *Timeline {
	events := len(day.Departures)
	again := &Timeline{
		Day: day, Scheduled: scheduled, stopAt: tl.stopAt, calls: tl.calls,
		leave: sized(tl.leave, events), next: sized(tl.next, events), at: sized(tl.at, len(day.Stop)),
	}
	if !tl.retimed(day) || len(tl.stopAt) != stops+1 {
		again.countLeaves(stops)
	}
	boardable := int(again.stopAt[stops])
	again.leaves, again.times = sized(tl.leaves, boardable), sized(tl.times, boardable)
	again.chain()
	again.pages = again.paged()
	return again
}

// sized is a column of so many entries, in the room of another where that is enough.
func sized[T any](column []T, n int) []T {
	if cap(column) < n {
		return make([]T, n)
	}
	return column[:n]
}

// retimed reports whether a day is that of the timeline, if with other times:
// as many leave from each stop.
func (tl *Timeline) retimed(day *transit.Day) bool {
	return tl.Day != nil && len(day.Stop) > 0 && len(tl.Day.Stop) == len(day.Stop) &&
		&tl.Day.Stop[0] == &day.Stop[0] && &tl.Day.Boarding[0] == &day.Boarding[0]
}

func (tl *Timeline) countLeaves(stops int) {
	tl.stopAt = make([]uint32, stops+1)
	for _, v := range tl.Day.Departures {
		if tl.boardable(v) {
			tl.stopAt[tl.Day.Stop[v]+1]++
		}
	}
	for s := range stops {
		tl.stopAt[s+1] += tl.stopAt[s]
	}
}

// chain goes through the day from its end, and puts each boardable departure
// before those of its stop that leave later.
func (tl *Timeline) chain() {
	for v := range tl.at {
		tl.at[v] = NoEvent
	}
	stops := len(tl.stopAt) - 1
	free, after := slices.Clone(tl.stopAt[1:]), slices.Repeat([]Event{NoEvent}, stops)
	for i := len(tl.Day.Departures) - 1; i >= 0; i-- {
		e, v := Event(i), tl.Day.Departures[i]
		leave := tl.Day.Depart[v]
		tl.at[v], tl.leave[e], tl.next[e] = e, leave, NoEvent
		if !tl.boardable(v) {
			continue
		}
		s := tl.Day.Stop[v]
		free[s]--
		tl.leaves[free[s]], tl.times[free[s]] = e, leave
		tl.next[e], after[s] = after[s], e
	}
}

// tell works out what all footings on a timeline share, of which several may be made at once.
func (tl *Timeline) tell(tt *transit.Timetable) {
	tl.told.Do(func() {
		tl.promises = newPromises(tl, tt)
		tl.list(tt)
	})
}

// list writes down what leaves from each stop, in the order of the day: who
// leaves one after the other stands together, and a stop's departures do not.
func (tl *Timeline) list(tt *transit.Timetable) {
	day, free := tl.Day, slices.Clone(tl.stopAt)
	tl.calls = sized(tl.calls, len(tl.leaves))
	for e, v := range day.Departures {
		if tl.boardable(v) {
			d, s := day.Owner[v], day.Stop[v]
			tl.calls[free[s]] = call{Event(e), tl.leave[e], tt.Trips.Pattern[day.Trip[d]], uint16(day.Place(v))}
			free[s]++
		}
	}
}

func (tl *Timeline) boardable(v transit.Visit) bool {
	return tl.Day.Boarding[v]&transit.MayBoard != 0
}

// From is the first boardable departure from a stop at or after a time;
// within that very second only what leaves after the given step.
func (tl *Timeline) From(stop transit.Stop, there transit.Seconds, step uint16) Event {
	i, _ := slices.BinarySearch(tl.times[tl.stopAt[stop]:tl.stopAt[stop+1]], there)
	return tl.after(stop, there, step, uint32(i))
}

// after is From, where departures from the i-th of the stop on are not before the time.
func (tl *Timeline) after(stop transit.Stop, there transit.Seconds, step uint16, i uint32) Event {
	from, end := tl.stopAt[stop]+i, tl.stopAt[stop+1]
	times := tl.times[from:end]
	for j, e := range tl.leaves[from:end] {
		if times[j] > there || tl.Day.DepartStep(tl.Day.Departures[e]) > step {
			return e
		}
	}
	return NoEvent
}

// Between are the boardable departures from a stop from a time to another, in their order.
func (tl *Timeline) Between(stop transit.Stop, from, to transit.Seconds) []Event {
	first, end := tl.stopAt[stop], tl.stopAt[stop+1]
	times := tl.times[first:end]
	a, _ := slices.BinarySearch(times, from)
	b, _ := slices.BinarySearch(times[a:], to+1)
	return tl.leaves[first:end][a : a+b]
}

// Next is the boardable departure that follows an event at its stop.
func (tl *Timeline) Next(e Event) Event { return tl.next[e] }

// First is the first event of the day at or after a time.
func (tl *Timeline) First(since transit.Seconds) Event {
	return Event(sort.Search(len(tl.Day.Departures), func(e int) bool { return tl.Leave(Event(e)) >= since }))
}

// Leave is when an event leaves.
func (tl *Timeline) Leave(e Event) transit.Seconds { return tl.leave[e] }

// Visit is the visit that an event ends.
func (tl *Timeline) Visit(e Event) transit.Visit { return tl.Day.Departures[e] }

// EventOf is the event that a visit's departure is, or NoEvent.
func (tl *Timeline) EventOf(v transit.Visit) Event { return tl.at[v] }
