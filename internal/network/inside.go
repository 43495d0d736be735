package network

import (
	"slices"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// inside is what is known of the ways in stations while walks are found. A stop
// is open when no door leads to it: people walk up to it as to any place. To
// any other stop they come by its doors. The way out is the way in, reversed.
type inside struct {
	layout *station.Layout
	served []bool
	open   []bool // by stop: served, and no door leads there

	door   []station.Spot
	behind [][]inner  // by door: the served stops that it leads to
	doors  [][]uint32 // by stop: those that lead to it
	change [][]inner  // by stop: the served stops that can be reached without going out

	siblings map[transit.Stop][]transit.Stop // the served stops of each station
}

// inner is the way to a stop from a door or from another stop.
type inner struct {
	to         transit.Stop
	walk, free course
	after      [2][]transit.Seconds // by facility of walk and of free: from leaving it until the end
}

func newInside(layout *station.Layout, tt *transit.Timetable) *inside {
	served := Served(tt)
	in := &inside{
		layout: layout, served: served, open: slices.Clone(served), siblings: map[transit.Stop][]transit.Stop{},
		doors: make([][]uint32, len(served)), change: make([][]inner, len(served)),
	}
	for s, parent := range tt.Stops.Parent {
		if served[s] && uint32(parent) != transit.None {
			in.siblings[parent] = append(in.siblings[parent], transit.Stop(s))
		}
	}
	search, step := layout.Inside(), layout.StepFree()
	for s := range layout.Spots.Len() {
		spot, stop := station.Spot(s), layout.Spots.Stop[s]
		if uint32(stop) != transit.None && served[stop] {
			in.change[stop] = in.from(search, spot, step)
		}
		if layout.Spots.Door[s] && layout.Spots.At[s].Valid() {
			in.addDoor(spot, in.from(search, spot, step))
		}
	}
	return in
}

func (in *inside) addDoor(spot station.Spot, behind []inner) {
	for _, b := range behind {
		in.open[b.to] = false
		in.doors[b.to] = append(in.doors[b.to], uint32(len(in.door)))
	}
	in.door, in.behind = append(in.door, spot), append(in.behind, behind)
}

// from are the ways from a spot to the served stops.
func (in *inside) from(search *station.Inside, spot station.Spot, stepFree bool) []inner {
	ways := search.From(spot, false)
	free := ways
	if !stepFree {
		free = search.From(spot, true)
	}
	var all []inner
	for _, w := range ways {
		if !in.served[w.Stop] {
			continue
		}
		one := inner{to: w.Stop, walk: courseOf(w), free: course{time: noWalk}}
		one.after[0] = w.After
		if i := slices.IndexFunc(free, func(f station.Passed) bool { return f.Stop == w.Stop }); i >= 0 {
			one.free, one.after[1] = courseOf(free[i]), free[i].After
		}
		all = append(all, one)
	}
	return all
}

// at are the positions of the doors.
func (in *inside) at() []geo.Point {
	var points []geo.Point
	for _, spot := range in.door {
		points = append(points, in.layout.Spots.At[spot])
	}
	return points
}

// useful tells for each door whether it leads to a served stop.
func (in *inside) useful() []bool {
	useful := make([]bool, len(in.door))
	for d := range in.door {
		useful[d] = len(in.behind[d]) > 0
	}
	return useful
}

// row is where a door stands among the goals of walks.
func (in *inside) row(door int) uint32 { return uint32(len(in.served) + door) }

func (in *inside) id(door int) string { return in.layout.Spots.ID[in.door[door]] }

var (
	codeNoWayIn    = finding.Register("network.platforms_without_way")
	codeDoorBehind = finding.Register("network.doors_without_platform")
)

// tell records which boarding places of a known station no door leads to, and
// which doors lead to none.
func (in *inside) tell(log *finding.Log) {
	if log == nil {
		return
	}
	var platforms, doors []string
	for s, stop := range in.layout.Spots.Stop {
		if uint32(stop) != transit.None && in.open[stop] {
			platforms = append(platforms, in.layout.Spots.ID[s])
		}
	}
	for d := range in.door {
		if len(in.behind[d]) == 0 {
			doors = append(doors, in.id(d))
		}
	}
	tellNames(log, codeNoWayIn, platforms)
	tellNames(log, codeDoorBehind, doors)
}

func tellNames(log *finding.Log, code finding.Code, names []string) {
	if len(names) == 0 {
		return
	}
	log.Add(finding.Finding{
		Level: finding.Warning, Code: code, Value: strings.Join(names[:min(len(names), mostExamples)], ", "),
		Args: map[string]string{"count": strconv.Itoa(len(names))},
	})
}
