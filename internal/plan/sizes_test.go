package plan

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/demand"
)

// between is a match whose size is not certain.
func between() demand.Event {
	e := match(500)
	e.Sessions[0].AttendanceSpan = demand.Span{Low: 300, High: 900}
	e.TransitShare, e.ShareSpan = 0.5, demand.Span{Low: 0.4, High: 0.6}
	return e
}

// Each of the equally likely parts of the triangle has one run; the first has
// the middle: a third of 300 to 900 lies below 500, so it takes the 4th of ten.
func TestEachPartOfASpanHasOneRun(t *testing.T) {
	e := between()
	events := sizes(e, 3, 10)
	if events[0].Sessions[0].Attendance != 500 || events[0].TransitShare != 0.5 {
		t.Errorf("the first run has %d, %g", events[0].Sessions[0].Attendance, events[0].TransitShare)
	}
	var parts []int
	for i := range events {
		attendance := float64(events[i].Sessions[0].Attendance)
		part := (attendance - 300) * (attendance - 300) / (600 * 200)
		if attendance > 500 {
			part = 1 - (900-attendance)*(900-attendance)/(600*400)
		}
		parts = append(parts, int(math.Floor(part*10)))
		if share := events[i].TransitShare; share < 0.4 || share > 0.6 {
			t.Errorf("share %g", share)
		}
	}
	slices.Sort(parts)
	if !slices.Equal(parts, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}) {
		t.Errorf("parts %v", parts)
	}
	if again := sizes(e, 3, 10); again[7].Sessions[0].Attendance != events[7].Sessions[0].Attendance {
		t.Error("the same seed draws another size")
	}
	if e.Sessions[0].Attendance != 500 {
		t.Error("the event itself was changed")
	}
}

func TestWithoutSpansAllRunsHaveOneSize(t *testing.T) {
	for _, event := range sizes(match(500), 1, 5) {
		if event.Sessions[0].Attendance != 500 || event.TransitShare != 1 {
			t.Errorf("%d, %g", event.Sessions[0].Attendance, event.TransitShare)
		}
	}
}

func TestSpreadTellsTheSizes(t *testing.T) {
	e, err := RunSeeds(context.Background(), request(city(t, 60, 24*hour, false), between()), 5)
	if err != nil {
		t.Fatal(err)
	}
	s := e.Spread
	if !s.Sized() || s.Partial() || s.Asked != 5 || len(s.Runs) != 5 || s.Runs[0].Attendance[0] != 500 || s.Runs[0].Travellers != 500 {
		t.Errorf("runs %+v", s.Runs)
	}
	leaving := s.Crowds[1]
	if leaving.LeftBehind.P10 >= leaving.LeftBehind.P90 || leaving.LeftBehind.P90 > 540 {
		t.Errorf("left behind %+v", leaving.LeftBehind)
	}
	if len(s.Places) == 0 || s.Places[0].Stop != "arena" || s.Places[0].MaxWait.P90 <= s.Places[0].MaxWait.P10 {
		t.Errorf("places %+v", s.Places)
	}
}

// What was finished before an interruption is kept and marked.
func TestInterruptedRunsAreKept(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	r := request(city(t, 60, 24*hour, false), between())
	var done []int
	r.Finished = func(n, _ int) {
		if done = append(done, n); n == 2 {
			cancel()
		}
	}
	e, err := RunSeeds(ctx, r, 6)
	if !errors.Is(err, context.Canceled) || e == nil || !e.Spread.Partial() || len(e.Spread.Seeds) != 2 || e.Spread.Asked != 6 || !slices.Equal(done, []int{1, 2}) {
		t.Fatalf("error %v, evaluation %v, done %v", err, e, done)
	}
	cancel()
	if e, err := RunSeeds(ctx, r, 6); e != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("interrupted at once: %v, %v", e, err)
	}
}
