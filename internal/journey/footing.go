package journey

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Footing is how one class of travellers changes vehicles on a timeline: what
// can be caught from each visit where one may get off.
type Footing struct {
	tl      *Timeline
	net     *network.Network
	class   demand.Class
	weights Weights

	// by event: what can be caught where its ride ends is catches[first[e]:first[e+1]]; in
	// the order of the scan, which reads them all
	first   []uint32
	catches []catch
	links   []uint32 // by catch: the link of Transfers that leads to it

	calls []call // by stop, as Timeline.leaves

	promises *promises // nil where all departures have minutes
	parts    []part    // by catch; empty without promises
}

// catch is a departure that somebody who gets off can reach, and what changing to it and
// waiting for it cost.
type catch struct {
	event Event
	low   price // whatever the wait is, at least
	cost  price // when the wait is short
	long  price // when it is long
	gap   price // from the departure of the vehicle that he gets off until it leaves
}

// part is what a catch is where some lines have no minutes: it may be what is promised
// there, long before its event. Costs are those of changing and of waiting before that.
type part struct {
	of         uint16 // how far before its event one comes, in parts of the time since which that is the next one
	cost, long Cost   // when the wait is short, when it is long
}

// call is a boardable departure among those of its stop: what leaves, and when.
type call struct {
	event   Event
	leave   transit.Seconds
	pattern transit.Pattern
	place   uint16
}

// NewFooting links every arrival of a timeline for a class of travellers.
func NewFooting(tl *Timeline, n *network.Network, class demand.Class, w Weights) *Footing {
	return new(Footing).Again(tl, n, class, w)
}

// Again is NewFooting in the room of a footing that is no longer used.
func (f *Footing) Again(tl *Timeline, n *network.Network, class demand.Class, w Weights) *Footing {
	again := &Footing{
		tl: tl, net: n, class: class, weights: w, promises: newPromises(tl, n.Timetable),
		first: append(f.first[:0], 0), catches: f.catches[:0], links: f.links[:0], parts: f.parts[:0],
	}
	seen := make([]uint32, len(n.Transfers.To))
	for _, v := range tl.Day.Departures {
		if tl.Day.Boarding[v+1]&transit.MayAlight != 0 {
			again.link(v+1, seen)
		}
		again.first = append(again.first, uint32(len(again.catches)))
	}
	again.list(f.calls[:0])
	return again
}

// list writes down what leaves from each stop.
func (f *Footing) list(calls []call) {
	for i, e := range f.tl.leaves {
		v := f.tl.Visit(e)
		calls = append(calls, call{e, f.tl.times[i], f.net.Timetable.Trips.Pattern[f.tl.Day.Trip[f.tl.Day.Owner[v]]], uint16(f.tl.Day.Place(v))})
	}
	f.calls = calls
}

// past is where the calls of a call's stop end.
func (f *Footing) past(stop transit.Stop) uint32 { return f.tl.stopAt[stop+1] }

// link finds what can be caught after getting off at a visit. Of each link it
// has seen where what is caught stood the last time: vehicles come nearly in the
// order in which they leave, and the next catch is not far.
func (f *Footing) link(v transit.Visit, seen []uint32) {
	links := &f.net.Transfers
	row := f.tl.Day.Stop[v]
	for l := links.First[row]; l < links.First[row+1]; l++ {
		walk, _, ok := links.WalkOf(l, f.class)
		if !ok || l-links.First[row] >= mostLinks {
			continue
		}
		step := uint16(0)
		if walk == 0 {
			step = f.tl.Day.Step[v]
		}
		there := f.tl.Day.Arrive[v] + walk
		seen[l] = f.tl.near(links.To[l], there, seen[l])
		if e := f.tl.after(links.To[l], there, step, seen[l]); e != NoEvent {
			f.catch(e, l, walk, f.tl.Day.Depart[v-1], there)
		}
	}
}

// catch adds what can be caught by a link, for somebody whose vehicle left at a time and
// who is there at another.
func (f *Footing) catch(e Event, link uint32, walk, left, there transit.Seconds) {
	w, leave := &f.weights, f.tl.Leave(e)
	change := w.Walk.Of(walk) + Ride.Of(w.Change)
	c, idle := whole(change), whole(w.idle())
	f.catches = append(f.catches, catch{e, c.and(w.leastOf(leave - there)), c.and(w.waited(there, leave)), c.and(idle).and(span(leave - there)), span(leave - left)})
	f.links = append(f.links, link)
	if f.promises != nil {
		of, gap := f.before(e, leave-there)
		f.parts = append(f.parts, part{of, change + w.Wait.Of(gap), min(change+w.idle()+Ride.Of(gap), Never)})
	}
}

// all is all of the time since which an event is the next one.
const (
	allBits = 15
	all     = 1 << allBits
)

// before splits a wait that ends with an event: into a part of the time since
// which it is the next one, and what was waited before that. Where all lines have
// minutes all is of the second kind.
func (f *Footing) before(e Event, wait transit.Seconds) (part uint16, more transit.Seconds) {
	if f.promises == nil || !f.promises.some(f.tl.Day.Stop[f.tl.Visit(e)]) {
		return 0, wait
	}
	switch span := f.tl.Leave(e) - f.promises.since[e]; {
	case span <= 0:
		return 0, wait
	case wait >= span:
		return all, wait - span
	default:
		return uint16(int64(wait) * all / int64(span)), 0
	}
}

// of are the departures that can be caught after getting off where an event's ride ends.
func (f *Footing) of(e Event) []catch { return f.catches[f.first[e]:f.first[e+1]] }

// Timeline is the day that a footing stands on.
func (f *Footing) Timeline() *Timeline { return f.tl }
