package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// hopes know for each line whether anything will still come that its people
// would take.
type hopes struct {
	problem *Problem
	lines   *[]Acceptance
	calls   *calls
	gone    []bool          // by visit: its vehicle has left
	hope    []transit.Visit // by line: a departure that is still to come; noVisit when none is known
	tried   []uint32        // by line: visits from this one on, backwards, are still to be tried, plus one; 0: all
}

func newHopes(p *Problem, plans *plans, c *calls) *hopes {
	return &hopes{problem: p, lines: &plans.lines, calls: c, gone: make([]bool, len(p.Day.Stop))}
}

// calls are by stop the visits where people may board, in the timetable's order.
type calls struct {
	first  []uint32 // by stop: its own are visits[first[stop]:first[stop+1]]
	visits []transit.Visit
}

func newCalls(p *Problem) *calls {
	c := &calls{first: make([]uint32, len(p.Network.Timetable.Stops.ID)+1)}
	for _, v := range p.Day.Departures {
		if p.Day.Boarding[v]&transit.MayBoard != 0 {
			c.first[p.Day.Stop[v]+1]++
		}
	}
	for s := range c.first[1:] {
		c.first[s+1] += c.first[s]
	}
	c.visits = make([]transit.Visit, c.first[len(c.first)-1])
	free := slices.Clone(c.first)
	for _, v := range p.Day.Departures {
		if p.Day.Boarding[v]&transit.MayBoard != 0 {
			stop := p.Day.Stop[v]
			c.visits[free[stop]] = v
			free[stop]++
		}
	}
	return c
}

func (c *calls) at(stop transit.Stop) []transit.Visit { return c.visits[c.first[stop]:c.first[stop+1]] }

// has reports whether a line has something left to wait for.
func (h *hopes) has(id uint32) bool {
	for len(h.hope) <= int(id) {
		h.hope, h.tried = append(h.hope, noVisit), append(h.tried, 0)
	}
	if v := h.hope[id]; v != noVisit && !h.gone[v] {
		return true
	}
	return h.find(id)
}

// find looks for the last departure that a line would take, from where it looked before.
func (h *hopes) find(id uint32) bool {
	a := &(*h.lines)[id]
	visits := h.calls.at(a.Stop)
	from := len(visits)
	if h.tried[id] > 0 {
		from = int(h.tried[id] - 1)
	}
	for i := from - 1; i >= 0; i-- {
		v := visits[i]
		if !h.gone[v] && a.Takes(h.problem.pattern(h.problem.Day.Owner[v]), uint16(h.problem.Day.Place(v)), h.problem.Day.Depart[v]) {
			h.hope[id], h.tried[id] = v, uint32(i)+1
			return true
		}
	}
	h.hope[id], h.tried[id] = noVisit, 1
	return false
}

// guides find journeys for people who are stuck; one for each class, made when
// somebody of it asks. What they found holds for who comes a little later, and
// on the day played again: it is by the timetable alone.
type guides struct {
	problem *Problem
	day     *transit.Day // as it is known
	index   *journey.Index
	search  map[demand.Class]*journey.Search
	advice  map[asking][]advice
}

// asking is who asks, and where he is.
type asking struct {
	class uint8
	stop  transit.Stop
	to    demand.Place
}

// advice is what somebody is told who asks at any moment from a first to a last one.
type advice struct {
	first, last transit.Seconds
	begin       onward
	ok          bool
}

func newGuides(p *Problem, known *transit.Day) *guides {
	return &guides{problem: p, day: known, search: map[demand.Class]*journey.Search{}, advice: map[asking][]advice{}}
}

// told is a copy of what was told so far.
func (g *guides) told() map[asking][]advice {
	out := make(map[asking][]advice, len(g.advice))
	for who, given := range g.advice {
		out[who] = slices.Clone(given)
	}
	return out
}

// given is what was told before to somebody who asked the same.
func (g *guides) given(who asking, leave transit.Seconds) (advice, bool) {
	for _, a := range g.advice[who] {
		if a.first <= leave && leave <= a.last {
			return a, true
		}
	}
	return advice{}, false
}

