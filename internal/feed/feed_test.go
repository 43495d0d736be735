package feed

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/gtfs"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

func TestTown(t *testing.T) {
	result := imported(t, town())
	n := result.Network
	same(t, "summary", Summary{
		Agencies: 1, Routes: 2, Stops: 4, Patterns: 1, Trips: 2, StopTimes: 6,
		FirstDate: transit.DateOf(2026, 8, 1), LastDate: transit.DateOf(2026, 8, 31), HasDates: true,
		Homes: 2, People: 500, Venues: 1, Gates: 1, Vehicles: 1, Fleets: 1,
		Transfers: len(n.Transfers.To), Access: len(n.Access.To),
	}, result.Summary)
	same(t, "places", demand.Places{
		ID: []string{"h1", "h2", "arena/north"}, People: []uint32{300, 200, 0},
		At: []geo.Point{{Lat: 51.1001, Lon: 71.40}, {Lat: 51.1, Lon: 71.415}, {Lat: 51.1005, Lon: 71.421}},
	}, n.Places)
	same(t, "gates", []demand.Gate{{ID: "north", Place: 2, PerMinute: 300, Share: 1}}, n.Venues[0].Gates)
	same(t, "findings", []string{
		"stops.txt:0 note gtfs.stops_unserved ",
		"routes.txt:0 note gtfs.routes_unserved ",
	}, told(result))
	if err := network.Validate(n); err != nil {
		t.Error(err)
	}
}

func TestTripsGetTheRoomOfTheirLine(t *testing.T) {
	n := imported(t, town()).Network
	v := n.Timetable.Vehicles
	same(t, "names", []string{"long bus"}, v.Name)
	if v.Room[0] != 120 || v.Seats[0] != 40 || v.Doors[0] != 3 || v.FromDefault[0] {
		t.Errorf("%+v", v)
	}
	same(t, "fleet", transit.Fleets{
		Route: []transit.Route{0}, Vehicles: []uint32{4}, Reserve: []uint32{1}, Turnback: []transit.Seconds{300},
		Kind: []string{"fact"}, Source: []string{"operator"},
	}, n.Timetable.Fleets)
}

func TestMinimumTimeOfTheFeedSetsTheWalk(t *testing.T) {
	n := imported(t, town()).Network
	to, walk := n.Transfers.Row(0)
	if i := slices.Index(to, 1); i < 0 || walk[i] != 500 {
		t.Errorf("from s1 to %v takes %v, want 500 s to s2", to, walk)
	}
}

func TestNumbers(t *testing.T) {
	files := town()
	put(files, "city.yaml", cityText+"walking: {detour: 1.5}\n")
	want := []basis.Number{
		{ID: "walking_speed", Value: "1.34", Unit: "m/s", Kind: "fact", Source: weidmann},
		{ID: "walking_detour", Value: "1.5", Kind: "assumption", Source: "city.yaml"},
		{ID: "max_access", Value: "1000", Unit: "m", Kind: "assumption"},
		{ID: "max_transfer", Value: "300", Unit: "m", Kind: "assumption"},
		{ID: "max_direct", Value: "2500", Unit: "m", Kind: "assumption"},
		{ID: "nearest_stops", Value: "3", Unit: "stops", Kind: "assumption"},
		{ID: "streets_absent", Value: "× 1.5", Kind: "assumption"},
		{ID: "room", Subject: "long bus", Value: "120", Unit: "people", Kind: "fact", Source: "maker"},
		{ID: "fleet", Subject: "1", Value: "4", Unit: "vehicles", Kind: "fact", Source: "operator"},
		{ID: "turnback", Subject: "1", Value: "300", Unit: "s", Kind: "fact", Source: "operator"},
		{ID: "population", Value: "500", Unit: "people", Kind: "fact", Source: "census"},
		{ID: "lrt_trains", Value: "19", Unit: "trains", Kind: "fact", Source: "operator"},
	}
	same(t, "numbers", want, imported(t, files).Network.Numbers)
}

func TestDefaultRoomIsNamed(t *testing.T) {
	files := town()
	edit(t, files, "city.yaml", "capacities: capacities.csv\n", "")
	result := imported(t, files)
	i := slices.IndexFunc(result.Findings, func(f finding.Finding) bool { return f.Code == codeDefaultRoom })
	if i < 0 || result.Findings[i].Value != "bus" || result.Findings[i].Args["room"] != "80" || result.Findings[i].Args["count"] != "1" {
		t.Errorf("%+v", result.Findings)
	}
	v := result.Network.Timetable.Vehicles
	if !v.FromDefault[0] || v.Room[0] != 80 {
		t.Errorf("%+v", v)
	}
}

