package comparison

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/evaluation"
)

// outcome is a day at two stops and on one line.
func outcome(queue, cleared, behind int) *evaluation.Evaluation {
	return &evaluation.Evaluation{
		Seed: 1, City: evaluation.City{ID: "c", Network: "n"}, Event: evaluation.Event{ID: "e"}, Totals: evaluation.Totals{Travellers: 100, Denied: behind},
		Crowds: []evaluation.Crowd{{Way: "leaving", People: 100, Clear: []evaluation.Clear{{Percent: 90, At: cleared}}}},
		Stops:  []evaluation.Stop{{ID: "a", MaxQueue: queue}, {ID: "same", MaxQueue: 5}},
		Lines: []evaluation.Line{{Route: "r", Cells: []evaluation.Cell{
			{Bin: 1, Capacity: 50, Carried: 50, LeftBehind: behind}, {Bin: 2, Capacity: 50, Carried: 10},
		}}},
	}
}

func TestWhatIsDifferent(t *testing.T) {
	got := Of(outcome(80, 4000, 30), outcome(20, 3000, 0))
	want := []Stop{{ID: "a", MaxQueue: Pair{80, 20}}}
	if diff := cmp.Diff(want, got.Stops); diff != "" {
		t.Errorf("stops: %s", diff)
	}
	if c := got.Crowds[0]; len(c.Clear) != 1 || c.Clear[0] != (Clear{90, Pair{4000, 3000}}) {
		t.Errorf("crowds: %+v", got.Crowds)
	}
	lines := []Line{{Route: "r", Cells: []Cell{{Bin: 1, Demand: Pair{80, 50}, Capacity: Pair{50, 50}, Red: Pair{1, 0}}}}}
	if diff := cmp.Diff(lines, got.Lines); diff != "" || got.RedGone != 1 || got.RedAdded != 0 {
		t.Errorf("red gone %d, added %d, lines: %s", got.RedGone, got.RedAdded, diff)
	}
	if len(got.Doubts) > 0 {
		t.Errorf("doubts %v", got.Doubts)
	}
	back := Of(outcome(20, 3000, 0), outcome(80, 4000, 30))
	if back.RedGone != 0 || back.RedAdded != 1 {
		t.Errorf("the other way: red gone %d, added %d", back.RedGone, back.RedAdded)
	}
}

func TestWhatCannotBeComparedIsSaid(t *testing.T) {
	a, b := outcome(1, 1, 0), outcome(1, 1, 0)
	b.Seed, b.City.Network, b.Event.ID, b.Totals.Travellers, b.Horizon.Seconds = 2, "other", "other", 5, 9
	want := []string{"other_event", "other_network", "other_horizon", "other_seed", "other_people"}
	if diff := cmp.Diff(want, Of(a, b).Doubts); diff != "" {
		t.Error(diff)
	}
}

func TestStopsOfOneOutcomeOnly(t *testing.T) {
	a, b := outcome(1, 1, 0), outcome(1, 1, 0)
	a.Stops = nil
	got := Of(a, b).Stops
	if len(got) != 2 || got[0].ID != "same" || got[0].MaxQueue != (Pair{0, 5}) {
		t.Errorf("%+v", got)
	}
}
