package journey_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// withSteps is links of which some cannot be walked without steps, some only by
// a longer way; and the same links without those.
func withSteps(t *dice, l network.Links) (some, without network.Links) {
	some, without = l, network.Links{First: []uint32{0}}
	some.FreeWalk = make([]transit.Seconds, len(l.Walk))
	for row := range len(l.First) - 1 {
		for i := l.First[row]; i < l.First[row+1]; i++ {
			some.FreeWalk[i] = l.Walk[i] + transit.Seconds(pick(t, []int{0, 0, 30, 300}))
			if t.between(0, 2) == 0 {
				some.FreeWalk[i] = -1
				continue
			}
			without.To, without.Walk = append(without.To, l.To[i]), append(without.Walk, some.FreeWalk[i])
		}
		without.First = append(without.First, uint32(len(without.To)))
	}
	return some, without
}

// TestStepFree: who takes no steps finds what everybody finds where the walks
// with steps are not there.
func TestStepFree(t *testing.T) {
	longer := 0
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		steep, flat := *c.net, *c.net
		steep.Transfers, flat.Transfers = withSteps(rt, c.net.Transfers)
		steep.Access, flat.Access = withSteps(rt, c.net.Access)
		everybody := randomClass(rt)
		stepFree := everybody
		stepFree.StepFree = true
		some := journey.NewIndex(&steep, c.day, everybody)
		s, o := some.For(stepFree).Search(), journey.NewIndex(&flat, c.day, everybody).Search()
		from, _ := c.randomEnd(rt)
		to, _ := c.randomEnd(rt)
		q := journey.Query{From: from, To: to, Leave: c.randomTime(rt)}
		q.By = q.Leave + transit.Hour
		same := func(what string, got, want any) {
			if !reflect.DeepEqual(got, want) {
				rt.Fatalf("%s: %+v, want %+v in\n%s", what, got, want, c.text)
			}
		}
		got, found := s.EarliestArrival(q)
		want, there := o.EarliestArrival(q)
		same("earliest arrival", []any{got, found}, []any{want, there})
		if free, ok := some.Search().EarliestArrival(q); found && ok && got.Arrive > free.Arrive {
			longer++
		}
		got, found = s.ArriveBy(q)
		want, there = o.ArriveBy(q)
		same("arrive by", []any{got, found}, []any{want, there})
		w := journey.Window{From: q.Leave, Until: q.By}
		same("profile", s.Profile(q, w), o.Profile(q, w))
		same("one to many", s.OneToMany(q, transit.Hour), o.OneToMany(q, transit.Hour))
		same("alternatives", s.Alternatives(q, 3, journey.DefaultWeights), o.Alternatives(q, 3, journey.DefaultWeights))
	})
	if longer == 0 {
		t.Error("steps never made a difference")
	}
}

// TestPointIsLikeThePlaceThere: a free point at a place, without streets, has
// its journeys.
func TestPointIsLikeThePlaceThere(t *testing.T) {
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		class := randomClass(rt)
		s := journey.NewIndex(c.net, c.day, class).Search()
		from, to := demand.Place(rt.between(0, len(c.net.Places.ID)-1)), demand.Place(rt.between(0, len(c.net.Places.ID)-1))
		leave := c.randomTime(rt)
		places := journey.Query{From: journey.AtPlace(from), To: journey.AtPlace(to), Leave: leave}
		points := places
		points.From, points.To = journey.AtPoint(c.net.Places.At[from]), journey.AtPoint(c.net.Places.At[to])
		want, there := s.EarliestArrival(places)
		got, found := s.EarliestArrival(points)
		if found != there || !reflect.DeepEqual(got, want) {
			rt.Fatalf("%+v from points, %+v from places in\n%s", got, want, c.text)
		}
		if got, want := s.OneToMany(points, transit.Hour), s.OneToMany(places, transit.Hour); !reflect.DeepEqual(got, want) {
			rt.Fatalf("one to many: %+v from a point, %+v from the place in\n%s", got, want, c.text)
		}
	})
}

// TestOneScratchForAll: a Search gives what a new one gives, whatever it was
// asked before, and Toward serves any origin.
func TestOneScratchForAll(t *testing.T) {
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		ix := journey.NewIndex(c.net, c.day, randomClass(rt))
		used := ix.Search()
		for range 6 {
			from, _ := c.randomEnd(rt)
			to, _ := c.randomEnd(rt)
			at := c.randomTime(rt)
			q := journey.Query{From: from, To: to, Leave: at, By: at + transit.Hour, MaxBoardings: rt.between(0, 2)}
			ask := func(s *journey.Search) any {
				switch kind := rt.n % 5; kind {
				case 0:
					j, ok := s.EarliestArrival(q)
					return []any{j, ok}
				case 1:
					j, ok := s.ArriveBy(q)
					return []any{j, ok}
				case 2:
					return s.Profile(q, journey.Window{From: at, Until: at + transit.Hour})
				case 3:
					return s.OneToMany(q, transit.Hour)
				default:
					return s.Alternatives(q, 3, journey.DefaultWeights)
				}
			}
			if got, want := ask(used), ask(ix.Search()); !reflect.DeepEqual(got, want) {
				rt.Fatalf("%+v of a used scratch, %+v of a new one", got, want)
			}
		}
	})
}
