package journey

import (
	"slices"
	"sort"

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
}

// NewTimeline lays out a day of a timetable with so many stops; scheduled are
// the day's departures before it was retimed.
func NewTimeline(day *transit.Day, scheduled []transit.Seconds, stops int) *Timeline {
	tl := &Timeline{Day: day, Scheduled: scheduled}
	tl.numberEvents()
	tl.countLeaves(stops)
	tl.fillLeaves()
	tl.linkNext(stops)
	tl.pages = tl.paged()
	return tl
}

func (tl *Timeline) numberEvents() {
	tl.at = make([]Event, len(tl.Day.Stop))
	for v := range tl.at {
		tl.at[v] = NoEvent
	}
	tl.leave = make([]transit.Seconds, len(tl.Day.Departures))
	for e, v := range tl.Day.Departures {
		tl.at[v], tl.leave[e] = Event(e), tl.Day.Depart[v]
	}
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

func (tl *Timeline) fillLeaves() {
	tl.leaves = make([]Event, tl.stopAt[len(tl.stopAt)-1])
	tl.times = make([]transit.Seconds, len(tl.leaves))
	free := append([]uint32(nil), tl.stopAt...)
	for e, v := range tl.Day.Departures {
		if tl.boardable(v) {
			s := tl.Day.Stop[v]
			tl.leaves[free[s]], tl.times[free[s]] = Event(e), tl.Day.Depart[v]
			free[s]++
		}
	}
}

// linkNext chains the boardable departures of each stop.
func (tl *Timeline) linkNext(stops int) {
	tl.next = slices.Repeat([]Event{NoEvent}, len(tl.Day.Departures))
	for s := range stops {
		after := NoEvent
		leaves := tl.leaves[tl.stopAt[s]:tl.stopAt[s+1]]
		for i := len(leaves) - 1; i >= 0; i-- {
			tl.next[leaves[i]] = after
			after = leaves[i]
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

// near counts the departures of a stop that are before a time, beginning at a guess.
func (tl *Timeline) near(stop transit.Stop, there transit.Seconds, guess uint32) uint32 {
	times := tl.times[tl.stopAt[stop]:tl.stopAt[stop+1]]
	i := int(guess)
	for i > 0 && times[i-1] >= there {
		i--
	}
	for i < len(times) && times[i] < there {
		i++
	}
	return uint32(i)
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
