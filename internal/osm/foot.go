package osm

import (
	"slices"

	"github.com/qala-city/qala/internal/street"
)

// tags are the tags that matter on foot; "" where there is none.
type tags struct {
	highway, railway, transport, manMade string
	foot, access, motorroad, sidewalk    string
	barrier, locked                      string
}

// set keeps a tag that matters. A sidewalk on either side is a sidewalk.
func (t *tags) set(key, value []byte) {
	for _, k := range []struct {
		name string
		into *string
	}{
		{"highway", &t.highway},
		{"railway", &t.railway},
		{"public_transport", &t.transport},
		{"man_made", &t.manMade},
		{"foot", &t.foot},
		{"access", &t.access},
		{"motorroad", &t.motorroad},
		{"sidewalk", &t.sidewalk},
		{"barrier", &t.barrier},
		{"locked", &t.locked},
	} {
		if k.name == string(key) {
			*k.into = string(value)
			return
		}
	}
	switch string(key) {
	case "sidewalk:left", "sidewalk:right", "sidewalk:both":
		if slices.Contains(sidewalks, string(value)) {
			t.sidewalk = "yes"
		}
	}
}

var (
	// sidewalks say that there is one; "separate" ones are ways of their own.
	sidewalks = []string{"yes", "both", "left", "right"}
	// welcome says that people on foot may go there whatever else is said.
	welcome = []string{"yes", "designated", "permissive", "official", "destination", "customers"}
	// forbidden says that those may not go there of whom it is said.
	forbidden = []string{"no", "private", "use_sidepath", "agricultural", "forestry", "delivery", "military", "permit", "emergency"}
)

// classes are the kinds of highway that people walk on unless something
// forbids it.
var classes = map[string]street.Class{
	"footway": street.Path, "path": street.Path, "pedestrian": street.Path, "corridor": street.Path, "platform": street.Path,
	"cycleway": street.Path, "bridleway": street.Path, "track": street.Path, "elevator": street.Path, "crossing": street.Path,
	"steps":         street.Steps,
	"residential":   street.Street,
	"living_street": street.Street, "service": street.Street, "unclassified": street.Street, "road": street.Street,
	"primary": street.Road, "primary_link": street.Road, "secondary": street.Road, "secondary_link": street.Road,
	"tertiary": street.Road, "tertiary_link": street.Road,
}

// fast are the kinds that people walk on only where it is said.
var fast = []string{"trunk", "trunk_link", "motorway", "motorway_link"}

// street tells whether people may walk on a way, and what it is then.
//
// A way must be a street at all: highways that are being built, ferries and
// tracks for buses or races are none; platforms and piers are. What is said of
// people on foot counts first, then what is said of everybody. A trunk road
// needs a sidewalk or a word that one may walk, a motorway or a road only for
// motors needs the word.
func (t *tags) street() (street.Class, bool) {
	class, known := classes[t.highway]
	switch {
	case slices.Contains(fast, t.highway):
		return street.Road, t.mayWalkOnFast()
	case known:
	case t.railway == "platform" || t.transport == "platform" || t.manMade == "pier":
		class = street.Path
	default:
		return 0, false
	}
	if slices.Contains(welcome, t.foot) {
		return class, true
	}
	return class, t.motorroad != "yes" && !slices.Contains(forbidden, t.foot) && !slices.Contains(forbidden, t.access)
}

func (t *tags) mayWalkOnFast() bool {
	trunk := (t.highway == "trunk" || t.highway == "trunk_link") && t.motorroad != "yes"
	switch {
	case slices.Contains(welcome, t.foot):
		return true
	case !trunk || slices.Contains(forbidden, t.foot) || slices.Contains(forbidden, t.access):
		return false
	}
	return slices.Contains(sidewalks, t.sidewalk)
}

// walls let nobody pass unless it is said.
var walls = []string{"wall", "fence", "city_wall", "retaining_wall", "hedge", "ditch", "guard_rail"}

// blocks tells whether nobody on foot gets past a node. A gate lets people
// pass unless it is locked or forbidden, as do stiles, bollards and the like.
func (t *tags) blocks() bool {
	switch {
	case t.barrier == "" || slices.Contains(welcome, t.foot):
		return false
	case slices.Contains(forbidden, t.foot) || t.locked == "yes":
		return true
	case slices.Contains(welcome, t.access):
		return false
	}
	return slices.Contains(forbidden, t.access) || slices.Contains(walls, t.barrier)
}
