package assign

import (
	"context"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// rounds is the feedback between what a day's queues were and what people
// choose. A departure's price takes in how much longer somebody who came just
// before it really had to wait, as a mean in which later rounds weigh more; of
// those who would have done better otherwise a falling share changes its mind.
type rounds struct {
	problem  *Problem
	progress Progress
	tl       *timeline
	places   []demand.Place
	dest     []uint32
	bound    [][]uint32

	done       int
	choices    []choice
	paid       []Cost
	strategies []strategy        // by lane: round * destinations + destination
	queue      []transit.Seconds // by event: the mean further wait so far
	gap        float64
	work       Work
}

func newRounds(p *Problem, progress Progress) *rounds {
	tl := newTimeline(p)
	places, dest := destinations(p.Travellers)
	n := len(p.Day.Departures)
	return &rounds{
		problem: p, progress: progress, tl: tl, places: places, dest: dest, bound: byDestination(p.Travellers, places),
		queue: make([]transit.Seconds, n), gap: 1,
	}
}

// play makes one round.
func (r *rounds) play(ctx context.Context) (*Outcome, error) {
	pricing := &pricing{
		problem: r.problem, tl: r.tl, places: r.places, bound: r.bound, before: r.choices, paid: r.paid, queue: r.queue, round: r.done,
		progress: func(done, total int) { r.tell(0, pricingShare, done, total) },
	}
	priced, err := pricing.run(ctx)
	if err != nil {
		return nil, err
	}
	out, err := r.load(ctx, priced)
	if err != nil {
		return nil, err
	}
	r.learn(priced, out)
	out.Rounds, out.Gap = r.done, r.gap
	return out, nil
}

func (r *rounds) load(ctx context.Context, priced *priced) (*Outcome, error) {
	r.strategies = append(r.strategies, priced.strategies...)
	out := newOutcome(r.problem.Travellers.Len(), len(r.problem.Day.Stop))
	l := newLoading(r.problem, r.tl, r.strategies, r.lanes(priced.choices), out)
	for t, c := range priced.choices {
		out.Follows[t] = c.round
		l.setOff(t, c.start)
	}
	err := l.play(ctx, func(done, total int) { r.tell(pricingShare, roundShare, done, total) })
	r.work.add(priced.work)
	r.work.add(out.Work)
	out.Work = r.work
	return out, err
}

// lanes are the strategies that travellers follow.
func (r *rounds) lanes(choices []choice) []uint32 {
	lanes := make([]uint32, len(choices))
	for t, c := range choices {
		lanes[t] = uint32(c.round*len(r.places)) + r.dest[t]
	}
	return lanes
}

// A round in steps of progress: pricing takes most of it.
const (
	roundShare   = 1000
	pricingShare = 900
)

// tell reports progress from one step of the round to another.
func (r *rounds) tell(from, to, done, total int) {
	step := from + (to-from)*done/max(total, 1)
	r.progress(Stage, r.done*roundShare+step, max(r.problem.Rounds, 1)*roundShare)
}

// learn keeps what the round showed.
func (r *rounds) learn(priced *priced, out *Outcome) {
	if r.choices != nil && priced.cost > 0 {
		r.gap = float64(priced.regret) / float64(priced.cost)
	}
	r.choices, r.paid = priced.choices, paid(r.problem, priced.choices, out)
	r.done++
	for e, v := range r.problem.Day.Departures {
		r.queue[e] += (out.Queue[v] - r.queue[e]) * 2 / transit.Seconds(r.done+1)
	}
}

// over reports whether the rounds are used up or people have little to regret.
func (r *rounds) over() bool {
	return r.done >= r.problem.Rounds || r.done > 1 && r.gap <= r.problem.Gap
}
