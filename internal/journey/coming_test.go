package journey_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// TestComingIsTheFirst of the departures from a time on, at any second of the day and around it.
func TestComingIsTheFirst(t *testing.T) {
	found := 0
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		tl := journey.NewTimeline(c.day, c.day.Depart, len(c.net.Timetable.Stops.ID))
		for range 50 {
			stop, there := transit.Stop(rt.between(0, len(c.net.Timetable.Stops.ID)-1)), transit.Seconds(rt.between(-5000, 110_000))
			got, leaves := tl.Coming(stop, there)
			want := journey.NoEvent
			if all := tl.Between(stop, there, 1<<30); len(all) > 0 {
				want = all[0]
			}
			if got != want || want != journey.NoEvent && leaves != tl.Leave(want) {
				rt.Fatalf("from stop %d at %d: event %d at %d, want %d", stop, there, got, leaves, want)
			}
			if want != journey.NoEvent {
				found++
			}
		}
	})
	if found < 100 {
		t.Errorf("only %d found", found)
	}
}
