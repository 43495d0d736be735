package headway_test

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// randomProblem draws a few stops with walks between some, and a few lines.
func randomProblem(t *rapid.T) *builder {
	stops := rapid.IntRange(2, 7).Draw(t, "stops")
	b := newBuilder(stops, rapid.SampledFrom([]headway.Weights{headway.Plain, headway.DefaultWeights}).Draw(t, "weights"))
	b.Weights.Alpha = rapid.SampledFrom([]float64{.5, 1}).Draw(t, "alpha")
	b.Transfers = network.Links{First: []uint32{0}}
	for from := range stops {
		for to := range stops {
			if from == to || rapid.IntRange(0, 3).Draw(t, "walk") == 0 {
				b.Transfers.To = append(b.Transfers.To, transit.Stop(to))
				b.Transfers.Walk = append(b.Transfers.Walk, seconds(t, 0, 4)*50)
			}
		}
		b.Transfers.First = append(b.Transfers.First, uint32(len(b.Transfers.To)))
	}
	coarse := rapid.Bool().Draw(t, "coarse") // many equal prices
	for range rapid.IntRange(1, 5).Draw(t, "lines") {
		randomLine(t, b, stops, coarse)
	}
	return b
}

func randomLine(t *rapid.T, b *builder, stops int, coarse bool) {
	var calls []transit.Stop
	var rides []transit.Seconds
	for range rapid.IntRange(2, 4).Draw(t, "calls") {
		ride := seconds(t, 1, 900)
		if coarse {
			ride = seconds(t, 0, 2) * minute
		}
		calls, rides = append(calls, transit.Stop(rapid.IntRange(0, stops-1).Draw(t, "stop"))), append(rides, ride)
	}
	b.line(float64(seconds(t, 60, 3600)), calls, rides[1:]...)
	for place := len(b.Lines.Stop) - len(calls); place < len(b.Lines.Stop); place++ {
		b.Lines.Stand[place] = seconds(t, 0, 1) * 20
		b.Lines.Boarding[place] = rapid.SampledFrom([]transit.Boarding{both, both, both, transit.MayBoard, transit.MayAlight}).Draw(t, "boarding")
	}
}

func seconds(t *rapid.T, from, to int) transit.Seconds {
	return transit.Seconds(rapid.IntRange(from, to).Draw(t, "seconds"))
}

// randomEnds are the walks from some stops to a destination.
func randomEnds(t *rapid.T, stops int) (ends []transit.Stop, walks []transit.Seconds) {
	for s := range stops {
		if s == 0 || rapid.IntRange(0, 4).Draw(t, "end") == 0 {
			ends, walks = append(ends, transit.Stop(s)), append(walks, seconds(t, 0, 600))
		}
	}
	return ends, walks
}

// TestOptimal: the prices are the fixed point that value iteration finds, which
// tries every set of lines at every stop.
func TestOptimal(t *testing.T) {
	reached, ridden := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		b := randomProblem(rt)
		ends, walks := randomEnds(rt, b.Stops)
		got := headway.NewSearch(&b.Problem).Towards(ends, walks)
		want := iterate(&b.Problem, ends, walks)
		for s := range got.Stop {
			if math.IsInf(want.stop[s], 1) != math.IsInf(got.Stop[s], 1) || math.Abs(want.stop[s]-got.Stop[s]) > 1e-4 {
				rt.Fatalf("stop %d costs %g, value iteration finds %g", s, got.Stop[s], want.stop[s])
			}
			if !math.IsInf(got.Stop[s], 1) {
				reached++
			}
		}
		for p := range got.Board {
			if d := want.board[p] - got.Board[p]; d > 1e-4 || d < -1e-4 {
				rt.Fatalf("place %d costs %g, value iteration finds %g", p, got.Board[p], want.board[p])
			}
			if got.Share[p] > 0 {
				ridden++
			}
		}
	})
	if reached < 100 || ridden < reached {
		t.Errorf("only %d stops and %d boardings were compared", reached, ridden)
	}
}

// values are prices by stop and by place.
type values struct{ stop, board []float64 }

