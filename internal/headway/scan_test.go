package headway_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/transit"
)

// scan prices single departures backwards, as a scan of a day does, where every
// line promises a headway only.
type scan struct {
	*headway.Problem
	ends  []transit.Stop
	walks []transit.Seconds
	stops []standing
	board []headway.Cost // by place: the vehicle scanned last
}

// standing is what is known of a stop from its last departure back to the one scanned last.
type standing struct {
	headway.Streams
	price []headway.Cost
	place []int // by stream
	at    []transit.Seconds
	// by departure: the price just before it, and just after it
	before, after []headway.Cost
}

// departure is a vehicle at a place.
type departure struct {
	place  int
	leaves transit.Seconds
}

const horizon = 14 * transit.Hour

func newScan(p *headway.Problem, ends []transit.Stop, walks []transit.Seconds) *scan {
	s := &scan{Problem: p, ends: ends, walks: walks, stops: make([]standing, p.Stops), board: make([]headway.Cost, len(p.Lines.Stop))}
	for l, h := range p.Lines.Headway {
		for place := p.Lines.First[l]; place+1 < p.Lines.First[l+1]; place++ {
			if p.Lines.Boarding[place]&transit.MayBoard == 0 {
				continue
			}
			stop := &s.stops[p.Lines.Stop[place]]
			stop.Rate, stop.Since = append(stop.Rate, headway.Every(transit.Seconds(h))), append(stop.Since, since)
			stop.price, stop.place = append(stop.price, headway.Never), append(stop.place, int(place))
		}
	}
	return s
}

// departures draws a phase for each line; the last to leave comes first.
func (s *scan) departures(seed draw.Seed) []departure {
	var all []departure
	for l, h := range s.Lines.Headway {
		every := transit.Seconds(h)
		for start := transit.Seconds(seed.Below(uint64(l), uint64(every))); start < horizon; start += every {
			at := start
			for place := s.Lines.First[l]; place+1 < s.Lines.First[l+1]; place++ {
				all = append(all, departure{int(place), at})
				at += s.Lines.Ride[place] + s.Lines.Stand[place+1]
			}
		}
	}
	slices.SortStableFunc(all, func(a, b departure) int {
		if a.leaves != b.leaves {
			return int(b.leaves - a.leaves)
		}
		return b.place - a.place
	})
	return all
}

func (s *scan) wait() headway.Cost { return headway.Cost(math.Round(s.Weights.Wait * 100)) }

func (s *scan) price(d departure) {
	there, next := d.leaves+s.Lines.Ride[d.place], d.place+1
	best := headway.Never
	if l := slices.Index(s.Lines.First, uint32(next+1)); l < 0 {
		best = s.board[next] + 100*headway.Cost(s.Lines.Stand[next])
	}
	if s.Lines.Boarding[next]&transit.MayAlight != 0 {
		best = min(best, s.off(s.Lines.Stop[next], there))
	}
	s.board[d.place] = min(best+100*headway.Cost(s.Lines.Ride[d.place]), headway.Never)
	stop := &s.stops[s.Lines.Stop[d.place]]
	if slices.Contains(stop.place, d.place) {
		stop.leave(d, s.board[d.place], s.wait())
	}
}

// off is what getting off at a stop costs.
func (s *scan) off(stop transit.Stop, there transit.Seconds) headway.Cost {
	best := headway.Never
	walk := func(seconds transit.Seconds) headway.Cost {
		return headway.Cost(s.Weights.Walk*100) * headway.Cost(seconds)
	}
	if i := slices.Index(s.ends, stop); i >= 0 {
		best = walk(s.walks[i])
	}
	stops, walks := s.Transfers.Row(uint32(stop))
	for i, to := range stops {
		best = min(best, walk(walks[i])+100*headway.Cost(s.Weights.Change)+s.stops[to].priceAt(there+walks[i]))
	}
	return best
}

// priceAt is the price of standing at the stop, between two departures by a straight line.
func (s *standing) priceAt(t transit.Seconds) headway.Cost {
	i, _ := slices.BinarySearchFunc(s.at, t, func(at, t transit.Seconds) int { return int(t - at) }) // at falls
	for i > 0 && (i == len(s.at) || s.at[i] < t) {
		i--
	}
	switch {
	case len(s.at) == 0 || s.at[i] < t:
		return headway.Never
	case i+1 == len(s.at):
		return s.before[i]
	}
	way, gap := int64(s.after[i+1]-s.before[i]), int64(s.at[i]-s.at[i+1])
	return s.before[i] + headway.Cost(way*int64(s.at[i]-t)/max(gap, 1))
}

// leave goes back to a departure and makes it what its line draws next.
func (s *standing) leave(d departure, price, wait headway.Cost) {
	v := s.now(d.leaves, wait)
	s.at, s.after = append(s.at, d.leaves), append(s.after, v)
	s.price[slices.Index(s.place, d.place)] = price
	s.before = append(s.before, s.Back(v, d.leaves, 0, wait, s.price))
}

// now is the price of standing there at a time before all that was scanned.
func (s *standing) now(t transit.Seconds, wait headway.Cost) headway.Cost {
	if len(s.at) == 0 {
		return headway.Never
	}
	last := len(s.at) - 1
	return s.Back(s.before[last], s.at[last], s.at[last]-t, wait, s.price)
}

// TestScanEndsAtTheStrategy: hours before the service ends, a scan of drawn
// departures gives each stop the price of the optimal strategy.
func TestScanEndsAtTheStrategy(t *testing.T) {
	compared := 0
	rapid.Check(t, func(rt *rapid.T) {
		b := randomProblem(rt)
		b.Weights.Alpha = .5
		ends, walks := randomEnds(rt, b.Stops)
		want := headway.NewSearch(&b.Problem).Towards(ends, walks)
		s := newScan(&b.Problem, ends, walks)
		for _, d := range s.departures(draw.Seed(rapid.Uint64().Draw(rt, "seed"))) {
			s.price(d)
		}
		for stop := range want.Stop {
			got, want := float64(s.stops[stop].now(-3600, s.wait())), want.Stop[stop]*100
			if math.IsInf(want, 1) != (got >= float64(headway.Never)) || !math.IsInf(want, 1) && math.Abs(got-want) > 20+want/10000 {
				rt.Fatalf("stop %d costs %.0f, the strategy's price is %.0f", stop, got, want)
			}
			if got < float64(headway.Never) {
				compared++
			}
		}
	})
	if compared < 100 {
		t.Errorf("only %d prices were compared", compared)
	}
}
