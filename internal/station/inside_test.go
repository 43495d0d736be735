package station

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/transit"
)

const none = transit.Stop(transit.None)

// twoPlatforms is a door, gates of 2.4 s, a hall, and stairs of 20.6 s to each
// of two platforms; a lift of 30 s beside the first stairs.
func twoPlatforms() (Layout, Spot) {
	b := NewBuilder(1.34)
	door := b.AddSpot(SpotRow{ID: "door", Station: none, Stop: none, Door: true})
	hall := b.AddSpot(SpotRow{ID: "hall", Station: none, Stop: none})
	pass := func(from, into Spot, row Row) { b.Pass(from, into, b.AddFacility(row), row) }
	pass(door, hall, Row{ID: "gates", Kind: Gate, Count: 4, StepFree: true})
	for i := range 2 {
		platform := b.AddSpot(SpotRow{ID: "p", Station: none, Stop: transit.Stop(i)})
		pass(hall, platform, Row{ID: "stairs", Kind: Stairs, Width: 2, Length: 13})
		if i == 0 {
			pass(hall, platform, Row{ID: "lift", Kind: Lift, StepFree: true})
		}
	}
	return b.Layout(), door
}

func TestWaysLeadPastGatesAndStairs(t *testing.T) {
	l, door := twoPlatforms()
	want := []Passed{
		{Stop: 0, Walk: 23, Facility: []Facility{0, 1}, Left: []transit.Seconds{23, 21}, After: []transit.Seconds{21, 0}},
		{Stop: 1, Walk: 23, Facility: []Facility{0, 3}, Left: []transit.Seconds{23, 21}, After: []transit.Seconds{21, 0}},
	}
	if diff := cmp.Diff(want, l.Inside().From(door, false)); diff != "" {
		t.Error(diff)
	}
	free := []Passed{{Stop: 0, Walk: 33, Facility: []Facility{0, 2}, Left: []transit.Seconds{33, 30}, After: []transit.Seconds{30, 0}}}
	if diff := cmp.Diff(free, l.Inside().From(door, true)); diff != "" {
		t.Error(diff)
	}
	across := []Passed{{Stop: 1, Walk: 42, Facility: []Facility{1, 3}, Left: []transit.Seconds{42, 21}, After: []transit.Seconds{21, 0}}}
	if diff := cmp.Diff(across, l.Inside().From(2, false)); diff != "" {
		t.Error(diff)
	}
}

// Somebody who comes down to a platform by one of its areas does not cut across
// it to the other as if they were one point.
func TestAPlatformWithAreasEndsAWay(t *testing.T) {
	b := NewBuilder(1)
	door, north, south := b.AddSpot(SpotRow{Stop: none, Door: true}), b.AddSpot(SpotRow{Stop: none}), b.AddSpot(SpotRow{Stop: none})
	first, second := b.AddSpot(SpotRow{Stop: 0, Ends: true}), b.AddSpot(SpotRow{Stop: 1})
	both := func(from, into Spot, meters float64) {
		b.AddStep(from, into, meters)
		b.AddStep(into, from, meters)
	}
	both(door, north, 10)
	both(north, first, 0)
	both(south, first, 0)
	both(north, south, 100)
	both(south, second, 10)
	l := b.Layout()
	var walks []transit.Seconds
	for _, p := range l.Inside().From(door, false) {
		walks = append(walks, p.Walk)
	}
	if diff := cmp.Diff([]transit.Seconds{10, 120}, walks); diff != "" {
		t.Error(diff)
	}
}

// The search finds what trying all ways finds.
func TestInsideAgreesWithTryingAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := NewBuilder(1)
		spots := rapid.IntRange(2, 7).Draw(t, "spots")
		for i := range spots {
			b.AddSpot(SpotRow{Station: none, Stop: transit.Stop(i), Ends: rapid.Bool().Draw(t, "ends")})
		}
		for range rapid.IntRange(0, 14).Draw(t, "steps") {
			row := Row{Kind: Passage, Seconds: float64(rapid.IntRange(1, 20).Draw(t, "seconds")), StepFree: rapid.Bool().Draw(t, "free")}
			if rapid.Bool().Draw(t, "one way") {
				row.Flow = OneWay
			}
			spot := rapid.IntRange(0, spots-1)
			b.Pass(Spot(spot.Draw(t, "from")), Spot(spot.Draw(t, "into")), b.AddFacility(row), row)
		}
		l := b.Layout()
		search := l.Inside() // used again and again
		for i := range 2 * spots {
			start, free := Spot(i/2), i%2 == 1
			got := map[transit.Stop]transit.Seconds{}
			for _, p := range search.From(start, free) {
				got[p.Stop] = p.Walk
				checkPassed(t, &l, p)
			}
			if diff := cmp.Diff(tryAll(&l, start, free), got); diff != "" {
				t.Fatal(diff)
			}
		}
	})
}

func checkPassed(t *rapid.T, l *Layout, p Passed) {
	before := p.Walk
	for i := range p.Facility {
		if p.Left[i] > before || p.After[i] > p.Left[i] || int(p.Facility[i]) >= l.Facilities.Len() {
			t.Fatalf("way %+v", p)
		}
		before = p.After[i]
	}
}

// tryAll relaxes every step as often as there are spots.
func tryAll(l *Layout, start Spot, free bool) map[transit.Stop]transit.Seconds {
	const far = uint64(1) << 40
	cost := make([]uint64, l.Spots.Len())
	for i := range cost {
		cost[i] = far
	}
	cost[start] = 0
	for range cost {
		for k, from := range l.Steps.From {
			passes := (!free || l.Steps.StepFree[k]) && (from == start || !l.Spots.Ends[from])
			if into := l.Steps.Into[k]; passes && cost[from]+uint64(l.Steps.Walk[k]) < cost[into] {
				cost[into] = cost[from] + uint64(l.Steps.Walk[k])
			}
		}
	}
	reached := map[transit.Stop]transit.Seconds{}
	for i, c := range cost {
		if Spot(i) != start && c < far {
			reached[l.Spots.Stop[i]] = transit.Seconds((c + 999) / 1000)
		}
	}
	return reached
}
