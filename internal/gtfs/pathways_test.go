package gtfs

import (
	"archive/zip"
	"io"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/transit"
)

// stationStops are a station with two platforms, the second with two areas, a
// door and a hall; the other stops are those of the good feed.
const stationStops = "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station,level_id\n" +
	"s1,One,51.10,71.40,0,p,deep\ns2,Two,51.11,71.40,,p,\ns3,Third,51.12,71.40,,,\ns4,Fourth,51.14,71.40,,,\n" +
	"p,Station,51.10,71.41,1,,\ndoor,East,51.10,71.42,2,p,street\nhall,,,,3,p,street\na,A,,,4,s2,\nb,B,,,4,s2,\n"

const stationPathways = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,length,traversal_time,stair_count,max_slope,min_width,signposted_as\n" +
	"in,door,hall,6,1,,,,,,Tickets\nramp,hall,s1,1,1,40,,,-0.05,2.5,\nstairs,hall,s1,2,0,12,20,,,3,\nup,a,hall,2,0,,,40,,,\nlift,hall,b,5,1,,45,,,,\n"

const levels = "level_id,level_index,level_name\nstreet,0,Street\ndeep,-1.5,Platforms\n"

func TestPathways(t *testing.T) {
	r := readAll(t, change(map[string]string{"stops.txt": stationStops, "pathways.txt": stationPathways, "levels.txt": levels}))
	if r.err != nil || len(r.log.Findings()) > 0 {
		t.Fatalf("%v %v", r.err, r.log.Findings())
	}
	none := transit.Stop(transit.None)
	spot := func(i int) End { return End{none, i} }
	want := []Pathway{
		{ID: "in", Sign: "Tickets", Mode: FareGate, From: spot(0), To: spot(1), BothWays: true},
		{ID: "ramp", Mode: Walkway, From: spot(1), To: End{Stop: 0}, BothWays: true, Length: 40, Slope: .05, Width: 2.5, Rise: -1},
		{ID: "stairs", Mode: StairsMode, From: spot(1), To: End{Stop: 0}, Length: 12, Time: 20, Width: 3, Rise: -1},
		{ID: "up", Mode: StairsMode, From: spot(2), To: spot(1), Stairs: 40, Rise: 1},
		{ID: "lift", Mode: Elevator, From: spot(1), To: spot(3), BothWays: true, Time: 45},
	}
	if diff := cmp.Diff(want, r.feed.Pathways); diff != "" {
		t.Error(diff)
	}
	station, second := transit.Stop(4), transit.Stop(1)
	var got []string
	for _, s := range r.feed.Spots {
		got = append(got, s.ID)
		if want := map[SpotKind]transit.Stop{Entrance: station, Node: station, BoardingArea: second}[s.Kind]; s.Parent != want {
			t.Errorf("%s: parent %d, want %d", s.ID, s.Parent, want)
		}
	}
	if strings.Join(got, " ") != "door hall a b" || !r.feed.Spots[0].At.Valid() {
		t.Errorf("spots %+v", r.feed.Spots)
	}
	for _, tally := range r.log.Tallies() {
		if tally.File == "pathways.txt" && tally.Kept != 5 || tally.File == "levels.txt" && tally.Kept != 2 {
			t.Errorf("tally %+v", tally)
		}
	}
}

