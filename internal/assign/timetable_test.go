package assign_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/transit"
)

// TestFixedDwellKeepsTheTimetable: where nothing is played that makes vehicles
// late, they keep the timetable to the second, whatever people do.
func TestFixedDwellKeepsTheTimetable(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, _, p := posed(rt)
		clear(p.Network.Stations.Platforms.Stands)
		p.Model, p.Rounds = randomModel(rt, p), rapid.IntRange(0, 3).Draw(rt, "rounds")
		p.Model.Dwell = false
		onTime(rt, p, load(rt, p))
	})
}

func onTime(t *rapid.T, p *assign.Problem, o *assign.Outcome) {
	if !slices.Equal(o.Arrive, p.Day.Arrive) || !slices.Equal(o.Depart, p.Day.Depart) {
		t.Fatal("vehicles do not keep the timetable")
	}
}

// TestDoorwaysOfNoTimeKeepTheTimetable: vehicles that wait for people who need no
// time to get on and off, and for vehicles that are never late, do what they do
// by the timetable: every byte of the outcome is the same.
func TestDoorwaysOfNoTimeKeepTheTimetable(t *testing.T) {
	played := 0
	rapid.Check(t, func(rt *rapid.T) {
		_, n, p := posed(rt)
		clear(n.Stations.Platforms.Stands)
		if !swift(n.Timetable, p.Day) {
			rt.Skip("somewhere doors do not open and close within what the timetable allows")
		}
		p.Rounds = rapid.IntRange(0, 3).Draw(rt, "rounds")
		p.Model.Crowding, p.Model.Replan = rapid.Bool().Draw(rt, "crowding"), rapid.Bool().Draw(rt, "replan")
		late := *p
		late.Model.Dwell, late.Model.Blocks = true, block.Chain(n, p.Day, block.DefaultRules)
		if hurried(late.Model.Blocks) {
			rt.Skip("a vehicle leaves in the second in which it comes from another trip: after those that were there")
		}
		fixed, swift := load(rt, p), load(rt, &late)
		onTime(rt, &late, swift)
		if !reflect.DeepEqual(fixed, swift) {
			rt.Fatalf("the outcome is not that of fixed dwell:\n%s", cmp.Diff(fixed, swift, cmp.Exporter(func(reflect.Type) bool { return true })))
		}
		played++
	})
	if played == 0 {
		t.Error("no city was played")
	}
}

// hurried reports whether a vehicle has no time at all to turn.
func hurried(b *block.Blocks) bool {
	for d, next := range b.Next {
		if next != block.None && b.Turn[d] == 0 {
			return true
		}
	}
	return false
}

// swift gives all vehicles so many and so fast doors that what is left of a
// stand are the doors themselves, under four seconds; it reports whether all
// stands and runs of a day leave as much.
func swift(tt *transit.Timetable, day *transit.Day) bool {
	for v := range tt.Vehicles.Room {
		tt.Vehicles.Doors[v], tt.Vehicles.BoardTime[v], tt.Vehicles.AlightTime[v] = 1000, .001, .001
	}
	for v := range day.Stop {
		if uint32(v) == day.First[day.Owner[v]] {
			continue
		}
		planned := day.Depart[v] - day.Arrive[v]
		if planned > 0 && planned < 4 || planned == 0 && day.Arrive[v]-day.Depart[v-1] < 12 {
			return false
		}
	}
	return true
}

// TestUnlimitedFacilitiesChangeNothing: a city whose gates, stairs and platforms
// take everybody at once is one where nobody is held up.
func TestUnlimitedFacilitiesChangeNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, _, p := posed(rt)
		unlimited(p)
		p.Model, p.Rounds = randomModel(rt, p), rapid.IntRange(0, 3).Draw(rt, "rounds")
		o := load(rt, p)
		checkInvariants(rt, p, o)
		for i, held := range o.Held {
			if held != 0 {
				rt.Fatalf("traveller %d is held up for %d s", i, held)
			}
		}
		stays := staysOf(rt, p, o)
		for i := range stays {
			for _, s := range stepsOf(rt, p, o, i, stays[i]) {
				if s.until-s.from != s.walk {
					rt.Fatalf("traveller %d walks from %d to %d, which takes %d", i, s.from, s.until, s.walk)
				}
			}
		}
	})
}
