package headway_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/transit"
)

// TestBacksIsBack: side by side prices move as they do alone.
func TestBacksIsBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, gap := randomSituation(rt), seconds(rt, 0, 4000)
		s.comingOnly()
		price := make([][headway.Abreast]headway.Cost, len(s.Rate))
		line := make([]uint32, len(s.Rate))
		var at, past [headway.Abreast]headway.Cost
		for l := range line {
			line[l] = uint32(len(line) - 1 - l)
		}
		for k := range at {
			at[k] = headway.Cost(rapid.OneOf(rapid.IntRange(0, 4_000_000), rapid.Just(int(headway.Never))).Draw(rt, "v"))
			for l := range line {
				price[l][k] = cost(rt)
			}
		}
		before := at
		s.Backs(line, price, &at, &past, s.at, gap, s.wait)
		for k := range at {
			var alone []headway.Cost
			for _, l := range line {
				alone = append(alone, price[l][k])
			}
			v := before[k]
			if v >= headway.Never {
				v = s.Back(v, s.at, 0, s.wait, alone)
			}
			if want := s.Back(v, s.at, gap, s.wait, alone); at[k] != v || past[k] != want {
				rt.Fatalf("%d and %d, alone %d and %d", at[k], past[k], v, want)
			}
		}
	})
}

// TestOutlooksIsOutlook: nor do the times.
func TestOutlooksIsOutlook(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, gap := randomSituation(rt), seconds(rt, 0, 4000)
		s.comingOnly()
		price, ride := make([][headway.Abreast]headway.Cost, len(s.Rate)), make([][headway.Abreast]transit.Seconds, len(s.Rate))
		line := make([]uint32, len(s.Rate))
		at, past := newOutlooks(), newOutlooks()
		var before [headway.Abreast]headway.Outlook
		for l := range line {
			line[l] = uint32(len(line) - 1 - l)
		}
		for k := range before {
			before[k] = headway.Outlook{Price: headway.Cost(rapid.OneOf(rapid.IntRange(0, 4_000_000), rapid.Just(int(headway.Never))).Draw(rt, "v")), Later: seconds(rt, 0, 9000), Unsure: seconds(rt, 0, 999)}
			at.Price[k], at.Later[k], at.Unsure[k] = before[k].Price, before[k].Later, before[k].Unsure
			for l := range line {
				price[l][k], ride[l][k] = cost(rt), seconds(rt, 0, 9000)
			}
		}
		s.Outlooks(line, price, ride, at, past, s.at, gap, s.wait)
		for k := range before {
			var alone []headway.Cost
			var rides []transit.Seconds
			for _, l := range line {
				alone, rides = append(alone, price[l][k]), append(rides, ride[l][k])
			}
			want := before[k]
			if want.Price >= headway.Never {
				want = s.Outlook(want, s.at, 0, s.wait, alone, rides)
			}
			want = s.Outlook(want, s.at, gap, s.wait, alone, rides)
			if got := (headway.Outlook{Price: past.Price[k], Later: past.Later[k], Unsure: past.Unsure[k]}); got != want {
				rt.Fatalf("%+v, alone %+v", got, want)
			}
		}
	})
}

func newOutlooks() headway.Outlooks {
	return headway.Outlooks{Price: new([headway.Abreast]headway.Cost), Later: new([headway.Abreast]transit.Seconds), Unsure: new([headway.Abreast]transit.Seconds)}
}

// comingOnly leaves out the lines that do not come at the situation's time.
func (s *situation) comingOnly() {
	coming := &headway.Streams{}
	for l, since := range s.Since {
		if since < s.at {
			coming.Rate, coming.Since = append(coming.Rate, s.Rate[l]), append(coming.Since, since)
		}
	}
	s.Streams = coming
}

// TestBacksAllocatesNothing, because it stands in the innermost loop of a scan.
func TestBacksAllocatesNothing(t *testing.T) {
	s := streams(600, 900)
	price := make([][headway.Abreast]headway.Cost, 2)
	var at, past [headway.Abreast]headway.Cost
	for k := range at {
		at[k], price[0][k], price[1][k] = headway.Cost(90_000-k), 5000, headway.Cost(80_000*k)
	}
	if n := testing.AllocsPerRun(100, func() { s.Backs([]uint32{0, 1}, price, &at, &past, transit.Hour, 400, 165) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}
