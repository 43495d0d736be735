package main

import (
	"fmt"
	"strconv"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

const (
	zone    = "Asia/Almaty"
	website = "https://github.com/qala-city/qala"
	version = "2026-1"
)

// calendar is a span of dates with the same timetable every day.
type calendar struct{ id, from, to string }

// calendars: the LRT opened on 2026-05-16; the other one asks what it would
// have been for the season of Expo-2017, when it did not exist.
var calendars = []calendar{
	{"daily-2026", "20260516", "20271231"},
	{"expo-2017-as-if", "20170610", "20170910"},
}

// feed is the GTFS folder, sheet by sheet.
func feed(t tables, lines []line) map[string]*sheet {
	return map[string]*sheet{
		"agency.txt":       agencies(),
		"stops.txt":        stops(t, lines),
		"routes.txt":       routes(lines),
		"trips.txt":        trips(lines),
		"stop_times.txt":   stopTimes(lines),
		"frequencies.txt":  frequencies(lines),
		"calendar.txt":     calendarSheet(),
		"shapes.txt":       shapes(lines),
		"translations.txt": translations(t, lines),
		"feed_info.txt":    feedInfo(),
		"attributions.txt": attributions(),
	}
}

func agencies() *sheet {
	s := newSheet("agency_id", "agency_name", "agency_url", "agency_timezone", "agency_lang")
	s.add("lrt", "Astana LRT (illustration)", website, zone, "en")
	s.add("buses", "Astana buses (illustration)", website, zone, "en")
	return s
}

func stops(t tables, lines []line) *sheet {
	s := newSheet("stop_id", "stop_name", "stop_lat", "stop_lon", "location_type", "parent_station")
	for _, station := range t.stations {
		s.add("lrt-"+station.code, station.names["en"], degrees(station.at.Lat), degrees(station.at.Lon), "1", "")
	}
	eachPlace(lines, func(_ way, p place) {
		s.add(p.id, p.names["en"], degrees(p.at.Lat), degrees(p.at.Lon), "0", p.parent)
	})
	return s
}

func eachPlace(lines []line, take func(way, place)) {
	for _, l := range lines {
		for _, w := range l.ways {
			for _, p := range w.places {
				take(w, p)
			}
		}
	}
}

func degrees(value float64) string { return strconv.FormatFloat(value, 'f', 5, 64) }

func routes(lines []line) *sheet {
	s := newSheet("route_id", "agency_id", "route_short_name", "route_long_name", "route_desc", "route_type", "route_color", "route_text_color")
	for _, l := range lines {
		s.add(l.id, l.agency, l.names["en"], l.long, l.note, l.kind, l.color, "FFFFFF")
	}
	return s
}

// eachTrip tells every trip of a line: one a direction and calendar that
// frequencies repeat, and the last one of the night where the line has it.
func eachTrip(lines []line, take func(l line, direction int, c calendar, id string, start transit.Seconds)) {
	for _, c := range calendars {
		for _, l := range lines {
			for d := range l.ways {
				take(l, d, c, fmt.Sprintf("%s-%d-%s", l.id, d, c.id), l.windows[0].from)
				if l.last > 0 {
					take(l, d, c, fmt.Sprintf("%s-%d-last-%s", l.id, d, c.id), l.last)
				}
			}
		}
	}
}

func trips(lines []line) *sheet {
	s := newSheet("route_id", "service_id", "trip_id", "trip_headsign", "direction_id", "shape_id")
	eachTrip(lines, func(l line, d int, c calendar, id string, _ transit.Seconds) {
		s.add(l.id, c.id, id, l.ways[d].headsign, strconv.Itoa(d), shapeID(l, d))
	})
	return s
}

func stopTimes(lines []line) *sheet {
	s := newSheet("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence", "timepoint")
	eachTrip(lines, func(l line, d int, _ calendar, id string, start transit.Seconds) {
		timepoint := "0"
		if l.exact {
			timepoint = "1"
		}
		for i, p := range l.ways[d].places {
			s.add(id, (start + p.arrive).Clock(), (start + p.depart).Clock(), p.id, strconv.Itoa(i+1), timepoint)
		}
	})
	return s
}

func frequencies(lines []line) *sheet {
	s := newSheet("trip_id", "start_time", "end_time", "headway_secs", "exact_times")
	eachTrip(lines, func(l line, _ int, _ calendar, id string, start transit.Seconds) {
		if start == l.last {
			return
		}
		exact := "0"
		if l.exact {
			exact = "1"
		}
		for _, w := range l.windows {
			s.add(id, w.from.Clock(), w.to.Clock(), strconv.Itoa(int(w.every)), exact)
		}
	})
	return s
}

func calendarSheet() *sheet {
	s := newSheet("service_id", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "start_date", "end_date")
	for _, c := range calendars {
		s.add(c.id, "1", "1", "1", "1", "1", "1", "1", c.from, c.to)
	}
	return s
}

func shapeID(l line, direction int) string { return fmt.Sprintf("%s-%d", l.id, direction) }

func shapes(lines []line) *sheet {
	s := newSheet("shape_id", "shape_pt_lat", "shape_pt_lon", "shape_pt_sequence")
	for _, l := range lines {
		for d, w := range l.ways {
			for i, p := range w.shape {
				s.add(shapeID(l, d), degrees(p.Lat), degrees(p.Lon), strconv.Itoa(i+1))
			}
		}
	}
	return s
}

// translations name stops and routes by their ids and headsigns by what they
// say: each stands on many trips.
func translations(t tables, lines []line) *sheet {
	s := newSheet("table_name", "field_name", "language", "translation", "record_id", "field_value")
	add := func(table, field, id, value string, names label.Names) {
		for _, language := range languages {
			s.add(table, field, language, names[language], id, value)
		}
	}
	for _, l := range lines {
		add("routes", "route_short_name", l.id, "", l.names)
	}
	signs := map[string]bool{}
	for _, l := range lines {
		for _, w := range l.ways {
			if !signs[w.headsign] {
				add("trips", "trip_headsign", "", w.headsign, t.headsigns[w.headsign])
			}
			signs[w.headsign] = true
		}
	}
	for _, station := range t.stations {
		add("stops", "stop_name", "lrt-"+station.code, "", station.names)
	}
	eachPlace(lines, func(_ way, p place) { add("stops", "stop_name", p.id, "", p.names) })
	return s
}

func feedInfo() *sheet {
	s := newSheet("feed_publisher_name", "feed_publisher_url", "feed_lang", "feed_start_date", "feed_end_date", "feed_version")
	s.add("qala: an illustration of Astana, not an official timetable", website, "en", "20170610", "20271231", version)
	return s
}

func attributions() *sheet {
	s := newSheet("attribution_id", "organization_name", "is_producer", "is_operator", "is_authority", "attribution_url")
	s.add("positions", "© OpenStreetMap contributors, ODbL 1.0: positions of stations, track and places", "1", "0", "0",
		"https://www.openstreetmap.org/copyright")
	return s
}

// points are the boarding places of all lines.
func points(lines []line) []geo.Point {
	var all []geo.Point
	eachPlace(lines, func(_ way, p place) { all = append(all, p.at) })
	return all
}
