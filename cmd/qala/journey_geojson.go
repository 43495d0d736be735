package main

import (
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/geojson"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// printGeoJSON puts features on standard output, and nothing else.
func (h *house) printGeoJSON(features []geojson.Feature) error {
	data, err := geojson.Write(features)
	if err != nil {
		return err
	}
	_, err = h.out.Write(data)
	return unwritten(err)
}

// journeyFeatures are the legs of journeys as lines: rides from stop to stop,
// walks straight.
func (a *asked) journeyFeatures(journeys []journey.Journey, from, to endpoint) []geojson.Feature {
	var features []geojson.Feature
	for i, j := range journeys {
		for _, l := range j.Legs {
			told := a.legTold(l, from, to, "")
			features = append(features, geojson.NewFeature(geojson.LineShape(a.line(l, from, to)), map[string]any{
				"journey": i, "mode": told.Mode, "line": told.Line, "route": told.Route, "headsign": told.Headsign,
				"from": told.From, "from_name": told.FromName, "to": told.To, "to_name": told.ToName,
				"depart": told.Depart, "arrive": told.Arrive,
			}))
		}
	}
	return features
}

// line is where a leg leads.
func (a *asked) line(l journey.Leg, from, to endpoint) []geo.Point {
	at := func(s transit.Stop, end endpoint) geo.Point {
		if uint32(s) == transit.None {
			return end.at
		}
		return a.net.Timetable.Stops.At[s]
	}
	if l.Walk {
		return []geo.Point{at(l.From, from), at(l.To, to)}
	}
	var line []geo.Point
	for v := l.On; v <= l.Off; v++ {
		line = append(line, a.net.Timetable.Stops.At[a.day.Stop[v]])
	}
	return line
}

// reachFeatures are the surface within reach, and the stops and places in it as points.
func (a *asked) reachFeatures(r *journey.Reached, from endpoint, within transit.Seconds) []geojson.Feature {
	area := a.search.Area(from.end, r, within, areaCell)
	features := []geojson.Feature{geojson.NewFeature(geojson.SurfaceShape(area), map[string]any{
		"kind": "area", "from": from.named, "leave": a.stamp(r.Leave), "within_seconds": int(within),
	})}
	add := func(kind, id, name string, at geo.Point, seconds transit.Seconds) {
		if seconds != journey.Unreached {
			features = append(features, geojson.NewFeature(geojson.PointShape(at), map[string]any{
				"kind": kind, "id": id, "name": name, "seconds": int(seconds),
			}))
		}
	}
	stops := &a.net.Timetable.Stops
	for s, seconds := range r.Stop {
		add("stop", string(stops.ID[s]), stops.Name[s], stops.At[s], seconds)
	}
	for p, seconds := range r.Place {
		add("place", a.net.Places.ID[p], "", a.net.Places.At[p], seconds)
	}
	return features
}
