package network

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// Walker finds the walks of points that are no places of the network, by the
// rules by which its places were linked. It is the scratch of one goroutine;
// what is dear to make is shared with its Twins.
type Walker struct {
	foot    *foot
	nearest int
	free    bool // of steps
}

// noSteps as a share of the speed makes every flight of steps take longer than
// any walk may.
const noSteps = 1e-12

// NewWalker prepares a walker. One that is free of steps keeps off every street
// that is steps, and is not led to far stops by a straight line.
func NewWalker(n *Network, stepFree bool) *Walker {
	if !stepFree {
		return &Walker{newFoot(n, insideOf(n)), int(n.Walking.Nearest), false}
	}
	free := *n
	free.Walking.Steps = noSteps
	return &Walker{newFoot(&free, insideOf(n)), 0, true}
}

// Twin is another walker on the same streets, for another goroutine.
func (w *Walker) Twin() *Walker {
	twin := *w.foot
	if twin.paced != nil {
		twin.search = twin.paced.Search()
	}
	return &Walker{&twin, w.nearest, w.free}
}

// Stops are the walks between a point and the stops around it, nearest first,
// as Access has them for a place: by the doors of stations where these are known.
func (w *Walker) Stops(at geo.Point) ([]transit.Stop, []transit.Seconds) {
	var hops []hop
	for _, l := range w.foot.accessOf(w.stand(at), w.nearest) {
		c := l.walk
		if w.free {
			c = l.free
		}
		if c.time != noWalk {
			hops = append(hops, hop{uint32(l.to), c.time})
		}
	}
	slices.SortFunc(hops, func(a, b hop) int { return cmp.Or(cmp.Compare(a.walk, b.walk), cmp.Compare(a.to, b.to)) })
	stops, walks := make([]transit.Stop, len(hops)), make([]transit.Seconds, len(hops))
	for i, h := range hops {
		stops[i], walks[i] = transit.Stop(h.to), h.walk
	}
	return stops, walks
}

// Places are the walks between a point and the places that somebody would walk
// to all the way, by place.
func (w *Walker) Places(at geo.Point) ([]demand.Place, []transit.Seconds) {
	f := w.foot
	hops := f.around(w.stand(at), f.places, f.walking.MaxDirect, 0)
	slices.SortFunc(hops, func(a, b hop) int { return cmp.Compare(a.to, b.to) })
	places, walks := make([]demand.Place, len(hops)), make([]transit.Seconds, len(hops))
	for i, h := range hops {
		places[i], walks[i] = demand.Place(h.to), h.walk
	}
	return places, walks
}

// Between is the walk all the way from a point to another; false when it is too long.
func (w *Walker) Between(a, b geo.Point) (transit.Seconds, bool) {
	f := w.foot
	if line := float64(geo.Distance(a, b)); !a.Valid() || !b.Valid() || line > float64(f.walking.MaxDirect*f.walking.Detour) {
		return 0, false
	}
	return f.direct(w.stand(a), w.stand(b))
}

// stand puts somebody at a point: at a street where one is near.
func (w *Walker) stand(at geo.Point) stand {
	s := stand{at: at}
	if w.foot.index != nil {
		s.spot, s.onStreet = w.foot.index.Snap(at, MaxOffStreet)
	}
	return s
}
