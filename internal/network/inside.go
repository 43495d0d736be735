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
	served []bool
	open   []bool // by stop: served, and no door leads there

	id     []string // by door, as are the next two
	at     []geo.Point
	behind [][]inner  // the served stops that it leads to
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

// newInside finds the ways of a layout.
func newInside(layout *station.Layout, tt *transit.Timetable) *inside {
	in := emptyInside(tt)
	search, step := layout.Inside(), layout.StepFree()
	for s := range layout.Spots.Len() {
		spot, stop := station.Spot(s), layout.Spots.Stop[s]
		if uint32(stop) != transit.None && in.served[stop] {
			in.change[stop] = in.from(search, spot, step)
		}
		if at := layout.Spots.At[s]; layout.Spots.Door[s] && at.Valid() {
			in.addDoor(layout.Spots.ID[s], at, in.from(search, spot, step))
		}
	}
	return in
}

// insideOf is what a network kept of its doors; ways from stop to stop are in
// its links alone.
func insideOf(n *Network) *inside {
	in := emptyInside(n.Timetable)
	for d, id := range n.Doors.ID {
		var behind []inner
		l := &n.Doors.Inside
		for i := l.First[d]; i < l.First[d+1]; i++ {
			one := inner{to: l.To[i], walk: course{time: l.Walk[i]}, free: course{time: l.Walk[i]}}
			if l.FreeWalk != nil {
				one.free.time = l.FreeWalk[i]
			}
			behind = append(behind, one)
		}
		in.addDoor(id, n.Doors.At[d], behind)
	}
	return in
}

func emptyInside(tt *transit.Timetable) *inside {
	served := Served(tt)
	in := &inside{
		served: served, open: slices.Clone(served), siblings: map[transit.Stop][]transit.Stop{},
		doors: make([][]uint32, len(served)), change: make([][]inner, len(served)),
	}
	for s, parent := range tt.Stops.Parent {
		if served[s] && uint32(parent) != transit.None {
			in.siblings[parent] = append(in.siblings[parent], transit.Stop(s))
		}
	}
	return in
}

func (in *inside) addDoor(id string, at geo.Point, behind []inner) {
	for _, b := range behind {
		in.open[b.to] = false
		in.doors[b.to] = append(in.doors[b.to], uint32(len(in.id)))
	}
	in.id, in.at, in.behind = append(in.id, id), append(in.at, at), append(in.behind, behind)
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

// useful tells for each door whether it leads to a served stop.
func (in *inside) useful() []bool {
	useful := make([]bool, len(in.id))
	for d := range in.id {
		useful[d] = len(in.behind[d]) > 0
	}
	return useful
}

// row is where a door stands among the goals of walks.
func (in *inside) row(door int) uint32 { return uint32(len(in.served) + door) }

var (
	codeNoWayIn    = finding.Register("network.platforms_without_way")
	codeDoorBehind = finding.Register("network.doors_without_platform")
)

// tell records which boarding places of a known station no door leads to, and
// which doors lead to none.
func (in *inside) tell(layout *station.Layout, log *finding.Log) {
	if log == nil {
		return
	}
	var platforms, doors []string
	for s, stop := range layout.Spots.Stop {
		if uint32(stop) != transit.None && in.open[stop] {
			platforms = append(platforms, layout.Spots.ID[s])
		}
	}
	for d, id := range in.id {
		if len(in.behind[d]) == 0 {
			doors = append(doors, id)
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
