package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// heldup is how long people are held up on foot, at gates, on stairs and before full
// platforms, by what they pass and when they set off, as means over the rounds.
type heldup struct {
	ways map[passing]transit.Seconds // on the way in, of which those are known that somebody went
	ins  map[passing]transit.Seconds // at the end of a journey, by the gate that one goes into
}

// passing is what is passed, by when.
type passing struct {
	way, door uint32 // a row of Stations.Ways, and the gate of a venue; or None
	bin       int32
}

// heldBin is how finely it is remembered when people were held up.
const heldBin = 5 * transit.Minute

// outward is what somebody passes who sets off along a link of Access.
func (g *ground) outward(link uint32, c demand.Class, from demand.Place, set transit.Seconds) passing {
	_, way, _ := g.feet.net.Access.WalkOf(link, c)
	return passing{way, uint32(g.feet.doors.out(toQueue, from)), int32(set / heldBin)}
}

// inward is the gate that somebody goes into who comes to a place.
func (g *ground) inward(to demand.Place, at transit.Seconds) passing {
	return passing{transit.None, uint32(g.feet.doors.in(toHome, to)), int32(at / heldBin)}
}

// by is the same at another time.
func (p passing) by(at transit.Seconds) passing {
	p.bin = int32(at / heldBin)
	return p
}

func (p passing) holdsUp() bool { return p.way != transit.None || p.door != transit.None }

// onWay is how long somebody is held up on a way in.
func (h *heldup) onWay(p passing) transit.Seconds { return mean(h.ways, p) }

// atEnd is how long somebody is held up when he comes to his destination.
func (h *heldup) atEnd(p passing) transit.Seconds { return mean(h.ins, p) }

// mean looks up only what may hold people up: few ways have anything on them.
func mean(means map[passing]transit.Seconds, p passing) transit.Seconds {
	if !p.holdsUp() {
		return 0
	}
	return means[p]
}

// observed sums up what was seen of one passing.
type observed struct{ sum, count int64 }

// learn moves the means towards what a round showed.
func (h *heldup) learn(p *Problem, g *ground, choices []choice, o *Outcome, round int) {
	if h.ways == nil {
		h.ways, h.ins = map[passing]transit.Seconds{}, map[passing]transit.Seconds{}
	}
	ways, ins := map[passing]observed{}, map[passing]observed{}
	journeys := o.Journeys()
	for t, c := range choices {
		if c.link == nowhere || c.link == onFoot {
			continue
		}
		legs := journeys.Of(t)
		g.seeWay(p, t, c, o, legs, ways)
		g.seeEnd(p, t, o, legs, ins)
	}
	move(h.ways, ways, round)
	move(h.ins, ins, round)
}

// seeWay adds how long a traveller was held up before he stood at his first stop.
func (g *ground) seeWay(p *Problem, t int, c choice, o *Outcome, legs []uint32, seen map[passing]observed) {
	class := p.Travellers.ClassOf(t)
	key := g.outward(c.link, class, p.Travellers.From[t], c.set)
	if !key.holdsUp() || len(legs) == 0 || o.Rethought[t] > 0 {
		return
	}
	walk, _, _ := p.Network.Access.WalkOf(c.link, class)
	see(seen, key, o.Legs[legs[0]].Join-c.set-walk)
}

// seeEnd adds how long a traveller was held up at his journey's end.
func (g *ground) seeEnd(p *Problem, t int, o *Outcome, legs []uint32, seen map[passing]observed) {
	if o.State[t] != Arrived || len(legs) == 0 {
		return
	}
	off := o.Legs[legs[len(legs)-1]].Off
	stops, _ := p.Network.Access.Row(uint32(p.Travellers.To[t]))
	i := slices.Index(stops, p.Day.Stop[off])
	if i < 0 {
		return
	}
	walk, _, _ := p.Network.Access.WalkOf(p.Network.Access.First[p.Travellers.To[t]]+uint32(i), p.Travellers.ClassOf(t))
	at := o.Arrive[off] + walk
	if key := g.inward(p.Travellers.To[t], at); key.holdsUp() {
		see(seen, key, o.End[t]-at)
	}
}

func see(seen map[passing]observed, key passing, held transit.Seconds) {
	s := seen[key]
	seen[key] = observed{s.sum + int64(max(held, 0)), s.count + 1}
}

// move moves means towards what was seen; what nobody passed stays as it was.
func move(means map[passing]transit.Seconds, seen map[passing]observed, round int) {
	for key, s := range seen {
		means[key] = moved(means[key], transit.Seconds(s.sum/s.count), round)
	}
}
