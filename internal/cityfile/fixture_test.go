package cityfile

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

var center = geo.Point{Lat: 51.1, Lon: 71.4}

// town has stops every 500 m over 10 km.
func town() Area {
	var stops []geo.Point
	for i := range 21 {
		stops = append(stops, geo.Offset(center, 0, geo.Meters(i*500)))
	}
	return NewArea(stops)
}

// twoLines knows the routes r1 and r2 of agency a, in the feed "main".
type twoLines struct{}

func (twoLines) FeedKnown(feed string) bool        { return feed == "main" }
func (twoLines) AgencyKnown(_, agency string) bool { return agency == "a" }
func (twoLines) Routes(_, route string) []transit.Route {
	if i := slices.Index([]string{"r1", "r2"}, route); i >= 0 {
		return []transit.Route{transit.Route(i)}
	}
	return nil
}

// told is each finding as "line level code field".
func told(log *finding.Log) []string {
	var lines []string
	for _, f := range log.Findings() {
		lines = append(lines, fmt.Sprintf("%d %s %s %s", f.Line, f.Level, f.Code, f.Field))
	}
	return lines
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(Gate{})); diff != "" {
		t.Errorf("%s (-want +got): %s", what, diff)
	}
}

// balanced makes sure that every row was counted.
func balanced(t *testing.T, log *finding.Log, want finding.Tally) {
	t.Helper()
	same(t, "tallies", []finding.Tally{want}, log.Tallies())
	for _, tally := range log.Tallies() {
		if tally.Rows != tally.Kept+tally.Rejected {
			t.Errorf("%+v: rows are lost", tally)
		}
	}
}