func TestPathwayRules(t *testing.T) {
	const header = "pathway_id,from_stop_id,to_stop_id,pathway_mode,is_bidirectional,length,traversal_time,stair_count,max_slope,min_width\n"
	for name, c := range map[string]struct {
		pathways string
		want     []string
	}{
		"ends": {
			"a,door,s1,1,1,9,,,,\nb,door,x,1,1,9,,,,\nc,p,s1,1,1,9,,,,\nd,,s1,1,1,9,,,,\ne,s1,s1,1,1,9,,,,\nf,door,z,1,1,9,,,,\ng,door,s2,1,1,9,,,,\n",
			[]string{
				"error pathways.txt:3 unknown_reference to_stop_id=x", "error pathways.txt:4 pathway_at_station from_stop_id=p",
				"error pathways.txt:5 missing_value from_stop_id=", "error pathways.txt:6 pathway_nowhere to_stop_id=s1",
				"error pathways.txt:7 rejected_reference to_stop_id=z",
			},
		},
		"ids and modes": {
			",door,s1,1,1,9,,,,\na,door,s1,1,1,9,,,,\na,door,s2,1,1,9,,,,\nb,door,s2,8,1,9,,,,\nc,door,s2,0,1,9,,,,\nd,door,s2,lift,1,9,,,,\ne,door,s2,,1,9,,,,\nf,door,s2,1,1,9,,,,\n",
			[]string{
				"error pathways.txt:2 missing_value pathway_id=", "error pathways.txt:4 duplicate_id pathway_id=a",
				"error pathways.txt:5 bad_pathway_mode pathway_mode=8", "error pathways.txt:6 bad_pathway_mode pathway_mode=0",
				"error pathways.txt:7 bad_pathway_mode pathway_mode=lift", "error pathways.txt:8 bad_pathway_mode pathway_mode=",
			},
		},
		"directions": {
			"a,door,s1,1,,9,,,,\nb,door,s1,1,2,9,,,,\nc,s1,door,7,1,,,,,\nd,s1,door,7,0,,,,,\ne,door,s2,1,0,9,,,,\n",
			[]string{
				"warning pathways.txt:2 pathway_direction is_bidirectional=", "warning pathways.txt:3 pathway_direction is_bidirectional=2",
				"warning pathways.txt:4 exit_gate_both_ways is_bidirectional=1",
			},
		},
		"values that cannot be": {
			"a,door,s1,1,1,-9,-1,,2,-1\nb,door,s1,2,1,9,0,99999,,\nc,door,s1,1,1,90,4,,,\nd,door,s2,1,1,,3601,,,\ne,door,s2,5,1,,,,,\n",
			[]string{
				"warning pathways.txt:2 bad_pathway_value length=-9", "warning pathways.txt:2 bad_pathway_value min_width=-1",
				"warning pathways.txt:2 bad_pathway_value max_slope=2", "warning pathways.txt:2 bad_pathway_value traversal_time=-1",
				"warning pathways.txt:3 bad_pathway_value traversal_time=0", "warning pathways.txt:3 bad_pathway_value stair_count=99999",
				"warning pathways.txt:4 pathway_too_fast traversal_time=4", "warning pathways.txt:5 bad_pathway_value traversal_time=3601",
				"note pathways.txt pathways_unmeasured count=2",
			},
		},
		"a platform that is not joined, a pathway out of the station": {
			"a,door,s1,1,1,9,,,,\nb,s1,s3,1,1,9,,,,\n",
			[]string{"warning pathways.txt:3 pathway_across_stations to_stop_id=s3", "warning stops.txt:3 platform_without_pathway stop_id=Two"},
		},
	} {
		stops := strings.ReplaceAll(stationStops, "hall,,,,3,p,street\na,A,,,4,s2,\nb,B,,,4,s2,\n", "z,Z,99,0,2,p,\n")
		r := readAll(t, change(map[string]string{"stops.txt": stops, "pathways.txt": header + c.pathways}))
		c.want = append([]string{"error stops.txt:8 bad_position stop_lat=99, 0"}, c.want...)
		if diff := cmp.Diff(c.want, lines(r.log)); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}

func TestLevelRules(t *testing.T) {
	r := readAll(t, change(map[string]string{
		"stops.txt": strings.ReplaceAll(stationStops, ",deep", ",cellar"), "pathways.txt": stationPathways,
		"levels.txt": "level_id,level_index\nstreet,0\nstreet,1\n,2\nroof,high\n",
	}))
	want := []string{
		"error levels.txt:3 duplicate_id level_id=street", "error levels.txt:4 missing_value level_id=", "error levels.txt:5 bad_level level_index=high",
		"warning stops.txt:2 unknown_level level_id=cellar",
	}
	if diff := cmp.Diff(want, lines(r.log)); diff != "" {
		t.Error(diff)
	}
	if p := r.feed.Pathways[2]; p.Rise != 0 {
		t.Errorf("stairs of an unknown level lead %d", p.Rise)
	}
}

// The pathways of Taverners Hill in Sydney stand in a feed without trips: here
// they have some.
func TestPathwaysOfARealStation(t *testing.T) {
	r := readAll(t, change(sydney(t)))
	if r.err != nil || len(r.feed.Pathways) != 10 || len(r.feed.Spots) != 11 {
		t.Fatalf("%v: %d pathways, %d spots", r.err, len(r.feed.Pathways), len(r.feed.Spots))
	}
	modes := map[PathwayMode]int{}
	for _, p := range r.feed.Pathways {
		modes[p.Mode]++
		if p.Mode == StairsMode && (p.Time != 32 && p.Time != 40 || p.Rise == 0) {
			t.Errorf("stairs %+v", p)
		}
	}
	if diff := cmp.Diff(map[PathwayMode]int{Walkway: 6, StairsMode: 2, Elevator: 2}, modes); diff != "" {
		t.Error(diff)
	}
}

// sydney are the stops, levels and pathways of the feed, with a trip over its platforms.
func sydney(t *testing.T) map[string]string {
	t.Helper()
	files := map[string]string{
		"stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" +
			"t1,8:00:00,8:00:00,LR_TavHill_P1,0\nt1,8:04:00,8:05:00,LR_TavHill_P2,1\nt2,8:00:00,8:00:00,LR_TavHill_P1,0\nt2,8:04:00,8:05:00,LR_TavHill_P2,1\n",
	}
	z, err := zip.OpenReader(filepath.Join(require.Data(t), "invalid-feeds", "transitfeed", "au-sydney-entrances.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = z.Close() }() // it was only read
	for _, member := range z.File {
		if name := filepath.Base(member.Name); name == "stops.txt" || name == "levels.txt" || name == "pathways.txt" {
			in, err := member.Open()
			if err != nil {
				t.Fatal(err)
			}
			text, err := io.ReadAll(in)
			if err != nil {
				t.Fatal(err)
			}
			files[name] = string(text)
		}
	}
	return files
}
