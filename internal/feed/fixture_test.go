package feed

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// gtfsFiles are a feed with the bus line 1 (trips t1 and t2), a line without a
// trip, a stop that nothing serves, and a minimum time between two stops.
var gtfsFiles = map[string]string{
	"agency.txt": "agency_id,agency_name,agency_url,agency_timezone\na,Agency,https://example.org,Asia/Almaty\n",
	"stops.txt": "stop_id,stop_name,stop_lat,stop_lon\n" +
		"s1,One,51.10,71.40\ns2,Two,51.10,71.41\ns3,Three,51.10,71.42\nquiet,Quiet,51.11,71.40\n",
	"routes.txt":     "route_id,agency_id,route_short_name,route_long_name,route_type\nr1,a,1,First,3\nr2,a,2,Second,0\n",
	"calendar.txt":   "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nd,1,1,1,1,1,1,1,20260801,20260831\n",
	"trips.txt":      "route_id,service_id,trip_id,direction_id\nr1,d,t1,0\nr1,d,t2,0\n",
	"stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n" + calls("t1", 8) + calls("t2", 9),
	"transfers.txt":  "from_stop_id,to_stop_id,transfer_type,min_transfer_time\ns1,s2,2,500\n",
}

func calls(trip string, hour int) string {
	return fmt.Sprintf("%s,%02d:00:00,%02d:00:00,s1,1\n%s,%02d:03:00,%02d:03:00,s2,2\n%s,%02d:06:00,%02d:06:00,s3,3\n",
		trip, hour, hour, trip, hour, hour, trip, hour, hour)
}

const cityText = `city: town
name: {en: Town, kk: Қала}
timezone: Asia/Almaty
feeds: [{id: bus, path: gtfs}]
population: population.csv
venues: venues.yaml
capacities: capacities.csv
fleet: fleet.csv
credits: [{holder: Town, licence: CC0-1.0, for: everything}]
numbers: [{id: lrt_trains, value: 19, unit: trains, kind: fact, source: operator}]
`

// town is a whole small city.
func town() fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range gtfsFiles {
		put(files, "gtfs/"+name, text)
	}
	put(files, "city.yaml", cityText)
	put(files, "population.csv", "id,lat,lon,people,basis,source\nh1,51.1001,71.40,300,fact,census\nh2,51.1,71.415,200,fact,census\n")
	put(files, "venues.yaml", "- {id: arena, kind: arena, name: {en: Arena}, lat: 51.1, lon: 71.421, capacity: 9000, basis: fact, source: x, gates: [{id: north, lat: 51.1005, lon: 71.421, per_minute: 300}]}\n")
	put(files, "capacities.csv", "route_id,vehicle,seats,room,basis,source\nr1,long bus,40,120,fact,maker\n")
	put(files, "fleet.csv", "route_id,vehicles,reserve,turnback_s,basis,source\nr1,4,1,300,fact,operator\n")
	return files
}

func put(files fstest.MapFS, name, text string) { files[name] = &fstest.MapFile{Data: []byte(text)} }

// edit replaces a part of a file.
func edit(t *testing.T, files fstest.MapFS, name, old, new string) {
	t.Helper()
	text := string(files[name].Data)
	if !strings.Contains(text, old) {
		t.Fatalf("%s has no %q", name, old)
	}
	put(files, name, strings.Replace(text, old, new, 1))
}

// zipped is the feed as a zip.
func zipped(t *testing.T) string {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, name := range sortedKeys(gtfsFiles) {
		member, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = member.Write([]byte(gtfsFiles[name]))
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func imported(t *testing.T, files fs.FS) *Result {
	t.Helper()
	result, err := Import(context.Background(), Request{Dir: files})
	if err != nil {
		t.Fatalf("%v %v", err, told(result))
	}
	return result
}

// refused imports what cannot be imported and gives its findings.
func refused(t *testing.T, request Request) []string {
	t.Helper()
	result, err := Import(context.Background(), request)
	if !errors.Is(err, ErrRefused) || result == nil || result.Network != nil {
		t.Fatalf("%v, want a refusal with findings", err)
	}
	return told(result)
}

// told is each finding as "file:line level code value".
func told(result *Result) []string {
	if result == nil {
		return nil
	}
	var lines []string
	for _, f := range result.Findings {
		lines = append(lines, fmt.Sprintf("%s:%d %s %s %s", path.Base("./"+f.File), f.Line, f.Level, f.Code, f.Value))
	}
	return lines
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got): %s", what, diff)
	}
}
