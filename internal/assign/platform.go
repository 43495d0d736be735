package assign

import (
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// platforms keep people outside while as many wait at a stop as there is room for.
type platforms struct {
	chain   chain
	holds   map[transit.Stop]uint32
	outside map[transit.Stop]*list
	stops   []transit.Stop // those with a limit, in order
}

func newPlatforms(n *network.Network, c chain) *platforms {
	p := &platforms{chain: c, holds: map[transit.Stop]uint32{}, outside: map[transit.Stop]*list{}}
	for i, stop := range n.Stations.Platforms.Stop {
		if holds := n.Stations.Platforms.Holds[i]; holds > 0 {
			p.holds[stop], p.outside[stop] = holds, &list{}
			p.stops = append(p.stops, stop)
		}
	}
	return p
}

// full reports whether somebody who comes to a stop must wait outside.
func (p *platforms) full(stop transit.Stop, waiting uint32) bool {
	holds, limited := p.holds[stop]
	return limited && (waiting >= holds || p.outside[stop].count > 0)
}

// may reports whether the first of those outside may come in.
func (p *platforms) may(stop transit.Stop, waiting uint32) bool {
	outside := p.outside[stop]
	return outside != nil && outside.count > 0 && waiting < p.holds[stop]
}

func (p *platforms) hold(stop transit.Stop, who person) { p.chain.push(p.outside[stop], who) }

func (p *platforms) pop(stop transit.Stop) person { return p.chain.pop(p.outside[stop]) }

// each hands over those who are still outside, and forgets them.
func (p *platforms) each(hand func(transit.Stop, person)) {
	for _, stop := range p.stops {
		for outside := p.outside[stop]; outside.count > 0; {
			hand(stop, p.chain.pop(outside))
		}
	}
}
