package drawn

import (
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/geo"
)

const town = `
A----B----C      # east
          |
          D
line red A B C every 10m 18:00-19:00 room 60 both
line blue B D at 18:05 25:20 hop 3m dwell 30s
crowd 30 at A 18:00 over 5m to C
crowd 2 at A to C by 19:00
cancel blue@18:05
assign
`

func TestDrawingHasScale(t *testing.T) {
	c, err := Parse(town)
	if err != nil {
		t.Fatal(err)
	}
	at := c.Network.Timetable.Stops.At
	if len(at) != 4 {
		t.Fatalf("%d stops, want A B C D", len(at))
	}
	for i, want := range map[[2]int]float64{{0, 1}: 400, {2, 3}: 400} {
		if got := float64(geo.Distance(at[i[0]], at[i[1]])); got < want-1 || got > want+1 {
			t.Errorf("stops %v are %.1f m apart, want %.0f", i, got, want)
		}
	}
	tt := c.Network.Timetable
	if len(tt.Trips.ID) != 4 || len(tt.Frequencies.Trip) != 2 {
		t.Errorf("trips %v and %d frequencies; want red both ways by frequency and two of blue", tt.Trips.ID, len(tt.Frequencies.Trip))
	}
	if c.Travellers.Len() != 32 || len(c.Changes) != 1 || len(c.Asks) != 1 || c.Asks[0] != "assign" {
		t.Errorf("%d travellers, changes %v, asks %q", c.Travellers.Len(), c.Changes, c.Asks)
	}
}

func TestACityIsExactUnlessItSaysWhatIsPlayed(t *testing.T) {
	for text, want := range map[string]Model{
		"A--B":              {},
		"A--B\nmodel dwell": {Dwell: true},
		"A--B\nmodel blocks replan\nmodel crowding": {Blocks: true, Replan: true, Crowding: true},
	} {
		if c, err := Parse(text); err != nil || c.Model != want {
			t.Errorf("%q: %+v %v, want %+v", text, c, err, want)
		}
	}
}

func TestMistakesNameTheirLine(t *testing.T) {
	for text, want := range map[string]string{
		"A--A":                                                      "line 1: stop A is drawn twice",
		"A--B\nline red A":                                          "two stops",
		"A--B\nline red A Z at 18:00":                               "no stop \"Z\"",
		"A--B\nline red A B sometimes":                              "does not know the word \"sometimes\"",
		"A--B\nline red A B every 0m 1-2":                           "not a length of time",
		"A--B\ncrowd x at A to B by 1:00":                           "people",
		"A--B\ncrowd 5 at A to B":                                   "missing",
		"A--B\ncrowd 5 at A 25:99 to B":                             "not a time",
		"A--B\nwalking gait 3":                                      "does not know the word \"gait\"",
		"A--B\nheadway red 5m":                                      "where \"every\" is due",
		"A--B\nextra red every 5m 1:00-2:00 direction 2":            "neither 0 nor 1",
		"A--B\ncancel red 1:00 2:00":                                "where the line should end",
		"A--B\ngate at B channels 2":                                "its rate is missing",
		"A--B\ngate at B rate 25":                                   "not a rate of people",
		"A--B\nstairs at B length 3":                                "its width is missing",
		"A--B\nstairs at B width wide":                              "is not a number from",
		"A--B\ngate G at B rate 1/h\ngate G at A rate 1/h":          "is there already",
		"A--B\nescalator at C rate 9/h":                             "no stop \"C\"",
		"A--B\nplatform B 300":                                      "does not know the word \"300\"",
		"A--B\nstands B":                                            "stands is missing",
		"A--B\nvenue A out 5":                                       "not a rate of people",
		"A--B\nclass slow speed 60":                                 "not a share",
		"A--B\ncrowd 5 at A 1:00 to B class slow":                   "there is no class \"slow\"",
		"A--B\ncrowd 5 at A 1:00 to B quickly":                      "crowd does not know the word \"quickly\"",
		"A--B\nline red A B at 1:00 room 5 seats 6":                 "more than the room",
		"A--B\ncrowd 999999 at A 1:00 to B\ncrowd 2 at A 1:00 to B": "more than 1000000 people",
		"A--B\nmodel":                                               "what is played is missing",
		"A--B\nmodel dwell weather":                                 "does not know the word \"weather\"",
		"A--B\nask \"me":                                            "quotation mark is left open",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "line ") {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(town)
	f.Add("A--B\nline red A B about 5m 1:00-2:00 room 3\nwalking speed 2 detour 1 access 9 transfer 9 direct 9\nextra red every 5m 1:00-2:00")
	f.Add("A--B\nmodel dwell blocks crowding replan")
	f.Add("headway red every 5m 1:00-2:00")
	f.Add(underground)
	f.Add("A--B\nclass slow speed 60%\ncrowd 5 at A 1:00 over 5m to B class slow uninformed as fans\nask \"a b\"")
	f.Fuzz(func(t *testing.T, text string) {
		c, err := Parse(text)
		if (c == nil) == (err == nil) {
			t.Fatalf("city %v with error %v", c, err)
		}
		if err == nil && len(c.Asks) != len(c.AskLines) {
			t.Fatalf("%d asks at %d lines", len(c.Asks), len(c.AskLines))
		}
	})
}
