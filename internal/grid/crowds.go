package grid

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/transit"
)

// Draws of one traveller.
const (
	drawFrom = 1<<50 + iota // tastes are drawn below
	drawTo
	drawPeak
	drawWhen
	drawsWhen = 12
)

// peak is when half of a day's travellers want to leave, and how spread.
type peak struct{ mean, deviation transit.Seconds }

var (
	morning = peak{8 * transit.Hour, 75 * transit.Minute}
	evening = peak{17*transit.Hour + 15*transit.Minute, 100 * transit.Minute}
)

// When a crowd of an event is under way.
const (
	EgressFrom   = 21*transit.Hour + 45*transit.Minute
	EgressUntil  = 23 * transit.Hour
	IngressFrom  = 17*transit.Hour + 45*transit.Minute
	IngressUntil = 19 * transit.Hour
)

// Crowds draws people who travel between zones.
type Crowds struct {
	Zones  int          // so many, numbered from 0
	Middle demand.Place // where crowds of events are
	Seed   draw.Seed
}

// Crowds are those of the grid.
func (c City) Crowds() Crowds { return Crowds{c.Streets * c.Streets, c.Middle(), c.Seed} }

// Everyday are so many people of an ordinary day: between two zones that are drawn, half
// of them around 08:00 and half around 17:15.
func (c Crowds) Everyday(people int) *demand.Travellers {
	return c.crowd("everyday", people, func(who draw.Seed) (from, to demand.Place, ready transit.Seconds) {
		p := morning
		if who.Below(drawPeak, 2) == 1 {
			p = evening
		}
		from = c.other(who, drawFrom, demand.Place(c.Zones))
		return from, c.other(who, drawTo, from), p.at(who)
	})
}

// Egress are people who leave the middle of the city for everywhere, evenly from
// EgressFrom to EgressUntil.
func (c Crowds) Egress(people int) *demand.Travellers {
	return c.crowd("egress", people, func(who draw.Seed) (from, to demand.Place, ready transit.Seconds) {
		return c.Middle, c.other(who, drawTo, c.Middle), EgressFrom + transit.Seconds(who.Below(drawWhen, uint64(EgressUntil-EgressFrom)))
	})
}

// Ingress are people who come from everywhere to the middle of the city, and leave evenly
// from IngressFrom to IngressUntil.
func (c Crowds) Ingress(people int) *demand.Travellers {
	return c.crowd("ingress", people, func(who draw.Seed) (from, to demand.Place, ready transit.Seconds) {
		return c.other(who, drawFrom, c.Middle), c.Middle, IngressFrom + transit.Seconds(who.Below(drawWhen, uint64(IngressUntil-IngressFrom)))
	})
}

// crowd makes travellers one after the other.
func (c Crowds) crowd(name string, people int, one func(who draw.Seed) (from, to demand.Place, ready transit.Seconds)) *demand.Travellers {
	t := &demand.Travellers{Crowds: []demand.Crowd{{Session: demand.NoSession, Way: demand.Background, People: uint32(people)}}}
	for i := range people {
		key := draw.Key(name) + uint64(i)
		from, to, ready := one(c.Seed.For(key))
		t.Key, t.From, t.To = append(t.Key, key), append(t.From, from), append(t.To, to)
		t.Ready, t.Due, t.Crowd = append(t.Ready, ready), append(t.Due, demand.Free), append(t.Crowd, 0)
	}
	return t
}

// other is a zone that is drawn, and not the given one.
func (c Crowds) other(who draw.Seed, n uint64, not demand.Place) demand.Place {
	zones := uint64(c.Zones)
	if uint64(not) >= zones || zones == 1 {
		return demand.Place(who.Below(n, zones))
	}
	to := demand.Place(who.Below(n, zones-1))
	if to >= not {
		to++
	}
	return to
}

// at is a time of the normal distribution, as the sum of twelve even draws: in
// whole numbers, the same on every machine.
func (p peak) at(who draw.Seed) transit.Seconds {
	const whole = 1 << 16
	sum := int64(-drawsWhen / 2 * whole)
	for i := range uint64(drawsWhen) {
		sum += int64(who.Below(drawWhen+i, whole))
	}
	return p.mean + transit.Seconds(int64(p.deviation)*sum/whole)
}
