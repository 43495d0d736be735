package gtfs

import (
	"context"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

func TestFareZonesOfStops(t *testing.T) {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"agency.txt":         "agency_name,agency_url,agency_timezone\nA,https://example.org,Asia/Almaty\n",
		"stops.txt":          "stop_id,stop_name,stop_lat,stop_lon,zone_id\ns1,One,51.10,71.40,N1\ns2,Two,51.10,71.41,\ns3,Three,51.10,71.42, S2 \n",
		"routes.txt":         "route_id,route_short_name,route_type\nr,1,3\n",
		"calendar_dates.txt": "service_id,date,exception_type\nd,20260801,1\n",
		"trips.txt":          "route_id,service_id,trip_id\nr,d,t\n",
		"stop_times.txt":     "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,8:00:00,8:00:00,s1,1\nt,8:03:00,8:03:00,s3,2\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	feed, err := Read(context.Background(), Source{FS: files}, transit.NewBuilder(), &finding.Log{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[transit.Stop]string{0: "N1", 2: "S2"}, feed.Zones); diff != "" {
		t.Error(diff)
	}
}
