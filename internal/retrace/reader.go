package retrace

import (
	"encoding/binary"
	"slices"
	"sort"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/geo"
)

// reader reads diaries by the vehicles that they name.
type reader struct {
	v    *evaluation.Vehicles
	d    *evaluation.Diaries
	near []bool // by place, whether it is asked for; nil: all are
}

// around are the places that are asked for.
func (r reader) around(ask Ask) []bool {
	if ask.Place == "" {
		return nil
	}
	near, middle := make([]bool, len(r.d.Places.ID)), slices.Index(r.d.Places.ID, ask.Place)
	for i := range near {
		near[i] = middle >= 0 && (i == middle || geo.Distance(r.d.Places.At[middle], r.d.Places.At[i]) <= geo.Meters(ask.Within))
	}
	return near
}

// wanted reports whether somebody is asked for.
func (r reader) wanted(p int, ask Ask) bool {
	to := ask.To
	if to <= 0 {
		to = int(^uint(0) >> 1)
	}
	switch {
	case ask.Crowd > 0 && r.d.Crowd[p] != ask.Crowd-1, ask.Class != "" && r.d.Classes[r.d.Class[p]] != ask.Class:
		return false
	case r.near != nil && !r.near[r.d.From[p]] && !r.near[r.d.To[p]]:
		return false
	case ask.Stop != "":
		return r.waitedAt(p, ask, to)
	case ask.LeftBehind && r.denied(p) == 0:
		return false
	}
	return r.d.Set[p] >= ask.From && r.d.Set[p] < to
}

// waitedAt reports whether somebody stood in the queue of a stop between two moments.
func (r reader) waitedAt(p int, ask Ask, to int) bool {
	for w := r.d.First[p]; w < r.d.First[p+1]; w++ {
		waits := &r.d.Waits
		stays := waits.End[w] < 0 || max(waits.End[w], waits.Join[w]+1) > ask.From // who gets on at once is there for that second
		if r.v.Stops[waits.Stop[w]] == ask.Stop && waits.Join[w] < to && stays && (!ask.LeftBehind || waits.Denied[w] > 0) {
			return true
		}
	}
	return false
}

// waited is how long somebody stood in queues; a wait without an end lasts to the last one's beginning.
func (r reader) waited(p int) int {
	sum := 0
	for w := r.d.First[p]; w < r.d.First[p+1]; w++ {
		if end := r.d.Waits.End[w]; end >= 0 {
			sum += end - r.d.Waits.Join[w]
		}
	}
	return sum
}

func (r reader) denied(p int) int {
	sum := 0
	for w := r.d.First[p]; w < r.d.First[p+1]; w++ {
		sum += r.d.Waits.Denied[w]
	}
	return sum
}

// way is a key that people have in common who are of one crowd and class, ended
// alike and took the same lines from the same stops, wherever they got off last.
func (r reader) way(p int) string {
	key := binary.LittleEndian.AppendUint32(nil, uint32(r.d.Crowd[p]))
	key = binary.LittleEndian.AppendUint32(key, uint32(r.d.Class[p]))
	key = binary.LittleEndian.AppendUint32(key, uint32(r.d.State[p]))
	for w := r.d.First[p]; w < r.d.First[p+1]; w++ {
		waits := &r.d.Waits
		key = binary.LittleEndian.AppendUint32(key, uint32(waits.Stop[w]))
		if waits.On[w] < 0 {
			key = binary.LittleEndian.AppendUint32(key, 1<<31)
			continue
		}
		key = binary.LittleEndian.AppendUint32(key, uint32(r.v.Patterns.Line[r.v.Trips.Pattern[r.tripOf(waits.On[w])]]))
	}
	return string(key)
}

// tripOf is the trip of a visit.
func (r reader) tripOf(visit int) int {
	return sort.SearchInts(r.v.Trips.First, visit+1) - 1
}

// stopOf is the stop of a visit.
func (r reader) stopOf(visit int) int {
	trip := r.tripOf(visit)
	return r.v.Patterns.Stop[r.v.Patterns.First[r.v.Trips.Pattern[trip]]+visit-r.v.Trips.First[trip]]
}

// times are when a visit's vehicle came and left.
func (r reader) times(visit int) (arrive, depart int) {
	trip := r.tripOf(visit)
	first := r.v.Trips.First[trip]
	depart = r.v.Trips.Start[trip]
	for v := first; v <= visit; v++ {
		arrive = depart + r.v.Visits.Run[v]
		depart = arrive + r.v.Visits.Stay[v]
	}
	return arrive, depart
}

// journey tells what somebody did, stage by stage.
func (r reader) journey(p int) Journey {
	d := r.d
	out := Journey{
		From: r.place(d.From[p]), To: r.place(d.To[p]), Set: d.Set[p], End: d.End[p], Held: d.Held[p], State: states[d.State[p]], Stages: []Stage{},
	}
	at := out.Set
	for w := d.First[p]; w < d.First[p+1]; w++ {
		if d.Waits.Join[w] > at {
			out.Stages = append(out.Stages, Stage{Kind: "walk", From: at, To: d.Waits.Join[w], Full: -1})
		}
		out.Stages = append(out.Stages, r.wait(w))
		if at = d.Waits.End[w]; d.Waits.On[w] >= 0 {
			ride := r.ride(w)
			out.Stages = append(out.Stages, ride)
			at = ride.To
		}
	}
	if out.End > at || out.End < 0 && at >= 0 && d.State[p] == evaluation.DiaryWalking {
		out.Stages = append(out.Stages, Stage{Kind: "walk", From: at, To: out.End, Full: -1})
	}
	return out
}

func (r reader) place(p int) Place { return Place{r.d.Places.ID[p], r.d.Places.At[p]} }

func (r reader) wait(w int) Stage {
	waits := &r.d.Waits
	out := Stage{Kind: "wait", From: waits.Join[w], To: waits.End[w], Stop: r.v.Stops[waits.Stop[w]], Full: waits.Full[w], Denied: waits.Denied[w]}
	for _, v := range waits.Refused.Visit[waits.Refused.First[w]:waits.Refused.First[w+1]] {
		trip := r.tripOf(v)
		line := r.v.Lines[r.v.Patterns.Line[r.v.Trips.Pattern[trip]]]
		_, depart := r.times(v)
		out.Refused = append(out.Refused, Refused{line.Route, line.Direction, r.v.Trips.ID[trip], depart, r.v.Visits.Load[v], r.v.Trips.Room[trip]})
	}
	return out
}

func (r reader) ride(w int) Stage {
	on, off := r.d.Waits.On[w], r.d.Waits.Off[w]
	trip := r.tripOf(on)
	line := r.v.Lines[r.v.Patterns.Line[r.v.Trips.Pattern[trip]]]
	arrive, _ := r.times(off)
	return Stage{
		Kind: "ride", From: r.d.Waits.End[w], To: arrive, Stop: r.v.Stops[r.stopOf(on)], Off: r.v.Stops[r.stopOf(off)],
		Route: line.Route, Direction: line.Direction, Trip: r.v.Trips.ID[trip], Full: -1, Load: r.v.Visits.Load[on], Room: r.v.Trips.Room[trip],
	}
}
