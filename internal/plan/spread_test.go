package plan

import (
	"context"
	"testing"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
)

// A crowd that comes out over an hour comes out at other seconds with each seed.
func TestSpreadHoldsTheRunsOfItsSeeds(t *testing.T) {
	event := match(500)
	event.Sessions[0].Leave = demand.Profile{{At: 0, Share: 0}, {At: hour, Share: 1}}
	r := request(city(t, 60, 23*hour, false), event)
	e, err := RunSeeds(context.Background(), r, 7)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Spread.Seeds) != 7 || e.Spread.Seeds[6] != r.Seed+6 || e.Seed != r.Seed {
		t.Errorf("seeds %v, first %d", e.Spread.Seeds, e.Seed)
	}
	for c, crowd := range e.Spread.Crowds {
		for i, band := range crowd.Clear {
			if band.At.P10 > band.At.P50 || band.At.P50 > band.At.P90 {
				t.Errorf("crowd %d: %d%% away at %+v", c, band.Percent, band.At)
			}
			single := e.Crowds[c].Clear[i].At
			if single >= 0 && (single < band.At.P10 || single > band.At.P90) {
				t.Errorf("crowd %d: the first seed's %d lies outside of the seven's %+v", c, single, band.At)
			}
		}
	}
	if leaving := e.Spread.Crowds[1].Curve; leaving[len(leaving)-1].Away.P50 != e.Crowds[1].Arrived {
		t.Errorf("the median curve ends at %d, %d arrived", leaving[len(leaving)-1].Away.P50, e.Crowds[1].Arrived)
	}
}

// One train of 60 for 500 people: most never get away, whatever the seed.
func TestSpreadCountsNever(t *testing.T) {
	e, err := RunSeeds(context.Background(), request(city(t, 60, 21*hour+15*minute, false), match(500)), 3)
	if err != nil {
		t.Fatal(err)
	}
	last := e.Spread.Crowds[1].Clear[4]
	want := evaluation.ClearBand{Percent: 100, At: evaluation.Band{P10: -1, P50: -1, P90: -1}, Never: 3}
	if last != want {
		t.Errorf("100%% away: %+v, want %+v", last, want)
	}
	if e.Spread.Stranded.P50 < 400 {
		t.Errorf("stranded %+v", e.Spread.Stranded)
	}
}

func TestOneSeedHasNoSpread(t *testing.T) {
	e, err := RunSeeds(context.Background(), request(city(t, 200, 24*hour, false), match(100)), 1)
	if err != nil || e.Spread != nil {
		t.Errorf("spread %v, error %v", e.Spread, err)
	}
}
