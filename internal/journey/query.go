package journey

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// End is where a journey begins or ends.
type End struct {
	kind   endKind
	places []demand.Place
	stop   transit.Stop
	point  geo.Point
}

type endKind uint8

const (
	placeEnd endKind = iota
	stopEnd
	pointEnd
)

// AtPlace is an end at a place of the network; its walks are those of Access.
func AtPlace(p demand.Place) End { return End{kind: placeEnd, places: []demand.Place{p}} }

// AtVenue is an end at whichever gate of a venue suits.
func AtVenue(v *demand.Venue) End {
	e := End{kind: placeEnd}
	for _, g := range v.Gates {
		e.places = append(e.places, g.Place)
	}
	return e
}

// AtStop is an end at a stop; a station without vehicles of its own stands for
// all its stops. People walk from there as far as Transfers lead, and to the
// places that are linked to it.
func AtStop(s transit.Stop) End { return End{kind: stopEnd, stop: s} }

// AtPoint is an end anywhere, joined to streets and stops as places are.
func AtPoint(p geo.Point) End { return End{kind: pointEnd, point: p} }

// Query asks for journeys. Times are on the day's axis.
type Query struct {
	From, To End
	Leave    transit.Seconds // not before; demand.Free where By is meant
	By       transit.Seconds // arrive no later
	// MaxBoardings is how many vehicles one takes at most; 0 stands for any number.
	MaxBoardings int
}

// Window is a while in which people set off, both ends included.
type Window struct{ From, Until transit.Seconds }

// instant is a moment of the day, its seconds in the high part and the step
// within the second in the low one; see transit.Day.Step.
type instant int64

const (
	steps = 16 // bits of a step
	// never is later than anything, longAgo earlier.
	never   = instant(1) << 62
	longAgo = -never
	// tooLate is never in seconds.
	tooLate = transit.Seconds(1<<31 - 1)
)

func moment(s transit.Seconds, step uint16) instant { return instant(s)<<steps | instant(step) }

func (i instant) seconds() transit.Seconds { return transit.Seconds(i >> steps) }

// end is the last moment of a second.
func end(s transit.Seconds) instant { return moment(s, 1<<steps-1) }

// after is the moment when somebody is there who sets off at i and walks: a
// walk of no time keeps the step, any other ends as its second begins.
func (i instant) after(walk transit.Seconds) instant {
	if walk == 0 {
		return i
	}
	return moment(i.seconds()+walk, 0)
}

// before is the last moment to set off for somebody who walks and has to be
// there before i.
func (i instant) before(walk transit.Seconds) instant {
	if walk == 0 {
		return i - 1
	}
	return end((i - 1).seconds() - walk)
}
