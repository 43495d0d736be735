package journey_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// promising is a random city all of whose lines promise headways day and night.
func promising(t *rapid.T) string {
	var b strings.Builder
	stops := rapid.IntRange(2, 6).Draw(t, "stops")
	for s := range stops {
		b.WriteString(string(rune('A'+s)) + strings.Repeat("-", rapid.IntRange(0, 5).Draw(t, "gap")))
	}
	fmt.Fprintf(&b, "\nwalking transfer %d access %d\n", rapid.IntRange(0, 300).Draw(t, "transfer"), rapid.IntRange(1, 200).Draw(t, "access"))
	for l := range rapid.IntRange(1, 5).Draw(t, "lines") {
		fmt.Fprintf(&b, "line l%d", l)
		for range rapid.IntRange(2, 4).Draw(t, "calls") {
			b.WriteString(" " + string(rune('A'+rapid.IntRange(0, stops-1).Draw(t, "stop"))))
		}
		fmt.Fprintf(&b, " about %dm 0:10-27:50 room 9 hop %ds dwell %ds", rapid.IntRange(2, 60).Draw(t, "headway"),
			rapid.IntRange(1, 900).Draw(t, "hop"), rapid.IntRange(1, 40).Draw(t, "dwell"))
		if rapid.Bool().Draw(t, "both") {
			b.WriteString(" both")
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// endless are the usual weights, with waits that cost the same however long.
func endless() journey.Weights {
	w := journey.DefaultWeights
	w.Patience = 0
	return w
}

// priced is a scan of a day towards the first places of a city.
func priced(t testing.TB, c *drawn.City, seed draw.Seed, w journey.Weights, timed bool) (*journey.Timeline, *journey.Prices) {
	t.Helper()
	day, err := transit.NewDay(c.Network.Timetable, transit.Horizon{Start: int64(c.Date) * 86400, Length: 28 * transit.Hour}, seed)
	if err != nil {
		t.Fatal(err)
	}
	tl := journey.NewTimeline(day, day.Depart, len(c.Network.Timetable.Stops.ID))
	p := journey.NewPrices(journey.NewFooting(tl, c.Network, demand.Ordinary, w), journey.Memory{})
	var to []demand.Place
	for place := range min(len(c.Network.Places.ID), journey.WidthOf(c.Network.Timetable)) {
		to = append(to, demand.Place(place))
	}
	p.Scan(to, 0, timed)
	return tl, p
}

// TestPromisedPricesAreTheStrategies: long before the service ends, standing at a
// stop costs what the optimal strategy does, whatever minutes were drawn.
func TestPromisedPricesAreTheStrategies(t *testing.T) {
	compared := 0
	rapid.Check(t, func(rt *rapid.T) {
		text := promising(rt)
		c, err := drawn.Parse(text)
		if err != nil {
			rt.Fatalf("%v in\n%s", err, text)
		}
		tl, p := priced(t, c, draw.Seed(rapid.Uint64().Draw(rt, "seed")), endless(), rapid.Bool().Draw(rt, "timed"))
		problem, err := headway.From(c.Network, transit.Horizon{Start: int64(c.Date)*86400 + 8*3600, Length: transit.Hour}, headway.DefaultWeights)
		if err != nil {
			rt.Fatal(err)
		}
		search, at := headway.NewSearch(problem), 6*transit.Hour+transit.Seconds(rapid.IntRange(0, 3600).Draw(rt, "at"))
		for to := range min(len(c.Network.Places.ID), journey.WidthOf(c.Network.Timetable)) {
			for stop, want := range search.Towards(c.Network.Access.Row(uint32(to))).Stop {
				e, got := tl.From(transit.Stop(stop), at, 0), journey.Never
				if e != journey.NoEvent {
					got = p.Standing(e, to, tl.Leave(e)-at)
				}
				if math.IsInf(want, 1) != (got >= journey.Never) || !math.IsInf(want, 1) && math.Abs(float64(got)-want*100) > 100+want/5 {
					rt.Fatalf("stop %d costs %d towards %d, the strategy's price is %.0f in\n%s", stop, got, to, want*100, text)
				}
				if got < journey.Never {
					compared++
				}
			}
		}
	})
	if compared < 100 {
		t.Errorf("only %d prices were compared", compared)
	}
}

// TestExpectedEnds: where every second costs the same, what standing at a stop
// costs is how long it is expected to take.
func TestExpectedEnds(t *testing.T) {
	compared, far := 0, 0.0
	rapid.Check(t, func(rt *rapid.T) {
		text := promising(rt)
		c, err := drawn.Parse(text)
		if err != nil {
			rt.Fatalf("%v in\n%s", err, text)
		}
		tl, p := priced(t, c, draw.Seed(rapid.Uint64().Draw(rt, "seed")), journey.Weights{Walk: 100, Wait: 100}, true)
		at := transit.Seconds(rapid.IntRange(3600, 27*3600).Draw(rt, "at"))
		for stop := range c.Network.Timetable.Stops.ID {
			e := tl.From(transit.Stop(stop), at, 0)
			if e == journey.NoEvent {
				continue
			}
			for to := range min(len(c.Network.Places.ID), journey.WidthOf(c.Network.Timetable)) {
				first, last, ok := p.Stretch(e, to)
				if !ok {
					continue
				}
				for _, m := range []journey.Moment{first, last} {
					off := math.Abs(float64(m.Price)/100 - float64(m.Reach-m.At))
					if off > 30 || m.Unsure < 0 || m.Unsure > 3600 {
						rt.Fatalf("at stop %d towards %d: %+v in\n%s", stop, to, m, text)
					}
					compared, far = compared+1, max(far, off)
				}
			}
		}
	})
	if compared < 100 {
		t.Errorf("only %d moments were compared", compared)
	}
	t.Logf("%d moments, %.1f s at most", compared, far)
}

// TestOffAbout is the mean over an even spread.
func TestOffAbout(t *testing.T) {
	w := journey.DefaultWeights
	for _, c := range []struct{ late, about transit.Seconds }{{0, 0}, {100, 0}, {-300, 600}, {0, 600}, {599, 600}, {700, 600}, {-700, 600}} {
		sum, n := int64(0), int64(0)
		for s := -c.about; s <= c.about; s++ {
			sum, n = sum+int64(w.OffTime(c.late+s)), n+1
		}
		if got, want := int64(w.OffAbout(c.late, c.about)), sum/n; got-want > 40 || want-got > 40 {
			t.Errorf("%d s late, give or take %d: %d, the mean is %d", c.late, c.about, got, want)
		}
	}
}

// TestSpareCostsLeast: no other moment is cheaper in the mean.
func TestSpareCostsLeast(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		w := journey.Weights{Early: journey.Cost(rapid.IntRange(1, 300).Draw(rt, "early")), Late: journey.Cost(rapid.IntRange(1, 300).Draw(rt, "late"))}
		about, other := transit.Seconds(rapid.IntRange(1, 4000).Draw(rt, "about")), transit.Seconds(rapid.IntRange(-5000, 5000).Draw(rt, "other"))
		if best, o := w.OffAbout(-w.Spare(about), about), w.OffAbout(other, about); o < best-w.Early-w.Late {
			rt.Fatalf("%d with the spare time, %d when %d s late", best, o, other)
		}
	})
}

// TestKualaLumpurExpectsTheStrategies: at noon, where three of four departures
// have no minutes, the prices of the scan are those of the strategies for the
// mean stop, and people who knew the drawn minutes would pay less. Single stops
// differ, because some buses run for a part of the two hours only.
func TestKualaLumpurExpectsTheStrategies(t *testing.T) {
	from, until := 12*transit.Hour, 14*transit.Hour
	mean := func(c *town) [][]float64 {
		tl := journey.NewTimeline(c.day, c.day.Depart, len(c.net.Timetable.Stops.ID))
		p := journey.NewPrices(journey.NewFooting(tl, c.net, demand.Ordinary, endless()), journey.Memory{})
		p.Scan([]demand.Place{0, 1, 2}, from, false)
		means := make([][]float64, 3)
		for to := range means {
			for stop := range c.net.Timetable.Stops.ID {
				means[to] = append(means[to], meanStanding(tl, p, transit.Stop(stop), to, from, until))
			}
		}
		return means
	}
	c := kualaLumpur(t, false)
	expected, known := mean(c), mean(kualaLumpur(t, true))
	problem, err := headway.From(c.net, transit.Horizon{Start: c.day.Horizon.Start + int64(from), Length: until - from}, headway.DefaultWeights)
	if err != nil {
		t.Fatal(err)
	}
	search := headway.NewSearch(problem)
	for to := range expected {
		var ratios []float64
		lower := 0
		for stop, want := range search.Towards(c.net.Access.Row(uint32(to))).Stop {
			if got := expected[to][stop]; !math.IsInf(got, 1) && !math.IsInf(want, 1) {
				ratios = append(ratios, got/want)
				if known[to][stop] < got {
					lower++
				}
			}
		}
		slices.Sort(ratios)
		at := func(share float64) float64 { return ratios[int(share*float64(len(ratios)-1))] }
		t.Logf("towards %d, %d stops: %.3f, %.3f, %.3f of the strategies' prices; %d know better", to, len(ratios), at(.05), at(.5), at(.95), lower)
		if len(ratios) < 5000 || math.Abs(at(.5)-1) > .01 || at(.05) < .8 || at(.95) > 1.2 || lower < len(ratios)/2 {
			t.Errorf("towards %d the prices are not the strategies'", to)
		}
	}
}

// meanStanding is the mean price of standing at a stop, asked every minute;
// +Inf where there is a minute without a way.
func meanStanding(tl *journey.Timeline, p *journey.Prices, stop transit.Stop, to int, from, until transit.Seconds) float64 {
	sum, n := 0.0, 0.0
	for at := from; at < until; at += transit.Minute {
		e := tl.From(stop, at, 0)
		if e == journey.NoEvent || p.Standing(e, to, tl.Leave(e)-at) >= journey.Never {
			return math.Inf(1)
		}
		sum, n = sum+float64(p.Standing(e, to, tl.Leave(e)-at))/100, n+1
	}
	return sum / n
}
