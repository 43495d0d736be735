package gtfs

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

// city is what is known of a real feed: the rows of its files, how many of them
// are kept where not all are, and every code that is met.
type city struct {
	path  string
	rows  map[string]int
	less  map[string]int // rejected rows by file
	codes []string
}

var cities = []city{
	{
		path: "porto/gtfs/gtfs_stcp.zip",
		rows: map[string]int{"routes.txt": 73, "stops.txt": 2504, "trips.txt": 12_950, "stop_times.txt": 460_898, "shapes.txt": 37_914},
	},
	{
		path: "porto/gtfs/gtfs_metro_do_porto.zip",
		rows: map[string]int{"routes.txt": 7, "stops.txt": 82, "trips.txt": 2692, "stop_times.txt": 58_616, "shapes.txt": 352},
	},
	{
		path: "kuala-lumpur/gtfs/gtfs_rapid_rail_kl.zip",
		rows: map[string]int{
			"routes.txt": 7, "stops.txt": 167, "trips.txt": 42, "stop_times.txt": 1002, "frequencies.txt": 92, "shapes.txt": 6182,
		},
		codes: []string{"stops_coincide", "unknown_columns"},
	},
	{
		path: "kuala-lumpur/gtfs/gtfs_rapid_bus_kl.zip",
		rows: map[string]int{
			"routes.txt": 127, "stops.txt": 3793, "trips.txt": 2052, "stop_times.txt": 86_709, "frequencies.txt": 2049,
			"shapes.txt": 68_090,
		},
		less:  map[string]int{"trips.txt": 6, "frequencies.txt": 6}, // six trips have no times
		codes: []string{"rejected_reference!", "routes_unserved", "stops_coincide", "trip_without_times!"},
	},
	{
		path: "kuala-lumpur/gtfs/gtfs_mrt_feeder_bus.zip",
		rows: map[string]int{
			"routes.txt": 91, "stops.txt": 2109, "trips.txt": 6228, "stop_times.txt": 174_207, "shapes.txt": 34_942,
			"calendar_dates.txt": 11,
		},
	},
	{
		path: "kuala-lumpur/gtfs/gtfs_ktmb.zip",
		rows: map[string]int{"routes.txt": 9, "stops.txt": 191, "trips.txt": 304, "stop_times.txt": 3304},
		// 176 trips have times; two rows name a stop that is not there, and in 23
		// rows the clock falls back by a day on trips past midnight.
		less: map[string]int{"trips.txt": 128, "stop_times.txt": 25},
		codes: []string{
			"routes_unserved", "stops_coincide", "stops_unserved", "time_goes_back!", "too_fast?", "trip_without_times!", "unknown_reference!",
		},
	},
}

func TestCities(t *testing.T) {
	data := require.Data(t)
	for _, c := range cities {
		t.Run(c.path, func(t *testing.T) {
			content, err := os.ReadFile(filepath.Join(data, filepath.FromSlash(c.path)))
			if err != nil {
				t.Fatal(err)
			}
			r := readZip(t, content, Limits{})
			if r.err != nil {
				t.Fatal(r.err)
			}
			for _, tally := range r.log.Tallies() {
				want, stated := c.rows[tally.File]
				if stated && tally.Rows != want || tally.Rejected != c.less[tally.File] {
					t.Errorf("%+v, want %d rows, %d rejected", tally, want, c.less[tally.File])
				}
			}
			if len(r.tt.Stops.ID) != c.rows["stops.txt"] {
				t.Errorf("%d stops", len(r.tt.Stops.ID))
			}
			if diff := cmp.Diff(c.codes, metCodes(r.log)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	content, err := os.ReadFile(filepath.Join(require.Data(b), "porto", "gtfs", "gtfs_stcp.zip"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		folder, err := OpenZip("stcp", bytes.NewReader(content), int64(len(content)), Limits{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := Read(b.Context(), Source{FS: folder}, transit.NewBuilder(), &finding.Log{}); err != nil {
			b.Fatal(err)
		}
	}
}
