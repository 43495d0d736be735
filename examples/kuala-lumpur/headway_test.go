package kualalumpur_test

import (
	"math"
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/transit"
)

// wednesday is a day on which all four timetables run, from its midnight in Kuala Lumpur.
var wednesday = transit.DateOf(2026, 5, 6)

func stretch(from, length transit.Seconds) transit.Horizon {
	return transit.Horizon{Start: int64(wednesday)*86400 - 8*3600 + int64(from), Length: length}
}

// TestHeadwaysAreThoseThatFeedsPromise: over a day and the night after it the lines have
// the departures that the frequencies and the railway's timetable add up to.
func TestHeadwaysAreThoseThatFeedsPromise(t *testing.T) {
	n := imported(t).Network
	tt := n.Timetable
	p, err := headway.From(n, stretch(0, 24*transit.Hour), headway.DefaultWeights)
	if err != nil {
		t.Fatal(err)
	}
	want, buses := make([]float64, len(tt.Patterns.Route)), 0
	for trip := range tt.Trips.ID {
		if !tt.Runs(tt.Trips.Calendar[trip], wednesday) || len(tt.PatternStops(tt.Trips.Pattern[trip])) < 2 {
			continue
		}
		from, to := tt.TripFrequencies(transit.Trip(trip))
		for f := from; f < to; f++ {
			want[tt.Trips.Pattern[trip]] += float64(tt.Frequencies.End[f]-tt.Frequencies.Start[f]) / float64(tt.Frequencies.Headway[f])
			buses++
		}
		if from == to {
			want[tt.Trips.Pattern[trip]]++
		}
	}
	got := make([]float64, len(want))
	for l, h := range p.Lines.Headway {
		got[p.Lines.Pattern[l]] = float64(24*transit.Hour) / h
	}
	compared := 0
	for pattern := range want {
		// What leaves late ends after midnight, and the day before left something over:
		// that is the same where both days are alike, and they nearly are.
		if math.Abs(got[pattern]-want[pattern]) > .02*want[pattern]+.5 {
			t.Errorf("pattern %d has %.2f departures, the feed has %.2f", pattern, got[pattern], want[pattern])
		}
		if want[pattern] > 0 {
			compared++
		}
	}
	if compared < 300 || buses < 500 {
		t.Errorf("only %d patterns with %d frequencies were compared", compared, buses)
	}
}

// TestOneLineByHand: from KL Sentral to Putra Heights the Kelana Jaya line is
// the best way by far; its price is half its headway and the ride.
func TestOneLineByHand(t *testing.T) {
	n := imported(t).Network
	tt := n.Timetable
	p, err := headway.From(n, stretch(12*transit.Hour, transit.Hour), headway.DefaultWeights)
	if err != nil {
		t.Fatal(err)
	}
	find := func(id transit.StopID) transit.Stop { return transit.Stop(slices.Index(tt.Stops.ID, id)) }
	from, to := find("rail:KJ15"), find("rail:KJ37")
	best := math.Inf(1)
	for trip, id := range tt.Trips.ID {
		pattern := tt.Trips.Pattern[trip]
		stops := tt.PatternStops(pattern)
		on, off := slices.Index(stops, from), slices.Index(stops, to)
		if on < 0 || off <= on || !tt.Runs(tt.Trips.Calendar[trip], wednesday) {
			continue
		}
		arrive, depart := tt.TripTimes(transit.Trip(trip))
		f, end := tt.TripFrequencies(transit.Trip(trip))
		for ; f < end; f++ {
			if tt.Frequencies.Start[f] <= 10*transit.Hour && tt.Frequencies.End[f] >= 14*transit.Hour {
				t.Logf("%s every %d s, %d s from KL Sentral", id, tt.Frequencies.Headway[f], arrive[off]-depart[on])
				best = min(best, 1.65*float64(tt.Frequencies.Headway[f])/2+float64(arrive[off]-depart[on]))
			}
		}
	}
	got := headway.NewSearch(p).Towards([]transit.Stop{to}, []transit.Seconds{0}).Stop[from]
	if math.Abs(got-best) > 1e-3 {
		t.Errorf("the strategy's price is %.2f, by hand it is %.2f", got, best)
	}
}
