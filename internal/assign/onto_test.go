package assign_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// halted is a random city, its day, and a snapshot of it.
func halted(t *rapid.T) (*drawn.City, *assign.Problem, *assign.Outcome, *assign.Snapshot) {
	city, p := furnished(t)
	full := load(t, p)
	q := *p
	q.SnapshotAt = moments(t, full)[:1]
	return city, p, full, load(t, &q).Snapshots[0]
}

// orders are random changes of the service, most of them from a moment on.
func orders(t *rapid.T, p *assign.Problem, at transit.Seconds) []scenario.Modification {
	var all []scenario.Modification
	for range rapid.IntRange(1, 3).Draw(t, "orders") {
		line := fmt.Sprintf("l%d", rapid.IntRange(0, 4).Draw(t, "line"))
		from := max(at, 0) + transit.Seconds(rapid.IntRange(-1800, 7200).Draw(t, "from"))
		every := transit.Seconds(rapid.IntRange(60, 1200).Draw(t, "every"))
		switch kind := rapid.IntRange(0, 3).Draw(t, "order"); {
		case kind == 0:
			all = append(all, scenario.ExtraTrips{Route: line, Direction: -1, From: from, To: from + 1800, Every: every})
		case kind == 1:
			all = append(all, scenario.ChangeHeadway{Route: line, Direction: -1, From: from, To: from + 3600, Every: every})
		case len(p.Day.Trip) > 0:
			d := rapid.SampledFrom(about(p.Day, at)).Draw(t, "canceled")
			all = append(all, scenario.CancelTrip{Trip: string(p.Network.Timetable.Trips.ID[p.Day.Trip[d]]), Start: p.Day.Start[d]})
		}
	}
	return all
}

// about are the dated trips that are under way at a moment by the timetable, and all where there is none.
func about(day *transit.Day, at transit.Seconds) []transit.Dated {
	var all, under []transit.Dated
	for d := range day.Trip {
		from, to := day.Visits(transit.Dated(d))
		all = append(all, transit.Dated(d))
		if day.Depart[from] < at && at < day.Arrive[to-1] {
			under = append(under, transit.Dated(d))
		}
	}
	if len(under) > 0 {
		return under
	}
	return all
}

// ordered is a problem after changes of the service.
func ordered(t *rapid.T, city *drawn.City, p *assign.Problem, orders []scenario.Modification) *assign.Problem {
	q := *p
	q.Network, _ = scenario.Apply(p.Network, city.Date, orders)
	day, err := transit.NewDay(q.Network.Timetable, p.Day.Horizon, p.Seed)
	if err != nil {
		t.Fatal(err)
	}
	q.Day, q.Delays = day, nil
	if p.Model.Blocks != nil {
		q.Model.Blocks = block.Chain(q.Network, q.Day, block.DefaultRules)
	}
	return &q
}

func onto(t *rapid.T, s *assign.Snapshot, p *assign.Problem) (*assign.Snapshot, *assign.Problem) {
	t.Helper()
	moved, problem, err := s.Onto(p)
	if err != nil {
		t.Fatal(err)
	}
	return moved, problem
}

// TestOntoAnotherNetwork: after extra trips, cancellations and new headways
// everybody is accounted for, room and queues are kept, and what was is as it was;
// the same holds when the service is changed again later.
func TestOntoAnotherNetwork(t *testing.T) {
	var all, cut, put, dropped, added, anew int
	rapid.Check(t, func(rt *rapid.T) {
		city, p, _, s := halted(rt)
		changed := ordered(rt, city, p, orders(rt, p, s.At))
		changed.Delays = delays(rt, changed)
		moved, problem := onto(rt, s, changed)
		problem.SnapshotAt = []transit.Seconds{s.At + 1200}
		out := resume(rt, problem, moved, whole)
		checkPlayedOn(rt, problem, out)
		samePast(rt, s, problem, out)
		again, second := onto(rt, out.Snapshots[0], ordered(rt, city, changed, orders(rt, changed, s.At+1200)))
		last := resume(rt, second, again, whole)
		checkPlayedOn(rt, second, last)
		samePast(rt, out.Snapshots[0], second, last)
		checkSettled(rt, p, last)
		checkKerbs(rt, second, last)

		all++
		for i, set := range s.Outcome.Set {
			if set != out.Set[i] || s.Outcome.State[i] == assign.NoService && out.State[i] != assign.NoService {
				if anew++; out.Set[i] < s.At {
					rt.Fatalf("traveller %d set off at %s and now at %s, before %s", i, set.Clock(), out.Set[i].Clock(), s.At.Clock())
				}
			}
		}
		dropped += max(len(s.Day.Trip)-len(problem.Day.Trip), 0)
		added += max(len(problem.Day.Trip)-len(s.Day.Trip), 0)
		for d, trip := range problem.Day.Trip {
			stops := problem.Network.Timetable.PatternStops(problem.Network.Timetable.Trips.Pattern[trip])
			from, to := problem.Day.Visits(transit.Dated(d))
			if int(to-from) < len(stops) {
				cut++
				put += int(out.Alighted[to-1])
			}
		}
	})
	t.Logf("%d trips dropped, %d added, %d cut short, %d people got off there, %d set off at another time", dropped, added, cut, put, anew)
	if all >= 1000 && min(dropped, added, cut, put, anew) == 0 {
		t.Error("nothing was dropped, added, cut short, put off or chosen anew")
	}
}