// iterate improves prices until nothing changes; it shares nothing with the engine.
func iterate(p *headway.Problem, ends []transit.Stop, walks []transit.Seconds) values {
	v := values{make([]float64, p.Stops), make([]float64, len(p.Lines.Stop))}
	for _, column := range [][]float64{v.stop, v.board} {
		for i := range column {
			column[i] = math.Inf(1)
		}
	}
	for moved := true; moved; {
		moved = false
		for l := range p.Lines.Headway {
			for place := int(p.Lines.First[l+1]) - 2; place >= int(p.Lines.First[l]); place-- {
				price := float64(p.Lines.Ride[place]) + v.arriving(p, place+1, place+2 == int(p.Lines.First[l+1]), ends, walks)
				moved = moved || v.board[place]-price > 1e-7
				v.board[place] = price
			}
		}
		for s := range v.stop {
			price := v.standing(p, transit.Stop(s))
			moved = moved || v.stop[s]-price > 1e-7
			v.stop[s] = price
		}
	}
	return v
}

// arriving is the least price of coming to a place on board.
func (v values) arriving(p *headway.Problem, place int, last bool, ends []transit.Stop, walks []transit.Seconds) float64 {
	best := math.Inf(1)
	if !last {
		best = float64(p.Lines.Stand[place]) + v.board[place]
	}
	if p.Lines.Boarding[place]&transit.MayAlight == 0 {
		return best
	}
	stop := p.Lines.Stop[place]
	if i := slices.Index(ends, stop); i >= 0 {
		best = min(best, p.Weights.Walk*float64(walks[i]))
	}
	to, walk := p.Transfers.Row(uint32(stop))
	for i := range to {
		best = min(best, p.Weights.Walk*float64(walk[i])+float64(p.Weights.Change)+v.stop[to[i]])
	}
	return best
}

// standing is the least price of standing at a stop over all sets of its lines.
func (v values) standing(p *headway.Problem, stop transit.Stop) float64 {
	var rates, prices []float64
	for l, h := range p.Lines.Headway {
		for place := p.Lines.First[l]; place+1 < p.Lines.First[l+1]; place++ {
			open := p.Lines.Boarding[place]&transit.MayBoard != 0
			if p.Lines.Stop[place] == stop && open && !math.IsInf(v.board[place], 1) {
				rates, prices = append(rates, 1/(p.Weights.Alpha*h)), append(prices, v.board[place])
			}
		}
	}
	best := math.Inf(1)
	for set := 1; set < 1<<len(rates); set++ {
		rate, cost := 0.0, p.Weights.Wait
		for i := range rates {
			if set>>i&1 != 0 {
				rate, cost = rate+rates[i], cost+rates[i]*prices[i]
			}
		}
		best = min(best, cost/rate)
	}
	return best
}

// TestVolumesAddUp: nobody is lost or made anywhere, and what people pay is
// what their strategies promise.
func TestVolumesAddUp(t *testing.T) {
	arrived := 0.0
	rapid.Check(t, func(rt *rapid.T) {
		b := randomProblem(rt)
		s := headway.NewSearch(&b.Problem)
		ends, walks := randomEnds(rt, b.Stops)
		strategy := s.Towards(ends, walks)
		people, all, promised := make([]float64, b.Stops), 0.0, 0.0
		for i := range people {
			people[i] = float64(rapid.IntRange(0, 9).Draw(rt, "people"))
			all += people[i]
			if !math.IsInf(strategy.Stop[i], 1) {
				promised += people[i] * strategy.Stop[i]
			}
		}
		v := s.NewVolumes()
		s.Load(v, strategy, people)
		conserved(rt, b, v)
		if math.Abs(v.Arrived+v.Lost-all) > 1e-9*(1+all) {
			rt.Fatalf("%g people, %g arrived, %g lost", all, v.Arrived, v.Lost)
		}
		if paid := paid(b, strategy, v, ends, walks); math.Abs(paid-promised) > 1e-3 {
			rt.Fatalf("people pay %g, their strategies say %g", paid, promised)
		}
		arrived += v.Arrived
	})
	if arrived < 100 {
		t.Errorf("only %g people arrived", arrived)
	}
}

// conserved checks that who is on board got on before and gets off later.
func conserved(t *rapid.T, b *builder, v *headway.Volumes) {
	for l := range b.Lines.Headway {
		aboard := 0.0
		for place := b.Lines.First[l]; place < b.Lines.First[l+1]; place++ {
			aboard += v.Boarded[place] - v.Alighted[place]
			if math.Abs(aboard-v.Aboard[place]) > 1e-9 || v.Aboard[place] < 0 {
				t.Fatalf("line %d, place %d: %g on board, %g got on and not off", l, place, v.Aboard[place], aboard)
			}
		}
		if math.Abs(aboard) > 1e-9 {
			t.Fatalf("line %d ends with %g on board", l, aboard)
		}
	}
}