// Each file gets a row of every kind that is rejected; all rows are counted.
func TestEveryRowIsCounted(t *testing.T) {
	files := town()
	edit(t, files, "population.csv", "h2,", "h1,51.1,71.4,1,,\n,51.1,71.4,1,,\nx,,71.4,1,,\ny,71.4,51.1,1,,\nz,51.1,71.4,-1,,\nw,51.1,71.4,few,,\nv,51.1,71.4,1,rumour,\nfar,51.2,71.4,7,,\nh2,")
	edit(t, files, "fleet.csv", "r1,", "r9,4,1,300,,\nr1,0,0,300,,\nr1,4,4,300,,\n,4,1,300,,\nr1,")
	edit(t, files, "capacities.csv", "r1,", "r9,x,1,2,,\nr1,x,5,4,,\nr1,x,0,0,,\nr1,")
	put(files, "venues.yaml", string(files["venues.yaml"].Data)+
		"- {id: sea, kind: park, name: {en: Sea}, lat: 45, lon: 50}\n"+
		"- {id: turned, kind: park, name: {en: Turned}, lat: 71.4, lon: 51.1}\n"+
		"- {id: arena, kind: park, name: {en: Twice}, lat: 51.1, lon: 71.4}\n")
	result := imported(t, files)
	want := map[string][3]int{
		"population.csv": {10, 3, 7}, "fleet.csv": {5, 1, 4}, "capacities.csv": {4, 1, 3}, "venues.yaml": {4, 1, 3},
	}
	for _, tally := range result.Tallies {
		if tally.Rows != tally.Kept+tally.Rejected {
			t.Errorf("%+v: rows are lost", tally)
		}
		if counts, asked := want[tally.File]; asked {
			same(t, tally.File, counts, [3]int{tally.Rows, tally.Kept, tally.Rejected})
			delete(want, tally.File)
		}
	}
	if len(want) > 0 {
		t.Errorf("not counted: %v", want)
	}
	if !slices.Contains(told(result), "population.csv:10 warning feed.far_population far") {
		t.Error(told(result))
	}
	if errorsTold := count(result.Findings, finding.Error); errorsTold != 17 {
		t.Errorf("%d errors, want one a rejected row: %v", errorsTold, told(result))
	}
}

func count(all []finding.Finding, level finding.Level) int {
	n := 0
	for _, f := range all {
		if f.Level == level {
			n++
		}
	}
	return n
}

func TestCityWithoutPeopleAndVenuesIsStillACity(t *testing.T) {
	files := town()
	edit(t, files, "city.yaml", "population: population.csv\nvenues: venues.yaml\n", "")
	result := imported(t, files)
	for _, want := range []string{".:0 warning feed.no_population ", ".:0 warning feed.no_venue "} {
		if !slices.Contains(told(result), want) {
			t.Errorf("%v lack %q", told(result), want)
		}
	}
}

func TestSeveralFeedsAreToldApart(t *testing.T) {
	files := town()
	put(files, "lrt.zip", zipped(t))
	edit(t, files, "city.yaml", "path: gtfs}", "path: gtfs}, {id: lrt, path: lrt.zip}")
	put(files, "capacities.csv", "feed,agency_id,route_id,vehicle,room\n,,r1,bus,100\nlrt,a,,train,650\nlrt,,r1,tram,200\n")
	put(files, "fleet.csv", "feed,route_id,vehicles,turnback_s\nlrt,r1,4,240\n")
	n := imported(t, files).Network
	same(t, "routes", []transit.RouteID{"bus:r1", "bus:r2", "lrt:r1", "lrt:r2"}, n.Timetable.Routes.ID)
	same(t, "rooms", []uint32{100, 200}, n.Timetable.Vehicles.Room)
	same(t, "trips", []transit.Vehicle{0, 0, 1, 1}, n.Timetable.Trips.Vehicle)
	same(t, "fleet", []transit.Route{2}, n.Timetable.Fleets.Route)
}

func TestOneFeedKeepsItsIDs(t *testing.T) {
	files := town()
	put(files, "bus.zip", zipped(t))
	edit(t, files, "city.yaml", "path: gtfs", "path: bus.zip")
	n := imported(t, files).Network
	same(t, "trips", []transit.TripID{"t1", "t2"}, n.Timetable.Trips.ID)
}

