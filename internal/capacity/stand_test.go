package capacity

import (
	"math"
	"testing"
)

func TestDeviate(t *testing.T) {
	for failure, want := range map[float64]float64{0: 2.33, .01: 2.33, .075: 1.44, .0875: 1.36, .25: .675, .5: 0, .9: 0} {
		if got := Deviate(failure); math.Abs(got-want) > 1e-12 {
			t.Errorf("%g of the vehicles fail: %g deviations, want %g", failure, got, want)
		}
	}
}

// 3600 / (12 + 30 + 1.44 * .6 * 30) = 53.04 vehicles an hour and loading area.
func TestStand(t *testing.T) {
	for areas, want := range map[int]int{0: 0, 1: 53, 2: 92, 3: 129, 4: 140, 5: 145, 6: 145} {
		s := DefaultStand
		s.Areas = areas
		if got := s.PerHour(30_000); got != want {
			t.Errorf("%d loading areas take %d buses an hour, want %d", areas, got, want)
		}
	}
	s := DefaultStand
	s.Green = .5 // 1800 / (12 + 15 + 25.92)
	if got := s.PerHour(30_000); got != 34 {
		t.Errorf("at a signal the stand takes %d buses an hour, want 34", got)
	}
}

func TestGrades(t *testing.T) {
	for area, want := range map[float64]Grade{130: 'A', 120: 'A', 119: 'B', 90: 'B', 70: 'C', 69: 'D', 30: 'D', 20: 'E', 19: 'F'} {
		if got := QueueGrade(100, area); got != want {
			t.Errorf("100 people who wait on %g m2: %c, want %c", area, got, want)
		}
	}
	for area, want := range map[float64]Grade{330: 'A', 230: 'B', 229: 'C', 140: 'C', 90: 'D', 50: 'E', 49: 'F'} {
		if got := WalkGrade(100, area); got != want {
			t.Errorf("100 people who walk on %g m2: %c, want %c", area, got, want)
		}
	}
	if got := QueueGrade(0, 0); got != 'A' {
		t.Errorf("nobody waits: %c", got)
	}
}

// 1 + .119 load / room, and .265 for who stands.
func TestCrowding(t *testing.T) {
	for _, x := range []struct {
		load, seats, room          uint32
		seated, standing, somebody int
	}{
		{0, 60, 180, 1000, 1265, 1000},
		{60, 60, 180, 1039, 1304, 1039},
		{180, 60, 180, 1119, 1384, 1295}, // two thirds stand
		{10, 4, 0, 1000, 1265, 1159},     // room not known
	} {
		if a, b, c := Crowding(x.load, x.room, false), Crowding(x.load, x.room, true), MeanCrowding(x.load, x.seats, x.room); a != x.seated || b != x.standing || c != x.somebody {
			t.Errorf("%+v: seated %d, standing %d, somebody %d", x, a, b, c)
		}
	}
}