func (g *guides) of(c demand.Class) *journey.Search {
	s, known := g.search[c]
	if known {
		return s
	}
	if g.index == nil {
		g.index = journey.NewIndex(g.problem.Network, g.day, c)
	}
	s = g.index.For(c).Search()
	g.search[c] = s
	return s
}

// seek gives somebody at a stop a new plan, for whom nothing comes any more that
// his old one takes: the earliest arrival by the timetable. False when there is none.
func (l *loading) seek(p person, stop transit.Stop, now transit.Seconds) bool {
	if l.out.Rethought[l.people[p].row] >= mostThoughts {
		return false
	}
	return l.detour(p, stop, now)
}

// detour sends somebody at a stop on by the earliest arrival. False when there is none.
func (l *loading) detour(p person, stop transit.Stop, now transit.Seconds) bool {
	b := &l.people[p]
	who := asking{b.class, stop, b.to}
	a, known := l.guides.given(who, now+1)
	if !known {
		a = l.advise(who, now+1)
		l.guides.advice[who] = append(l.guides.advice[who], a)
	}
	if a.ok {
		l.change(p, a.begin, stop, now)
	}
	return a.ok
}

// advise finds the earliest arrival. Who leaves later is told the same until the
// journey sets off: all that he can still catch arrives no earlier. Where there is
// none now there is none later. A walk is compared with what leaves at that very moment.
func (l *loading) advise(who asking, leave transit.Seconds) advice {
	j, ok := l.guides.of(class(l.problem.Travellers, who.class)).EarliestArrival(journey.Query{
		From: journey.AtStop(who.stop), To: journey.AtPlace(who.to), Leave: leave,
	})
	if !ok {
		return advice{first: leave, last: never}
	}
	a := advice{first: leave, last: leave, begin: l.route(who.stop, j), ok: true}
	if j.Boardings > 0 {
		a.last = max(j.Depart, leave)
	}
	return a
}

// putOff sends somebody on whose vehicle goes no farther; who knows no way waits there for good.
func (l *loading) putOff(p person, stop transit.Stop, now transit.Seconds) {
	if !l.detour(p, stop, now) {
		l.change(p, onward{l.transfer(stop, stop), l.plans.stay(stop)}, stop, now)
	}
}

// route makes a plan of a journey and says how to begin it.
func (l *loading) route(stop transit.Stop, j journey.Journey) onward {
	rides := slices.DeleteFunc(j.Legs, func(leg journey.Leg) bool { return leg.Walk })
	then := journey.Option{Via: journey.Home}
	for i := len(rides) - 1; i >= 0; i-- {
		ride, day := rides[i], l.problem.Day
		then.Pattern, then.On, then.Off = l.problem.pattern(ride.Trip), uint16(day.Place(ride.On)), uint16(day.Place(ride.Off))
		then.Since, then.Until = journey.Always, journey.Ever
		node := l.plans.single(ride.From, then)
		from := stop
		if i > 0 {
			from = rides[i-1].To
		}
		then = journey.Option{Via: l.transfer(from, ride.From), Then: node}
	}
	return onward{then.Via, then.Then}
}

// transfer is the link of Transfers from a stop to another.
func (l *loading) transfer(from, to transit.Stop) uint32 {
	stops, _ := l.problem.Network.Transfers.Row(uint32(from))
	return l.problem.Network.Transfers.First[from] + uint32(slices.Index(stops, to))
}

// turnAway lets everybody of a line look for another way when nothing comes any
// more that they would take.
func (l *loading) turnAway(id uint32, stop transit.Stop, now transit.Seconds) {
	queue := &l.queues.lines[id]
	for range queue.count {
		p := l.chains.pop(&queue.list)
		since, denied := l.people[p].waits, l.queues.denials(id, p)
		if !l.seek(p, stop, now) {
			l.chains.push(&queue.list, p)
			continue
		}
		queue = &l.queues.lines[id] // a new plan may have opened lines
		l.queues.waiting[stop]--
		l.think(p, stop, since, now, denied, id)
	}
}

// think notes that somebody gives up a queue.
func (l *loading) think(p person, stop transit.Stop, since, now transit.Seconds, denied, id uint32) {
	l.out.Left[l.people[p].row] += denied
	l.out.Rethought[l.people[p].row]++
	l.out.Thoughts = append(l.out.Thoughts, Thought{l.people[p].row, stop, now, since, denied, id})
}
