package demand

import (
	"errors"
	"math"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/transit"
)

// ErrNobody is the error of an event whose people come from nowhere: no
// residents within reach and no venue named as an origin.
var ErrNobody = errors.New("the event's people come from nowhere: the city has no population and the event names no venue as origin")

// ErrNoVenue is the error of an event at a venue that the city does not have.
var ErrNoVenue = errors.New("the city does not have the event's venue")

// Draws of one traveller; numbers below this are drawn by the choice of options.
const (
	drawArrive = 1<<50 + iota
	drawLeave
	drawGateIn
	drawGateOut
	drawClass
	drawSecond
	drawHomeward
	drawPlace
	drawFarEnd
	drawTimed
)

// People makes the travellers of an event: those of the attendance who come by
// public transport, once on their way there and once on their way back to where
// they came from. offset is what the service day's clock shows less than the
// day's axis. The same event and seed give the same people.
func People(e *Event, places *Places, venues []Venue, offset transit.Seconds, seed draw.Seed) (*Travellers, error) {
	v, found := FindVenue(venues, e.Venue)
	if !found {
		return nil, ErrNoVenue
	}
	from := originsOf(e, places, venues, venues[v].At)
	if from.total() <= 0 {
		return nil, ErrNobody
	}
	m := &maker{event: e, venue: &venues[v], from: from, offset: offset, seed: seed, out: &Travellers{}}
	m.class = m.out.addClasses(e.Classes)
	for i := range e.Sessions {
		m.session(i)
	}
	return m.out, nil
}

// maker adds the crowds of one event to its travellers.
type maker struct {
	event  *Event
	venue  *Venue
	from   origins
	offset transit.Seconds
	seed   draw.Seed
	class  classes
	out    *Travellers
}

func (m *maker) session(i int) {
	s := &m.event.Sessions[i]
	people := int(math.Round(float64(s.Attendance) * m.event.TransitShare))
	for _, way := range []Way{Arriving, Leaving} {
		crowd := uint16(len(m.out.Crowds))
		m.out.Crowds = append(m.out.Crowds, Crowd{Session: i, Way: way, People: uint32(people)})
		base := draw.Key(m.event.ID, s.Name)
		for p := range people {
			who := m.seed.For(base + uint64(p))
			home := m.from.at(float64(float64(p)+0.5) / float64(people))
			m.add(crowd, way, s, who, base+uint64(p), home)
		}
	}
}

// add puts one traveller on his way there or back.
func (m *maker) add(crowd uint16, way Way, s *Session, who draw.Seed, key uint64, home Place) {
	t := m.out
	t.Crowd = append(t.Crowd, crowd)
	t.Key = append(t.Key, draw.Key(string(way))+key)
	t.Class = append(t.Class, m.class.of(who))
	if way == Arriving {
		due := s.Start + m.offset + s.Arrive.At(who.Unit(drawArrive))
		t.From, t.To = append(t.From, home), append(t.To, m.gate(who.Unit(drawGateIn)))
		t.Ready, t.Due = append(t.Ready, Free), append(t.Due, due)
		return
	}
	ready := s.End + m.offset + s.Leave.At(who.Unit(drawLeave))
	t.From, t.To = append(t.From, m.gate(who.Unit(drawGateOut))), append(t.To, home)
	t.Ready, t.Due = append(t.Ready, ready), append(t.Due, Free)
}

// gate is the venue's gate at a share of its people.
func (m *maker) gate(share float64) Place {
	gates := m.venue.Gates
	for _, g := range gates[:len(gates)-1] {
		if share < g.Share {
			return g.Place
		}
		share -= g.Share
	}
	return gates[len(gates)-1].Place
}
