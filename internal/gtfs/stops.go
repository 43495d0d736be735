package gtfs

import (
	"math"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

func clone(text string) string { return strings.Clone(text) }

// The location types of GTFS that a timetable holds.
const (
	platform     = 0
	station      = 1
	locationKind = 5 // one past the last: entrance, node, boarding area
)

// stopFile is stops.txt with its columns.
type stopFile struct {
	*file
	id, title, lat, lon, kind, parent, zone, level field

	parents  []parentLink
	places   map[place]bool
	coincide int // platforms outside of stations that lie where another one lies
}

// place is a square of about a meter.
type place struct{ lat, lon int64 }

// parentLink is a parent_station to be resolved when all stops are known.
type parentLink struct {
	line   int
	stop   transit.Stop // transit.None where it is a spot
	spot   int
	parent string
}

func (r *reader) readStops() error {
	f, err := r.open("stops.txt", "stop_id", "stop_lat", "stop_lon")
	if f == nil {
		return err
	}
	s := &stopFile{
		file: f, id: f.field("stop_id"), title: f.field("stop_name"), lat: f.field("stop_lat"),
		lon: f.field("stop_lon"), kind: f.field("location_type"), parent: f.field("parent_station"), zone: f.field("zone_id"),
		level: f.field("level_id"), places: map[place]bool{},
	}
	r.station = map[transit.Stop]bool{}
	for s.Next() {
		r.readStop(s)
	}
	r.setParents(s)
	if r.paths["pathways.txt"] == "" {
		s.noteCount(codeLocationsUnused, len(r.feed.Spots))
	}
	s.noteCount(codeStopsCoincide, s.coincide)
	return s.close()
}

func (r *reader) readStop(s *stopFile) {
	id, ok := r.stops.own(s.file, s.id)
	if !ok {
		return
	}
	kind := r.locationType(s)
	if kind > station {
		r.readSpot(s, id, SpotKind(kind))
		return
	}
	at, ok := s.point(s.lat, s.lon)
	if !ok {
		r.stops.reject(id)
		return
	}
	r.addStop(s, id, kind, at)
}

// locationType takes what is no location type as a platform.
func (r *reader) locationType(s *stopFile) int {
	text := s.value(s.kind)
	if text == "" {
		return platform
	}
	kind, err := strconv.Atoi(text)
	if err != nil || kind < 0 || kind >= locationKind {
		s.warn(codeBadLocationType, s.kind)
		return platform
	}
	return kind
}

func (r *reader) addStop(s *stopFile, id string, kind int, at geo.Point) {
	name := s.Keep(s.title.at)
	if name == "" {
		s.Warn(codeNoName, s.title.name, "")
		name = clone(id)
	}
	stop := r.into.AddStop(transit.StopID(r.id(id)), name, at)
	if len(r.position) == 0 {
		r.base = stop
	}
	r.position, r.name = append(r.position, at), append(r.name, name)
	r.line = append(r.line, s.Line())
	r.stops.keep(id, stop)
	r.keepLevel(s, id)
	r.station[stop] = kind == station
	r.keepZone(stop, s.value(s.zone))
	s.look(kind, at)
	if parent := s.value(s.parent); parent != "" {
		s.parents = append(s.parents, parentLink{line: s.Line(), stop: stop, parent: parent})
	}
}

func (r *reader) keepZone(stop transit.Stop, zone string) {
	if zone == "" {
		return
	}
	if r.feed.Zones == nil {
		r.feed.Zones = map[transit.Stop]string{}
	}
	r.feed.Zones[stop] = clone(zone)
}

// look counts platforms outside of stations that lie where another one lies.
func (s *stopFile) look(kind int, at geo.Point) {
	const perDegree = 1e5
	if kind == station || s.value(s.parent) != "" {
		return
	}
	here := place{lat: int64(math.Round(at.Lat * perDegree)), lon: int64(math.Round(at.Lon * perDegree))}
	if s.places[here] {
		s.coincide++
	}
	s.places[here] = true
}

// setParents resolves the stations. A station above a station, or a parent
// that is none, is left away.
func (r *reader) setParents(s *stopFile) {
	for _, link := range s.parents {
		if uint32(link.stop) == transit.None {
			r.setSpotParent(s, link)
			continue
		}
		parent, known := r.stops.known[link.parent]
		if !known || !r.station[parent] || r.station[link.stop] {
			s.WarnEarlier(link.line, codeBadParent, s.parent.name, link.parent)
			continue
		}
		r.into.SetParent(link.stop, parent)
	}
}
