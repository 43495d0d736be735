package journey_test

import (
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/grid"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// gridStreets go each way in the grid: 12 make 184,800 departures.
const gridStreets = 12

func newGrid(tb testing.TB) *town {
	tb.Helper()
	n, err := grid.City{Streets: gridStreets, Room: 100, Seed: 1}.Network()
	if err != nil {
		tb.Fatal(err)
	}
	day, err := transit.NewDay(n.Timetable, grid.Horizon(), 1)
	if err != nil {
		tb.Fatal(err)
	}
	return &town{net: n, day: day}
}

func plainly(p *journey.Prices) { p.Plainly(true) }

func BenchmarkGridPrices(b *testing.B)         { scanned(b, newGrid(b), false) }
func BenchmarkGridPricesTimed(b *testing.B)    { scanned(b, newGrid(b), true) }
func BenchmarkGridPricesPlainly(b *testing.B)  { scannedBy(b, newGrid(b), false, plainly) }
func BenchmarkPortoPricesPlainly(b *testing.B) { scannedBy(b, porto(b), false, plainly) }
func BenchmarkPortoPricesTimed(b *testing.B)   { scanned(b, porto(b), true) }

func BenchmarkGridFooting(b *testing.B) {
	c := newGrid(b)
	tl, f := journey.NewTimeline(c.day, c.day.Depart, len(c.net.Timetable.Stops.ID)), new(journey.Footing)
	for b.Loop() {
		f = f.Again(tl, c.net, demand.Ordinary, journey.DefaultWeights, journey.Always)
	}
}
