package station

import (
	"cmp"
	"container/heap"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// Inside finds the quickest ways through a layout, by Dijkstra's algorithm: of
// two that take as long it always finds the same. It is the scratch of one
// goroutine.
type Inside struct {
	layout *Layout
	first  []uint32 // by spot: where its steps start in step
	step   []uint32
	cost   []uint64 // milliseconds, by spot
	by     []uint32 // the step that led to a spot, or None
	dirty  []Spot   // what the last search labeled
	queue  spotQueue
}

// Passed is the way from a spot to a boarding place.
type Passed struct {
	Stop     transit.Stop
	Walk     transit.Seconds // of somebody whom nobody hinders, rounded up
	Facility []Facility
	Left     []transit.Seconds // by Facility: from coming to it until the end
	After    []transit.Seconds // by Facility: from leaving it until the end
}

// Inside makes a scratch for ways through this layout.
func (l *Layout) Inside() *Inside {
	spots := l.Spots.Len()
	i := &Inside{
		layout: l, first: make([]uint32, spots+2), step: make([]uint32, l.Steps.Len()), cost: make([]uint64, spots), by: make([]uint32, spots),
	}
	for s := range i.cost {
		i.cost[s], i.by[s] = unreached, transit.None
	}
	for _, from := range l.Steps.From {
		i.first[from+2]++
	}
	for s := 2; s < len(i.first); s++ {
		i.first[s] += i.first[s-1]
	}
	for k, from := range l.Steps.From {
		i.step[i.first[from+1]] = uint32(k)
		i.first[from+1]++
	}
	return i
}

// From are the quickest ways from a spot to every other boarding place that
// can be reached, by stop. Free leaves out what somebody who takes no steps
// cannot pass.
func (i *Inside) From(start Spot, free bool) []Passed {
	reached := i.search(start, free)
	slices.Sort(reached)
	var all []Passed
	for _, s := range reached {
		if stop := i.layout.Spots.Stop[s]; s != start && uint32(stop) != transit.None {
			all = append(all, i.passed(s))
		}
	}
	slices.SortFunc(all, func(a, b Passed) int { return cmp.Compare(a.Stop, b.Stop) })
	return all
}

const unreached = uint64(math.MaxUint64)

// search labels what can be reached and gives it in the order of coming there.
func (i *Inside) search(start Spot, free bool) []Spot {
	for _, s := range i.dirty { // a city has many stations, and a search sees one
		i.cost[s], i.by[s] = unreached, transit.None
	}
	i.dirty = append(i.dirty[:0], start)
	i.cost[start] = 0
	i.queue = append(i.queue[:0], spotLabel{0, start})
	var reached []Spot
	for len(i.queue) > 0 {
		label := heap.Pop(&i.queue).(spotLabel)
		if label.cost > i.cost[label.spot] {
			continue
		}
		reached = append(reached, label.spot)
		if label.spot == start || !i.layout.Spots.Ends[label.spot] {
			i.goOn(label, free)
		}
	}
	return reached
}

func (i *Inside) goOn(from spotLabel, free bool) {
	steps := &i.layout.Steps
	for _, k := range i.step[i.first[from.spot]:i.first[from.spot+1]] {
		cost := from.cost + uint64(steps.Walk[k])
		into := steps.Into[k]
		if (free && !steps.StepFree[k]) || cost >= i.cost[into] {
			continue
		}
		if i.cost[into] == unreached {
			i.dirty = append(i.dirty, into)
		}
		i.cost[into], i.by[into] = cost, k
		heap.Push(&i.queue, spotLabel{cost, into})
	}
}

// passed tells the way to a spot from its end.
func (i *Inside) passed(to Spot) Passed {
	steps, total := &i.layout.Steps, i.cost[to]
	p := Passed{Stop: i.layout.Spots.Stop[to], Walk: wholeSeconds(total)}
	for i.by[to] != transit.None {
		k, end := i.by[to], i.cost[to]
		to = steps.From[k]
		if uint32(steps.Facility[k]) != transit.None {
			p.After = append(p.After, wholeSeconds(total-end))
			p.Facility = append(p.Facility, steps.Facility[k])
			p.Left = append(p.Left, wholeSeconds(total-i.cost[to]))
		}
	}
	slices.Reverse(p.Facility)
	slices.Reverse(p.Left)
	slices.Reverse(p.After)
	return p
}

// wholeSeconds rounds up. A way of a million hours is as good as none.
func wholeSeconds(milliseconds uint64) transit.Seconds {
	return transit.Seconds(min((milliseconds+999)/1000, math.MaxInt32/2))
}

// spotLabel is a spot with the milliseconds until there.
type spotLabel struct {
	cost uint64
	spot Spot
}

// spotQueue is a heap: the lower cost first, then the lower spot.
type spotQueue []spotLabel

func (q spotQueue) Len() int { return len(q) }
func (q spotQueue) Less(i, j int) bool {
	return q[i].cost < q[j].cost || q[i].cost == q[j].cost && q[i].spot < q[j].spot
}
func (q spotQueue) Swap(i, j int) { q[i], q[j] = q[j], q[i] }
func (q *spotQueue) Push(x any)   { *q = append(*q, x.(spotLabel)) }
func (q *spotQueue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}
