package cityfile

import (
	"strings"

	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/plainyaml"
)

// properties are those that are read; others are common in GeoJSON and noted.
var properties = []string{"id", "kind", "name", "capacity", "basis", "source", "venue", "per_minute", "in_per_minute", "share"}

// feature is a Point of a FeatureCollection.
type feature struct {
	spot       plainyaml.Spot
	properties plainyaml.Object
	at         geo.Point
	own        int // mistakes found while it was read
	gates      []*feature
}

// readFeatures reads Points: those with a property venue are gates of it.
func (v *venueReader) readFeatures(root plainyaml.Spot) {
	doc := root.Object()
	if doc.Need("type").Word() != "FeatureCollection" {
		root.Refuse(codeNotCollection)
		return
	}
	var all []*feature
	for _, entry := range doc.Need("features").List() {
		v.tally.Rows++
		all = append(all, readFeature(entry))
	}
	gatherGates(all)
	for _, f := range all {
		v.readFeatureVenue(f)
	}
}

func readFeature(entry plainyaml.Spot) *feature {
	before := entry.Mistakes()
	f := &feature{spot: entry}
	o := entry.Object()
	f.at = point(o.Need("geometry"))
	f.properties = o.Need("properties").Object()
	f.own = entry.Mistakes() - before
	for _, name := range f.properties.Keys() {
		if !isProperty(name) {
			f.properties.May(name).Warn(codeProperty, "property", name, "suggestion", plainyaml.Nearest(name, properties))
		}
	}
	return f
}

func isProperty(name string) bool {
	for _, known := range properties {
		if name == known {
			return true
		}
	}
	return strings.HasPrefix(name, "name:")
}

// point is a geometry's position: longitude before latitude.
func point(geometry plainyaml.Spot) geo.Point {
	if !geometry.Present() {
		return geo.Point{}
	}
	o := geometry.Object()
	coordinates := o.May("coordinates").List()
	if o.May("type").Word() != "Point" || len(coordinates) < 2 {
		geometry.Refuse(codeNotPoint)
		return geo.Point{}
	}
	return geo.Point{Lat: coordinates[1].Number(-180, 180), Lon: coordinates[0].Number(-180, 180)}
}

// gatherGates gives each gate to its venue.
func gatherGates(all []*feature) {
	venues := map[string]*feature{}
	for _, f := range all {
		if !f.isGate() {
			venues[f.properties.May("id").Raw()] = f
		}
	}
	for _, f := range all {
		if !f.isGate() {
			continue
		}
		venue := venues[f.properties.May("venue").Raw()]
		if venue == nil {
			f.properties.May("venue").Refuse(codeNoSuchVenue)
			continue
		}
		venue.gates = append(venue.gates, f)
	}
}

func (f *feature) isGate() bool { return f.properties.May("venue").Present() }

// readFeatureVenue keeps a venue with its gates, or none of them.
func (v *venueReader) readFeatureVenue(f *feature) {
	if f.isGate() {
		return
	}
	before := f.spot.Mistakes() - f.own
	venue := readVenue(f.properties, featureNames(f.properties), f.at)
	for _, gate := range f.gates {
		before -= gate.own
		venue.addGate(gate.properties, gate.at)
	}
	kept := v.tally.Kept
	v.finish(f.properties, venue, before)
	if v.tally.Kept > kept {
		v.tally.Kept += len(f.gates)
	}
}

// featureNames takes name as one text or by language, and name:kk, name:ru, ...
func featureNames(o plainyaml.Object) label.Names {
	names := label.Names{}
	if name := o.May("name"); name.IsMap() {
		names = name.Names()
	} else if name.Present() {
		names["und"] = name.Word()
	}
	for _, key := range o.Keys() {
		if language, ok := strings.CutPrefix(key, "name:"); ok {
			names[language] = o.May(key).Word()
		}
	}
	if len(names) == 0 {
		o.Need("name")
	}
	return names
}
