package feed

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/require"
)

const portoText = `city: porto
name: {en: Porto}
timezone: Europe/Lisbon
feeds:
  - {id: stcp, path: ../data/porto/gtfs/gtfs_stcp.zip}
  - {id: metro, path: ../data/porto/gtfs/gtfs_metro_do_porto.zip}
streets: {path: ../data/porto/osm/porto_portugal.osm.pbf}
population: ../data/porto/population/population_points.csv
venues: venues.yaml
`

const dragao = "- {id: dragao, kind: stadium, name: {en: Estádio do Dragão}, lat: 41.1618, lon: -8.5836, capacity: 50033}\n"

// portoRequest reads two zips and the census from beyond the city's folder.
func portoRequest(t testing.TB) Request {
	data := require.Data(t)
	files := fstest.MapFS{}
	put(files, "city.yaml", portoText)
	put(files, "venues.yaml", dragao)
	return Request{Dir: files, Outside: func(path string) (fs.FS, string, error) {
		full := filepath.Join(data, filepath.FromSlash(strings.TrimPrefix(path, "../data/")))
		return os.DirFS(filepath.Dir(full)), filepath.Base(full), nil
	}}
}

func TestPorto(t *testing.T) {
	result, err := Import(context.Background(), portoRequest(t))
	if err != nil {
		t.Fatal(err)
	}
	stopTimes, homes := 0, 0
	for _, tally := range result.Tallies {
		if tally.Rows != tally.Kept+tally.Rejected {
			t.Errorf("%+v: rows are lost", tally)
		}
		switch {
		case strings.HasSuffix(tally.File, "/stop_times.txt"):
			stopTimes += tally.Rows
		case strings.HasSuffix(tally.File, "population_points.csv"):
			homes = tally.Rows
		}
	}
	if stopTimes != 519_514 || homes != 1659 {
		t.Errorf("%d stop_times and %d points were read, want 519,514 and 1,659", stopTimes, homes)
	}
	if s := result.Summary; s.Venues != 1 || s.Homes < 1500 || s.Access < 3*s.Homes {
		t.Errorf("%+v", s)
	}
	n, err := network.Decode(network.Encode(result.Network))
	if err != nil || network.Hash(n) != network.Hash(result.Network) {
		t.Errorf("the network does not survive its file: %v", err)
	}
	t.Logf("%+v", result.Summary)
}

func BenchmarkPorto(b *testing.B) {
	request := portoRequest(b)
	stopTimes := 0
	for b.Loop() {
		result, err := Import(context.Background(), request)
		if err != nil {
			b.Fatal(err)
		}
		stopTimes = result.Summary.StopTimes
	}
	b.ReportMetric(float64(stopTimes), "stop_times")
}
