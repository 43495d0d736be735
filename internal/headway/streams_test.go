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

// long is a stretch after which prices have settled, and since a time before it.
const (
	long  = 100 * transit.Hour
	since = -1000 * transit.Hour
)

// streams are lines that come with given headways.
func streams(headways ...transit.Seconds) *headway.Streams {
	s := &headway.Streams{}
	for _, h := range headways {
		s.Rate, s.Since = append(s.Rate, headway.Every(h)), append(s.Since, since)
	}
	return s
}

// minutes is a price of so many minutes on board.
func minutes(m float64) headway.Cost { return headway.Cost(math.Round(m * 6000)) }

// TestSettledIsTheOptimalStrategy: waiting forever at the stops of Spiess and
// Florian's example costs what the strategies say, from above and from below.
func TestSettledIsTheOptimalStrategy(t *testing.T) {
	for _, c := range []struct {
		name   string
		lines  *headway.Streams
		prices []headway.Cost
		want   float64
	}{
		{"Y", streams(30*minute, 6*minute), []headway.Cost{minutes(4), minutes(10)}, 11.5},
		{"X", streams(12*minute, 30*minute), []headway.Cost{minutes(6 + 11.5), minutes(8)}, 267. / 14},
		{"A", streams(12*minute, 12*minute), []headway.Cost{minutes(25), minutes(7 + 6 + 11.5)}, 27.75},
		{"one line", streams(10 * minute), []headway.Cost{minutes(1)}, 6},
		{"a line too dear", streams(10*minute, 2*minute), []headway.Cost{minutes(1), minutes(6.5)}, 6},
	} {
		settled := c.lines.Settled(0, 100, c.prices)
		near(t, "settled at "+c.name, float64(settled)/6000, c.want, 1./6000)
		for _, from := range []headway.Cost{0, minutes(5), minutes(500), headway.Never} {
			near(t, "after long at "+c.name, float64(c.lines.Back(from, 0, long, 100, c.prices)-settled), 0, 1)
		}
	}
}

// TestBackWithoutStreams: where no line promises a headway only, waiting is the
// plain chain of departures with minutes.
func TestBackWithoutStreams(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		wait := headway.Cost(rapid.IntRange(0, 300).Draw(rt, "wait"))
		s := &headway.Streams{}
		var price []headway.Cost
		if rapid.Bool().Draw(rt, "ended") {
			s, price = streams(600), []headway.Cost{headway.Never}
		}
		v, chain, at := headway.Never, headway.Never, 30*transit.Hour
		for range rapid.IntRange(1, 9).Draw(rt, "departures") {
			gap, board := seconds(rt, 0, 9000), cost(rt)
			v = min(board, s.Back(v, at, gap, wait, price))
			chain = min(board, chain+wait*headway.Cost(gap), headway.Never)
			at -= gap
		}
		if v != chain {
			rt.Fatalf("%d, the chain gives %d", v, chain)
		}
	})
}

func cost(t *rapid.T) headway.Cost {
	return headway.Cost(rapid.OneOf(rapid.IntRange(0, 3_000_000), rapid.IntRange(0, 50_000), rapid.Just(int(headway.Never))).Draw(t, "cost"))
}

// situation is a stop in a moment.
type situation struct {
	*headway.Streams
	v    headway.Cost
	at   transit.Seconds
	wait headway.Cost
	cost []headway.Cost
}

func randomSituation(t *rapid.T) situation {
	s := situation{Streams: &headway.Streams{}, v: headway.Cost(rapid.IntRange(0, 4_000_000).Draw(t, "v"))}
	s.at, s.wait = seconds(t, 0, 100_000), headway.Cost(rapid.IntRange(50, 300).Draw(t, "wait"))
	for range rapid.IntRange(0, 5).Draw(t, "lines") {
		s.Rate = append(s.Rate, headway.Every(seconds(t, 60, 7200)))
		s.Since = append(s.Since, rapid.SampledFrom([]transit.Seconds{since, s.at - 1000, s.at - 100, s.at + 100}).Draw(t, "since"))
		s.cost = append(s.cost, cost(t))
	}
	return s
}

func (s situation) back(gap transit.Seconds) headway.Cost {
	return s.Back(s.v, s.at, gap, s.wait, s.cost)
}

// integrated is Back by small steps.
func (s situation) integrated(gap transit.Seconds) float64 {
	const parts = 50 // of a second
	v := float64(s.v)
	for i := range int(gap) * parts {
		now := float64(s.at) - (float64(i)+.5)/parts
		middle := v + s.slope(v, now)/(2*parts)
		v += s.slope(middle, now) / parts
	}
	return v
}

