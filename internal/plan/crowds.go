package plan

import (
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

func count(n int) string { return strconv.Itoa(n) }

func (d *day) totals(journeys assign.Journeys) evaluation.Totals {
	o := d.outcome
	t := evaluation.Totals{Travellers: len(o.State), Boardings: len(o.Legs)}
	for i, state := range o.State {
		denied := d.denied(i, journeys)
		t.Denied += denied
		if denied > 0 {
			t.LeftBehind++
		}
		switch state {
		case assign.Arrived:
			t.Arrived++
			if len(journeys.Of(i)) == 0 {
				t.OnFootOnly++
			}
		case assign.Walking:
			t.Walking++
		default:
			t.Stranded++
		}
	}
	return t
}

// denied is how often full vehicles left a traveller behind.
func (d *day) denied(traveller int, journeys assign.Journeys) int {
	n := int(d.outcome.Left[traveller])
	for _, leg := range journeys.Of(traveller) {
		n += int(d.outcome.Legs[leg].Denied)
	}
	return n
}

func (d *day) crowds(journeys assign.Journeys) []evaluation.Crowd {
	t := d.problem.Travellers
	members := make([][]int, len(t.Crowds))
	for i, c := range t.Crowd {
		members[c] = append(members[c], i)
	}
	out := make([]evaluation.Crowd, len(t.Crowds))
	for c := range out {
		out[c] = d.crowd(t.Crowds[c], members[c], journeys)
	}
	return out
}

// times are when the people of a crowd set off, got away and arrived, each
// list for those who did.
type times struct{ set, away, end, travel, wait []int }

func (d *day) crowd(c demand.Crowd, members []int, journeys assign.Journeys) evaluation.Crowd {
	out := evaluation.Crowd{Session: c.Session, Way: string(c.Way), People: len(members)}
	start := d.startOf(c)
	var t times
	for _, i := range members {
		if denied := d.denied(i, journeys); denied > 0 {
			out.Denied += denied
			out.LeftBehind++
		}
		d.timesOf(i, journeys, &t)
		switch d.outcome.State[i] {
		case assign.Arrived:
			out.Arrived++
			if c.Way == demand.Arriving && int(d.outcome.End[i]) > start {
				out.Late++
			}
		case assign.Walking:
			out.Walking++
		default:
			out.Stranded++
		}
	}
	out.Clear, out.Curve = cleared(c.Way, t, len(members)), curve(t)
	out.Travel, out.Wait = quantiles(t.travel), quantiles(t.wait)
	return out
}

// startOf is when the session of a crowd begins; 0 for those who come for none.
func (d *day) startOf(c demand.Crowd) int {
	if c.Session < 0 {
		return 0
	}
	return int(d.request.Event.Sessions[c.Session].Start)
}

// cleared is when shares of a crowd were away from the venue, or at its gates;
// nothing for those who are bound for neither.
func cleared(way demand.Way, t times, people int) []evaluation.Clear {
	switch way {
	case demand.Leaving:
		return clears(t.away, people)
	case demand.Arriving:
		return clears(t.end, people)
	}
	return []evaluation.Clear{}
}

// timesOf adds one traveller's times.
func (d *day) timesOf(i int, journeys assign.Journeys, t *times) {
	o := d.outcome
	if o.Set[i] == demand.Free {
		return
	}
	t.set = append(t.set, int(o.Set[i]))
	legs := journeys.Of(i)
	switch {
	case len(legs) > 0:
		t.away = append(t.away, int(o.Depart[o.Legs[legs[0]].On]))
	case o.State[i] == assign.Arrived:
		t.away = append(t.away, int(o.Set[i]))
	}
	if o.State[i] != assign.Arrived {
		return
	}
	t.end = append(t.end, int(o.End[i]))
	t.travel = append(t.travel, int(o.End[i]-o.Set[i]))
	wait := transit.Seconds(0)
	for _, leg := range legs {
		wait += o.Depart[o.Legs[leg].On] - o.Legs[leg].Join
	}
	t.wait = append(t.wait, int(wait))
}

// clears are when shares of a crowd of a size were gone; -1 where too few ever were.
func clears(gone []int, people int) []evaluation.Clear {
	slices.Sort(gone)
	out := []evaluation.Clear{}
	for _, percent := range []int{50, 90, 95, 99, 100} {
		rank := (people*percent + 99) / 100
		at := -1
		if rank > 0 && rank <= len(gone) {
			at = gone[rank-1]
		}
		out = append(out, evaluation.Clear{Percent: percent, At: at})
	}
	return out
}

// quantiles of a distribution, by the nearest rank.
func quantiles(values []int) evaluation.Quantiles {
	if len(values) == 0 {
		return evaluation.Quantiles{}
	}
	slices.Sort(values)
	at := func(percent int) int { return values[max((len(values)*percent+99)/100, 1)-1] }
	return evaluation.Quantiles{P10: at(10), P50: at(50), P90: at(90), P99: at(99), Max: at(100)}
}

// curve counts by minute who had set off, got away and arrived by its end.
func curve(t times) []evaluation.Point {
	if len(t.set) == 0 {
		return []evaluation.Point{}
	}
	for _, list := range [][]int{t.set, t.away, t.end} {
		slices.Sort(list)
	}
	last := t.set[len(t.set)-1]
	for _, list := range [][]int{t.away, t.end} {
		if len(list) > 0 {
			last = max(last, list[len(list)-1])
		}
	}
	out := []evaluation.Point{}
	for minute := max(t.set[0], 0)/60 - 1; minute <= last/60; minute++ {
		end := (minute + 1) * 60
		out = append(out, evaluation.Point{Minute: minute, Started: before(t.set, end), Away: before(t.away, end), Arrived: before(t.end, end)})
	}
	return out
}

// before is how many of sorted times lie before a second.
func before(sorted []int, second int) int {
	i, _ := slices.BinarySearch(sorted, second)
	return i
}
