package assign

import (
	"maps"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// Snapshot is everything that the play of a day holds at a moment: what has
// happened before it, and nothing of what happens at it. It shares nothing with the
// play that changes, and can be played on as often as one likes.
type Snapshot struct {
	At         transit.Seconds
	Day        *transit.Day // which the outcome's visits are of
	Travellers *demand.Travellers
	// Outcome is what happened so far. Who has nothing more in his way on his last
	// walk has arrived already, at an End to come; who has not set off yet has his Set to come.
	Outcome *Outcome

	changed  bool         // carried over to another service, of which nobody has heard yet
	expected *transit.Day // as people expect it
	advice   map[asking][]advice
	held     *loading // without what follows from a Problem
}

// Waiting is how many people stand in the queue of a stop; who is kept outside of its platform is not among them.
func (s *Snapshot) Waiting(stop transit.Stop) uint32 { return s.held.queues.waiting[stop] }

// Load is how many people are on board of a dated trip.
func (s *Snapshot) Load(d transit.Dated) uint32 { return s.held.load[d] }

// marks are the moments from a time on of which a problem wants snapshots, in order.
func marks(p *Problem, since transit.Seconds) []transit.Seconds {
	all := slices.Sorted(slices.Values(p.SnapshotAt))
	return slices.DeleteFunc(slices.Compact(all), func(at transit.Seconds) bool { return at < since })
}

// keep takes the snapshots that are due when nothing more happens before a time.
func (l *loading) keep(next transit.Seconds) {
	for len(l.marks) > 0 && l.marks[0] <= next {
		l.out.Snapshots = append(l.out.Snapshots, l.snapshot(l.marks[0]))
		l.marks = l.marks[1:]
	}
}

func (l *loading) snapshot(at transit.Seconds) *Snapshot {
	l.admit(at - 1)
	c := l.clone()
	s := &Snapshot{At: at, Day: l.problem.Day, Travellers: l.problem.Travellers, Outcome: c.out, expected: l.tl.Day, advice: l.guides.told(), held: c}
	c.out.Accepts = c.plans.lines
	c.problem, c.tl, c.feet, c.hopes, c.guides, c.marks, c.since = nil, nil, feet{}, nil, nil, nil, 0
	c.eligible, c.wanted, c.getting = nil, nil, nil
	return s
}

// close gives a snapshot what is known of the feedback when its rounds are over;
// loaded is the work of the play alone.
func (s *Snapshot) close(o *Outcome, loaded Work) {
	so := s.Outcome
	so.Rounds, so.Gap, so.Course = o.Rounds, o.Gap, slices.Clone(o.Course)
	joins, boardings := loaded.Joins-so.Work.Joins, loaded.Boardings-so.Work.Boardings
	so.Work = o.Work
	so.Work.Joins, so.Work.Boardings = so.Work.Joins-joins, so.Work.Boardings-boardings
}

// clone is a copy of all that changes as the day is played.
func (l *loading) clone() *loading {
	c := *l
	c.people, c.chains = slices.Clone(l.people), slices.Clone(l.chains)
	c.plans, c.out, c.servers = l.plans.clone(), l.out.clone(), l.servers.Clone()
	c.out.Servers = c.servers
	c.clock, c.queues, c.walkers = clockOf(l.clock.moments()), l.queues.clone(c.people, c.chains), l.walkers.clone(c.people, c.chains)
	c.platforms, c.kerbs = l.platforms.clone(c.chains), l.kerbs.clone()
	c.aboard = make([][]group, len(l.aboard))
	for d, groups := range l.aboard {
		c.aboard[d] = slices.Clone(groups)
	}
	c.load, c.patient, c.begun, c.told = slices.Clone(l.load), slices.Clone(l.patient), slices.Clone(l.begun), slices.Clone(l.told)
	return &c
}

func (q *queues) clone(all people, on chain) *queues {
	c := &queues{
		people: all, chain: on, lines: slices.Clone(q.lines), open: make([][]uint32, len(q.open)), waiting: slices.Clone(q.waiting), issued: q.issued,
	}
	for stop, open := range q.open {
		c.open[stop] = slices.Clone(open)
	}
	return c
}

func (w *walkers) clone(all people, on chain) *walkers {
	c := &walkers{people: all, chain: on, at: make([]list, len(w.at)), done: w.done}
	copy(c.at[w.done:], w.at[w.done:]) // nobody is left before
	return c
}

func (p *platforms) clone(on chain) *platforms {
	c := &platforms{chain: on, holds: p.holds, outside: make(map[transit.Stop]*list, len(p.outside)), stops: p.stops}
	for stop, outside := range p.outside {
		copied := *outside
		c.outside[stop] = &copied
	}
	return c
}

func (k *kerbs) clone() *kerbs {
	c := &kerbs{stands: k.stands, taken: maps.Clone(k.taken), given: maps.Clone(k.given), behind: make(map[transit.Stop][]waiting, len(k.behind))}
	for stop, behind := range k.behind {
		c.behind[stop] = slices.Clone(behind)
	}
	return c
}

// clone copies the columns that change; what is only added to is shared.
func (o *Outcome) clone() *Outcome {
	c := *o
	c.State, c.Set, c.End, c.Stop = slices.Clone(o.State), slices.Clone(o.Set), slices.Clone(o.End), slices.Clone(o.Stop)
	c.Join, c.Left, c.Held, c.Rethought = slices.Clone(o.Join), slices.Clone(o.Left), slices.Clone(o.Held), slices.Clone(o.Rethought)
	c.Arrive, c.Depart, c.Kerb, c.Load = slices.Clone(o.Arrive), slices.Clone(o.Depart), slices.Clone(o.Kerb), slices.Clone(o.Load)
	c.Boarded, c.Alighted, c.Denied = slices.Clone(o.Boarded), slices.Clone(o.Alighted), slices.Clone(o.Denied)
	c.Ticket, c.Refused, c.Accept = slices.Clone(o.Ticket), slices.Clone(o.Refused), slices.Clone(o.Accept)
	c.Legs, c.Course = slices.Clone(o.Legs), slices.Clone(o.Course)
	c.Departed, c.Thoughts, c.Kept, c.Accepts = slices.Clip(o.Departed), slices.Clip(o.Thoughts), slices.Clip(o.Kept), slices.Clip(o.Accepts)
	c.Snapshots = nil
	return &c
}
