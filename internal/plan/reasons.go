package plan

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// reasonSum is one reason's waiting in the making.
type reasonSum struct {
	people         []uint32 // to whom it happened, as often as it did
	times, seconds int
}

// count is how many people there are, each once.
func (s *reasonSum) count() int {
	slices.Sort(s.people)
	s.people = slices.Compact(s.people)
	return len(s.people)
}

// reasons gathers why people waited: over the day, and by stop.
type reasons struct {
	all    map[evaluation.Why]*reasonSum
	at     map[transit.Stop]map[evaluation.Why]*reasonSum
	denied map[transit.Stop][]transit.Visit // departures that left somebody behind, in order of time
}

func (d *day) reasons() *reasons {
	r := &reasons{all: map[evaluation.Why]*reasonSum{}, at: map[transit.Stop]map[evaluation.Why]*reasonSum{}, denied: map[transit.Stop][]transit.Visit{}}
	for _, v := range d.outcome.Departed {
		if d.outcome.Denied[v] > 0 {
			stop := d.problem.Day.Stop[v]
			r.denied[stop] = append(r.denied[stop], v)
		}
	}
	d.addQueues(r)
	d.addKept(r)
	d.addGone(r)
	return r
}

// add notes that somebody waited for a reason at a stop.
func (r *reasons) add(stop transit.Stop, why evaluation.Why, traveller uint32, times int, seconds transit.Seconds) {
	if r.at[stop] == nil {
		r.at[stop] = map[evaluation.Why]*reasonSum{}
	}
	r.all[why] = r.all[why].add(traveller, times, seconds)
	r.at[stop][why] = r.at[stop][why].add(traveller, times, seconds)
}

func (s *reasonSum) add(traveller uint32, times int, seconds transit.Seconds) *reasonSum {
	if s == nil {
		s = &reasonSum{}
	}
	s.people = append(s.people, traveller)
	s.times += times
	s.seconds += int(seconds)
	return s
}

// addQueues parts each wait in a queue at the first departure that left somebody
// behind: until then he waited for service, from then on because a vehicle was full.
func (d *day) addQueues(r *reasons) {
	o := d.outcome
	for _, leg := range o.Legs {
		d.addWait(r, leg.Traveller, d.problem.Day.Stop[leg.On], leg.Accept, leg.Denied, leg.Join, o.Depart[leg.On])
	}
	for _, t := range o.Thoughts {
		d.addWait(r, t.Traveller, t.Stop, t.Accept, t.Denied, t.Since, t.At)
	}
}

func (d *day) addWait(r *reasons, traveller uint32, stop transit.Stop, accept, denied uint32, from, to transit.Seconds) {
	full := to
	if denied > 0 {
		full = min(max(d.firstDenial(r.denied[stop], &d.outcome.Accepts[accept], from), from), to)
		r.add(stop, evaluation.VehicleFull, traveller, int(denied), to-full)
	}
	if full > from {
		r.add(stop, evaluation.ForService, traveller, 1, full-from)
	}
}

// firstDenial is when the first of some departures at or after a time left that
// somebody would have boarded; the time itself where none is found.
func (d *day) firstDenial(departures []transit.Visit, accept *assign.Acceptance, from transit.Seconds) transit.Seconds {
	day, o := d.problem.Day, d.outcome
	first, _ := slices.BinarySearchFunc(departures, from, func(v transit.Visit, at transit.Seconds) int { return cmp.Compare(o.Depart[v], at) })
	for _, v := range departures[first:] {
		pattern := d.net.Timetable.Trips.Pattern[day.Trip[day.Owner[v]]]
		if accept.Takes(pattern, uint16(day.Place(v)), day.Depart[v]) {
			return o.Depart[v]
		}
	}
	return from
}

func (d *day) addKept(r *reasons) {
	for _, k := range d.outcome.Kept {
		r.add(k.Stop, evaluation.PlatformFull, k.Traveller, 1, d.kept(k))
	}
}

// addGone notes those who waited in vain: that wait ends nowhere and is not summed.
func (d *day) addGone(r *reasons) {
	o := d.outcome
	before := map[uint32]uint32{} // denials in queues that they gave up
	for _, t := range o.Thoughts {
		before[t.Traveller] += t.Denied
	}
	for i, state := range o.State {
		if state != assign.LastGone {
			continue
		}
		traveller := uint32(i)
		r.add(o.Stop[i], evaluation.LastGone, traveller, 1, 0)
		if n := o.Left[i] - before[traveller]; n > 0 {
			r.add(o.Stop[i], evaluation.VehicleFull, traveller, int(n), 0)
		}
	}
}

// listed are sums in the order of reasons, with the waiting at facilities.
func (r *reasons) listed(sums map[evaluation.Why]*reasonSum, facilities []evaluation.Facility) []evaluation.Reason {
	out := []evaluation.Reason{}
	for _, why := range evaluation.Reasons() {
		reason := evaluation.Reason{Why: why}
		if s := sums[why]; s != nil {
			reason.People, reason.Times, reason.PersonSeconds = s.count(), s.times, s.seconds
		}
		for _, f := range facilities {
			if evaluation.Why(f.Kind) == why {
				reason.People, reason.Times, reason.PersonSeconds = reason.People+f.Waited, reason.Times+f.Waited, reason.PersonSeconds+f.PersonSeconds
			}
		}
		if reason.Times+reason.PersonSeconds > 0 {
			out = append(out, reason)
		}
	}
	return out
}

// tellReasons adds to an evaluation why people waited, on the day and at each stop.
func (d *day) tellReasons(e *evaluation.Evaluation) {
	r := d.reasons()
	e.Totals.Reasons = r.listed(r.all, e.Facilities)
	byID := map[string]map[evaluation.Why]*reasonSum{}
	for stop, sums := range r.at {
		byID[d.stopID(stop)] = sums
	}
	for i := range e.Stops {
		e.Stops[i].Reasons = r.listed(byID[e.Stops[i].ID], nil)
	}
}
