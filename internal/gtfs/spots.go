package gtfs

import (
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// SpotKind is what a location is that no vehicle calls at, numbered as
// location_type in GTFS.
type SpotKind uint8

// The kinds.
const (
	Entrance     SpotKind = 2
	Node         SpotKind = 3
	BoardingArea SpotKind = 4
)

// Spot is a row of stops.txt that is no stop and no station.
type Spot struct {
	ID     string // with the feed's prefix
	Name   string
	Kind   SpotKind
	At     geo.Point    // the zero point where the feed gives none
	Parent transit.Stop // the station, of a boarding area its platform; or transit.None
}

// readSpot keeps a spot. An entrance needs a position, for it stands at a street.
func (r *reader) readSpot(s *stopFile, id string, kind SpotKind) {
	at := geo.Point{}
	if kind == Entrance || s.value(s.lat) != "" || s.value(s.lon) != "" {
		var ok bool
		if at, ok = s.point(s.lat, s.lon); !ok {
			r.stops.reject(id)
			return
		}
	}
	r.stops.keep(id, transit.Stop(notUsed))
	r.spotOf[id] = len(r.feed.Spots)
	r.keepLevel(s, id)
	if parent := s.value(s.parent); parent != "" {
		s.parents = append(s.parents, parentLink{line: s.Line(), stop: transit.Stop(transit.None), spot: len(r.feed.Spots), parent: parent})
	}
	r.feed.Spots = append(r.feed.Spots, Spot{
		ID: r.id(id), Name: s.Keep(s.title.at), Kind: kind, At: at, Parent: transit.Stop(transit.None),
	})
}

// setSpotParent resolves the station of an entrance or a node, the platform of
// a boarding area.
func (r *reader) setSpotParent(s *stopFile, link parentLink) {
	spot := &r.feed.Spots[link.spot]
	parent, known := r.stops.known[link.parent]
	if !known || uint32(parent) >= notUsed || r.station[parent] != (spot.Kind != BoardingArea) {
		s.WarnEarlier(link.line, codeBadParent, s.parent.name, link.parent)
		return
	}
	spot.Parent = parent
}

// readLevels reads how high the levels of stations lie.
func (r *reader) readLevels() error {
	f, err := r.open("levels.txt", "level_id", "level_index")
	if f == nil {
		return err
	}
	id, index := f.field("level_id"), f.field("level_index")
	r.levels = map[string]float64{}
	for f.Next() {
		key, high := f.value(id), 0.0
		_, twice := r.levels[key]
		switch {
		case key == "":
			f.reject(codeMissingValue, id)
		case twice:
			f.reject(codeDuplicateID, id)
		case !parseReal(f.value(index), &high):
			f.reject(codeBadLevel, index)
		default:
			r.levels[clone(key)] = high
		}
	}
	return f.close()
}

// keepLevel remembers how high a stop or a spot lies.
func (r *reader) keepLevel(s *stopFile, id string) {
	name := s.value(s.level)
	if name == "" || r.levels == nil {
		return
	}
	high, known := r.levels[name]
	if !known {
		s.warn(codeUnknownLevel, s.level)
		return
	}
	r.high[id] = high
}

// rise is 1 where a pathway leads up, -1 where it leads down, 0 where nobody knows.
func (r *reader) rise(from, to string, stairs int) int8 {
	low, known := r.high[from]
	high, both := r.high[to]
	switch {
	case stairs > 0, stairs == 0 && known && both && high > low:
		return 1
	case stairs < 0, stairs == 0 && known && both && high < low:
		return -1
	}
	return 0
}