// slope is how much the price of standing there grows a second back in time.
func (s situation) slope(v, now float64) float64 {
	slope := float64(s.wait)
	for l, p := range s.cost {
		if p < headway.Never && float64(s.Since[l]) < now {
			slope -= float64(s.Rate[l]) / (1 << 28) * max(v-float64(p), 0)
		}
	}
	return slope
}

// TestBackIsTheIntegral: the price is what small steps of its slope add up to.
func TestBackIsTheIntegral(t *testing.T) {
	moved := 0
	rapid.Check(t, func(rt *rapid.T) {
		s, gap := randomSituation(rt), seconds(rt, 0, 2000)
		got, want := float64(s.back(gap)), s.integrated(gap)
		if math.Abs(got-want) > 2+1e-6*math.Abs(want-float64(s.v)) {
			rt.Fatalf("%+v back %d is %g, the integral is %.2f", s, gap, got, want)
		}
		if math.Abs(got-float64(s.v)) > 100 {
			moved++
		}
	})
	if moved < 50 {
		t.Errorf("only %d prices moved", moved)
	}
}

// TestBackInTwoSteps is as good as in one, but for rounding.
func TestBackInTwoSteps(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := randomSituation(rt)
		first, second := seconds(rt, 0, 3000), seconds(rt, 0, 3000)
		one := s.back(first + second)
		s.v = s.back(first)
		s.at -= first
		if two := s.back(second); two-one > 2 || one-two > 2 {
			rt.Fatalf("%d in one step, %d in two", one, two)
		}
	})
}

// TestBackKeepsOrder: who pays more later, or for any line, pays no less now;
// nobody pays more when another line comes, or a line comes more often.
func TestBackKeepsOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, gap := randomSituation(rt), seconds(rt, 0, 4000)
		before := s.back(gap)
		dearer := s
		dearer.v += headway.Cost(rapid.IntRange(0, 1000).Draw(rt, "more"))
		dearer.cost = slices.Clone(s.cost)
		for l := range dearer.cost {
			dearer.cost[l] = min(dearer.cost[l]+headway.Cost(rapid.IntRange(0, 1000).Draw(rt, "more")), headway.Never)
		}
		if after := dearer.back(gap); after < before-1 {
			rt.Fatalf("%d, and %d where all is dearer", before, after)
		}
		better := s
		better.Streams = &headway.Streams{Rate: slices.Clone(s.Rate), Since: slices.Clone(s.Since)}
		for l := range better.Rate {
			better.Rate[l] += headway.Rate(rapid.IntRange(0, 1_000_000).Draw(rt, "rate"))
		}
		better.Rate, better.Since = append(better.Rate, headway.Every(600)), append(better.Since, since)
		better.cost = append(slices.Clone(s.cost), headway.Cost(rapid.IntRange(0, 3_000_000).Draw(rt, "another")))
		if after := better.back(gap); after > before+1 {
			rt.Fatalf("%d, and %d with more lines", before, after)
		}
		if most := before - s.v; int64(most) > int64(s.wait)*int64(gap) {
			rt.Fatalf("the wait of %d s costs %d", gap, most)
		}
	})
}

// TestBackBeforeThePromise: a line does not come before it is promised, so that
// who stands there before pays for each second.
func TestBackBeforeThePromise(t *testing.T) {
	s := streams(600)
	s.Since[0] = 1000
	price := []headway.Cost{5000}
	began := s.Back(headway.Never, 4000, 3000, 100, price)
	near(t, "settled", float64(began), 5000+300*100, 1)
	if got, want := s.Back(headway.Never, 4000, 3250, 100, price), began+250*100; got != want {
		t.Errorf("%d, want %d", got, want)
	}
}

// TestBackOfTheExtreme: nothing overflows or hangs.
func TestBackOfTheExtreme(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := &headway.Streams{}
		var price []headway.Cost
		extreme := func(limits ...int) int { return rapid.SampledFrom(limits).Draw(rt, "extreme") }
		for range rapid.IntRange(0, 70).Draw(rt, "lines") {
			s.Rate = append(s.Rate, headway.Every(transit.Seconds(extreme(-5, 0, 1, 2, 600, 1<<19, 1<<30))))
			s.Since = append(s.Since, transit.Seconds(extreme(-1<<30, -1, 0, 5, 1<<30)))
			price = append(price, headway.Cost(extreme(0, 1, 1<<28, 1<<29-1, 1<<29)))
		}
		v := headway.Cost(extreme(0, 1, 1<<28, 1<<29-1, 1<<29))
		got := s.Back(v, transit.Seconds(extreme(0, 6, 1<<30)), transit.Seconds(extreme(0, 1, 1<<20, 1<<30)),
			headway.Cost(extreme(0, 1, 100, 1<<13-1)), price)
		if got < 0 || got > headway.Never {
			rt.Fatalf("%+v from %d at prices %d: %d", s, v, price, got)
		}
	})
}

