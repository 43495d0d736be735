package capacity

import (
	"testing"

	"github.com/qala-city/qala/internal/transit"
)

// Astana's LRT: 40 minutes end to end, 4 minutes to turn back, 19 trains of 652.
func TestAstanaLRT(t *testing.T) {
	cycle := Cycle(40*transit.Minute, 40*transit.Minute, 4*transit.Minute)
	if cycle != 88*transit.Minute {
		t.Fatalf("cycle %d s, want 88 min", cycle)
	}
	for vehicles, want := range map[int]transit.Seconds{19: 278, 17: 311, 22: 240, 0: 0} {
		if got := BestHeadway(cycle, vehicles); got != want {
			t.Errorf("%d trains: every %d s, want %d", vehicles, got, want)
		}
	}
	if got := VehiclesFor(cycle, 4*transit.Minute); got != 22 {
		t.Errorf("every 4 minutes needs %d trains, want 22", got)
	}
	if got := PerHour(cycle, 17, 652); got != 7557 {
		t.Errorf("17 trains carry %d an hour, want 7557 (about 7,560)", got)
	}
	if got := LongestCycle(4*transit.Minute, 19); got != 76*transit.Minute {
		t.Errorf("19 trains keep 4 minutes on a cycle of %d s, want 76 min", got)
	}
}

func TestBestHeadwayNeedsNoMoreThanItsVehicles(t *testing.T) {
	for cycle := transit.Seconds(60); cycle < 3*transit.Hour; cycle += 61 {
		for vehicles := 1; vehicles < 40; vehicles++ {
			if need := VehiclesFor(cycle, BestHeadway(cycle, vehicles)); need > vehicles {
				t.Fatalf("cycle %d with %d vehicles: headway needs %d", cycle, vehicles, need)
			}
		}
	}
}
