package assign

import (
	"context"
	"runtime"
	"slices"

	"github.com/qala-city/qala/internal/journey"
)

// rounds is the feedback between what a day was like and what people choose.
// A departure's price takes in how much longer somebody who came just before it
// really had to wait, how full its vehicle was and when it really left, as means
// in which later rounds weigh more; of those who would have done better
// otherwise a falling share changes its mind.
type rounds struct {
	problem  *Problem
	progress Progress
	lanes    []lane
	gate     []bool
	ground   *ground
	timed    *journey.Timeline  // the day as people expected it last
	linked   *journey.Timeline  // what footings stand on
	footings []*journey.Footing // by class; nil where nobody chooses
	spares   []*journey.Prices  // of its workers

	done    int
	choices []choice
	paid    []journey.Cost
	best    []journey.Cost // by traveller: what his best journey cost when he was asked last, or unknown
	unasked unasked
	luck    []bool
	plans   *plans
	memory  memory
	held    heldup
	gap     float64
	course  []Round
	work    Work

	settles bool     // the next round is one that settles
	settled int      // rounds that did
	last    *Outcome // of the round before
}

func newRounds(p *Problem, progress Progress) *rounds {
	g := newGround(p, p.known(), newCalls(p))
	g.rows = inTime(p.Travellers)
	best := slices.Repeat([]journey.Cost{unknown}, p.Travellers.Len())
	return &rounds{
		problem: p, progress: progress, lanes: lanesOf(p), best: best, gate: gates(p.Network.Venues, len(p.Network.Places.ID)),
		ground: g, plans: newPlans(), gap: 1, timed: new(journey.Timeline),
	}
}

// play makes one round.
func (r *rounds) play(ctx context.Context) (*Outcome, error) {
	tl := r.timeline()
	priced, err := r.price(ctx, tl, false)
	if err != nil {
		return nil, err
	}
	out, err := r.load(ctx, tl, priced)
	if err != nil {
		return nil, err
	}
	r.learn(priced, out)
	return out, nil
}

// close measures what the informed regret of the last round, and completes its outcome.
func (r *rounds) close(ctx context.Context, out *Outcome) error {
	if r.done > 1 {
		priced, err := r.price(ctx, r.timeline(), true)
		if err != nil {
			return err
		}
		r.regretted(priced)
		r.work.add(priced.work)
	}
	loaded := out.Work
	out.Rounds, out.Gap, out.Course, out.Work = r.done, r.gap, r.course, r.work
	for _, s := range out.Snapshots {
		s.close(out, loaded)
	}
	return nil
}

// regretted notes what a pricing says of the round before it.
func (r *rounds) regretted(priced *priced) {
	if cost := priced.cost + r.unasked.cost; cost > 0 {
		r.gap = float64(priced.regret+r.unasked.regret) / float64(cost)
	}
	r.unasked = unasked{}
	r.course[r.done-1].Gap = r.gap
}

// timeline is the day as people expect it: the one of the round before where they
// expect the same, else a new one in its room.
func (r *rounds) timeline() *journey.Timeline {
	p := r.problem
	if day := r.memory.expected(p.Day, r.ground.known); day != r.timed.Day {
		r.timed = r.timed.Again(day, p.Day.Depart, len(p.Network.Timetable.Stops.ID))
	}
	return r.timed
}

func (r *rounds) price(ctx context.Context, tl *journey.Timeline, measuring bool) (*priced, error) {
	p := r.problem
	lanes := r.asked(measuring)
	s := &pricing{
		problem: p, lanes: lanes, blocks: blocksOf(lanes, journey.WidthOf(p.Network.Timetable)), best: r.best, gate: r.gate, ground: r.ground, held: &r.held, before: r.choices, paid: r.paid, luck: r.luck, round: r.done, measuring: measuring,
		memory:   journey.Memory{Queues: r.memory.queueing(p, tl), Crowd: r.memory.crowd},
		progress: func(done, total int) { r.tell(0, pricingShare, done, total) },
	}
	r.link(tl)
	s.footings, s.spares = r.footings, r.spares
	s.settles = r.settles
	priced, err := s.run(ctx)
	if err != nil {
		return nil, err
	}
	r.spares = s.spares
	if s.settles {
		r.grant(s, tl)
	}
	r.adopt(s)
	return priced, nil
}

// link prepares the day for each class of which somebody chooses, in the room of
// the round before; after the first round, in which all do, these are always the same.
func (r *rounds) link(tl *journey.Timeline) {
	if r.linked == tl {
		return
	}
	r.linked, r.footings = tl, footings(r.problem, tl, sinces(r.problem, r.lanes, r.choices != nil), r.footings)
}

// adopt takes the new plans in, in the lanes' order, and numbers the choices
// that were made in this round by them. Where no further round is priced, they
// come into the room for prices: else both would stand beside each other.
func (r *rounds) adopt(s *pricing) {
	if r.problem.Rounds <= 1 {
		r.spares, s.spares, r.footings, s.footings = nil, nil, nil, nil
		runtime.GC()
	}
	r.plans.room(s.plans)
	for k := range s.lanes {
		grown := r.plans.add(&s.plans[k])
		s.plans[k] = journey.Plans{}
		for _, t := range s.lanes[k].bound {
			if c := &s.choices[t]; s.chosen[t] && c.node != noNode {
				c.node += grown
			}
		}
	}
}

func (r *rounds) load(ctx context.Context, tl *journey.Timeline, priced *priced) (*Outcome, error) {
	l := newLoading(r.problem, r.plans, r.ground, tl)
	if r.last != nil {
		l.out.Legs = make([]Leg, 0, len(r.last.Legs)+len(r.last.Legs)/16)
	}
	for i, row := range r.ground.rows {
		l.setOff(person(i+1), priced.choices[row])
	}
	l.marks = marks(r.problem, beforeAll)
	r.work.add(priced.work)
	l.ready()
	err := l.play(ctx, never, func(done, total int) { r.tell(pricingShare, roundShare, done, total) })
	if err == nil {
		l.finish(r.problem.Day.Horizon.Length)
	}
	r.work.add(l.out.Work)
	return l.out, err
}

// A round in steps of progress: pricing takes most of it.
const (
	roundShare   = 1000
	pricingShare = 900
)

// Priced reports whether progress of the first round has come to the end of its
// pricing: people have chosen, and are about to be loaded.
func Priced(done, total int) bool { return done >= pricingShare && total > 0 }

// tell reports progress from one step of the round to another.
func (r *rounds) tell(from, to, done, total int) {
	step := from + (to-from)*done/max(total, 1)
	r.progress(Stage, r.done*roundShare+step, (max(r.problem.Rounds, 1)+1)*roundShare)
}

// learn keeps what the round showed.
func (r *rounds) learn(priced *priced, out *Outcome) {
	if r.choices != nil {
		r.regretted(priced)
	}
	r.course = append(r.course, Round{Gap: 1, Changed: priced.changed, Denied: out.denials()})
	r.choices, r.last = priced.choices, out
	r.done++
	if r.problem.Rounds <= 1 {
		return // nobody asks for it
	}
	weight := r.weight()
	parts := []func(){
		func() { r.held.learn(r.problem, r.ground, r.choices, out, weight) },
		func() { r.memory.learn(r.problem, r.ground.calls, out, weight, r.settles) },
		func() { r.luck = unqueued(r.problem, out) },
		func() { r.paid = paid(r.problem, r.choices, out) },
	}
	each(r.problem.Workers, len(parts), func(i int) { parts[i]() })
}
