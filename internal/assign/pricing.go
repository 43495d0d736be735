package assign

import (
	"context"
	"sync"

	"github.com/qala-city/qala/internal/demand"
)

// priced is what the backward scans found.
type priced struct {
	strategies []strategy // by destination
	starts     []start    // by traveller
	work       Work
}

// pricing shares the destinations out among workers. Each destination's answer
// is its own row, so who takes which does not matter.
type pricing struct {
	problem  *Problem
	tl       *timeline
	places   []demand.Place
	bound    [][]uint32 // by destination: its travellers
	progress Progress

	mutex sync.Mutex
	taken int
	done  int
	priced
}

// priceAll scans every destination and picks every traveller's start.
func priceAll(ctx context.Context, p *Problem, tl *timeline, places []demand.Place, progress Progress) (*priced, error) {
	s := &pricing{problem: p, tl: tl, places: places, bound: byDestination(p.Travellers, places), progress: progress}
	s.strategies, s.starts = make([]strategy, len(places)), make([]start, p.Travellers.Len())
	s.work.Destinations = len(places)
	var workers sync.WaitGroup
	for range max(p.Workers, 1) {
		workers.Go(func() { s.toil(ctx) })
	}
	workers.Wait()
	return &s.priced, ctx.Err()
}

// toil is one worker: it takes destinations until none is left.
func (s *pricing) toil(ctx context.Context) {
	c := &chooser{prices: newPrices(s.tl, s.problem.Weights, len(s.problem.Network.Timetable.Stops.ID)), problem: s.problem}
	for k, ok := s.take(); ok && ctx.Err() == nil; k, ok = s.take() {
		s.strategies[k] = c.scan(s.places[k], &s.problem.Network.Access)
		for _, t := range s.bound[k] {
			s.starts[t] = c.choose(int(t))
		}
		s.finish()
	}
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.work.Scanned += c.scanned
	s.work.Weighed += c.weighed
}

// take is the next destination, while there is one.
func (s *pricing) take() (k int, ok bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.taken++
	return s.taken - 1, s.taken <= len(s.places)
}

// finish tells that one more destination is priced.
func (s *pricing) finish() {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.done++
	s.progress(StagePrice, s.done, len(s.places))
}
