package assign

import (
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// Of regrets of 50, 5, 30, 10 and 5 the first makes up half and the first and
// third four fifths; lanes stay in their order.
func TestTheSorriestLanesMakeUpAShare(t *testing.T) {
	lanes := func() []sorry {
		var all []sorry
		for k, regret := range []int64{50, 5, 30, 10, 5} {
			all = append(all, sorry{lane: lane{to: demand.Place(k), bound: []uint32{9}}, regret: regret, order: k})
		}
		return all
	}
	for share, want := range map[float64][]demand.Place{.01: {0}, .5: {0}, .51: {0, 2}, .8: {0, 2}, .9: {0, 2, 3}, .95: {0, 1, 2, 3}, 1: {0, 1, 2, 3, 4}} {
		var got []demand.Place
		for _, l := range mostSorry(lanes(), share) {
			got = append(got, l.to)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%g of the regret: %v, want %v", share, got, want)
		}
	}
}

// Somebody who leaves an event is asked where he regrets the least, and beside
// him nobody of his lane who just travels that day.
func TestTheEventsOwnAreAskedInAnyCase(t *testing.T) {
	people := &demand.Travellers{
		Key: make([]uint64, 4), From: make([]demand.Place, 4), To: []demand.Place{0, 0, 1, 1}, Crowd: []uint16{0, 0, 0, 1},
		Ready: slices.Repeat([]transit.Seconds{7 * transit.Hour}, 4), Due: slices.Repeat([]transit.Seconds{demand.Free}, 4),
		Crowds: []demand.Crowd{{Way: demand.Background}, {Way: demand.Leaving}}, Classes: []demand.Class{{Name: "informed", Informed: true}},
	}
	people.Class = make([]uint8, 4)
	r := &rounds{
		problem: &Problem{Travellers: people, Day: &transit.Day{Horizon: transit.Horizon{Length: 28 * transit.Hour}}, Ask: .5},
		lanes:   []lane{{bound: []uint32{0, 1}}, {to: 1, bound: []uint32{2, 3}}},
		choices: make([]choice, 4), paid: []journey.Cost{9000, 9000, 2000, 2000}, best: []journey.Cost{1000, 1000, 1000, 1000},
	}
	asked := r.asked(false)
	if len(asked) != 2 || !slices.Equal(asked[0].bound, []uint32{0, 1}) || !slices.Equal(asked[1].bound, []uint32{3}) {
		t.Errorf("asked are %+v", asked)
	}
	if r.unasked != (unasked{cost: 1000, regret: 1000}) {
		t.Errorf("of the others %+v is known", r.unasked)
	}
}

// Who paid a twentieth more than his best or less is not asked, nor who was
// never asked or foresees nothing; what those regret who are not asked still counts.
func TestWhoPaidMuchTooMuchIsAsked(t *testing.T) {
	people := &demand.Travellers{
		Key: make([]uint64, 5), From: make([]demand.Place, 5), To: []demand.Place{0, 0, 0, 1, 1}, Class: []uint8{0, 0, 0, 0, 1},
		Ready: slices.Repeat([]transit.Seconds{7 * transit.Hour}, 5), Due: slices.Repeat([]transit.Seconds{demand.Free}, 5),
		Classes: []demand.Class{{Name: "informed", Informed: true}, {Name: "others"}},
	}
	r := &rounds{
		problem: &Problem{Travellers: people, Day: &transit.Day{Horizon: transit.Horizon{Length: 28 * transit.Hour}}, Ask: 1},
		lanes:   []lane{{bound: []uint32{0, 1, 2}}, {to: 1, bound: []uint32{3}}, {class: 1, to: 1, bound: []uint32{4}}},
		choices: make([]choice, 5), paid: []journey.Cost{2000, 1050, 1051, 9000, 9000}, best: []journey.Cost{1000, 1000, 1000, unknown, 1000},
	}
	asked := r.asked(false)
	if len(asked) != 1 || !slices.Equal(asked[0].bound, []uint32{0, 2}) || asked[0].since != 7*transit.Hour {
		t.Errorf("asked are %+v", asked)
	}
	if r.unasked != (unasked{cost: 1000, regret: 50}) {
		t.Errorf("of the others %+v is known", r.unasked)
	}
	if everybody := r.asked(true); len(everybody) != 3 {
		t.Errorf("in the end %+v are asked", everybody)
	}
}
