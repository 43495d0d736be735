package plan

import (
	"context"
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

func kept(t *testing.T, r Request, at transit.Seconds) (*evaluation.Evaluation, *assign.Snapshot) {
	t.Helper()
	e, snapshots, err := RunKept(context.Background(), r, at)
	if err != nil || len(snapshots) != 1 {
		t.Fatalf("%d snapshots, %v", len(snapshots), err)
	}
	return e, snapshots[0]
}

func forecast(t *testing.T, r Request, s *assign.Snapshot, news News) *evaluation.Evaluation {
	t.Helper()
	e, err := Forecast(context.Background(), r, s, news)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// Without news the forecast is the run; the plain run is that of RunKept.
func TestForecastWithoutNewsIsTheRun(t *testing.T) {
	r := request(city(t, 200, 24*hour, false), match(650))
	for _, exact := range []bool{true, false} {
		r.Exact = exact
		e, s := kept(t, r, 21*hour+20*minute)
		if diff := cmp.Diff(run(t, r), e); diff != "" {
			t.Errorf("keeping a moment changes the run: %s", diff)
		}
		if diff := cmp.Diff(e, forecast(t, r, s, News{})); diff != "" {
			t.Errorf("the forecast without news is not the run: %s", diff)
		}
	}
}

// 650 leave at 21:05 by trains of 200 every ten minutes: 21:10, :20, :30 and :40. At
// 21:15 one more train is ordered for 21:25: the last are away at 21:30. A train that
// is known to start eight minutes late puts off those who take it.
func TestForecastOfNews(t *testing.T) {
	n := city(t, 200, 24*hour, false)
	n.Timetable.Fleets.Vehicles[0] = 12
	r := request(n, match(650))
	r.Exact = true
	_, s := kept(t, r, 21*hour+15*minute)
	away := func(e *evaluation.Evaluation) int { return e.Crowds[1].Clear[4].At }
	for name, c := range map[string]struct {
		news News
		want transit.Seconds
	}{
		"an extra train":  {News{Changes: []scenario.Modification{scenario.ExtraTrips{Route: "LRT", Direction: 1, From: 21*hour + 25*minute, To: 21*hour + 25*minute, Every: minute}}}, 21*hour + 30*minute},
		"the last late":   {News{Late: []Late{{Trip: "t1", Start: 21*hour + 40*minute, By: 8 * minute}}}, 21*hour + 48*minute},
		"all late":        {News{Late: []Late{{Trip: "t1", Start: scenario.All, By: 7 * minute}}}, 21*hour + 47*minute},
		"one canceled":    {News{Changes: []scenario.Modification{scenario.CancelTrip{Trip: "t1", Start: 21*hour + 30*minute}}}, 21*hour + 50*minute},
		"too late to try": {News{Changes: []scenario.Modification{scenario.ExtraTrips{Route: "LRT", Direction: 1, From: 21 * hour, To: 21 * hour, Every: minute}}}, 21*hour + 40*minute},
	} {
		e := forecast(t, r, s, c.news)
		if away(e) != int(c.want) || e.Totals.Arrived != e.Totals.Travellers {
			t.Errorf("%s: away at %s, want %s; %d of %d arrived", name, transit.Seconds(away(e)).Clock(), c.want.Clock(), e.Totals.Arrived, e.Totals.Travellers)
		}
	}
}

func TestForecastRefuses(t *testing.T) {
	r := request(city(t, 200, 24*hour, false), match(650))
	_, s := kept(t, r, 21*hour)
	for _, late := range []Late{{Trip: "t9", Start: scenario.All}, {Trip: "t1", Start: 21*hour + 1}} {
		var refused *Refused
		if _, err := Forecast(context.Background(), r, s, News{Late: []Late{late}}); !errors.As(err, &refused) {
			t.Errorf("%+v: %v, want it refused", late, err)
		}
	}
	r.Event.Date++
	if _, err := Forecast(context.Background(), r, s, News{}); err == nil {
		t.Error("a snapshot of another day was taken")
	}
}
