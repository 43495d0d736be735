package headway_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/transit"
)

// TestOutlookIsBack: an outlook's price is Back's.
func TestOutlookIsBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s, gap := randomSituation(rt), seconds(rt, 0, 4000)
		if rapid.Bool().Draw(rt, "never") {
			s.v = headway.Never
		}
		o := s.Outlook(headway.Outlook{Price: s.v}, s.at, gap, s.wait, s.cost, make([]transit.Seconds, len(s.cost)))
		if want := s.back(gap); o.Price != want {
			rt.Fatalf("%d, Back gives %d", o.Price, want)
		}
	})
}

// TestOutlookWhereTimeIsThePrice: where a second costs one, the time to the
// destination is the price.
func TestOutlookWhereTimeIsThePrice(t *testing.T) {
	moved := 0
	rapid.Check(t, func(rt *rapid.T) {
		s, gap := randomSituation(rt), seconds(rt, 0, 4000)
		o := headway.Outlook{Price: headway.Never}
		if rapid.Bool().Draw(rt, "ever") {
			o.Later = seconds(rt, 0, 20_000)
			o.Price = headway.Cost(o.Later)
		}
		var ride []transit.Seconds
		for l := range s.cost {
			s.cost[l] = min(s.cost[l]/100, headway.Never)
			if s.cost[l] == headway.Never/100 {
				s.cost[l] = headway.Never
			}
			ride = append(ride, transit.Seconds(s.cost[l]))
		}
		end := s.Outlook(o, s.at, gap, 1, s.cost, ride)
		if off := transit.Seconds(end.Price) - end.Later; end.Price < headway.Never && (off > 8 || off < -8) {
			rt.Fatalf("from %+v to %+v", o, end)
		}
		if end.Unsure < 0 || end.Unsure > 7200 {
			rt.Fatalf("waits for %d s", end.Unsure)
		}
		if end.Price < headway.Never && end.Price != o.Price {
			moved++
		}
	})
	if moved < 50 {
		t.Errorf("only %d prices moved", moved)
	}
}

// TestUnsureIsTheMeanWait: who has long waited for lines that come at random
// waits for the first of those that he takes.
func TestUnsureIsTheMeanWait(t *testing.T) {
	s, price, ride := streams(600, 1200, 60), []headway.Cost{5000, 6000, 900_000}, []transit.Seconds{50, 60, 9000}
	o := s.Outlook(headway.Outlook{Price: headway.Never}, 0, long, 100, price, ride)
	near(t, "unsure", float64(o.Unsure), 200, 1)
	near(t, "later", float64(o.Later), 200+(2*50.+60)/3, 1)
}
