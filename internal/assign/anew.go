package assign

import (
	"context"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
)

// chooseAnew lets those choose again who have not set off and whom a change of
// the service concerns most: whose first vehicle will not come any more, and who had
// no service. They know the times by then and no queues; who finds nothing better
// does as he meant to.
func (l *loading) chooseAnew(ctx context.Context, g *ground) error {
	s := &pricing{
		problem: l.problem, ground: g, held: &heldup{}, gate: gates(l.problem.Network.Venues, len(l.problem.Network.Places.ID)),
		progress: func(int, int) {},
	}
	who := l.people.byRow()
	for _, lane := range lanesOf(l.problem) {
		lane.bound = l.concerned(lane.bound, who)
		if len(lane.bound) > 0 {
			s.lanes = append(s.lanes, lane)
		}
	}
	if len(s.lanes) == 0 {
		return nil
	}
	s.blocks = blocksOf(s.lanes, journey.WidthOf(l.problem.Network.Timetable))
	for c := range max(len(l.problem.Travellers.Classes), 1) {
		s.footings = append(s.footings, journey.NewFooting(l.tl, l.problem.Network, class(l.problem.Travellers, uint8(c)), l.problem.Weights))
	}
	priced, err := s.run(ctx)
	if err != nil {
		return err
	}
	l.out.Work.add(priced.work)
	l.turnRound(s, who)
	return nil
}

// concerned are those of some travellers who choose anew.
func (l *loading) concerned(bound []uint32, who []person) []uint32 {
	var out []uint32
	for _, t := range bound {
		switch {
		case l.out.State[t] == NoService:
			if ready := l.problem.Travellers.Ready[t]; ready == demand.Free || ready >= l.since {
				out = append(out, t)
			}
		case l.out.Set[t] >= l.since && l.people[who[t]].course == toQueue && !l.hopes.has(l.plans.spots[l.people[who[t]].node].line):
			out = append(out, t)
		}
	}
	return out
}

// turnRound sends those who chose anew on their way, who were on another or on none.
func (l *loading) turnRound(s *pricing, who []person) {
	another := make([]bool, len(l.people))
	for k := range s.lanes {
		grown := l.plans.add(&s.plans[k])
		for _, t := range s.lanes[k].bound {
			c := &s.choices[t]
			another[who[t]] = c.link != nowhere && c.set >= l.since
			if c.node != noNode {
				c.node += grown
			}
		}
	}
	l.walkers.forget(another)
	for t, c := range s.choices {
		if another[who[t]] {
			l.out.State[t] = Walking
			l.setOff(who[t], c)
		}
	}
}

// forget takes people off their way.
func (w *walkers) forget(who []bool) {
	for at := range w.at {
		l := &w.at[at]
		for range l.count {
			if p := w.chain.pop(l); !who[p] {
				w.chain.push(l, p)
			}
		}
	}
}
