package assign

import (
	"context"
	"slices"

	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/serve"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// loading plays the day forward.
type loading struct {
	problem *Problem
	plans   *plans
	tl      *journey.Timeline
	feet    feet
	out     *Outcome

	clock     clock
	queues    *queues
	walkers   *walkers
	platforms *platforms
	kerbs     *kerbs
	servers   *serve.Servers
	hopes     *hopes
	guides    *guides

	// by dated trip
	aboard [][]group
	load   []uint32
	// patient is the visit at which it waited for those who board, by dated trip
	patient  []transit.Visit
	begun    []bool             // its vehicle is on it, or waits at its first stop
	told     []transit.Seconds  // the delay that is known of it
	doorways []capacity.Doorway // by type of vehicle
	people   people
	chains   chain

	known *transit.Day      // the timetable's day with the delays that are known
	since transit.Seconds   // nothing happens before
	marks []transit.Seconds // moments of which snapshots are still to be taken, in time

	// scratch of one departure
	eligible []uint32 // the lines that take it
	wanted   []uint32 // by eligible: which of its wants it is
	getting  []person // who gets off
}

// group are the people on board one vehicle who get off at one place.
type group struct {
	list
	off uint16
}

func newLoading(p *Problem, plans *plans, g *ground, tl *journey.Timeline) *loading {
	all, on := g.play(p)
	stops := len(p.Network.Timetable.Stops.ID)
	servers := serve.New(&g.facilities, p.Seed)
	l := &loading{
		problem: p, plans: plans, tl: tl, feet: g.feet, out: newOutcome(p.Travellers.Len(), p.Day), queues: newQueues(all, on, stops, len(plans.lines)),
		walkers: newWalkers(all, on, p.Day.Horizon.Length), platforms: newPlatforms(p.Network, on), kerbs: newKerbs(p.Network),
		servers: servers, hopes: newHopes(p, plans, g.calls), guides: g.guides,
		aboard: make([][]group, len(p.Day.Trip)), load: make([]uint32, len(p.Day.Trip)),
		patient: slices.Repeat([]transit.Visit{noVisit}, len(p.Day.Trip)), doorways: doorways(&p.Network.Timetable.Vehicles),
		people: all, chains: on,
		begun: make([]bool, len(p.Day.Trip)), told: p.told(), known: g.known, since: beforeAll,
	}
	l.out.Servers, l.out.Doors = servers, g.feet.doors
	return l
}

// ground is what people walk on: all facilities, and who passes which.
type ground struct {
	known      *transit.Day // the timetable's day with the delays that are known
	facilities station.Facilities
	feet       feet
	guides     *guides
	calls      *calls
	rows       []uint32 // of travellers, by when they mean to travel; nil where a play goes on

	people people // of the last play from the start
	chain  chain
}

func newGround(p *Problem, known *transit.Day, c *calls) *ground {
	n := p.Network
	all, doors := withDoors(n)
	g := &ground{known: known, facilities: all, guides: newGuides(p, known), calls: c, feet: feet{net: n, doors: doors, free: make([]transit.Seconds, all.Len())}}
	alone := serve.New(&all, 0)
	for f := range g.feet.free {
		g.feet.free[f] = alone.Free(station.Facility(f))
	}
	return g
}

// play are the people of a play from the start, in the room of the one before.
func (g *ground) play(p *Problem) (people, chain) {
	if g.people == nil {
		g.people = newPeople(p.Travellers, g.rows)
		g.chain = make(chain, len(g.people))
	}
	return g.people, g.chain
}

// setOff sends a person on his way.
func (l *loading) setOff(p person, c choice) {
	o, b := l.out, &l.people[p]
	traveller := b.row
	o.Set[traveller], o.End[traveller] = c.set, demand.Free
	b.node = c.node
	switch c.link {
	case nowhere:
		o.State[traveller], o.Set[traveller], b.walk = NoService, demand.Free, walk{}
	case onFoot:
		b.walk = walk{course: allTheWay}
		l.walkOn(p, c.set)
	default:
		b.walk = walk{course: toQueue, link: c.link}
		l.walkOn(p, c.set)
	}
}

// walker is what matters of a person for his walk.
func (l *loading) walker(p person) walker {
	b := &l.people[p]
	return walker{b.walk, class(l.problem.Travellers, b.class), b.from, b.to}
}

// walkOn sends a person on to what is next on his walk.
func (l *loading) walkOn(p person, now transit.Seconds) {
	s := l.feet.next(l.walker(p))
	if s.end && l.people[p].course >= toHome {
		l.arrive(l.people[p].row, now+s.gap)
		return
	}
	if !l.walkers.add(p, now+s.gap) {
		l.out.State[l.people[p].row] = Walking
	}
}

// come lets a person get through what he has come to, or join a queue at his walk's end.
func (l *loading) come(p person, at transit.Seconds) {
	w := l.walker(p)
	s := l.feet.next(w)
	if s.end {
		l.join(p, l.feet.links(w.course).To[w.link], at)
		return
	}
	through := l.servers.Pass(s.facility, l.problem.Travellers.Key[l.people[p].row], at)
	l.out.Held[l.people[p].row] += max(through-at-l.feet.free[s.facility], 0)
	l.people[p].passed++
	l.walkOn(p, through)
}

// arrive ends a traveller's journey at a time; past the horizon he is still on his way.
func (l *loading) arrive(traveller uint32, at transit.Seconds) {
	if at >= l.problem.Day.Horizon.Length {
		l.out.State[traveller] = Walking
		return
	}
	l.out.State[traveller], l.out.End[traveller] = Arrived, at
}

// join puts a person into a stop's queue, or before its platform while that is full.
func (l *loading) join(p person, stop transit.Stop, at transit.Seconds) {
	l.out.Work.Joins++
	if l.platforms.full(stop, l.queues.waiting[stop]) {
		l.platforms.hold(stop, p)
		l.people[p].waits = at
		return
	}
	l.enter(p, stop, at)
}

func (l *loading) enter(p person, stop transit.Stop, at transit.Seconds) {
	id := l.people[p].line
	if l.problem.Model.Replan && !l.hopes.has(id) && l.seek(p, stop, at) {
		l.think(p, stop, at, at, 0, id)
		return
	}
	l.people[p].waits = at
	l.queues.join(p, stop, id)
}

// letIn fills the room that has become free on a platform.
func (l *loading) letIn(stop transit.Stop, now transit.Seconds) {
	for l.platforms.may(stop, l.queues.waiting[stop]) {
		p := l.platforms.pop(stop)
		since := l.people[p].waits
		l.out.Kept = append(l.out.Kept, Kept{l.people[p].row, stop, since, now})
		l.out.Held[l.people[p].row] += now - since
		l.enter(p, stop, now)
	}
}

// admit lets everybody who is on foot come as far as he is by now.
func (l *loading) admit(now transit.Seconds) { l.walkers.until(now, l.comeTogether) }

// comeTogether lets some people come to what is next on their ways. What those need
// to know of their nodes who will stand in queues is fetched for all of them at once.
func (l *loading) comeTogether(who []person, at transit.Seconds) {
	for _, p := range who {
		if b := &l.people[p]; b.course < toHome {
			s := &l.plans.spots[b.node]
			b.line, b.first = s.line, s.first
		}
	}
	for _, p := range who {
		l.come(p, at)
	}
}

// play runs all arrivals and departures before a time in their order.
func (l *loading) play(ctx context.Context, until transit.Seconds, progress func(done, total int)) error {
	total, done := len(l.problem.Day.Departures), len(l.out.Departed)
	for l.clock.count > 0 && l.clock.next() < until {
		l.keep(l.clock.next())
		m := l.clock.pop()
		if !m.leaves() {
			l.reach(m)
			continue
		}
		l.depart(m)
		if done++; done%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			progress(min(done, total), total)
		}
	}
	l.keep(until)
	return nil
}

// finish settles those who wait at the end.
func (l *loading) finish(end transit.Seconds) {
	l.out.Accepts = l.plans.lines
	l.admit(end - 1)
	for stop, open := range l.queues.open {
		for _, id := range open {
			l.strand(transit.Stop(stop), id)
		}
	}
	l.platforms.each(func(stop transit.Stop, p person) {
		l.out.Kept = append(l.out.Kept, Kept{l.people[p].row, stop, l.people[p].waits, end})
		l.out.Held[l.people[p].row] += end - l.people[p].waits
		l.out.State[l.people[p].row], l.out.Stop[l.people[p].row], l.out.Join[l.people[p].row] = LastGone, stop, l.people[p].waits
	})
}

func (l *loading) strand(stop transit.Stop, id uint32) {
	queue := &l.queues.lines[id]
	for queue.count > 0 {
		p := l.chains.pop(&queue.list)
		l.out.State[l.people[p].row], l.out.Stop[l.people[p].row] = LastGone, stop
		l.out.Join[l.people[p].row], l.out.Accept[l.people[p].row] = l.people[p].waits, id
		l.out.Left[l.people[p].row] += l.queues.denials(id, p)
	}
}
