package kualalumpur_test

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/feed"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

func imported(t *testing.T) *feed.Result {
	t.Helper()
	data := require.Data(t)
	result, err := feed.Import(context.Background(), feed.Request{Dir: os.DirFS("."), Outside: func(name string) (fs.FS, string, error) {
		rest, ok := strings.CutPrefix(name, "${QALA_DATA}/")
		if !ok {
			return nil, "", fmt.Errorf("%s is not in the data", name)
		}
		path := filepath.Join(data, filepath.FromSlash(rest))
		return os.DirFS(filepath.Dir(path)), filepath.Base(path), nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestFourFeedsAreOneCity(t *testing.T) {
	result := imported(t)
	rows := map[string]int{}
	for _, tally := range result.Tallies {
		rows[path.Base(tally.File)] += tally.Rows
		if tally.Rows != tally.Kept+tally.Rejected {
			t.Errorf("%+v: rows are lost", tally)
		}
	}
	// The rows that the feeds are known to have, added up over the four.
	for file, want := range map[string]int{
		"routes.txt": 7 + 127 + 91 + 9, "stops.txt": 167 + 3793 + 2109 + 191, "trips.txt": 42 + 2052 + 6228 + 304,
		"stop_times.txt": 1002 + 86_709 + 174_207 + 3304, "frequencies.txt": 92 + 2049, "shapes.txt": 6182 + 68_090 + 34_942,
	} {
		if rows[file] != want {
			t.Errorf("%s: %d rows, want %d", file, rows[file], want)
		}
	}
	// 128 trips of the railway and 6 of the buses have no times and cannot be used.
	s := result.Summary
	if s.Routes != 234 || s.Stops != 6260 || s.Trips != 8626-134 || s.Frequencies != 2141-6 {
		t.Errorf("%+v", s)
	}
	if s.FirstDate != transit.DateOf(2026, 5, 5) || s.LastDate != transit.DateOf(2026, 5, 10) {
		t.Errorf("service from %v to %v", s.FirstDate, s.LastDate)
	}
}

func TestIdsTellTheFeedsApart(t *testing.T) {
	tt := imported(t).Network.Timetable
	feeds := map[string]int{}
	seen := map[transit.StopID]bool{}
	for _, id := range tt.Stops.ID {
		feed, _, _ := strings.Cut(string(id), ":")
		feeds[feed]++
		if seen[id] {
			t.Errorf("two stops %s", id)
		}
		seen[id] = true
	}
	if diff := cmp.Diff(map[string]int{"rail": 167, "bus": 3793, "feeder": 2109, "ktmb": 191}, feeds); diff != "" {
		t.Error(diff)
	}
}

// TestPhasesAreDrawnFromTheSeed: the rail feed promises headways only, so that
// two seeds give other minutes, and one seed always the same.
func TestPhasesAreDrawnFromTheSeed(t *testing.T) {
	tt := imported(t).Network.Timetable
	stadium := transit.Stop(slices.Index(tt.Stops.ID, "rail:SP17"))
	leaving := func(seed draw.Seed) []transit.Seconds {
		date := transit.DateOf(2026, 5, 9)
		day, err := transit.NewDay(tt, transit.Horizon{Start: int64(date)*86400 - 8*3600, Length: 28 * transit.Hour}, seed)
		if err != nil {
			t.Fatal(err)
		}
		var all []transit.Seconds
		for v, stop := range day.Stop {
			if stop == stadium {
				all = append(all, day.Depart[v])
			}
		}
		slices.Sort(all)
		return all
	}
	one, again, other := leaving(1), leaving(1), leaving(2)
	if len(one) < 200 || !slices.Equal(one, again) {
		t.Errorf("%d departures, then %d of the same seed", len(one), len(again))
	}
	if slices.Equal(one, other) || one[0] == other[0] {
		t.Errorf("the first departure is at %s with either seed", one[0].Clock())
	}
	if apart := len(one) - len(other); apart < -20 || apart > 20 {
		t.Errorf("%d and %d departures: a phase moves a window by less than a headway", len(one), len(other))
	}
}
