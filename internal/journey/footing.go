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
	// by catch: how far before its event one comes, in parts of the time since which
	// that is the next one; empty without promises
	parts []uint16
}

// catch is a departure that somebody who gets off can reach, and what walking
// and waiting for it cost.
type catch struct {
	event Event
	low   Cost // whatever the wait is, at least
	cost  Cost // when the wait is short
	long  Cost // when it is long
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
			f.catch(e, l, walk, there)
		}
	}
}

// catch adds what can be caught by a link for somebody who is there at a time.
func (f *Footing) catch(e Event, link uint32, walk, there transit.Seconds) {
	w := &f.weights
	cost := w.Walk.Of(walk) + Ride.Of(w.Change)
	part, gap := f.before(e, f.tl.Leave(e)-there)
	f.catches = append(f.catches, catch{e, cost + min(w.Wait, Ride).Of(gap), cost + w.Wait.Of(gap), min(cost+w.idle()+Ride.Of(gap), Never)})
	f.links = append(f.links, link)
	if f.promises != nil {
		f.parts = append(f.parts, part)
	}
}

// whole is all of the time since which an event is the next one.
const (
	wholeBits = 15
	whole     = 1 << wholeBits
)

// before splits a wait that ends with an event: into a part of the time since
// which it is the next one, and what was waited before that. Where all lines have
// minutes all is of the second kind.
func (f *Footing) before(e Event, wait transit.Seconds) (part uint16, more transit.Seconds) {
	if f.promises == nil || !f.promises.some(f.tl.Day.Stop[f.tl.Visit(e)]) {
		return 0, wait
	}
	switch all := f.tl.Leave(e) - f.promises.since[e]; {
	case all <= 0:
		return 0, wait
	case wait >= all:
		return whole, wait - all
	default:
		return uint16(int64(wait) * whole / int64(all)), 0
	}
}

// of are the departures that can be caught after getting off where an event's ride ends.
func (f *Footing) of(e Event) []catch { return f.catches[f.first[e]:f.first[e+1]] }

// Timeline is the day that a footing stands on.
func (f *Footing) Timeline() *Timeline { return f.tl }
