package capacity

import (
	"testing"

	"github.com/qala-city/qala/internal/transit"
)

func vehicles(doors uint32, board, alight float32) *transit.Vehicles {
	return &transit.Vehicles{Doors: []uint32{doors}, BoardTime: []float32{board}, AlightTime: []float32{alight}}
}

func TestDwell(t *testing.T) {
	for _, x := range []struct {
		name                     string
		vehicles                 *transit.Vehicles
		board, alight, stand, ms int
	}{
		{"nobody", vehicles(1, 0, 0), 0, 0, 50, 0},
		// 3.323 + 10 * 2.343 + 5 * 1.619 + 20 * .093
		{"one stream, nothing known", vehicles(0, 0, 0), 10, 5, 20, 36708},
		// 3 + 12 * 1.1
		{"three doors, nothing known", vehicles(3, 0, 0), 12, 0, 0, 16200},
		// 3 + ceil(61/16) * 1 + ceil(200/16) * .9
		{"a metro train", vehicles(16, 1, .9), 61, 200, 700, 18700},
		// 3 + 2 * 3.5 + 1 * 3.5 * 1.619 / 2.343
		{"alighting not known", vehicles(1, 3.5, 0), 2, 1, 0, 12418},
	} {
		if got := DoorwayOf(x.vehicles, 0).Dwell(x.board, x.alight, x.stand); got != x.ms {
			t.Errorf("%s: %d ms, want %d", x.name, got, x.ms)
		}
	}
}

func TestDwellNeverFallsWithPeople(t *testing.T) {
	for doors := uint32(0); doors < 12; doors++ {
		for _, board := range []float32{0, 1, 2.5} {
			d := DoorwayOf(vehicles(doors, board, 0), 0)
			for n := range 100 {
				if d.Dwell(n, 7, 0) > d.Dwell(n+1, 7, 0) || d.Dwell(7, n, 0) > d.Dwell(7, n+1, 0) || d.Dwell(n, n, n) > d.Dwell(n, n, n+1) {
					t.Fatalf("%+v: fewer people take longer at %d", d, n)
				}
			}
		}
	}
}
