package journey_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

// kualaLumpur is a Wednesday on which three of four departures promise a
// headway only; with minutes, all keep those that are drawn for it.
func kualaLumpur(t testing.TB, minutes bool) *town {
	t.Helper()
	n, err := imported(filepath.Join(require.Root(t), "examples", "kuala-lumpur"), require.Data(t))
	if err != nil {
		t.Fatal(err)
	}
	horizon := transit.Horizon{Start: int64(transit.DateOf(2026, 5, 6))*86400 - 8*3600, Length: 28 * transit.Hour}
	day, err := transit.NewDay(n.Timetable, horizon, 1)
	if err != nil {
		t.Fatal(err)
	}
	if minutes {
		same, tt := *n, *n.Timetable
		tt.Frequencies.Exact = slices.Repeat([]bool{true}, len(tt.Frequencies.Exact))
		same.Timetable = &tt
		n = &same
	}
	return &town{net: n, day: day}
}

// scanned prices a day towards as many places as a scan does side by side.
func scanned(b *testing.B, c *town, timed bool) { scannedBy(b, c, timed, func(*journey.Prices) {}) }

// scannedBy is scanned with prices that are told how.
func scannedBy(b *testing.B, c *town, timed bool, told func(*journey.Prices)) {
	tl := journey.NewTimeline(c.day, c.day.Depart, len(c.net.Timetable.Stops.ID))
	p := journey.NewPrices(journey.NewFooting(tl, c.net, demand.Ordinary, journey.DefaultWeights), journey.Memory{})
	told(p)
	to := make([]demand.Place, journey.WidthOf(c.net.Timetable))
	for k := range to {
		to[k] = demand.Place(k % len(c.net.Places.ID))
	}
	b.ReportAllocs()
	for b.Loop() {
		p.Scan(to, 0, timed)
	}
	b.ReportMetric(float64(p.Scanned)/float64(b.N), "scanned/op")
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(p.Scanned), "ns/scanned")
}

func BenchmarkPortoPrices(b *testing.B)              { scanned(b, porto(b), false) }
func BenchmarkKualaLumpurPrices(b *testing.B)        { scanned(b, kualaLumpur(b, false), false) }
func BenchmarkKualaLumpurPricesTimed(b *testing.B)   { scanned(b, kualaLumpur(b, false), true) }
func BenchmarkKualaLumpurPricesMinutes(b *testing.B) { scanned(b, kualaLumpur(b, true), false) }
func BenchmarkKualaLumpurMinutesTimed(b *testing.B)  { scanned(b, kualaLumpur(b, true), true) }
