package assign

import (
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// evening is a line on which people of three classes travel: two walk alike.
func evening(t *testing.T) *Problem {
	t.Helper()
	c, err := drawn.Parse("A----B\nline red A B every 10m 18:00-20:00 room 10 hop 8m\ncrowd 1 at A 18:30 to B\ncrowd 1 at A 19:00 to B\ncrowd 1 at A 18:10 to B\n")
	if err != nil {
		t.Fatal(err)
	}
	day, err := transit.NewDay(c.Network.Timetable, transit.Horizon{Start: int64(c.Date) * 86400, Length: 28 * transit.Hour}, 1)
	if err != nil {
		t.Fatal(err)
	}
	visitor, slow := demand.Ordinary, demand.Ordinary
	visitor.Informed, slow.Speed = false, 50
	people := c.Travellers
	slices.Sort(people.Ready)
	people.Classes, people.Class = []demand.Class{visitor, demand.Ordinary, slow}, []uint8{0, 1, 2}
	return &Problem{Network: c.Network, Day: day, Travellers: people, Weights: journey.DefaultWeights, Workers: 2, Rounds: 2}
}

func TestADayIsLinkedFromWhenSomebodyTravels(t *testing.T) {
	p := evening(t)
	first, second, third := p.Travellers.Ready[0], p.Travellers.Ready[1], p.Travellers.Ready[2]
	if Since(p) != first {
		t.Errorf("somebody travels from %v on, not %v", first.Clock(), Since(p).Clock())
	}
	if got, want := sinces(p, lanesOf(p), false), []transit.Seconds{first, second, third}; !slices.Equal(got, want) {
		t.Errorf("in the first round from %v on, want %v", got, want)
	}
	if got, want := sinces(p, lanesOf(p), true), []transit.Seconds{journey.Ever, second, third}; !slices.Equal(got, want) {
		t.Errorf("in later rounds from %v on, want %v", got, want)
	}
}

func TestADayIsLinkedOnceWhileNobodyIsLate(t *testing.T) {
	r := newRounds(evening(t), func(string, int, int) {})
	tl := r.timeline()
	r.link(tl)
	before := slices.Clone(r.footings)
	r.choices = make([]choice, 3)
	r.link(r.timeline())
	if r.timeline() != tl || !slices.Equal(r.footings, before) || slices.Contains(before, nil) {
		t.Errorf("the day was laid out or linked again, or not for all: %v, before %v", r.footings, before)
	}
	r.memory.late = [2][]transit.Seconds{make([]transit.Seconds, len(tl.Day.Stop)), make([]transit.Seconds, len(tl.Day.Stop))}
	r.memory.late[leaving][0] = 30
	late := r.timeline()
	r.link(late)
	if late == tl || late.Leave(late.EventOf(0)) != r.problem.Day.Depart[0]+30 || r.footings[1].Timeline() != late {
		t.Error("what is known to be late was not laid out or linked")
	}
	if r.timeline() != late {
		t.Error("a day that is late as before was laid out again")
	}
	r.memory.late[leaving][0] = 60
	if later := r.timeline(); later.Leave(later.EventOf(0)) != r.problem.Day.Depart[0]+60 {
		t.Error("what is known to be later still was not laid out")
	}
}
