package gtfs

import (
	"testing"
	"testing/fstest"
)

// FuzzRead gives the reader a zip of any bytes.
func FuzzRead(f *testing.F) {
	whole := zipOf(f, goodMembers("")...)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(zipOf(f, goodMembers("gtfs/")...))
	f.Add(zipOf(f))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, content []byte) {
		readZip(t, content, Limits{Total: 1 << 22})
	})
}

// FuzzFolder gives the reader a folder of any texts.
func FuzzFolder(f *testing.F) {
	add := func(files map[string]string) {
		texts := map[string]string{}
		for name, file := range change(files) {
			texts[name] = string(file.Data)
		}
		f.Add(texts["agency.txt"], texts["stops.txt"], texts["routes.txt"], texts["calendar.txt"], texts["calendar_dates.txt"],
			texts["trips.txt"], texts["stop_times.txt"], texts["frequencies.txt"], texts["shapes.txt"], texts["transfers.txt"]+texts["translations.txt"])
	}
	add(nil)
	add(map[string]string{
		"stops.txt":          "stop_id,stop_name,stop_lat,stop_lon,location_type,parent_station\ns1,A,51,71,,p\ns2,B,51.1,71,0,\ns3,C,0,0,,\np,P,51,71,1,s1\ne,,,,2,p\n",
		"calendar_dates.txt": "service_id,date,exception_type\nWD,20260606,1\nX,20260606,2\nWD,20260606,2\n",
		"stop_times.txt": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled,pickup_type\nt1,,,s1,0,1,\nt1,8:00:00,,s1,3,1,2\n" +
			"t1,,,s2,4,2,\nt1,7:00:00,7:30:00,p,5,2,\nt1,9:00:00,9:00:00,s2,9,3,1\nt1,25:00:00,100:00:00,e,9,,x\nt2,1:00,,s2,1,,\n",
		"frequencies.txt": "trip_id,start_time,end_time,headway_secs,exact_times\nt1,6:00:00,9:00:00,600,1\nt1,6:00:00,9:00:00,5,0\n",
		"shapes.txt":      "shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence\na,51,71,1\na,51,72,1\na,51.1,71,0\nb,1,1,1\n",
		"transfers.txt":   "from_stop_id,to_stop_id,transfer_type,min_transfer_time\ns1,s2,2,60\np,e,0,\n",
	})
	add(map[string]string{
		"stops.txt":     stationStops,
		"transfers.txt": stationPathways,
	})
	add(map[string]string{"translations.txt": "trans_id,lang,translation\nFirst,kk,X\nFirst,zh-Hans,Y\n"})
	f.Fuzz(func(t *testing.T, agency, stops, routes, weekly, single, trips, calls, frequencies, shapes, more string) {
		folder := fstest.MapFS{}
		for name, text := range map[string]string{
			"agency.txt": agency, "stops.txt": stops, "routes.txt": routes, "calendar.txt": weekly, "calendar_dates.txt": single,
			"trips.txt": trips, "stop_times.txt": calls, "frequencies.txt": frequencies, "shapes.txt": shapes,
			"transfers.txt": more, "translations.txt": more, "feed_info.txt": more, "levels.txt": more, "pathways.txt": more,
		} {
			if text != "" {
				folder[name] = &fstest.MapFile{Data: []byte(text)}
			}
		}
		readAll(t, folder)
	})
}
