package gtfs

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/table"
	"github.com/qala-city/qala/internal/transit"
)

// TestQuickWaysAgree draws cells that look like times, numbers and lengths:
// what is read the quick way is what the general way reads.
func TestQuickWaysAgree(t *testing.T) {
	met := [4]int{}
	rapid.Check(t, func(rt *rapid.T) {
		cell := rapid.OneOf(
			rapid.StringMatching(`[0-9 ]?[0-9]:[0-9]{2}[:.][0-9]{2}`), rapid.StringMatching(`[-+_0-9]{0,11}`),
			rapid.StringMatching(`[0-9]{0,9}[.,e]?[.0-9]{0,12}`), rapid.StringMatching(`[0-9:/.;]{7,8}`),
			rapid.StringMatching(`-?[0-9]{0,3}[.]?[0-9]{0,15}`),
		).Draw(rt, "cell")
		if at, ok := quickClock([]byte(cell)); ok {
			met[0]++
			if want, err := transit.ParseClock(cell); err != nil || want != at {
				rt.Errorf("%q is %v, not %v %v", cell, at, want, err)
			}
		}
		if n, ok := quickNumber([]byte(cell)); ok {
			met[1]++
			if want, err := strconv.ParseUint(cell, 10, 31); err != nil || uint32(want) != n {
				rt.Errorf("%q is %v, not %v %v", cell, n, want, err)
			}
		}
		if d, ok := quickReal([]byte(cell)); ok {
			met[2]++
			if want, err := strconv.ParseFloat(cell, 32); err != nil || math.Float32bits(float32(want)) != math.Float32bits(d) {
				rt.Errorf("%q is %v, not %v %v", cell, d, want, err)
			}
		}
		if d, ok := quickDegrees([]byte(cell)); ok {
			met[3]++
			if want, err := strconv.ParseFloat(cell, 64); err != nil || math.Float64bits(want) != math.Float64bits(d) {
				rt.Errorf("%q is %v, not %v %v", cell, d, want, err)
			}
		}
	})
	for way, n := range met {
		if n == 0 {
			t.Errorf("way %d was never quick", way)
		}
	}
}

func TestEveryClockIsReadTheQuickWay(t *testing.T) {
	for s := range 100 * transit.Hour {
		text := s.Clock()
		if at, ok := quickClock(text); !ok || at != s {
			t.Fatalf("%s is %v %v", text, at, ok)
		}
		if at, ok := quickClock([]byte(text[1:])); s < 10*transit.Hour && (!ok || at != s) {
			t.Fatalf("%s is %v %v", text[1:], at, ok)
		}
	}
}

// TestLookingAtGoodRowsAllocatesNothing looks at rows of two trips that take turns.
func TestLookingAtGoodRowsAllocatesNothing(t *testing.T) {
	text := good["stop_times.txt"] + strings.Repeat("t1,8:00:00,08:00:30,s1,0\nt1,8:04:00,8:05:00,s2,1\nt2,24:00:00,24:00:00,s1,0\n t2 ,25:10:00,25:10:00, s4,9\n", 50)
	f, err := table.OpenBlocks("stop_times.txt", strings.NewReader(text), 0, 0, &finding.Log{})
	if err != nil {
		t.Fatal(err)
	}
	r := &reader{trips: ids[tripPlace]{map[string]tripPlace{"t1": 0, "t2": 1}}, tripRows: []tripRow{{id: "t1"}, {id: "t2"}}}
	r.stops.known = map[string]transit.Stop{"s1": 0, "s2": 1, "s3": 2, "s4": 3}
	file := &file{Table: f, r: r}
	s := &callFile{
		file: file, trip: file.field("trip_id"), stop: file.field("stop_id"), sequence: file.field("stop_sequence"),
		arrive: file.field("arrival_time"), depart: file.field("departure_time"),
		pickup: file.field("pickup_type"), dropOff: file.field("drop_off_type"), distance: file.field("shape_dist_traveled"),
		stops: r.indexStops(),
	}
	err = table.InBlocks(f, 1, func(b *table.Block, made *callBlock) {
		made.reset(b.Len(), len(s.stops.ids))
		l, kept := callLook{look: look{Block: b}, callFile: s, made: made}, 0
		n := testing.AllocsPerRun(10, func() {
			for l.row = range b.Len() {
				if l.read(&made.calls[l.row]) {
					kept++
				}
			}
		})
		if n != 0 || kept != 11*b.Len() || b.Len() != 206 {
			t.Errorf("%v allocations, %d kept of %d rows", n, kept, b.Len())
		}
	}, func(*table.Block, *callBlock) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
}

// TestRowsOfATripMayStandApart has the rows of the good feed in every order of its trips.
func TestRowsOfATripMayStandApart(t *testing.T) {
	want := readAll(t, change(nil))
	header, rows, _ := strings.Cut(good["stop_times.txt"], "\n")
	all := strings.SplitAfter(strings.TrimSpace(rows)+"\n", "\n")
	rapid.Check(t, func(rt *rapid.T) {
		shuffled := rapid.Permutation(all[:len(all)-1]).Draw(rt, "rows")
		folder := change(map[string]string{"stop_times.txt": header + "\n" + strings.Join(shuffled, "")})
		got := readWith(t, Source{FS: folder, block: 40, Workers: 2}, transit.NewBuilder())
		if diff := cmp.Diff(want.tt, got.tt); diff != "" || len(got.log.Findings()) > 0 {
			rt.Fatalf("%v: %s", lines(got.log), diff)
		}
	})
}

// TestRealFeedInSmallBlocks reads a feed with 58,616 rows in blocks of a few rows.
func TestRealFeedInSmallBlocks(t *testing.T) {
	file, err := os.Open(filepath.Join(require.Data(t), "porto", "gtfs", "gtfs_metro_do_porto.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	info, err := file.Stat()
	if err != nil {
		t.Fatal(err)
	}
	folder, err := OpenZip("metro", file, info.Size(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	var one, three Work
	want := readWith(t, Source{FS: folder, Workers: 1, block: 500, Work: &one}, transit.NewBuilder())
	got := readWith(t, Source{FS: folder, Workers: 3, block: 500, Work: &three}, transit.NewBuilder())
	if one != three || one.Blocks < 1000 || one.Plain != one.Blocks || one.Calls != 58_616 {
		t.Errorf("%+v of one worker, %+v of three", one, three)
	}
	if diff := cmp.Diff(want.tt, got.tt) + cmp.Diff(lines(want.log), lines(got.log)) + cmp.Diff(want.log.Tallies(), got.log.Tallies()); diff != "" {
		t.Error(diff)
	}
	if len(want.tt.Trips.Arrive) != 58_616 {
		t.Errorf("%d calls", len(want.tt.Trips.Arrive))
	}
}

func TestAFileOfOneLineIsNoReasonToPanic(t *testing.T) {
	for _, text := range []string{"trip_id,stop_id,stop_sequence,arrival_time", "trip_id,stop_id,stop_sequence,arrival_time\n" + strings.Repeat("\"", 70_000)} {
		folder := change(nil)
		folder["stop_times.txt"] = &fstest.MapFile{Data: []byte(text)}
		if r := readWith(t, Source{FS: folder, block: 10}, transit.NewBuilder()); code(r.err) != NothingRuns {
			t.Errorf("%v", r.err)
		}
	}
}
