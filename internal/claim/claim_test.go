package claim

import (
	"errors"
	"strings"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

// town has a station of two platforms, a stop of the same name elsewhere, and one line both ways.
func town() Outcome {
	b := transit.NewBuilder()
	station := b.AddStop("station", "Main Station", geo.Point{})
	for _, id := range []transit.StopID{"east", "west"} {
		b.SetParent(b.AddStop(id, "Platform "+string(id), geo.Point{}), station)
	}
	b.AddStop("quiet", "Quiet Place", geo.Point{})
	b.AddTranslation("Quiet Place", "kk", "Тыныш жер")
	minutes := func(queues ...int) []evaluation.Minute {
		var out []evaluation.Minute
		for i, q := range queues {
			out = append(out, evaluation.Minute{Minute: 1200 + i, Queue: q})
		}
		return out
	}
	return Outcome{Timetable: b.Timetable(), Evaluation: &evaluation.Evaluation{
		Event:  evaluation.Event{Sessions: []evaluation.Session{{Name: "match"}, {}}},
		Totals: evaluation.Totals{Arrived: 90, Walking: 4, Stranded: 6, LeftBehind: 30, Denied: 70},
		Crowds: []evaluation.Crowd{
			{
				Session: 0, Way: "leaving", People: 10, Stranded: 6, LeftBehind: 4, Wait: evaluation.Quantiles{P90: 600, Max: 900}, Travel: evaluation.Quantiles{P50: 1200},
				Clear: []evaluation.Clear{{Percent: 50, At: 79_000}, {Percent: 100, At: -1}},
				Curve: []evaluation.Point{{Minute: 1300, Away: 5, Arrived: 1}, {Minute: 1310, Away: 7, Arrived: 7}},
			},
			{Session: 1, Way: "arriving", People: 10, Late: 3, Curve: []evaluation.Point{{Minute: 1100, Away: 9, Arrived: 2}, {Minute: 1110, Away: 9, Arrived: 8}}},
		},
		Stops: []evaluation.Stop{
			{ID: "east", MaxWait: 300, LeftBehind: 10, Minutes: minutes(5, 50, 20)},
			{ID: "west", MaxWait: 700, LeftBehind: 1, Minutes: minutes(40, 10, 35)},
		},
		Lines: []evaluation.Line{
			{Route: "1", Names: label.Names{"": "Blue", "ru": "Синяя"}, Direction: 0, Headsigns: label.Names{"": "Airport"}, Cells: []evaluation.Cell{
				{Bin: 80, Capacity: 300, Carried: 300, LeftBehind: 1}, {Bin: 84, Capacity: 100, Carried: 100, LeftBehind: 100},
			}},
			{Route: "1", Names: label.Names{"": "Blue"}, Direction: 1, Headsigns: label.Names{"": "Town"}, Cells: []evaluation.Cell{{Bin: 80, LeftBehind: 1}}},
		},
		Fleets: []evaluation.Fleet{{Route: "1", Name: "Blue", Vehicles: 19, Reserve: 2, Needed: 18}},
	}}
}

func TestMeasures(t *testing.T) {
	leaving, hour20 := &Crowd{Session: "match", Way: demand.Leaving}, Span{20 * transit.Hour, 20*transit.Hour + transit.Minute}
	for what, c := range map[string]struct {
		claim Claim
		want  int
	}{
		"to the second":                 {Claim{Measure: Cleared, Percent: 50, Crowd: leaving}, 79_000},
		"never":                         {Claim{Measure: Cleared, Percent: 100, Crowd: leaving}, Never},
		"to the minute":                 {Claim{Measure: Cleared, Percent: 70, Crowd: leaving}, 1311 * 60},
		"more than ever left":           {Claim{Measure: Cleared, Percent: 71, Crowd: leaving}, Never},
		"who arrives is there":          {Claim{Measure: Cleared, Percent: 30, Crowd: &Crowd{Way: demand.Arriving}}, 1111 * 60},
		"a session without a name":      {Claim{Measure: Late, Crowd: &Crowd{Session: "2"}}, 3},
		"everybody":                     {Claim{Measure: Arrived}, 90},
		"on the way":                    {Claim{Measure: Walking}, 4},
		"stranded of all":               {Claim{Measure: Stranded}, 6},
		"denied":                        {Claim{Measure: Denied}, 70},
		"left behind":                   {Claim{Measure: LeftBehind}, 30},
		"left behind of a crowd":        {Claim{Measure: LeftBehind, Crowd: leaving}, 4},
		"left behind at a station":      {Claim{Measure: LeftBehind, Stop: "Main Station"}, 11},
		"left behind at a platform":     {Claim{Measure: LeftBehind, Stop: "west"}, 1},
		"nobody was there":              {Claim{Measure: LeftBehind, Stop: "тыныш жер"}, 0},
		"both platforms in one minute":  {Claim{Measure: Queue, Stop: "station"}, 60},
		"within a stretch of the day":   {Claim{Measure: Queue, Stop: "station", Span: hour20}, 45},
		"the longest of a station":      {Claim{Measure: Wait, Stop: "station"}, 700},
		"the longest of all":            {Claim{Measure: Wait}, 700},
		"the longest of a crowd":        {Claim{Measure: Wait, Crowd: leaving}, 900},
		"nine of ten":                   {Claim{Measure: Wait, Crowd: leaving, Percent: 90}, 600},
		"from door to door":             {Claim{Measure: Travel, Crowd: leaving, Percent: 50}, 1200},
		"the worst quarter":             {Claim{Measure: Load, Line: Line{Name: "1", Direction: 0}}, 20_000},
		"a quarter, rounded up":         {Claim{Measure: Load, Line: Line{Name: "Синяя", Direction: 0}, Span: hour20}, 10_034},
		"no room at all":                {Claim{Measure: Load, Line: Line{Name: "blue", Direction: -1, Towards: "Town"}}, Never},
		"vehicles that move at once":    {Claim{Measure: Fleet, Line: Line{Name: "Blue"}}, 18},
		"an hour in which none departs": {Claim{Measure: Load, Line: Line{Name: "Blue", Direction: -1}, Span: Span{1, 2}}, 0},
	} {
		if got, err := Measured(c.claim, town()); err != nil || got != c.want {
			t.Errorf("%s: %d, %v; want %d", what, got, err, c.want)
		}
	}
}

func TestWhatThereIsNotIsTold(t *testing.T) {
	for want, c := range map[string]Claim{
		`there is no stop "Nowhere"`:              {Measure: Queue, Stop: "Nowhere"},
		`there is no crowd "final leaving"`:       {Measure: Stranded, Crowd: &Crowd{Session: "final", Way: demand.Leaving}},
		`several crowds could be meant`:           {Measure: Cleared, Percent: 50},
		`no line "Green" runs`:                    {Measure: Load, Line: Line{Name: "Green", Direction: -1}},
		`does not run in that direction`:          {Measure: Load, Line: Line{Name: "Blue", Direction: 0, Towards: "Town"}},
		`states no fleet of "Green"`:              {Measure: Fleet, Line: Line{Name: "Green"}},
		`cannot be told of a stop, or of a crowd`: {Measure: Arrived, Stop: "west"},
	} {
		if _, err := Measured(c, town()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}

func TestBoundsCompare(t *testing.T) {
	for op, holds := range map[Op][3]bool{
		Below: {true, false, false}, AtMost: {true, true, false}, Exactly: {false, true, false}, AtLeast: {false, true, true}, Above: {false, false, true},
	} {
		for i, value := range []int{89, 90, 91} {
			a, err := Check(Claim{Measure: Arrived, Bound: Bound{Op: op, Value: 180 - value}}, town(), Outcome{})
			if err != nil || a.Obtained != 90 || a.Holds != holds[i] {
				t.Errorf("90 against %d by comparison %d: %v, %v", 180-value, op, a.Holds, err)
			}
		}
	}
}

func TestVariantsCompare(t *testing.T) {
	better := town()
	better.Evaluation.Crowds[0].Clear[0].At = 78_000
	earlier := Claim{Measure: Cleared, Percent: 50, Crowd: &Crowd{Session: "match"}, Bound: Bound{Op: AtLeast, Value: 1000, Against: true}}
	a, err := Check(earlier, better, town())
	if err != nil || !a.Holds || a.Text(earlier) != "21:40:00 against 21:56:40: 16m40s earlier" {
		t.Errorf("%v %v %s", a.Holds, err, a.Text(earlier))
	}
	earlier.Bound.Value++
	if a, _ := Check(earlier, better, town()); a.Holds {
		t.Error("1,000 s earlier holds for 1,001")
	}
	later := earlier
	later.Bound = Bound{Op: AtMost, Value: 60, Against: true, More: true}
	if a, _ := Check(later, better, town()); !a.Holds {
		t.Error("what is earlier is at most a minute later")
	}
	never := earlier
	never.Percent, never.Bound.Value = 100, 1
	if a, _ := Check(never, better, town()); a.Holds || a.Text(never) != "never against never: the same" {
		t.Errorf("never is earlier than never: %s", a.Text(never))
	}
	reached := town()
	reached.Evaluation.Crowds[0].Clear[1].At = 80_000
	if a, _ := Check(never, reached, town()); !a.Holds || a.Text(never) != "22:13:20 against never: no difference to tell" {
		t.Errorf("some time is no earlier than never: %s", a.Text(never))
	}
	if a, _ := Check(never, town(), reached); a.Holds {
		t.Error("never is earlier than some time")
	}
}

func TestFleetsAreEnough(t *testing.T) {
	c := Claim{Measure: Fleet, Line: Line{Name: "Blue"}, Bound: Bound{Enough: true}}
	if a, err := Check(c, town(), Outcome{}); err != nil || !a.Holds || a.Text(c) != "18 vehicles move at once, there are 19" {
		t.Errorf("%v %v %s", a.Holds, err, a.Text(c))
	}
	c.Line.Reserve = true
	if a, err := Check(c, town(), Outcome{}); err != nil || a.Holds {
		t.Errorf("18 of 19 with 2 in reserve: %v %v", a.Holds, err)
	}
}

func TestRefusedPlans(t *testing.T) {
	refused := Outcome{Refused: []string{"plan.fleet_exceeded"}}
	for code, want := range map[string]bool{"": true, "plan.fleet_exceeded": true, "plan.unknown_venue": false} {
		if a, err := Check(Claim{Measure: Refused, Code: code}, refused, Outcome{}); err != nil || a.Holds != want {
			t.Errorf("refused %q: %v %v", code, a.Holds, err)
		}
	}
	if a, _ := Check(Claim{Measure: Refused}, town(), Outcome{}); a.Holds {
		t.Error("a plan that was run was refused")
	}
	var told *RefusedError
	if _, err := Check(Claim{Measure: Stranded}, refused, Outcome{}); !errors.As(err, &told) {
		t.Errorf("a claim about a refused plan: %v", err)
	}
}

func TestValuesAreWrittenAsTestsWriteThem(t *testing.T) {
	for _, c := range []struct {
		unit  Unit
		value int
		want  string
	}{
		{Clock, 84_600, "23:30:00"},
		{Clock, Never, "never"},
		{Length, 0, "0s"},
		{Length, 4995, "1h23m15s"},
		{Percent, 10_995, "109.9%"},
		{Percent, Never, "no room at all"},
		{Vehicles, 3, "3 vehicles"},
		{Times, 3, "3 times"},
		{People, 3, "3 people"},
	} {
		if got := c.unit.Text(c.value); got != c.want {
			t.Errorf("%d is written %q, want %q", c.value, got, c.want)
		}
	}
}