// TestBackAllocatesNothing, because it stands in the innermost loop of a scan.
func TestBackAllocatesNothing(t *testing.T) {
	s, price := streams(600, 900), []headway.Cost{5000, 80_000}
	if n := testing.AllocsPerRun(100, func() { s.Back(90_000, 5000, 400, 165, price) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}

// TestBackIsTheSameEverywhere: figures of one machine that another must give.
func TestBackIsTheSameEverywhere(t *testing.T) {
	s, price := streams(300, 720, 1800, 777), []headway.Cost{61_000, 43_210, 12_345, 250_000}
	v, sum := headway.Cost(1_234_567), uint32(0)
	for i := range 1000 {
		v = s.Back(v, transit.Seconds(100_000-7*i), 7, 165, price)
		if i%50 == 0 {
			v += headway.Cost(i * 1000)
		}
		sum = sum*31 + uint32(v)
	}
	if want := uint32(543351964); sum != want {
		t.Errorf("%d, want %d", sum, want)
	}
}

func TestBoards(t *testing.T) {
	for _, c := range []struct {
		price, v headway.Cost
		want     bool
	}{{1, 2, true}, {2, 2, true}, {3, 2, false}, {headway.Never, headway.Never, false}} {
		if headway.Boards(c.price, c.v) != c.want {
			t.Errorf("boarding for %d, or standing on for %d: want %t", c.price, c.v, c.want)
		}
	}
}

func BenchmarkBack(b *testing.B) {
	s, price := streams(300, 720, 1800, 777), []headway.Cost{61_000, 43_210, 12_345, 250_000}
	v := headway.Cost(70_000)
	for i := range b.N {
		v = s.Back(v, 50_000, transit.Seconds(i&127), 165, price)
	}
}

// TestBackIsWhatPeoplePay: at a stop with two lines that come at random and one
// that leaves at 20 and 40 minutes, whoever follows the prices pays in the mean
// what they say, whenever he comes.
func TestBackIsWhatPeoplePay(t *testing.T) {
	const (
		wait    = headway.Cost(165)
		horizon = 40 * minute
		people  = 40_000
	)
	s := streams(12*minute, 30*minute)
	price, minuted := []headway.Cost{minutes(25), minutes(12)}, minutes(16)
	standing := make([]headway.Cost, horizon+1) // by second
	standing[horizon] = minuted
	for at := horizon - 1; at >= 0; at-- {
		standing[at] = s.Back(standing[at+1], at+1, 1, wait, price)
		if at == horizon/2 {
			standing[at] = min(standing[at], minuted)
		}
	}
	for _, came := range []transit.Seconds{0, 13 * minute, 19 * minute, 21 * minute, 35 * minute} {
		sum, square := 0.0, 0.0
		for i := range uint64(people) {
			paid := follow(standing, came, price, minuted, draw.Seed(9).For(uint64(came)).For(i))
			sum, square = sum+paid, square+paid*paid
		}
		mean := sum / people
		deviation := 3 * math.Sqrt((square/people-mean*mean)/people)
		near(t, "what people pay who come at "+came.Clock(), mean, float64(standing[came]), deviation+60)
	}
}

// follow is what one person pays who comes to the stop of TestBackIsWhatPeoplePay.
func follow(standing []headway.Cost, came transit.Seconds, price []headway.Cost, minuted headway.Cost, luck draw.Seed) float64 {
	const perSecond = 165.
	n, comes := uint64(0), [2]float64{float64(came), float64(came)}
	next := func(l int) {
		comes[l] -= math.Log(1-luck.Unit(n)) * []float64{6 * 60, 15 * 60}[l]
		n++
	}
	next(0)
	next(1)
	for {
		l := 0
		if comes[1] < comes[0] {
			l = 1
		}
		for _, leaves := range []transit.Seconds{20 * minute, 40 * minute} {
			last := int(leaves) == len(standing)-1
			if leaves >= came && float64(leaves) <= comes[l] && (last || standing[leaves] == minuted) {
				return perSecond*float64(leaves-came) + float64(minuted)
			}
		}
		if headway.Boards(price[l], standing[int(comes[l])]) {
			return perSecond*(comes[l]-float64(came)) + float64(price[l])
		}
		next(l)
	}
}
