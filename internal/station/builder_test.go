package station

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/basis"
)

// The rates are those of GB 50157, London Underground and the IMO.
func TestUsualRates(t *testing.T) {
	for _, c := range []struct {
		row               Row
		channels, service uint32
		speed             float32
		basis             basis.Kind
	}{
		{Row{Kind: Gate, Count: 4}, 4, 2400, 0, basis.Standard},                               // 25 a minute each
		{Row{Kind: Gate, Count: 4, PerMinute: 30}, 4, 2000, 0, basis.Assumption},              // as stated
		{Row{Kind: Escalator, Length: 20}, 1, 536, .5, basis.Standard},                        // 6,720 an hour
		{Row{Kind: Stairs, Width: 2, Length: 10}, 1, 563, .65, basis.Standard},                // 3,200 an hour and meter
		{Row{Kind: Stairs, Width: 2, Length: 10, Flow: Up}, 1, 486, .61, basis.Standard},      // 3,700
		{Row{Kind: Stairs, Width: 2, Length: 10, Flow: Down}, 1, 429, .69, basis.Standard},    // 4,200
		{Row{Kind: Passage, Width: 3}, 1, 300, 0, basis.Standard},                             // 4,000
		{Row{Kind: Passage, Width: 3, Length: 20, Flow: OneWay}, 1, 240, 1.2, basis.Standard}, // 5,000
		{Row{Kind: Door, Width: 1}, 0, 0, 0, basis.Fact},                                      // its width tells
		{Row{Kind: Door, Width: 1, PerMinute: 60}, 1, 1000, 0, basis.Assumption},
		{Row{Kind: Stairs, Length: 10}, 0, 0, .65, basis.Assumption}, // nobody knows how wide
		{Row{Kind: Stairs, Length: 10, Seconds: 20}, 0, 0, .5, basis.Assumption},
	} {
		b := NewBuilder(1.2)
		b.AddFacility(c.row)
		f := b.Layout().Facilities
		got := []any{f.Channels[0], f.Service[0], f.Speed[0], f.Basis[0]}
		if diff := cmp.Diff([]any{c.channels, c.service, c.speed, string(c.basis)}, got); diff != "" {
			t.Errorf("%+v: %s", c.row, diff)
		}
	}
}

func TestSeveralSideBySideAreAsWideTogether(t *testing.T) {
	b := NewBuilder(1)
	b.AddFacility(Row{Kind: Stairs, Count: 2, Width: 2, Length: 5})
	if f := b.Layout().Facilities; f.Width[0] != 4 || f.Channels[0] != 2 || f.Service[0] != 563 {
		t.Errorf("%v m, %d channels of %d ms", f.Width[0], f.Channels[0], f.Service[0])
	}
}

func TestPlatformsHoldWhatIsStatedElseByArea(t *testing.T) {
	b := NewBuilder(1)
	b.AddPlatform(PlatformRow{Stop: 7, Area: 100, PerSquare: 2})
	b.AddPlatform(PlatformRow{Stop: 3, Area: 100})
	b.AddPlatform(PlatformRow{Stop: 5, Area: 100, Holds: 50, Stands: 2})
	p := b.Layout().Platforms
	if diff := cmp.Diff([]uint32{330, 50, 200}, p.Holds); diff != "" {
		t.Error(diff)
	}
	if p.Stop[0] != 3 || p.Stop[2] != 7 || p.Stands[1] != 2 {
		t.Errorf("%+v", p)
	}
	if used := b.Used.All(); len(used) != 1 || used[0].ID != "standing_density" {
		t.Errorf("used %+v", used)
	}
}
