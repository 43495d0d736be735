package assign

import (
	"context"
	"slices"
	"sync"

	"github.com/qala-city/qala/internal/journey"
)

// choice is what a traveller does: how he sets off, and the node of his plan
// where he first stands at a stop.
type choice struct {
	start
	node uint32
}

// priced is what the backward scans found.
type priced struct {
	choices []choice // by traveller
	chosen  []bool   // by traveller: he chose in this round
	cost    int64    // of the best journeys of the informed, summed over those who have a journey behind them
	regret  int64    // how much more their journeys of the round before cost than these
	changed int      // informed travellers who changed their minds
	work    Work
}

// pricing shares blocks of lanes out among workers. Each lane's answer is its
// own row, so who takes which does not matter.
type pricing struct {
	problem   *Problem
	lanes     []lane
	blocks    [][]int
	footings  []*journey.Footing // by class
	gate      []bool
	ground    *ground
	held      *heldup
	memory    journey.Memory
	before    []choice       // by traveller: the round before; nil in the first
	paid      []journey.Cost // by traveller: what his journey cost in the round before
	luck      []bool         // by traveller: what he waited then was luck; nil where all lines have minutes
	best      []journey.Cost // by traveller: what his best journey cost when he was asked last, or unknown; may be nil
	round     int
	measuring bool            // nobody changes his mind: it is asked only what people regret
	settles   bool            // half of those who regret may change their minds
	boards    []journey.Event // by traveller who does: what he boards first, or NoEvent
	progress  func(done, total int)

	plans  []journey.Plans   // by lane
	spares []*journey.Prices // of workers who are done, for the round after
	mutex  sync.Mutex
	taken  int // blocks
	done   int
	priced
}

// run scans every lane whose travellers may choose and picks their starts.
func (s *pricing) run(ctx context.Context) (*priced, error) {
	people := s.problem.Travellers.Len()
	s.plans, s.choices, s.chosen = make([]journey.Plans, len(s.lanes)), make([]choice, people), make([]bool, people)
	copy(s.choices, s.before)
	if s.settles {
		s.boards = slices.Repeat([]journey.Event{journey.NoEvent}, people)
	}
	s.work.Destinations = len(s.lanes)
	var workers sync.WaitGroup
	for range max(s.problem.Workers, 1) {
		workers.Go(func() { s.toil(ctx) })
	}
	workers.Wait()
	return &s.priced, ctx.Err()
}

// toil is one worker: it takes blocks of lanes until none is left.
func (s *pricing) toil(ctx context.Context) {
	var own priced
	var c *chooser
	for ks := s.take(); len(ks) > 0 && ctx.Err() == nil; ks = s.take() {
		c = s.chooser(c, s.lanes[ks[0]].class, &own)
		s.price(c, ks, &own)
		s.finish(len(ks))
	}
	s.count(c, &own)
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if c != nil {
		s.spares = append(s.spares, c.Prices)
	}
	s.cost, s.regret, s.changed = s.cost+own.cost, s.regret+own.regret, s.changed+own.changed
	s.work.add(own.work)
}

// chooser is a worker's scratch for a class: what it has already when the class is the same.
func (s *pricing) chooser(have *chooser, of uint8, own *priced) *chooser {
	footing := s.footings[of]
	if have != nil && have.Footing == footing {
		return have
	}
	s.count(have, own)
	return &chooser{
		Prices: s.spare(have).Again(footing, s.memory).Plainly(s.problem.Plainly), problem: s.problem, class: class(s.problem.Travellers, of),
		tl: footing.Timeline(), gate: s.gate, ground: s.ground, held: s.held, before: s.before, early: early(&s.problem.Weights),
	}
}

// spare are prices whose room may be used: those of a worker's last class, else
// of one of the round before.
func (s *pricing) spare(have *chooser) *journey.Prices {
	if have != nil {
		return have.Prices
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if last := len(s.spares) - 1; last >= 0 {
		p := s.spares[last]
		s.spares = s.spares[:last]
		return p
	}
	return new(journey.Prices)
}

// count adds up what a chooser has done.
func (s *pricing) count(c *chooser, own *priced) {
	if c != nil {
		own.work.Scanned += c.Scanned
		own.work.Weighed += c.weighed
	}
}

// price scans a block of lanes and picks their travellers' starts.
func (s *pricing) price(c *chooser, ks []int, own *priced) {
	to, since, timed := destinations(s.lanes, ks)
	c.Scan(to, since, timed)
	for column, k := range ks {
		c.lane = column
		c.Begin(&s.plans[k])
		for _, t := range s.lanes[k].bound {
			s.choices[t] = s.choose(c, int(t), own)
		}
		c.Finish()
	}
}

// choose picks what a traveller does. In the first round it is what looks best
// to him; later those of the informed who regret their journey and whose turn it
// is change to the best, and the others stay with what they did.
func (s *pricing) choose(c *chooser, traveller int, own *priced) choice {
	best := c.start(traveller)
	s.note(traveller, best)
	if s.before == nil {
		return s.decide(c, traveller, best)
	}
	if best.link == nowhere {
		return s.before[traveller]
	}
	own.cost += int64(best.cost)
	if regret := s.regretted(c, traveller, best); regret > 0 {
		own.regret += int64(regret)
		if !s.measuring && s.turn(traveller, regret, best.cost) {
			own.changed++
			if s.settles {
				s.boards[traveller] = c.Boarded(best.event, c.lane)
			}
			return s.decide(c, traveller, best)
		}
	}
	return s.before[traveller]
}

// note remembers what a traveller's best journey is.
func (s *pricing) note(traveller int, best option) {
	switch {
	case s.best == nil:
	case best.link == nowhere:
		s.best[traveller] = unknown
	default:
		s.best[traveller] = best.cost
	}
}

// decide makes the plan of a traveller who chooses now.
func (s *pricing) decide(c *chooser, traveller int, o option) choice {
	s.chosen[traveller] = true
	return choice{o.start, c.plan(o)}
}

// turn reports whether a traveller changes his mind in this round: one in as
// many as there were rounds, and of those who regret much, more: half of those
// who paid twice the best or worse. In rounds that settle it is half of all. Where
// a part is asked alone it is as many more of that part.
func (s *pricing) turn(traveller int, regret, best journey.Cost) bool {
	who := s.problem.Seed.For(s.problem.Travellers.Key[traveller])
	const whole = 1 << 16
	falling := int64(whole / (s.round + 1))
	if s.settles {
		falling = whole / 2
	}
	sorry := min(int64(regret)*whole/max(int64(best), 1), whole) / 2
	chance := max(falling, sorry)
	if s.problem.Ask > 0 {
		chance = int64(float64(chance) / s.problem.Ask)
	}
	return int64(who.Below(drawTurn+uint64(s.round), whole)) < chance
}

// drawTurn is the first draw of turns; those of tastes lie below.
const drawTurn = 1 << 52

// take is the next block of lanes; none when all are taken.
func (s *pricing) take() []int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for s.taken < len(s.blocks) {
		ks := s.blocks[s.taken]
		s.taken++
		if s.before == nil || class(s.problem.Travellers, s.lanes[ks[0]].class).Informed {
			return ks
		}
		s.done += len(ks)
	}
	return nil
}

// finish tells that more lanes are priced.
func (s *pricing) finish(more int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.done += more
	s.progress(s.done, len(s.lanes))
}
