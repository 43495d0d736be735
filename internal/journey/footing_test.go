package journey_test

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

func (c *town) timeline() *journey.Timeline {
	return journey.NewTimeline(c.day, c.day.Depart, len(c.net.Timetable.Stops.ID))
}

// retimed is a town's day on which each dated trip is later by some minutes.
func (c *town) retimed(t *dice) *transit.Day {
	arrive, depart := slices.Clone(c.day.Arrive), slices.Clone(c.day.Depart)
	for d := range c.day.Trip {
		late := transit.Seconds(pick(t, []int{0, 0, 60, 77, 600}))
		from, to := c.day.Visits(transit.Dated(d))
		for v := from; v < to; v++ {
			arrive[v], depart[v] = arrive[v]+late, depart[v]+late
		}
	}
	return c.day.Retimed(arrive, depart)
}

// TestLinkedFromATimeOn: of what leaves from then on the same is caught as where
// all is linked, whatever room is used, and of the rest nothing.
func TestLinkedFromATimeOn(t *testing.T) {
	caught, left := 0, 0
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c, class, w := randomTown(rt), randomClass(rt), journey.DefaultWeights
		tl, since := c.timeline(), c.randomTime(rt)
		all := journey.NewFooting(tl, c.net, class, w)
		room := journey.NewFooting(journey.NewTimeline(c.retimed(rt), c.day.Depart, len(c.net.Timetable.Stops.ID)), c.net, class, w)
		some := room.Again(tl, c.net, class, w, since)
		events, begin := some.Linked()
		if begin != tl.First(since) {
			rt.Fatalf("linked from %d, %v is %d", begin, since.Clock(), tl.First(since))
		}
		for e := range journey.Event(events) {
			got, want := some.CaughtAfter(e), all.CaughtAfter(e)
			if e < begin {
				want = some.Nothing()
			}
			if got != want {
				rt.Fatalf("event %d of %d, from %d on: %s is caught, not %s in\n%s", e, events, begin, got, want, c.text)
			}
			if got != some.Nothing() {
				caught++
			}
		}
		left += int(begin)
	})
	if caught < 100 || left < 100 {
		t.Errorf("caught at %d events, not linked %d", caught, left)
	}
}

// worth is what a scan says of all departures from a time on.
func worth(p *journey.Prices, tl *journey.Timeline, c *town, since transit.Seconds, timed bool) (told []any) {
	to := make([]demand.Place, min(len(c.net.Places.ID), journey.WidthOf(c.net.Timetable)))
	for k := range to {
		to[k] = demand.Place(k)
	}
	p.Scan(to, since, timed)
	for lane := range to {
		var plans journey.Plans
		p.Begin(&plans)
		for e := tl.First(since); int(e) < len(c.day.Departures); e++ {
			if c.day.Boarding[tl.Visit(e)]&transit.MayBoard == 0 {
				continue
			}
			standing := p.Standing(e, lane, 60)
			told = append(told, standing)
			if timed {
				price, reach := p.Joining(e, lane)
				told = append(told, price, reach)
			}
			if standing < journey.Never {
				told = append(told, p.Plan(e, lane, 60))
			}
		}
		p.Finish()
		told = append(told, plans)
	}
	return told
}

// TestPricesFromATimeOn: a scan from a time on finds the same prices and plans
// where only what leaves from then on is linked.
func TestPricesFromATimeOn(t *testing.T) {
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c, class, w := randomTown(rt), randomClass(rt), journey.DefaultWeights
		tl, since, timed := c.timeline(), c.randomTime(rt), rt.between(0, 1) == 1
		all := journey.NewPrices(journey.NewFooting(tl, c.net, class, w), journey.Memory{})
		some := journey.NewPrices(new(journey.Footing).Again(tl, c.net, class, w, since), journey.Memory{})
		later := since + transit.Seconds(pick(rt, []int{0, 0, 300}))
		if got, want := worth(some, tl, c, later, timed), worth(all, tl, c, later, timed); !reflect.DeepEqual(got, want) {
			rt.Fatalf("from %v: %v\nnot %v in\n%s", since.Clock(), got, want, c.text)
		}
	})
}

// TestTimelinesInUsedRoom: a day that is laid out in the room of another is the same.
func TestTimelinesInUsedRoom(t *testing.T) {
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c, tl := randomTown(rt), new(journey.Timeline)
		for range 3 {
			if rt.between(0, 2) == 0 {
				c = randomTown(rt)
			}
			stops := len(c.net.Timetable.Stops.ID)
			day := c.retimed(rt)
			tl = tl.Again(day, c.day.Depart, stops)
			want := journey.NewTimeline(day, c.day.Depart, stops)
			journey.NewFooting(tl, c.net, demand.Ordinary, journey.DefaultWeights)
			journey.NewFooting(want, c.net, demand.Ordinary, journey.DefaultWeights)
			if !reflect.DeepEqual(tl, want) {
				rt.Fatalf("%+v, not %+v in\n%s", tl, want, c.text)
			}
		}
	})
}

// TestClassesThatWalkAlike share a footing, and find what each finds on its own.
func TestClassesThatWalkAlike(t *testing.T) {
	alike := 0
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c, w := randomTown(rt), journey.DefaultWeights
		steep := *c.net
		steep.Transfers, _ = withSteps(rt, c.net.Transfers)
		steep.Transfers.FreeWay = make([]uint32, len(steep.Transfers.FreeWalk))
		a, b := randomClass(rt), randomClass(rt)
		a.StepFree, b.StepFree, b.Informed = rt.between(0, 1) == 1, rt.between(0, 1) == 1, true
		if !journey.WalkAlike(a, b) {
			return
		}
		alike++
		tl, timed := c.timeline(), rt.between(0, 1) == 1
		shared := journey.NewPrices(journey.NewFooting(tl, &steep, a, w).As(b), journey.Memory{})
		own := journey.NewPrices(journey.NewFooting(tl, &steep, b, w), journey.Memory{})
		if got, want := worth(shared, tl, c, 0, timed), worth(own, tl, c, 0, timed); !reflect.DeepEqual(got, want) {
			rt.Fatalf("%+v as %+v: %v\nnot %v in\n%s", a, b, got, want, c.text)
		}
	})
	if alike < 5 {
		t.Errorf("only %d classes walked alike", alike)
	}
	slow := demand.Ordinary
	slow.Speed = 99
	if journey.WalkAlike(demand.Ordinary, slow) {
		t.Error("a slower class walks as the ordinary one")
	}
}
