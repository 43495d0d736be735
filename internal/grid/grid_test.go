package grid_test

import (
	"context"
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/grid"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// The counts at which the other engine was measured.
func TestCountsOfTheFullSize(t *testing.T) {
	want := grid.Counts{Stops: 4556, Trips: 24_000, Connections: 1_584_000, Footpaths: 2312, Zones: 1156}
	if got := (grid.City{Streets: grid.Full}).Counts(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

func drawn(t *testing.T, c grid.City) (*network.Network, *transit.Day) {
	t.Helper()
	n, err := c.Network()
	if err != nil {
		t.Fatal(err)
	}
	day, err := transit.NewDay(n.Timetable, grid.Horizon(), 1)
	if err != nil {
		t.Fatal(err)
	}
	return n, day
}

// What is drawn is as large as the arithmetic says.
func TestDrawnAsCounted(t *testing.T) {
	for _, streets := range []int{1, 2, 3, 7} {
		c := grid.City{Streets: streets, Room: 80, Seed: 3}
		n, day := drawn(t, c)
		got := grid.Counts{
			Stops: len(n.Timetable.Stops.ID), Trips: len(day.Trip), Connections: len(day.Departures),
			Footpaths: len(n.Transfers.To) - len(n.Timetable.Stops.ID), Zones: len(n.Places.ID),
		}
		if got != c.Counts() {
			t.Errorf("%d streets: %+v, counted %+v", streets, got, c.Counts())
		}
	}
}

func TestWalksOfAGrid(t *testing.T) {
	n, _ := drawn(t, grid.City{Streets: 5, Room: 80})
	for s := range n.Timetable.Stops.ID {
		to, walks := n.Transfers.Row(uint32(s))
		for i, walk := range walks {
			// 32.5 m at 1.33 m/s with a detour of 1.3 and 30 s beside.
			if self := to[i] == transit.Stop(s); self && walk != 0 || !self && walk != 62 {
				t.Fatalf("from stop %d to %d: %d s", s, to[i], walk)
			}
		}
	}
	middle := grid.City{Streets: 5}.Middle()
	if to, _ := n.Access.Row(uint32(middle)); middle != 12 || len(to) != 6 {
		t.Errorf("zone %d in the middle has the stops %v, want 2 at its crossing and 4 around", middle, to)
	}
}

func TestTheSameGridAgain(t *testing.T) {
	c := grid.City{Streets: 3, Room: 80, Seed: 9}
	one, _ := drawn(t, c)
	two, _ := drawn(t, c)
	c.Seed++
	other, _ := drawn(t, c)
	if network.Hash(one) != network.Hash(two) || network.Hash(one) == network.Hash(other) {
		t.Error("the seed alone decides")
	}
	if a, b := c.Crowds().Everyday(500), c.Crowds().Everyday(500); !slices.Equal(a.Ready, b.Ready) || !slices.Equal(a.To, b.To) {
		t.Error("the same crowd is another one")
	}
}

func TestCrowds(t *testing.T) {
	c := grid.City{Streets: 4, Seed: 5}
	const people = 20_000
	everyday := c.Crowds().Everyday(people)
	early, sum := 0, 0
	for i := range everyday.Key {
		if everyday.From[i] == everyday.To[i] || int(everyday.To[i]) >= 16 || int(everyday.From[i]) >= 16 {
			t.Fatalf("traveller %d goes from %d to %d", i, everyday.From[i], everyday.To[i])
		}
		if everyday.Ready[i] < 12*transit.Hour+30*transit.Minute {
			early++
			sum += int(everyday.Ready[i])
		}
	}
	if early < people*48/100 || early > people*52/100 {
		t.Errorf("%d of %d leave in the morning", early, people)
	}
	if mean := transit.Seconds(sum / early); mean < 7*transit.Hour+55*transit.Minute || mean > 8*transit.Hour+5*transit.Minute {
		t.Errorf("in the morning they leave at %s in the mean", mean.Clock())
	}
	for name, crowd := range map[string]*demand.Travellers{"egress": c.Crowds().Egress(people), "ingress": c.Crowds().Ingress(people)} {
		ends, from, until := crowd.From, grid.EgressFrom, grid.EgressUntil
		if name == "ingress" {
			ends, from, until = crowd.To, grid.IngressFrom, grid.IngressUntil
		}
		if slices.Min(ends) != c.Middle() || slices.Max(ends) != c.Middle() {
			t.Errorf("%s: not all at the middle", name)
		}
		if slices.Min(crowd.Ready) < from || slices.Max(crowd.Ready) >= until || slices.Max(crowd.Ready) < until-10 {
			t.Errorf("%s: from %d to %d", name, slices.Min(crowd.Ready), slices.Max(crowd.Ready))
		}
	}
}

// A crowd that does not fit all at once is loaded, and everybody is accounted for.
func TestEverybodyIsAccountedFor(t *testing.T) {
	c := grid.City{Streets: 4, Room: 8, Seed: 2}
	n, day := drawn(t, c)
	const people = 4000
	out, err := assign.Load(context.Background(), &assign.Problem{
		Network: n, Day: day, Travellers: c.Crowds().Everyday(people), Weights: journey.DefaultWeights, Seed: 1, Workers: 1, Rounds: 1,
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	states := map[assign.State]int{}
	for _, s := range out.State {
		states[s]++
	}
	if states[assign.Arrived]+states[assign.Walking]+states[assign.NoService]+states[assign.LastGone] != people || states[assign.Arrived] < people*9/10 {
		t.Errorf("%v", states)
	}
	if slices.Max(out.Load) != 8 || slices.Max(out.Denied) == 0 {
		t.Errorf("at most %d on board and %d left behind: the room does not bind", slices.Max(out.Load), slices.Max(out.Denied))
	}
}
