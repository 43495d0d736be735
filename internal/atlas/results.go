package atlas

import (
	"strings"

	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/network"
)

// OfResults is the atlas of a run. The network that was run, unless nil, tells
// where facilities stand: results alone know it of the venue's gates only.
func OfResults(e *evaluation.Evaluation, n *network.Network) *Atlas {
	r := &run{e: e, clock: clockOf(e.Horizon.Start)}
	r.gather(n)
	a := &Atlas{Names: e.Event.Names, Fallback: e.Event.ID, Illustration: e.City.Illustration, Credits: e.Credits, Fixed: true}
	a.add(r.stops(), r.queues(), r.segments(), r.loads(), r.facilities(), r.platforms(), r.venues(), r.gates())
	a.streets = linesBackdrop(e.Streets)
	return a
}

// run is an evaluation while its atlas is made.
type run struct {
	e     *evaluation.Evaluation
	clock clock

	lines  map[evaluation.LineRef]*evaluation.Line
	stopOf map[string]*evaluation.Stop
	at     map[string]orb.Geometry // of facilities, by id
	ways   []orb.Geometry          // by segment
	ids    []string                // by segment
}

func (r *run) gather(n *network.Network) {
	r.lines = map[evaluation.LineRef]*evaluation.Line{}
	for i := range r.e.Lines {
		l := &r.e.Lines[i]
		r.lines[evaluation.LineRef{Route: l.Route, Direction: l.Direction}] = l
	}
	r.stopOf = map[string]*evaluation.Stop{}
	for i := range r.e.Stops {
		r.stopOf[r.e.Stops[i].ID] = &r.e.Stops[i]
	}
	for _, s := range r.e.Segments {
		line := orb.Geometry(nil)
		if way := lineOf(s.Line); way != nil {
			line = way
		}
		r.ways = append(r.ways, line)
		r.ids = append(r.ids, lineID(s.Route, s.Direction)+"."+s.From+"."+s.To)
	}
	r.at = r.facilitiesAt(n)
}

// facilitiesAt are the positions of facilities, as far as known.
func (r *run) facilitiesAt(n *network.Network) map[string]orb.Geometry {
	known := map[string]orb.Geometry{}
	if n != nil {
		c := city{net: n, tt: n.Timetable}
		for i, id := range n.Stations.Facilities.ID {
			known[id] = pointOf(c.facilityAt(i))
		}
		for _, v := range n.Venues {
			for _, g := range v.Gates {
				known[v.ID+"/"+g.ID] = pointOf(n.Places.At[g.Place])
			}
		}
	}
	for _, g := range r.e.Event.Venue.Gates {
		known[r.e.Event.Venue.ID+"/"+g.ID] = pointOf(g.At)
	}
	at := map[string]orb.Geometry{}
	for _, f := range r.e.Facilities {
		switch stop, told := r.stopOf[f.Station]; {
		case f.Kind == evaluation.Entrance || f.Kind == evaluation.Exit:
			at[f.ID] = known[f.ID[:max(0, strings.LastIndexByte(f.ID, '/'))]]
		case known[f.ID] != nil:
			at[f.ID] = known[f.ID]
		case told:
			at[f.ID] = pointOf(stop.At)
		}
	}
	return at
}

// horizon is the time that was run.
func (r *run) horizon() Span { return r.clock.span(0, r.e.Horizon.Seconds) }

// moment is a column with a time of the run.
func (r *run) moment(name, description string, of func(row int) int) column {
	return text(name, description, func(row int) string { return r.clock.stamp(of(row)) })
}

// lineNames are the names of a line's route.
func (r *run) lineNames(route string, direction int) label.Names {
	if l := r.lines[evaluation.LineRef{Route: route, Direction: direction}]; l != nil {
		return l.Names
	}
	return label.Names{"": route}
}

func (r *run) lineColour(route string, direction int) string {
	if l := r.lines[evaluation.LineRef{Route: route, Direction: direction}]; l != nil {
		return colour(l.Color)
	}
	return ""
}
