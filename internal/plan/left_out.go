package plan

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// What is told of the other travellers in full: the stops with the longest
// queues, what lies near the venue, and segments filled to this share of their room.
const (
	wholeStops  = 20
	nearVenue   = geo.Meters(500)
	fullPercent = 80
)

// guests is where the event's people were.
type guests struct {
	waits map[transit.Stop]map[int]bool // minutes in which one of them waited
	rides map[hop]map[int]bool          // bins in which one of them rode
}

func (d *day) guests() guests {
	g := guests{map[transit.Stop]map[int]bool{}, map[hop]map[int]bool{}}
	o, day := d.outcome, d.problem.Day
	for _, leg := range o.Legs {
		if d.everyday(leg.Traveller) {
			continue
		}
		mark(g.waits, day.Stop[leg.On], int(leg.Join)/60, int(o.Depart[leg.On])/60)
		for v := leg.On; v < leg.Off; v++ {
			bin := int(o.Depart[v]) / evaluation.BinSeconds
			mark(g.rides, hop{d.keyOf(v), day.Stop[v], day.Stop[v+1]}, bin, bin)
		}
	}
	for _, t := range o.Thoughts {
		if !d.everyday(t.Traveller) {
			mark(g.waits, t.Stop, int(t.Since)/60, int(t.At)/60)
		}
	}
	return g
}

// everyday reports whether a traveller is one of the city's others.
func (d *day) everyday(traveller uint32) bool {
	t := d.problem.Travellers
	return t.Crowds[t.Crowd[traveller]].Way == demand.Background
}

// mark notes whole times, the first and the last included.
func mark[K comparable](at map[K]map[int]bool, key K, from, to int) {
	if at[key] == nil {
		at[key] = map[int]bool{}
	}
	for i := from; i <= to; i++ {
		at[key][i] = true
	}
}

// others reports whether anybody travels who is not of the event.
func (d *day) others() bool {
	return slices.ContainsFunc(d.problem.Travellers.Crowds, func(c demand.Crowd) bool { return c.Way == demand.Background })
}

// leaveOut drops what happens to the city's other travellers alone: minutes of
// stops and loads of segments with nobody of the event, nobody left behind and
// room on board. Sums and maxima count everybody. Without others nothing is dropped.
func (d *day) leaveOut(e *evaluation.Evaluation) {
	if d.request.Whole || !d.others() {
		return
	}
	g, out, tt := d.guests(), evaluation.LeftOut{}, d.net.Timetable
	stops, routes := map[string]transit.Stop{}, map[string]transit.Route{}
	for s, id := range tt.Stops.ID {
		stops[string(id)] = transit.Stop(s)
	}
	for r, id := range tt.Routes.ID {
		routes[string(id)] = transit.Route(r)
	}
	whole := toldWhole(e)
	for i := range e.Stops {
		if s := &e.Stops[i]; !whole[s.ID] && !d.near(stops[s.ID]) {
			thinStop(s, g.waits[stops[s.ID]], &out)
		}
	}
	for i := range e.Segments {
		s := &e.Segments[i]
		k := hop{lineKey{routes[s.Route], transit.Direction(s.Direction)}, stops[s.From], stops[s.To]}
		if !d.near(k.from) && !d.near(k.to) {
			thinSegment(s, g.rides[k], &out)
		}
	}
	if out.Stops+out.Segments > 0 {
		e.LeftOut = &out
	}
}

// toldWhole are the ids of the stops that the report tells minute by minute.
func toldWhole(e *evaluation.Evaluation) map[string]bool {
	longest := slices.Clone(e.Stops)
	slices.SortFunc(longest, func(a, b evaluation.Stop) int {
		return cmp.Or(cmp.Compare(b.MaxQueue, a.MaxQueue), cmp.Compare(a.ID, b.ID))
	})
	whole := map[string]bool{}
	for _, s := range longest[:min(len(longest), wholeStops)] {
		whole[s.ID] = true
	}
	for _, w := range e.Worst {
		whole[w.Stop] = true
	}
	return whole
}

// near reports whether a stop lies near the venue.
func (d *day) near(s transit.Stop) bool {
	v, found := demand.FindVenue(d.net.Venues, d.request.Event.Venue)
	return found && geo.Distance(d.net.Venues[v].At, d.net.Timetable.Stops.At[s]) <= nearVenue
}

func thinStop(s *evaluation.Stop, guests map[int]bool, out *evaluation.LeftOut) {
	all := len(s.Minutes)
	s.Minutes = slices.DeleteFunc(s.Minutes, func(m evaluation.Minute) bool { return m.Denied == 0 && !guests[m.Minute] })
	if dropped := all - len(s.Minutes); dropped > 0 {
		s.Partial = true
		out.Stops, out.Minutes = out.Stops+1, out.Minutes+dropped
	}
}

func thinSegment(s *evaluation.Segment, guests map[int]bool, out *evaluation.LeftOut) {
	all := len(s.Loads)
	s.Loads = slices.DeleteFunc(s.Loads, func(l evaluation.Load) bool { return 100*l.Carried < fullPercent*l.Room && !guests[l.Bin] })
	if dropped := all - len(s.Loads); dropped > 0 {
		s.Partial = true
		out.Segments, out.Loads = out.Segments+1, out.Loads+dropped
	}
}
