package feed

import (
	"archive/zip"
	"io"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/serve"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// withStation is the town whose second stop is a platform of a station with one
// entrance, 100 m west of it.
func withStation() fstest.MapFS {
	files := town()
	put(files, "gtfs/stops.txt", "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\n"+
		"s1,One,51.10,71.40,,\ns2,Two,51.10,71.41,,st\ns3,Three,51.10,71.42,,\nst,Station,51.10,71.41,1,\ndoor,West,51.10,71.40857,2,st\nhall,,,,3,st\n")
	put(files, "gtfs/transfers.txt", "from_stop_id,to_stop_id,transfer_type\n")
	return files
}

const pathwayHeader = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,length,traversal_time,stair_count,min_width\n"

// passedTo are the facilities on the way from the first home to the second
// stop, in words, and the walk.
func passedTo(t *testing.T, n *network.Network) ([]string, transit.Seconds) {
	t.Helper()
	for i := n.Access.First[0]; i < n.Access.First[1]; i++ {
		if n.Timetable.Stops.ID[n.Access.To[i]] != "s2" {
			continue
		}
		var passed []string
		if n.Access.Way != nil && n.Access.Way[i] != transit.None {
			w := &n.Stations.Ways
			for at := w.First[n.Access.Way[i]]; at < w.First[n.Access.Way[i]+1]; at++ {
				passed = append(passed, n.Stations.Facilities.ID[w.Facility[at]]+" "+w.Left[at].Clock())
			}
		}
		return passed, n.Access.Walk[i]
	}
	t.Fatal("no walk to s2")
	return nil, 0
}

// farther is how much longer a walk from the first home is than to the door alone.
func farther(n *network.Network, walk transit.Seconds) transit.Seconds {
	door := geo.Point{Lat: 51.1, Lon: 71.40857}
	return walk - n.Walking.Seconds(geo.Distance(n.Places.At[0], door))
}

func TestPathwaysLeadIntoTheStation(t *testing.T) {
	files := withStation()
	put(files, "gtfs/pathways.txt", pathwayHeader+"gates,door,hall,6,1,,,,\nsteps,hall,s2,2,1,13,,,3\nlift,hall,s2,5,1,,50,,\n")
	result := imported(t, files)
	n := result.Network
	passed, walk := passedTo(t, n)
	same(t, "passed", []string{"gates 00:00:23", "steps 00:00:21"}, passed)
	if got := farther(n, walk); got != 23 {
		t.Errorf("%d s inside, want 2.4 at the gates and 20.4 on the stairs", got)
	}
	f := &n.Stations.Facilities
	same(t, "gates", []uint32{4, 2400}, []uint32{f.Channels[0], f.Service[0]})
	same(t, "free of steps", []bool{true, false, true}, f.StepFree)
	if result.Summary.Facilities != 3 || n.Access.FreeWalk == nil {
		t.Errorf("summary %+v", result.Summary)
	}
	var numbers []string
	for _, number := range n.Numbers {
		if number.ID == "gate_rate" || number.ID == "gates_in_a_row" || number.ID == "stairs_rate" || number.ID == "pathways" {
			numbers = append(numbers, number.ID+" "+number.Value+" "+string(number.Kind))
		}
	}
	same(t, "numbers", []string{"gate_rate 25 standard", "gates_in_a_row 4 assumption", "stairs_rate 3200 standard", "pathways 3 fact"}, numbers)
}

func TestAStatedStationWinsOverPathways(t *testing.T) {
	files := withStation()
	put(files, "gtfs/pathways.txt", pathwayHeader+"gates,door,hall,6,1,,,,\nsteps,hall,s2,2,1,13,,,3\n")
	put(files, "city.yaml", cityText+"stations: stations.yaml\n")
	put(files, "stations.yaml", "- stop: st\n  basis: fact\n  source: plan\n  entrances: [{id: west, lat: 51.1, lon: 71.40857, passes: [{kind: gate, count: 8, seconds: 5}]}]\n"+
		"  platforms: [{stop: s2, area_m2: 100, stands: 2}]\n")
	result := imported(t, files)
	n := result.Network
	passed, walk := passedTo(t, n)
	same(t, "passed", []string{"st/west/1 00:01:15"}, passed) // 5 s of gates, and what 6.7 m of them leave of 100 m
	if got := farther(n, walk); got != 75 {
		t.Errorf("%d s inside, want 75", got)
	}
	same(t, "platforms", station.Platforms{
		Stop: []transit.Stop{1}, Area: []float32{100}, Holds: []uint32{330}, Stands: []uint32{2}, Basis: []string{"fact"}, Source: []string{"plan"},
	}, n.Stations.Platforms)
	found := strings.Join(told(result), "\n")
	if !strings.Contains(found, "feed.pathways_replaced") {
		t.Error(found)
	}
	want := basis.Number{ID: "stations_stated", Value: "1", Unit: "stations", Kind: "fact", Source: "plan"}
	if got := n.Numbers[len(n.Numbers)-3]; got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// A city that says what a stop takes walks as it did.
func TestStandsAloneChangeNoWalk(t *testing.T) {
	files := town()
	bare := imported(t, files).Network
	put(files, "city.yaml", cityText+"stations: stations.yaml\n")
	put(files, "stations.yaml", "- {stop: s1, stands: 2}\n- {stop: nowhere, stands: 2}\n")
	result := imported(t, files)
	same(t, "access", bare.Access, result.Network.Access)
	same(t, "transfers", bare.Transfers, result.Network.Transfers)
	if p := result.Network.Stations.Platforms; len(p.Stop) != 1 || p.Stands[0] != 2 {
		t.Errorf("platforms %+v", p)
	}
	if got := told(result); got[len(got)-1] != "stations.yaml:2 error city.unknown_stop nowhere" {
		t.Errorf("%v", got)
	}
}

// A hall without entrances has its door where the station stands; passes before
// single platforms lead in from the street by themselves.
func TestStationsWithoutEntrances(t *testing.T) {
	files := withStation()
	put(files, "city.yaml", cityText+"stations: stations.yaml\n")
	put(files, "stations.yaml", "- {stop: st, hall: [{kind: gate, count: 2}]}\n- {stop: s1, passes: [{kind: door, width_m: 1}]}\n")
	n := imported(t, files).Network
	passed, _ := passedTo(t, n)
	same(t, "passed", []string{"st/hall/1 00:00:03"}, passed)
	if way := n.Access.Way[n.Access.First[0]]; way == transit.None || n.Timetable.Stops.ID[n.Access.To[n.Access.First[0]]] != "s1" {
		t.Error("nothing is passed on the way to s1")
	}
}

// What stands in for what nobody states is what the formulas use.
func TestUsualRatesAreThoseOfTheFormulas(t *testing.T) {
	for _, c := range []struct {
		usual station.Usual
		want  float64
	}{
		{station.GateRate, capacity.TicketGatePerMinute},
		{station.DoorRate, capacity.DoorPerSecond * 60},
		{station.StairsRate, capacity.StairsPerHour},
		{station.StairsUpRate, capacity.StairsUpPerHour},
		{station.StairsDownRate, capacity.StairsDownPerHour},
		{station.EscalatorRate, capacity.EscalatorPerHour},
		{station.PassageRate, capacity.PassagePerHour},
		{station.PassageOneRate, capacity.PassageOneWay},
	} {
		if c.usual.Value != c.want {
			t.Errorf("%s is %v, and the formulas have %v", c.usual.ID, c.usual.Value, c.want)
		}
	}
}

// A walk is never shorter than what its facilities let somebody take who is alone.
func TestWalksTakeAtLeastWhatTheServersTake(t *testing.T) {
	files := withStation()
	put(files, "city.yaml", cityText+"stations: stations.yaml\n")
	put(files, "stations.yaml", "- {stop: st, hall: [{kind: door, width_m: 1}, {kind: gate}, {kind: stairs, width_m: 2, length_m: 13}, {kind: escalator, length_m: 20}, {kind: lift}, {kind: passage, width_m: 3, length_m: 40}]}\n")
	n := imported(t, files).Network
	f, w := &n.Stations.Facilities, &n.Stations.Ways
	servers := serve.New(f, 1)
	for at := w.First[0]; at < w.First[1]; at++ {
		rest := transit.Seconds(0)
		if at+1 < w.First[1] {
			rest = w.Left[at+1]
		}
		if took := w.Left[at] - rest; servers.Free(w.Facility[at]) > took+1 { // both are rounded up
			t.Errorf("%s: %d s of the way, %d s alone", f.ID[w.Facility[at]], took, servers.Free(w.Facility[at]))
		}
	}
	if w.First[1]-w.First[0] != 6 {
		t.Errorf("%d facilities on the way", w.First[1])
	}
}

// Taverners Hill in Sydney, whose pathways stand in a feed without trips: here
// two trips call at it.
func TestPathwaysOfARealStation(t *testing.T) {
	files := town()
	z, err := zip.OpenReader(filepath.Join(require.Data(t), "invalid-feeds", "transitfeed", "au-sydney-entrances.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }() // it was only read
	for _, member := range z.File {
		in, err := member.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		if name := path.Base(member.Name); name == "stops.txt" || name == "levels.txt" || name == "pathways.txt" {
			put(files, "gtfs/"+name, string(text))
		}
	}
	put(files, "gtfs/stop_times.txt", "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"+
		"t1,8:00:00,8:00:00,LR_TavHill_P1,0\nt1,8:04:00,8:05:00,LR_TavHill_P2,1\nt2,9:00:00,9:00:00,LR_TavHill_P1,0\nt2,9:04:00,9:05:00,LR_TavHill_P2,1\n")
	put(files, "gtfs/transfers.txt", "from_stop_id,to_stop_id\n")
	put(files, "city.yaml", strings.Replace(strings.Replace(cityText, "venues: venues.yaml\n", "", 1), "Asia/Almaty", "Australia/Sydney", 1))
	put(files, "population.csv", "id,lat,lon,people\nnorth,-33.88954,145.0,1\nh,-33.889554,151.14505,9\n")
	n := imported(t, files).Network
	var way []string
	for _, facility := range n.Stations.Ways.Facility {
		way = append(way, n.Stations.Facilities.ID[facility])
	}
	if !strings.Contains(strings.Join(way, " "), "LR_TavHill_StairsN") {
		t.Errorf("ways pass %v", way)
	}
	home := uint32(len(n.Places.ID) - 1)
	for i := n.Access.First[home]; i < n.Access.First[home+1]; i++ {
		walk, free := n.Access.Walk[i], n.Access.FreeWalk[i]
		// 32 s of stairs to platform 1; to the lift and up it takes longer.
		if n.Timetable.Stops.ID[n.Access.To[i]] == "LR_TavHill_P1" && (walk < 32 || walk > 45 || free <= walk) {
			t.Errorf("to platform 1 %d s, free of steps %d s", walk, free)
		}
	}
}
