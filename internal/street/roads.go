package street

import "github.com/qala-city/qala/internal/geo"

// Driving is how fast vehicles go, in meters per second, both positive.
type Driving struct {
	Road   float64 // on roads that carry traffic through
	Street float64 // on residential and other streets, and between a stop and the nearest of them
}

// Roads are the streets that vehicles drive on, with an index of them. The map
// of the graph is one for people on foot: it knows no ways in one direction
// only, no forbidden turns and no motorways. Several goroutines may use one.
type Roads struct {
	paced *Paced
	index *Index
}

// MaxOffRoad is how far from a road a vehicle may stop.
const MaxOffRoad = geo.Meters(300)

// Driven are the roads among the streets. Those that cannot be reached by road
// from the rest are left out, as small islands are.
func (g *Graph) Driven(by Driving) *Roads {
	roads := g.Only(func(e Edge) bool { return g.Class[e] == Street || g.Class[e] == Road })
	speed := [classes]float64{Path: by.Street, Street: by.Street, Road: by.Road, Steps: by.Street}
	return &Roads{paced: roads.paced(speed), index: NewIndex(roads, roads.Mainland())}
}

// Drive is the quickest way by road between two points; false where one of them
// lies at no road, or no road leads from one to the other.
func (r *Roads) Drive(from, to geo.Point) (Walk, bool) {
	a, ok := r.index.Snap(from, MaxOffRoad)
	b, also := r.index.Snap(to, MaxOffRoad)
	if !ok || !also {
		return Walk{}, false
	}
	return r.paced.Search().Way(a, b)
}
