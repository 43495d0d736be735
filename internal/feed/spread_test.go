package feed

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/require"
)

// zoned is the town with zones: two platforms of one place in N1, one in S1,
// and a quiet stop in N2 that nothing serves.
func zoned(t *testing.T, sources string) fstest.MapFS {
	t.Helper()
	files := town()
	edit(t, files, "gtfs/stops.txt", gtfsFiles["stops.txt"],
		"stop_id,stop_name,stop_lat,stop_lon,zone_id\ns1,One,51.10,71.40,N1\ns2,Two,51.10,71.40001,N1\ns3,Three,51.10,71.42,N1\nquiet,Quiet,51.11,71.40,N2\n")
	edit(t, files, "city.yaml", "population: population.csv", "population:\n  - population.csv\n  - "+sources)
	put(files, "towns.csv", "town,zone,n\nNorth,N,501\nSouth,S,9\nCentre,N,7\n")
	return files
}

func TestTotalsAreSpreadOverPlacesWithStops(t *testing.T) {
	result := imported(t, zoned(t, "{path: towns.csv, spread: stops, id: town, prefix: zone, people: n, except: [Centre], source: estimate}"))
	n := result.Network
	same(t, "homes", []string{"h1", "h2", "North@s1", "North@s3", "arena/north"}, n.Places.ID)
	same(t, "people", []uint32{300, 200, 250, 251, 0}, n.Places.People)
	numbers := slices.DeleteFunc(slices.Clone(n.Numbers), func(b basis.Number) bool { return !strings.HasPrefix(b.ID, "population") })
	same(t, "numbers", []basis.Number{
		{ID: "population", Value: "500", Unit: "people", Kind: basis.Fact, Source: "census"},
		{
			ID: "population_spread", Subject: "North", Value: "501", Unit: "people", Kind: basis.Assumption,
			Source: "estimate; as many at each of 2 places with stops whose zone_id begins with N",
		},
	}, numbers)
	if lines := told(result); !slices.Contains(lines, "towns.csv:3 error feed.spread_nowhere S") {
		t.Errorf("%q", lines)
	}
}

func TestPopulationThatCannotBeOpenedIsTold(t *testing.T) {
	files := zoned(t, "{path: gone.gpkg}")
	same(t, "findings", []string{"city.yaml:7 error city.file_missing gone.gpkg"}, last(refused(t, Request{Dir: files}), 1))
	files = zoned(t, "{path: gtfs, people: n}")
	same(t, "findings", []string{"city.yaml:7 error city.file_missing gtfs"}, last(refused(t, Request{Dir: files}), 1))
}

func last(lines []string, n int) []string { return lines[max(0, len(lines)-n):] }

func TestPartsSumToTheWhole(t *testing.T) {
	for _, people := range []uint32{0, 1, 7, 300_472, math.MaxUint32} {
		for _, n := range []int{1, 2, 7, 324} {
			sum, least, most := uint64(0), uint32(math.MaxUint32), uint32(0)
			for i := range n {
				p := part(people, i, n)
				sum, least, most = sum+uint64(p), min(least, p), max(most, p)
			}
			if sum != uint64(people) || most-least > 1 {
				t.Errorf("%d over %d: sum %d, from %d to %d", people, n, sum, least, most)
			}
		}
	}
}

// TestCensusOfPorto reads the census areas of Porto from the office's own
// GeoPackage and holds them against points that were derived from it by others.
func TestCensusOfPorto(t *testing.T) {
	data := require.Data(t)
	request := portoRequest(t)
	files := request.Dir.(fstest.MapFS)
	put(files, "city.yaml", strings.Replace(portoText, "population: ../data/porto/population/population_points.csv",
		"population: [{path: ../data/porto/population/BGRI2021_1312.gpkg, id: BGRI2021, people: N_INDIVIDUOS, basis: fact, source: census}]", 1))
	result, err := Import(context.Background(), request)
	if err != nil {
		t.Fatal(err)
	}
	want := derivedPoints(t, data)
	places := &result.Network.Places
	if result.Summary.Homes != len(want.ID) || places.Population() != 231_800 || len(want.ID) != 1659 {
		t.Errorf("%d homes of %d people, want %d of 231,800", result.Summary.Homes, places.Population(), len(want.ID))
	}
	apart := 0
	for i, id := range want.ID {
		at := slices.Index(places.ID, id)
		if at < 0 || places.People[at] != want.People[i] {
			t.Errorf("%s: %d people expected", id, want.People[i])
			continue
		}
		if geo.Distance(places.At[at], want.At[i]) > 3 {
			apart++ // a bent area: its centroid is outside, our point is inside
		}
	}
	t.Logf("%d of %d areas are so bent that their centroid lies outside", apart, len(want.ID))
	if apart > len(want.ID)/20 {
		t.Errorf("%d of %d points lie elsewhere", apart, len(want.ID))
	}
}

func derivedPoints(t *testing.T, data string) demand.Places {
	t.Helper()
	file, err := os.Open(filepath.Join(data, "porto", "population", "population_points.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var places demand.Places
	for _, row := range rows[1:] {
		lat, _ := strconv.ParseFloat(row[1], 64)
		lon, _ := strconv.ParseFloat(row[2], 64)
		people, _ := strconv.ParseUint(row[3], 10, 32)
		addPlace(&places, row[0], geo.Point{Lat: lat, Lon: lon}, uint32(people))
	}
	return places
}
