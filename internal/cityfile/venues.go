package cityfile

import (
	"math"
	"strings"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/plainyaml"
)

// Venue is a place of events, or one that people come from, with its gates.
type Venue struct {
	ID       string
	Kind     string
	Names    label.Names
	At       geo.Point
	Capacity uint32 // 0 when not known
	Basis    string // a basis.Kind, or "" when not stated
	Source   string
	Gates    []Gate // at least one; their shares sum to 1
}

// Gate is a way in and out.
type Gate struct {
	ID        string
	At        geo.Point
	PerMinute uint32  // people a minute who can leave; 0 when not known
	InPerMin  uint32  // people a minute who can come in; 0 when not known
	Share     float64 // of the venue's people

	stated bool // the file states the share
}

// VenueKinds are the words for what a venue is.
var VenueKinds = []string{"stadium", "arena", "exhibition", "station", "airport", "landmark", "park"}

// ReadVenues reads a list of venues as YAML, or a GeoJSON FeatureCollection
// when the file's name ends in .geojson or .json. A venue with a mistake is
// rejected; each entry is counted.
func ReadVenues(file string, data []byte, area Area, log *finding.Log) []Venue {
	v := &venueReader{area: area, known: map[string]bool{}, tally: finding.Tally{File: file}}
	defer func() {
		v.tally.Rejected = v.tally.Rows - v.tally.Kept
		log.Count(v.tally)
	}()
	root, ok := plainyaml.Parse(file, data, log)
	if !ok {
		return nil
	}
	if geoJSON(file) {
		v.readFeatures(root)
	} else {
		v.readList(root)
	}
	return v.venues
}

func geoJSON(file string) bool {
	file = strings.ToLower(file)
	return strings.HasSuffix(file, ".geojson") || strings.HasSuffix(file, ".json")
}

// venueReader gathers venues and counts entries.
type venueReader struct {
	area   Area
	known  map[string]bool
	venues []Venue
	tally  finding.Tally
}

func (v *venueReader) readList(root plainyaml.Spot) {
	for _, entry := range root.List() {
		v.tally.Rows++
		before := entry.Mistakes()
		o := entry.Object("id", "kind", "name", "lat", "lon", "capacity", "basis", "source", "gates")
		venue := readVenue(o, o.Need("name").Names(), position(o))
		for _, gate := range o.May("gates").List() {
			g := gate.Object("id", "lat", "lon", "per_minute", "in_per_minute", "share")
			venue.addGate(g, position(g))
		}
		v.finish(o, venue, before)
	}
}

// readVenue reads what YAML and GeoJSON write alike.
func readVenue(o plainyaml.Object, names label.Names, at geo.Point) Venue {
	return Venue{
		ID: o.Need("id").ID(), Kind: o.Need("kind").Choice(VenueKinds...), Names: names, At: at,
		Capacity: uint32(o.May("capacity").Whole(0, 10_000_000)),
		Basis:    string(kind(o.May("basis"))), Source: o.May("source").Word(),
	}
}

func (v *Venue) addGate(o plainyaml.Object, at geo.Point) {
	gate := Gate{
		ID: o.Need("id").ID(), At: at, PerMinute: uint32(o.May("per_minute").Whole(0, 100_000)),
		InPerMin: uint32(o.May("in_per_minute").Whole(0, 100_000)),
		Share:    o.May("share").Number(0, 1), stated: o.May("share").Present(),
	}
	for _, other := range v.Gates {
		if other.ID == gate.ID {
			o.May("id").Refuse(codeTwice)
		}
	}
	v.Gates = append(v.Gates, gate)
}

// position reads lat and lon.
func position(o plainyaml.Object) geo.Point {
	return geo.Point{Lat: o.Need("lat").Number(-180, 180), Lon: o.Need("lon").Number(-180, 180)}
}

// finish keeps a venue unless it has mistakes; before is their number before it.
func (v *venueReader) finish(o plainyaml.Object, venue Venue, before int) {
	at := o.Spot()
	if v.known[venue.ID] && venue.ID != "" {
		o.May("id").Refuse(codeTwice)
	}
	v.known[venue.ID] = true
	if at.Mistakes() == before {
		v.place(at, venue)
	}
	if len(venue.Gates) == 0 && at.Mistakes() == before {
		at.Note(codeNoGate, "venue", venue.ID)
		venue.Gates = []Gate{{ID: "main", At: venue.At}}
	}
	if at.Mistakes() == before && !share(venue.Gates) {
		at.Refuse(codeShares, "venue", venue.ID)
	}
	if at.Mistakes() == before {
		v.tally.Kept++
		v.venues = append(v.venues, venue)
	}
}

// place holds the venue and its gates against where the city's stops are.
func (v *venueReader) place(at plainyaml.Spot, venue Venue) {
	points := []geo.Point{venue.At}
	for _, gate := range venue.Gates {
		points = append(points, gate.At)
	}
	for _, point := range points {
		if code := v.misplaced(point); code != "" {
			at.Refuse(code, "venue", venue.ID, "km", Kilometers(v.area.Nearest(point)))
			return
		}
	}
	if nearest := v.area.Nearest(venue.At); nearest > farVenue && !math.IsInf(float64(nearest), 1) {
		at.Warn(codeFarVenue, "venue", venue.ID, "km", Kilometers(nearest))
	}
	for _, gate := range venue.Gates {
		if far := geo.Distance(venue.At, gate.At); far > farGate {
			at.Warn(codeFarGate, "venue", venue.ID, "gate", gate.ID, "km", Kilometers(far))
		}
	}
}

// misplaced says why a point cannot be of this city; "" when it can.
func (v *venueReader) misplaced(point geo.Point) finding.Code {
	switch {
	case v.area.swapped(point), math.Abs(point.Lat) > 90:
		return codeSwappedVenue
	case !point.Valid():
		return codePosition
	case v.area.outside(point):
		return codeOutside
	}
	return ""
}

// share fills the shares that are not stated: what is left over goes to these
// gates by the people a minute that they let through, or equally where that is
// not known of each. False when the shares cannot sum to 1.
func share(gates []Gate) bool {
	weights := open(gates)
	stated, total := 0.0, 0.0
	for i, gate := range gates {
		if gate.stated {
			stated += gate.Share
		}
		total += weights[i]
	}
	if stated > 1.001 || total == 0 && stated < .999 {
		return false
	}
	scale := 1.0
	if total == 0 || stated > 1 { // small slips of rounding
		scale = stated
	}
	for i := range gates {
		if gates[i].stated {
			gates[i].Share /= scale
		} else {
			gates[i].Share = float64(max(0, 1-stated)*weights[i]) / total
		}
	}
	return true
}

// open weighs the gates whose share is not stated; the others weigh nothing.
func open(gates []Gate) []float64 {
	weights, byRate := make([]float64, len(gates)), true
	for _, gate := range gates {
		byRate = byRate && (gate.stated || gate.PerMinute > 0)
	}
	for i, gate := range gates {
		switch {
		case gate.stated:
		case byRate:
			weights[i] = float64(gate.PerMinute)
		default:
			weights[i] = 1
		}
	}
	return weights
}
