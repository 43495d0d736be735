package assign

import (
	"cmp"
	"context"
	"slices"
	"sync"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// priced is what the backward scans found.
type priced struct {
	strategies []strategy // by destination
	choices    []choice   // by traveller
	cost       int64      // of the best journeys, summed over travellers who have a journey behind them
	regret     int64      // how much more the journeys of the round before cost than these
	work       Work
}

// choice is what a traveller does: how he sets off, and the round whose
// strategy he follows from there on.
type choice struct {
	start
	round int
}

// pricing shares the destinations out among workers. Each destination's answer
// is its own row, so who takes which does not matter.
type pricing struct {
	problem  *Problem
	tl       *timeline
	places   []demand.Place
	bound    [][]uint32 // by destination: its travellers
	before   []choice   // by traveller: the round before; nil in the first
	paid     []Cost     // by traveller: what his journey cost in the round before
	queue    []transit.Seconds
	round    int
	progress func(done, total int)

	order []int // the destinations by when their first traveller may set off
	mutex sync.Mutex
	taken int // blocks
	done  int
	priced
}

// run scans every destination and picks every traveller's start.
func (s *pricing) run(ctx context.Context) (*priced, error) {
	s.strategies, s.choices = make([]strategy, len(s.places)), make([]choice, s.problem.Travellers.Len())
	s.work.Destinations = len(s.places)
	s.sort()
	var workers sync.WaitGroup
	for range max(s.problem.Workers, 1) {
		workers.Go(func() { s.toil(ctx) })
	}
	workers.Wait()
	return &s.priced, ctx.Err()
}

// sort puts destinations side by side whose travellers set off at about the
// same time, so that a block is scanned no farther back than it must.
func (s *pricing) sort() {
	earliest := make([]transit.Seconds, len(s.places))
	for k := range s.places {
		s.order, earliest[k] = append(s.order, k), s.earliest(k)
	}
	slices.SortStableFunc(s.order, func(a, b int) int { return cmp.Compare(earliest[a], earliest[b]) })
}

// toil is one worker: it takes blocks of destinations until none is left.
func (s *pricing) toil(ctx context.Context) {
	stops := len(s.problem.Network.Timetable.Stops.ID)
	c := &chooser{prices: newPrices(s.tl, s.problem.Weights, stops, s.queue), problem: s.problem}
	var own priced
	for ks := s.take(); len(ks) > 0 && ctx.Err() == nil; ks = s.take() {
		s.priceBlock(c, ks, &own)
		s.finish(len(ks))
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.cost, s.regret = s.cost+own.cost, s.regret+own.regret
	s.work.Scanned += c.scanned
	s.work.Weighed += c.weighed
}

// priceBlock scans some destinations and picks their travellers' starts.
func (s *pricing) priceBlock(c *chooser, ks []int, own *priced) {
	places, since, timed := make([]demand.Place, len(ks)), s.earliest(ks[0]), false
	for lane, k := range ks {
		places[lane] = s.places[k]
		timed = timed || s.timed(k)
	}
	b := c.scan(places, &s.problem.Network.Access, since, timed)
	for lane, k := range ks {
		s.strategies[k], c.lane = strategy{b, lane}, lane
		for _, t := range s.bound[k] {
			s.choices[t] = s.choose(c, int(t), own)
		}
	}
}

// timed reports whether somebody wants to be at a destination by a time.
func (s *pricing) timed(k int) bool {
	for _, i := range s.bound[k] {
		if s.problem.Travellers.Due[i] != demand.Free {
			return true
		}
	}
	return false
}

// earliest is when the first of a destination's travellers may be at a stop.
func (s *pricing) earliest(k int) transit.Seconds {
	t, w, first := s.problem.Travellers, s.problem.Weights, s.problem.Day.Horizon.Length
	for _, i := range s.bound[k] {
		if t.Ready[i] != demand.Free {
			first = min(first, t.Ready[i])
		} else {
			first = min(first, t.Due[i]-w.Window-w.Buffer)
		}
	}
	return first
}

// choose picks what a traveller does. In the first round it is the best; later
// those who regret their journey and whose turn it is change to the best, and
// the others stay with what they did.
func (s *pricing) choose(c *chooser, traveller int, own *priced) choice {
	best := c.best(traveller)
	now := choice{best.start, s.round}
	if s.before == nil || !best.ok {
		return now
	}
	own.cost += int64(best.cost)
	if regret := s.paid[traveller] - best.cost; regret > 0 {
		own.regret += int64(regret)
		if s.turn(traveller, regret, best.cost) {
			return now
		}
	}
	return s.before[traveller]
}

// turn reports whether a traveller changes his mind in this round: one in as
// many as there were rounds, and of those who regret much, more: half of those
// who paid twice the best or worse.
func (s *pricing) turn(traveller int, regret, best Cost) bool {
	who := s.problem.Seed.For(s.problem.Travellers.Key[traveller])
	const whole = 1 << 16
	falling := int64(whole / (s.round + 1))
	sorry := min(int64(regret)*whole/max(int64(best), 1), whole) / 2
	return int64(who.Below(drawTurn+uint64(s.round), whole)) < max(falling, sorry)
}

// drawTurn is the first draw of turns; those of tastes lie below.
const drawTurn = 1 << 52

// take is the next block of destinations; none when all are taken.
func (s *pricing) take() []int {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	from := min(s.taken*width, len(s.order))
	s.taken++
	return s.order[from:min(from+width, len(s.order))]
}

// finish tells that more destinations are priced.
func (s *pricing) finish(more int) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.done += more
	s.progress(s.done, len(s.places))
}
