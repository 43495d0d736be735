package headway_test

import (
	"math"
	"testing"

	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// builder makes problems by hand.
type builder struct{ headway.Problem }

const both = transit.MayBoard | transit.MayAlight

func newBuilder(stops int, w headway.Weights) *builder {
	b := &builder{headway.Problem{Stops: stops, Weights: w, Lines: headway.Lines{First: []uint32{0}}}}
	b.Transfers.First = []uint32{0}
	for s := range stops {
		b.Transfers.To, b.Transfers.Walk = append(b.Transfers.To, transit.Stop(s)), append(b.Transfers.Walk, 0)
		b.Transfers.First = append(b.Transfers.First, uint32(s+1))
	}
	return b
}

// line adds a line by its headway, its stops and the rides between them.
func (b *builder) line(headway float64, stops []transit.Stop, rides ...transit.Seconds) {
	l := &b.Lines
	for i, stop := range stops {
		l.Stop, l.Boarding, l.Stand = append(l.Stop, stop), append(l.Boarding, both), append(l.Stand, 0)
		l.Ride = append(l.Ride, append(rides, 0)[i])
	}
	l.Pattern, l.Headway = append(l.Pattern, transit.Pattern(len(l.Pattern))), append(l.Headway, headway)
	l.First = append(l.First, uint32(len(l.Stop)))
}

const minute = transit.Minute

// The stops of the example of Spiess and Florian.
const (
	stopA, stopX, stopY, stopB = transit.Stop(0), transit.Stop(1), transit.Stop(2), transit.Stop(3)
)

// spiessFlorian is the example of Spiess and Florian 1989: four lines from A to B.
func spiessFlorian() *headway.Problem {
	b := newBuilder(4, headway.Plain)
	b.line(12*60, []transit.Stop{stopA, stopB}, 25*minute)
	b.line(12*60, []transit.Stop{stopA, stopX, stopY}, 7*minute, 6*minute)
	b.line(30*60, []transit.Stop{stopX, stopY, stopB}, 4*minute, 4*minute)
	b.line(6*60, []transit.Stop{stopY, stopB}, 10*minute)
	return &b.Problem
}

func toB(s *headway.Search) *headway.Strategy {
	return s.Towards([]transit.Stop{stopB}, []transit.Seconds{0})
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s is %.7f, want %.7f", what, got, want)
	}
}

// TestSpiessFlorian: the prices and volumes that the paper gives for its example.
func TestSpiessFlorian(t *testing.T) {
	s := headway.NewSearch(spiessFlorian())
	strategy := toB(s)
	near(t, "u(A)", strategy.Stop[stopA]/60, 27.75, 1e-5)
	near(t, "u(X)", strategy.Stop[stopX]/60, 267.0/14, 1e-5)
	near(t, "u(Y)", strategy.Stop[stopY]/60, 11.5, 1e-5)
	v := s.NewVolumes()
	s.Load(v, strategy, []float64{stopA: 1, 3: 0})
	for place, want := range []float64{.5, 0, .5, .5, 0, 0, 1. / 12, 0, 5. / 12, 0} {
		near(t, "the volume from place "+string(rune('0'+place)), v.Aboard[place], want, 1e-5)
	}
	near(t, "arrived", v.Arrived, 1, 1e-12)
	near(t, "waiting at Y", v.Waited[stopY], .5, 1e-12)
	near(t, "waiting at X", v.Waited[stopX], 0, 0)
}

// TestAlphaIsTheWaitInHeadways: with one line the wait is Alpha headways.
func TestAlphaIsTheWaitInHeadways(t *testing.T) {
	for _, alpha := range []float64{.5, 1} {
		b := newBuilder(2, headway.Weights{Walk: 1, Wait: 2, Alpha: alpha})
		b.line(600, []transit.Stop{0, 1}, 100)
		got := headway.NewSearch(&b.Problem).Towards([]transit.Stop{1}, []transit.Seconds{30}).Stop[0]
		near(t, "the price", got, 2*alpha*600+100+30, 1e-5)
	}
}

// TestWaysThatAreClosed: nobody boards where he may not, or gets off where he may not.
func TestWaysThatAreClosed(t *testing.T) {
	b := newBuilder(3, headway.Plain)
	b.line(600, []transit.Stop{0, 1, 2}, 60, 60)
	b.Lines.Boarding[1] = 0
	s := headway.NewSearch(&b.Problem)
	if far := s.Towards([]transit.Stop{1}, []transit.Seconds{0}); !math.IsInf(far.Stop[0], 1) {
		t.Errorf("somebody gets off at 1, for %g", far.Stop[0])
	}
	strategy := s.Towards([]transit.Stop{2}, []transit.Seconds{0})
	near(t, "the price through 1", strategy.Stop[0], 300+120, 1e-5)
	v := s.NewVolumes()
	s.Load(v, strategy, []float64{1, 2, 0})
	near(t, "arrived", v.Arrived, 1, 0)
	near(t, "lost at 1", v.Lost, 2, 0)
}

// TestWalksToOtherStops: a change may lead over a walk, and costs what it says.
func TestWalksToOtherStops(t *testing.T) {
	b := newBuilder(4, headway.Weights{Walk: 2, Wait: 1, Change: 50, Alpha: .5})
	b.line(600, []transit.Stop{0, 1}, 60)
	b.line(200, []transit.Stop{2, 3}, 60)
	b.Transfers = network.Links{
		First: []uint32{0, 0, 2, 2, 2}, To: []transit.Stop{1, 2}, Walk: []transit.Seconds{0, 45},
	}
	s := headway.NewSearch(&b.Problem)
	strategy := s.Towards([]transit.Stop{3}, []transit.Seconds{0})
	near(t, "the price", strategy.Stop[0], 300+60+50+90+100+60, 1e-5)
	if strategy.Alight[1] != headway.Change+1 {
		t.Errorf("at 1 people do %d, want the change over link 1", strategy.Alight[1])
	}
}