func TestFilesOutsideOfTheFolder(t *testing.T) {
	files := town()
	edit(t, files, "city.yaml", "path: gtfs", "path: ../shared/bus.zip")
	same(t, "findings", []string{"city.yaml:4 error city.file_missing ../shared/bus.zip"}, refused(t, Request{Dir: files}))
	asked := ""
	outside := func(path string) (fs.FS, string, error) {
		asked = path
		return fstest.MapFS{"bus.zip": {Data: []byte(zipped(t))}}, "bus.zip", nil
	}
	result, err := Import(context.Background(), Request{Dir: files, Outside: outside})
	if err != nil || asked != "../shared/bus.zip" || result.Summary.Trips != 2 {
		t.Errorf("%v, asked for %q", err, asked)
	}
}

func TestRefusals(t *testing.T) {
	for name, test := range map[string]struct {
		file, old, new, want string
	}{
		"misspelt key": {"city.yaml", "venues:", "venuse:", "city.yaml:6 error yaml.misspelt_key venuse"},
		"no such feed": {"city.yaml", "path: gtfs", "path: gtsf", "city.yaml:4 error city.file_missing gtsf"},
		"no such file": {"city.yaml", "population.csv", "people.csv", "city.yaml:5 error city.file_missing people.csv"},
		"a folder":     {"city.yaml", "venues.yaml", "gtfs", "city.yaml:6 error city.file_missing gtfs"},
	} {
		files := town()
		edit(t, files, test.file, test.old, test.new)
		if got := refused(t, Request{Dir: files}); !slices.Contains(got, test.want) {
			t.Errorf("%s: %v, want %s", name, got, test.want)
		}
	}
}

func TestUnusableFeedIsAFailure(t *testing.T) {
	cut := zipped(t)
	for code, spoil := range map[finding.Code]func(fstest.MapFS){
		gtfs.NotZip:     func(f fstest.MapFS) { put(f, "bus.zip", "not a zip at all") },
		gtfs.Truncated:  func(f fstest.MapFS) { put(f, "bus.zip", cut[:len(cut)/2]) },
		gtfs.Empty:      func(f fstest.MapFS) { put(f, "bus.zip", "") },
		gtfs.Incomplete: func(f fstest.MapFS) { edit(t, f, "city.yaml", "bus.zip", "gtfs"); delete(f, "gtfs/trips.txt") },
	} {
		files := town()
		edit(t, files, "city.yaml", "path: gtfs", "path: bus.zip")
		spoil(files)
		result, err := Import(context.Background(), Request{Dir: files})
		var failure *gtfs.Failure
		if !errors.Is(err, ErrRefused) || !errors.As(err, &failure) || failure.Code != code || result.Network != nil {
			t.Errorf("%s: %v", code, err)
		}
		if last := result.Findings[len(result.Findings)-1]; last.Code != code {
			t.Errorf("%s: the last finding is %+v", code, last)
		}
	}
}

func TestNoCityFile(t *testing.T) {
	result, err := Import(context.Background(), Request{Dir: fstest.MapFS{}, File: "town.yaml"})
	if !errors.Is(err, fs.ErrNotExist) || result != nil || !strings.Contains(err.Error(), "town.yaml") {
		t.Errorf("%v", err)
	}
}

// Cancelling at any moment ends the import without a result.
func TestCancel(t *testing.T) {
	steps := 0
	count := Request{Dir: town(), Progress: func(Progress) { steps++ }}
	if _, err := Import(context.Background(), count); err != nil || steps < 5 {
		t.Fatalf("%v after %d steps", err, steps)
	}
	for stop := range steps {
		ctx, cancel := context.WithCancel(context.Background())
		step := 0
		result, err := Import(ctx, Request{Dir: town(), Progress: func(Progress) {
			if step++; step > stop {
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) || result != nil {
			t.Errorf("cancelled at step %d: %v", stop, err)
		}
		cancel()
	}
}

func TestSameFilesSameBytes(t *testing.T) {
	first, second := imported(t, town()), imported(t, town())
	if network.Hash(first.Network) != network.Hash(second.Network) {
		t.Error("the hash differs")
	}
	same(t, "findings", first.Findings, second.Findings)
	decoded, err := network.Decode(network.Encode(first.Network))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "decoded", first.Network, decoded)
}
