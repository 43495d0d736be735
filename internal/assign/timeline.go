package assign

import (
	"sort"

	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// event is a position in Day.Departures; noEvent stands after the last one.
type event int32

const noEvent = event(-1)

// timeline is the day as a graph that holds for every destination: what leaves
// next from the same stop, and what can be caught after getting off.
type timeline struct {
	day *transit.Day

	at     []event  // by visit: its departure, or noEvent
	next   []event  // by event: the next boardable departure from its stop
	stopAt []uint32 // by stop: its boardable departures are leaves[stopAt[s]:stopAt[s+1]]
	leaves []event

	// by visit: what can be caught there is catches[catchAt[v]:catchAt[v+1]],
	// one entry for each link of the stop, in the links' order
	catchAt []uint32
	catches []catch
}

// catch is a departure that somebody who gets off can reach, and what walking
// and waiting for it cost.
type catch struct {
	event event // noEvent: nothing leaves from there any more
	cost  Cost
}

func newTimeline(p *Problem) *timeline {
	tl := &timeline{day: p.Day}
	tl.numberEvents()
	tl.chainStops(len(p.Network.Timetable.Stops.ID))
	tl.linkArrivals(&p.Network.Transfers, p.Weights)
	return tl
}

func (tl *timeline) numberEvents() {
	tl.at = make([]event, len(tl.day.Stop))
	for v := range tl.at {
		tl.at[v] = noEvent
	}
	for e, v := range tl.day.Departures {
		tl.at[v] = event(e)
	}
}

// chainStops lists each stop's boardable departures in order and links each to the next.
func (tl *timeline) chainStops(stops int) {
	tl.stopAt = make([]uint32, stops+1)
	for _, v := range tl.day.Departures {
		if tl.boardable(v) {
			tl.stopAt[tl.day.Stop[v]+1]++
		}
	}
	for s := range stops {
		tl.stopAt[s+1] += tl.stopAt[s]
	}
	tl.fillLeaves()
	tl.linkNext(stops)
}

func (tl *timeline) fillLeaves() {
	tl.leaves = make([]event, tl.stopAt[len(tl.stopAt)-1])
	free := append([]uint32(nil), tl.stopAt...)
	for e, v := range tl.day.Departures {
		if tl.boardable(v) {
			s := tl.day.Stop[v]
			tl.leaves[free[s]] = event(e)
			free[s]++
		}
	}
}

// linkNext chains the boardable departures of each stop.
func (tl *timeline) linkNext(stops int) {
	tl.next = make([]event, len(tl.day.Departures))
	for s := range stops {
		after := noEvent
		leaves := tl.leaves[tl.stopAt[s]:tl.stopAt[s+1]]
		for i := len(leaves) - 1; i >= 0; i-- {
			tl.next[leaves[i]] = after
			after = leaves[i]
		}
	}
}

func (tl *timeline) boardable(v transit.Visit) bool {
	return tl.day.Boarding[v]&transit.MayBoard != 0
}

// linkArrivals finds for each visit where one may get off what can be caught from there.
func (tl *timeline) linkArrivals(links *network.Links, w Weights) {
	tl.catchAt = make([]uint32, len(tl.day.Stop)+1)
	for v := range tl.day.Stop {
		if tl.day.Boarding[v]&transit.MayAlight != 0 {
			tl.linkArrival(transit.Visit(v), links, w)
		}
		tl.catchAt[v+1] = uint32(len(tl.catches))
	}
}

func (tl *timeline) linkArrival(v transit.Visit, links *network.Links, w Weights) {
	stops, walks := links.Row(uint32(tl.day.Stop[v]))
	for i, stop := range stops {
		there := tl.day.Arrive[v] + walks[i]
		step := uint16(0)
		if walks[i] == 0 {
			step = tl.day.Step[v]
		}
		tl.catches = append(tl.catches, tl.catchFrom(stop, there, step, w.Walk.of(walks[i])+ride.of(w.Change), w))
	}
}

// catchFrom is the first departure from a stop after somebody is there, with the price of waiting for it.
func (tl *timeline) catchFrom(stop transit.Stop, there transit.Seconds, step uint16, price Cost, w Weights) catch {
	e := tl.firstFrom(stop, there, step)
	if e == noEvent {
		return catch{noEvent, never}
	}
	return catch{e, price + w.Wait.of(tl.leave(e)-there)}
}

// firstFrom is the first boardable departure from a stop at or after a time;
// within that very second only what leaves after the given step.
func (tl *timeline) firstFrom(stop transit.Stop, there transit.Seconds, step uint16) event {
	leaves := tl.leaves[tl.stopAt[stop]:tl.stopAt[stop+1]]
	i := sort.Search(len(leaves), func(i int) bool {
		v := tl.day.Departures[leaves[i]]
		at := tl.day.Depart[v]
		return at > there || at == there && tl.day.DepartStep(v) > step
	})
	if i == len(leaves) {
		return noEvent
	}
	return leaves[i]
}

// firstAt is the first event of the day at or after a time.
func (tl *timeline) firstAt(since transit.Seconds) event {
	return event(sort.Search(len(tl.day.Departures), func(e int) bool { return tl.leave(event(e)) >= since }))
}

// leave is when an event leaves.
func (tl *timeline) leave(e event) transit.Seconds { return tl.day.Depart[tl.day.Departures[e]] }

// catchesOf are the departures that can be caught after getting off at a visit.
func (tl *timeline) catchesOf(v transit.Visit) []catch {
	return tl.catches[tl.catchAt[v]:tl.catchAt[v+1]]
}