// samePast: who got on and off before a snapshot did so after it was carried over.
func samePast(t *rapid.T, s *assign.Snapshot, p *assign.Problem, o *assign.Outcome) {
	t.Helper()
	past := s.Outcome
	for i, v := range past.Departed {
		w := o.Departed[i]
		if s.Day.Stop[v] != p.Day.Stop[w] || past.Depart[v] != o.Depart[w] || past.Load[v] != o.Load[w] || past.Boarded[v] != o.Boarded[w] {
			t.Fatalf("departure %d before %s was visit %d and is %d, load %d and %d", i, s.At.Clock(), v, w, past.Load[v], o.Load[w])
		}
	}
	for i, leg := range past.Legs {
		now := o.Legs[i]
		if leg.Traveller != now.Traveller || leg.Join != now.Join || s.Day.Trip[s.Day.Owner[leg.On]] != p.Day.Trip[p.Day.Owner[now.On]] {
			t.Fatalf("leg %d was %+v and is %+v", i, leg, now)
		}
	}
	for _, v := range o.Departed[len(past.Departed):] {
		if o.Depart[v] < s.At {
			t.Fatalf("visit %d leaves at %s, before %s", v, o.Depart[v].Clock(), s.At.Clock())
		}
	}
}

// checkKerbs: a vehicle waits for a loading area from when it came on.
func checkKerbs(t *rapid.T, p *assign.Problem, o *assign.Outcome) {
	for v, wait := range o.Kerb {
		if uint32(v) > p.Day.First[p.Day.Owner[v]] && wait > 0 && o.Arrive[v]-wait < o.Depart[v-1] {
			t.Fatalf("visit %d waits %d s until %s, and left the stop before at %s", v, wait, o.Arrive[v].Clock(), o.Depart[v-1].Clock())
		}
	}
}

// checkSettled: who is stranded waits at a stop, and nobody else does.
func checkSettled(t *rapid.T, p *assign.Problem, o *assign.Outcome) {
	if len(o.State) != p.Travellers.Len() {
		t.Fatalf("%d of %d people", len(o.State), p.Travellers.Len())
	}
	for i, state := range o.State {
		if (state == assign.LastGone) != (o.Stop[i] != transit.Stop(transit.None)) {
			t.Fatalf("traveller %d is in state %d at stop %d", i, state, o.Stop[i])
		}
	}
}

// TestPlayedForHours: a play that ends early is the beginning of the whole one.
func TestPlayedForHours(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		_, p, full, s := halted(rt)
		until := s.At + transit.Seconds(rapid.IntRange(0, 4*3600).Draw(rt, "long"))
		out := resume(rt, p, s, until)
		checkRoom(rt, p, out)
		checkDenials(rt, out)
		for i, v := range full.Departed {
			if gone := i < len(out.Departed); gone != (full.Depart[v] < until || until >= whole) || gone && (out.Departed[i] != v || out.Load[v] != full.Load[v]) {
				rt.Fatalf("until %s departure %d of the day at %s: it has left %v", until.Clock(), i, full.Depart[v].Clock(), gone)
			}
		}
		if n := len(out.Legs); !slices.EqualFunc(out.Legs, full.Legs[:n], func(a, b assign.Leg) bool { return a.Traveller == b.Traveller && a.On == b.On && a.Join == b.Join }) {
			rt.Fatal("the rides are not those of the day's beginning")
		}
		for i := range out.State {
			if arrived := full.State[i] == assign.Arrived && full.End[i] < until; arrived != (out.State[i] == assign.Arrived) {
				rt.Fatalf("traveller %d: state %d until %s, %d in the end at %s", i, out.State[i], until.Clock(), full.State[i], full.End[i].Clock())
			}
		}
	})
}
