package assign

import (
	"context"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// loading plays the day forward.
type loading struct {
	problem    *Problem
	tl         *timeline
	strategies []strategy // by destination
	dest       []uint32   // by traveller
	out        *Outcome
	queues     *queues
	walkers    *walkers
	backlog    *backlog
	aboard     [][]group         // by dated trip
	load       []uint32          // by dated trip
	ride       []uint32          // by person: his current leg
	waits      []transit.Seconds // by person: since when he waits
	goals      []transit.Stop    // by person: the stop he walks to
	eligible   []uint32          // scratch of one departure
}

// group are the people on board one vehicle for one destination.
type group struct {
	list
	dest uint32
}

func newLoading(p *Problem, tl *timeline, strategies []strategy, dest []uint32, out *Outcome) *loading {
	people := p.Travellers.Len()
	q := newQueues(people, len(p.Network.Timetable.Stops.ID))
	return &loading{
		problem: p, tl: tl, strategies: strategies, dest: dest, out: out, queues: q,
		walkers: newWalkers(q.next, p.Day.Horizon.Length), backlog: newBacklog(people, len(p.Day.Stop)),
		aboard: make([][]group, len(p.Day.Trip)), load: make([]uint32, len(p.Day.Trip)),
		ride: make([]uint32, people+1), waits: make([]transit.Seconds, people+1), goals: make([]transit.Stop, people+1),
	}
}

// setOff sends a traveller on his way.
func (l *loading) setOff(traveller int, s start) {
	o := l.out
	o.Set[traveller], o.End[traveller] = s.set, demand.Free
	switch {
	case !s.ok:
		o.State[traveller], o.Set[traveller] = NoService, demand.Free
	case s.stop == noStop:
		l.arrive(traveller, s.join)
	default:
		l.walkTo(person(traveller+1), s.stop, s.join)
	}
}

// arrive ends a traveller's journey at a time; past the horizon he is still on his way.
func (l *loading) arrive(traveller int, at transit.Seconds) {
	if at >= l.problem.Day.Horizon.Length {
		l.out.State[traveller] = Walking
		return
	}
	l.out.State[traveller], l.out.End[traveller] = Arrived, at
}

// walkTo sends a person to a stop's queue.
func (l *loading) walkTo(p person, stop transit.Stop, at transit.Seconds) {
	l.goals[p] = stop
	if !l.walkers.add(p, at) {
		l.out.State[p-1] = Walking
	}
}

// play runs all arrivals and departures in order of time.
func (l *loading) play(ctx context.Context, progress func(done, total int)) error {
	day := l.problem.Day
	arrivals, departures := day.Arrivals, day.Departures
	total := len(departures)
	for len(arrivals) > 0 {
		if len(departures) > 0 && l.leavesFirst(departures[0], arrivals[0]) {
			l.depart(departures[0])
			departures = departures[1:]
			if len(departures)%4096 == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
				progress(total-len(departures), total)
			}
			continue
		}
		l.reach(arrivals[0])
		arrivals = arrivals[1:]
	}
	l.finish()
	return nil
}

// leavesFirst orders a departure and an arrival: by time, then by step.
func (l *loading) leavesFirst(departure, arrival transit.Visit) bool {
	day := l.problem.Day
	if day.Depart[departure] != day.Arrive[arrival] {
		return day.Depart[departure] < day.Arrive[arrival]
	}
	return day.DepartStep(departure) < day.Step[arrival]
}

// admit lets everybody who is at a stop by now join its queue.
func (l *loading) admit(now transit.Seconds) {
	l.walkers.until(now, func(p person, at transit.Seconds) {
		l.waits[p] = at
		l.queues.join(p, l.goals[p], l.dest[p-1])
		l.out.Work.Joins++
	})
}

// finish settles those who wait when the horizon ends.
func (l *loading) finish() {
	l.admit(l.problem.Day.Horizon.Length - 1)
	for stop, open := range l.queues.open {
		for _, id := range open {
			l.strand(transit.Stop(stop), id)
		}
	}
}

func (l *loading) strand(stop transit.Stop, id uint32) {
	queue := &l.queues.lines[id]
	for queue.count > 0 {
		p := l.queues.next.pop(&queue.list)
		l.out.State[p-1], l.out.Stop[p-1] = LastGone, stop
		l.out.Join[p-1], l.out.Left[p-1] = l.waits[p], l.queues.denials(id, p)
		l.settle(p, l.problem.Day.Horizon.Length)
	}
}

// settle notes how long the queues took of which a person was the last.
func (l *loading) settle(p person, until transit.Seconds) {
	l.backlog.clear(p, func(v transit.Visit) { l.out.Queue[v] = max(until-l.problem.Day.Depart[v], 0) })
}
