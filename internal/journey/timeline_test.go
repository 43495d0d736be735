package journey_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// TestTimeline: what leaves next from a stop is what one finds who looks through the whole day.
func TestTimeline(t *testing.T) {
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		tl, day := c.timeline(), c.day
		at, since, until := make([]journey.Event, len(day.Stop)), c.randomTime(rt), c.randomTime(rt)
		for v := range at {
			at[v] = journey.NoEvent
		}
		leaving := make([][]journey.Event, len(c.net.Timetable.Stops.ID))
		for e, v := range day.Departures {
			at[v] = journey.Event(e)
			if day.Boarding[v]&transit.MayBoard != 0 {
				leaving[day.Stop[v]] = append(leaving[day.Stop[v]], journey.Event(e))
			}
		}
		for v, e := range at {
			if tl.EventOf(transit.Visit(v)) != e {
				rt.Fatalf("visit %d leaves with event %d, not %d in\n%s", v, tl.EventOf(transit.Visit(v)), e, c.text)
			}
		}
		for s, all := range leaving {
			for i := range all {
				e := append(slices.Clone(all), journey.NoEvent)[i+1]
				if tl.Next(all[i]) != e {
					rt.Fatalf("after %d comes %d, not %d in\n%s", all[i], tl.Next(all[i]), e, c.text)
				}
			}
			within := slices.DeleteFunc(slices.Clone(all), func(e journey.Event) bool { return tl.Leave(e) < since || tl.Leave(e) > until })
			if got := tl.Between(transit.Stop(s), since, max(since, until)); !slices.Equal(got, within) && since <= until {
				rt.Fatalf("from %v to %v %v leave, not %v in\n%s", since.Clock(), until.Clock(), got, within, c.text)
			}
		}
	})
}