// paid is what all volumes cost, part by part.
func paid(b *builder, strategy *headway.Strategy, v *headway.Volumes, ends []transit.Stop, walks []transit.Seconds) float64 {
	cost := 0.0
	rate := make([]float64, b.Stops)
	boarded := make([]float64, b.Stops)
	for l, h := range b.Lines.Headway {
		for p := b.Lines.First[l]; p < b.Lines.First[l+1]; p++ {
			stop := b.Lines.Stop[p]
			if strategy.Share[p] > 0 {
				rate[stop] += 1 / (b.Weights.Alpha * h)
				boarded[stop] += v.Boarded[p]
			}
			cost += v.Aboard[p]*float64(b.Lines.Ride[p]) + (v.Aboard[p]-v.Boarded[p])*float64(b.Lines.Stand[p])
			if v.Alighted[p] == 0 {
				continue
			}
			if strategy.Alight[p] == headway.Home {
				cost += v.Alighted[p] * b.Weights.Walk * float64(walks[slices.Index(ends, stop)])
			} else {
				_, walk := b.Transfers.Row(uint32(stop))
				cost += v.Alighted[p] * (b.Weights.Walk*float64(walk[strategy.Alight[p]-headway.Change]) + float64(b.Weights.Change))
			}
		}
	}
	for s := range rate {
		if rate[s] > 0 {
			cost += boarded[s] * b.Weights.Wait / rate[s]
		}
	}
	return cost
}

// TestMoreServiceNeverCostsMore: a shorter headway makes no price higher.
func TestMoreServiceNeverCostsMore(t *testing.T) {
	cheaper := 0
	rapid.Check(t, func(rt *rapid.T) {
		b := randomProblem(rt)
		ends, walks := randomEnds(rt, b.Stops)
		before := headway.NewSearch(&b.Problem).Towards(ends, walks)
		b.Lines.Headway[rapid.IntRange(0, b.Lines.Len()-1).Draw(rt, "line")] *= rapid.Float64Range(.1, .9).Draw(rt, "factor")
		after := headway.NewSearch(&b.Problem).Towards(ends, walks)
		for s := range before.Stop {
			if after.Stop[s] > before.Stop[s]+1e-4 {
				rt.Fatalf("stop %d costs %g, and %g with more service", s, before.Stop[s], after.Stop[s])
			}
			if after.Stop[s] < before.Stop[s]-1 {
				cheaper++
			}
		}
	})
	if cheaper < 20 {
		t.Errorf("only %d prices fell", cheaper)
	}
}

// TestOrderOfLinesIsNothing: lines in another order give the same prices and
// shares to the last bit.
func TestOrderOfLinesIsNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := randomProblem(rt)
		ends, walks := randomEnds(rt, b.Stops)
		order := rapid.Permutation(ascending(b.Lines.Len())).Draw(rt, "order")
		other, places := b.reordered(order)
		one, two := headway.NewSearch(&b.Problem).Towards(ends, walks), headway.NewSearch(&other.Problem).Towards(ends, walks)
		if !slices.Equal(one.Stop, two.Stop) {
			rt.Fatalf("prices %v and %v", one.Stop, two.Stop)
		}
		for place, p := range places {
			if one.Board[p] != two.Board[place] || one.Alight[p] != two.Alight[place] || math.Abs(one.Share[p]-two.Share[place]) > 1e-12 {
				rt.Fatalf("place %d: %g, %d, %g and %g, %d, %g", p, one.Board[p], one.Alight[p], one.Share[p],
					two.Board[place], two.Alight[place], two.Share[place])
			}
		}
	})
}

func ascending(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

// reordered is the same problem with its lines in another order; places tells
// where each of its places was.
func (b *builder) reordered(order []int) (other *builder, places []uint32) {
	other = newBuilder(b.Stops, b.Weights)
	other.Transfers = b.Transfers
	l, o := &b.Lines, &other.Lines
	for _, line := range order {
		for p := l.First[line]; p < l.First[line+1]; p++ {
			places = append(places, p)
			o.Stop, o.Boarding = append(o.Stop, l.Stop[p]), append(o.Boarding, l.Boarding[p])
			o.Stand, o.Ride = append(o.Stand, l.Stand[p]), append(o.Ride, l.Ride[p])
		}
		o.Pattern, o.Headway = append(o.Pattern, l.Pattern[line]), append(o.Headway, l.Headway[line])
		o.First = append(o.First, uint32(len(o.Stop)))
	}
	return other, places
}
