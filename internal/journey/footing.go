package journey

import (
	"slices"

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

	begin Event // the first event that is linked; where earlier rides end nothing is caught
	// by event: what can be caught where its ride ends is catches[first[e]:first[e+1]]; in
	// the order of the scan, which reads them all
	first   []uint32
	catches []catch
	links   []uint32 // by catch: the link of Transfers that leads to it

	calls []call // by stop, as Timeline.leaves

	promises *promises // nil where all departures have minutes
	parts    []part    // by catch; empty without promises

	paths []path // by link of Transfers; scratch
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

// path is a link of Transfers as a class walks it. The departures from where it leads
// are calls[first:end]; the last time that somebody came, he caught calls[at].
type path struct {
	walk           transit.Seconds // -1 where it is not used
	first, end, at uint32
}

// NewFooting links every arrival of a timeline for a class of travellers.
func NewFooting(tl *Timeline, n *network.Network, class demand.Class, w Weights) *Footing {
	return new(Footing).Again(tl, n, class, w, Always)
}

// Again is NewFooting in the room of a footing that is no longer used, where nobody
// boards anything before a time: what leaves earlier is not linked.
func (f *Footing) Again(tl *Timeline, n *network.Network, class demand.Class, w Weights, since transit.Seconds) *Footing {
	tl.tell(n.Timetable)
	again := &Footing{
		tl: tl, net: n, class: class, weights: w, begin: tl.First(since), first: sized(f.first, len(tl.Day.Departures)+1),
		calls: tl.calls, promises: tl.promises, paths: sized(f.paths, len(n.Transfers.To)),
	}
	again.lay(since)
	most := again.most(since)
	again.catches, again.links = sized(f.catches, most)[:0], sized(f.links, most)[:0]
	if again.promises != nil {
		again.parts = sized(f.parts, most)[:0]
	}
	again.linkAll()
	return again
}

// As is the footing of another class, which walks as this one does.
func (f *Footing) As(class demand.Class) *Footing {
	same := *f
	same.class = class
	return &same
}

// WalkAlike reports whether two classes change vehicles alike: a footing of one serves the other.
func WalkAlike(a, b demand.Class) bool {
	const some = 1 << 20 // seconds at the city's speed
	return a.StepFree == b.StepFree && network.Pace(some, a) == network.Pace(some, b)
}

// lay prepares the links for who gets off after a time.
func (f *Footing) lay(since transit.Seconds) {
	links, stopAt := &f.net.Transfers, f.tl.stopAt
	coming := make([]uint32, len(stopAt)-1)
	for s := range coming {
		i, _ := slices.BinarySearch(f.tl.times[stopAt[s]:stopAt[s+1]], since)
		coming[s] = stopAt[s] + uint32(i)
	}
	for s := range len(links.First) - 1 {
		for l := links.First[s]; l < links.First[s+1]; l++ {
			walk, _, ok := links.WalkOf(l, f.class)
			if !ok || l-links.First[s] >= mostLinks {
				walk = -1
			}
			to := links.To[l]
			f.paths[l] = path{walk, stopAt[to], stopAt[to+1], coming[to]}
		}
	}
}

// most is no less than how many departures are caught after rides that begin from a time on.
func (f *Footing) most(since transit.Seconds) int {
	day, first, n := f.tl.Day, f.net.Transfers.First, 0
	for v, stop := range day.Stop {
		if day.Boarding[v]&transit.MayAlight != 0 && day.Depart[v-1] >= since {
			n += int(min(first[stop+1]-first[stop], mostLinks))
		}
	}
	return n
}

// linkAll links what leaves from the first event on.
func (f *Footing) linkAll() {
	clear(f.first[:f.begin+1])
	day := f.tl.Day
	for e := int(f.begin); e < len(day.Departures); e++ {
		if v := day.Departures[e] + 1; day.Boarding[v]&transit.MayAlight != 0 {
			f.link(v)
		}
		f.first[e+1] = uint32(len(f.catches))
	}
}

// past is where the calls of a call's stop end.
func (f *Footing) past(stop transit.Stop) uint32 { return f.tl.stopAt[stop+1] }

// link finds what can be caught after getting off at a visit. Within the second of
// the arrival, without a walk, that is what leaves after it.
func (f *Footing) link(v transit.Visit) {
	day, links := f.tl.Day, &f.net.Transfers
	row, arrive := day.Stop[v], day.Arrive[v]
	for l := links.First[row]; l < links.First[row+1]; l++ {
		p := &f.paths[l]
		if p.walk < 0 {
			continue
		}
		at := p.until(f.calls, arrive+p.walk)
		if p.walk == 0 {
			for at < p.end && f.calls[at].leave == arrive && day.DepartStep(f.tl.Visit(f.calls[at].event)) <= day.Step[v] {
				at++
			}
		}
		if at < p.end {
			f.catch(f.calls[at].event, l, p.walk, day.Depart[v-1], arrive+p.walk)
		}
	}
}

// until is the first call at a path's end at or after a time. Vehicles come nearly in the
// order in which they leave: it is not far from the one before.
func (p *path) until(calls []call, there transit.Seconds) uint32 {
	i := p.at
	for i > p.first && calls[i-1].leave >= there {
		i--
	}
	for i < p.end && calls[i].leave < there {
		i++
	}
	p.at = i
	return i
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
