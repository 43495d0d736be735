package gtfs

import (
	"context"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

func TestFareZonesOfStops(t *testing.T) {
	feed, err := Read(context.Background(), Source{FS: twoSeasons()}, transit.NewBuilder(), &finding.Log{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[transit.Stop]string{0: "N1", 2: "S2"}, feed.Zones); diff != "" {
		t.Error(diff)
	}
}
