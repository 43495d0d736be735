package assign

import (
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// kerbs are the loading areas of stops that take so many vehicles at once.
type kerbs struct {
	stands map[transit.Stop]uint32
	taken  map[transit.Stop]uint32
	behind map[transit.Stop][]waiting
	given  map[transit.Visit]bool // it waited and has its area, and is about to take it
}

// waiting is a vehicle that waits for a loading area.
type waiting struct {
	visit transit.Visit
	since transit.Seconds
}

func newKerbs(n *network.Network) *kerbs {
	k := &kerbs{
		stands: map[transit.Stop]uint32{}, taken: map[transit.Stop]uint32{}, behind: map[transit.Stop][]waiting{}, given: map[transit.Visit]bool{},
	}
	for i, stop := range n.Stations.Platforms.Stop {
		if stands := n.Stations.Platforms.Stands[i]; stands > 0 {
			k.stands[stop] = stands
		}
	}
	return k
}

// take gives a vehicle a loading area, or lets it wait behind.
func (k *kerbs) take(stop transit.Stop, v transit.Visit, now transit.Seconds) bool {
	stands, limited := k.stands[stop]
	if !limited {
		return true
	}
	if k.given[v] {
		delete(k.given, v)
		return true
	}
	if k.taken[stop] >= stands {
		k.behind[stop] = append(k.behind[stop], waiting{v, now})
		return false
	}
	k.taken[stop]++
	return true
}

// free gives a loading area back; next is the vehicle that it is given to at
// once, if any waits: none that comes in the same second takes it away from it.
func (k *kerbs) free(stop transit.Stop) (next waiting, ok bool) {
	if _, limited := k.stands[stop]; !limited {
		return waiting{}, false
	}
	if behind := k.behind[stop]; len(behind) > 0 {
		k.behind[stop], k.given[behind[0].visit] = behind[1:], true
		return behind[0], true
	}
	k.taken[stop]--
	return waiting{}, false
}

func (k *kerbs) limited(stop transit.Stop) bool { return k.stands[stop] > 0 }
