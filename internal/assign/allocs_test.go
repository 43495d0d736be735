package assign_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/transit"
)

// crowded is a town whose vehicles leave people behind, with so many of them.
func crowded(t *testing.T, people int) *assign.Problem {
	t.Helper()
	city, err := drawn.Parse(fmt.Sprintf(`
A----B----C----D
line red  A B C D every 10m 18:00-23:00  room 60 seats 20
line back D C B A every 10m 18:00-23:00  room 60 seats 20
crowd %d at A 18:00 over 60m to D
crowd %d at D 18:00 over 60m to B
crowd %d at B to D by 19:30
`, people, people/2, people/4))
	if err != nil {
		t.Fatal(err)
	}
	day, err := transit.NewDay(city.Network.Timetable, transit.Horizon{Start: int64(city.Date) * 86400, Length: 28 * transit.Hour}, 1)
	if err != nil {
		t.Fatal(err)
	}
	p := &assign.Problem{Network: city.Network, Day: day, Travellers: city.Travellers, Weights: plain, Seed: 1, Workers: 1, Rounds: 4}
	p.Model = assign.Model{Dwell: true, Crowding: true, Replan: true, Blocks: block.Chain(p.Network, p.Day, block.DefaultRules)}
	return p
}

// TestNobodyCostsAnAllocation: choosing, walking, waiting, boarding, being left
// behind and getting off allocate for the town and the day, and not for the people in it.
func TestNobodyCostsAnAllocation(t *testing.T) {
	few, many := crowded(t, 400), crowded(t, 4000)
	out := load(t, many)
	if denied := slices.Max(out.Denied); len(out.Legs) < 2000 || denied < 100 {
		t.Fatalf("%d rides, %d left behind at once: nothing to be seen here", len(out.Legs), denied)
	}
	a := testing.AllocsPerRun(3, func() { load(t, few) })
	b := testing.AllocsPerRun(3, func() { load(t, many) })
	// Columns that grow do it in steps; those who gave up queues have new plans.
	if b-a > 600 {
		t.Errorf("%.0f allocations for few people, %.0f for ten times as many", a, b)
	}
	t.Logf("%.0f allocations for few people, %.0f for ten times as many", a, b)
}
