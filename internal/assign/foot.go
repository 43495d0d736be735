package assign

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// course is where somebody on foot is going.
type course uint8

const (
	toQueue   course = iota // from a place to the stop of a link of Access
	toChange                // from a stop to the stop of a link of Transfers
	toHome                  // from a stop to a place, the other way along a link of Access
	allTheWay               // from a place to a place
)

// walk is one person's way on foot: past the gate that he comes out of, past
// the facilities of his link, past the gate that he goes into.
type walk struct {
	course course
	passed uint16 // facilities that he has gone through, the gates among them
	link   uint32 // of Access or Transfers
}

// stage is the next thing on a walk: a facility to get through, or its end.
type stage struct {
	gap      transit.Seconds // of walking until there
	facility station.Facility
	end      bool
}

// feet know the facilities on everybody's way.
type feet struct {
	net   *network.Network
	doors Doors
	free  []transit.Seconds // by facility, the doors' too: passing it alone
}

// walker is what matters of a person for his walk.
type walker struct {
	walk
	class    demand.Class
	from, to demand.Place
}

// links are those that a course goes along.
func (f *feet) links(c course) *network.Links {
	if c == toChange {
		return &f.net.Transfers
	}
	return &f.net.Access
}

// next is what somebody meets next.
func (f *feet) next(w walker) stage {
	k := int(w.passed)
	if out := f.doors.out(w.course, w.from); out != noDoor {
		if k == 0 {
			return stage{facility: out}
		}
		k--
	}
	return f.along(w, k)
}

// along is what somebody meets next who has passed k facilities of his link.
func (f *feet) along(w walker, k int) stage {
	length, way := f.span(w)
	if k > way.len() {
		return stage{end: true}
	}
	s := stage{gap: max(f.reached(w, length, way, k)-f.left(w, length, way, k-1), 0), end: k == way.len()}
	if !s.end {
		s.facility = f.facility(w, way, k)
		return s
	}
	if in := f.doors.in(w.course, w.to); in != noDoor {
		s.facility, s.end = in, false
	}
	return s
}

// span is how long a walk takes unhindered, and the entries of its way.
func (f *feet) span(w walker) (transit.Seconds, entries) {
	if w.course == allTheWay {
		length, _ := f.net.Direct(w.from, w.to)
		return network.Pace(length, w.class), entries{}
	}
	length, way, _ := f.links(w.course).WalkOf(w.link, w.class)
	if way == transit.None {
		return length, entries{}
	}
	ways := &f.net.Stations.Ways
	return length, entries{ways.First[way], ways.First[way+1]}
}

// entries are some of Ways.Facility.
type entries struct{ from, to uint32 }

func (e entries) len() int { return int(e.to - e.from) }

// at is the entry that somebody meets as the k-th.
func (e entries) at(c course, k int) uint32 {
	if c == toHome {
		return e.to - 1 - uint32(k)
	}
	return e.from + uint32(k)
}

func (f *feet) facility(w walker, way entries, k int) station.Facility {
	return f.net.Stations.Ways.Facility[way.at(w.course, k)]
}

// reached is how far into an unhindered walk its k-th facility stands, or its end.
func (f *feet) reached(w walker, length transit.Seconds, way entries, k int) transit.Seconds {
	if k == way.len() {
		return length
	}
	left := f.toEnd(w, way, k)
	if w.course == toHome {
		return left - f.free[f.facility(w, way, k)]
	}
	return length - left
}

// left is how far into an unhindered walk somebody is through its k-th facility; -1 is its start.
func (f *feet) left(w walker, length transit.Seconds, way entries, k int) transit.Seconds {
	if k < 0 {
		return 0
	}
	left := f.toEnd(w, way, k)
	if w.course == toHome {
		return left
	}
	return length - left + f.free[f.facility(w, way, k)]
}

// toEnd is the unhindered walk between coming to a facility on the way in and the way's end.
func (f *feet) toEnd(w walker, way entries, k int) transit.Seconds {
	return network.Pace(f.net.Stations.Ways.Left[way.at(w.course, k)], w.class)
}
