package journey_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/transit"
)

// randomClass walks at some speed; steps are for TestStepFree.
func randomClass(t *dice) demand.Class {
	return demand.Class{Speed: uint32(pick(t, []int{100, 100, 50, 130, 0}))}
}

// check holds a journey against the day: every leg is possible as told.
func (o *oracle) check(t *rapid.T, from, to spot, j journey.Journey) {
	t.Helper()
	at, rides := j.Depart, 0
	var off transit.Visit
	bad := func(why string) { t.Fatalf("%s: %+v in\n%s", why, j, o.text) }
	for i, l := range j.Legs {
		if l.Depart < at || l.Arrive < l.Depart {
			bad("a leg begins too early")
		}
		at = l.Arrive
		if l.Walk {
			continue
		}
		d := o.day
		if d.Owner[l.On] != l.Trip || d.Owner[l.Off] != l.Trip || l.On >= l.Off || d.Stop[l.On] != l.From || d.Stop[l.Off] != l.To ||
			d.Depart[l.On] != l.Depart || d.Arrive[l.Off] != l.Arrive || d.Boarding[l.On]&transit.MayBoard == 0 || d.Boarding[l.Off]&transit.MayAlight == 0 {
			bad("a ride is not the day's")
		}
		if rides == 0 && o.walk(from, l.From, true) != l.Depart-j.Depart {
			bad("the first walk is another one")
		}
		if rides > 0 && !o.catches(off, l.On) {
			bad("a change is not possible")
		}
		rides, off = rides+1, l.Off
		if last := i == len(j.Legs)-1 || i == len(j.Legs)-2 && j.Legs[i+1].Walk; last && o.walk(to, l.To, false) != j.Arrive-l.Arrive {
			bad("the last walk is another one")
		}
	}
	if rides != j.Boardings || rides == 0 && o.direct(from, to) != j.Arrive-j.Depart || rides > 0 && at != j.Arrive {
		bad("the sum is wrong")
	}
}

// TestEarliestArrival is the oracle's, with its fewest boardings and its latest start.
func TestEarliestArrival(t *testing.T) {
	asked, rides, changes := 0, 0, 0
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		class := randomClass(rt)
		o, s := newOracle(c, class), journey.NewIndex(c.net, c.day, class).Search()
		for range 3 {
			from, a := c.randomEnd(rt)
			to, b := c.randomEnd(rt)
			q := journey.Query{From: from, To: to, Leave: c.randomTime(rt), MaxBoardings: rt.between(0, 3)}
			j, ok := s.EarliestArrival(q)
			all := o.arrivals(a, b, q.Leave)
			want := within(all, q.MaxBoardings)
			asked++
			if ok != (want < tooLate) {
				rt.Fatalf("from %v to %v at %v: found %v, the oracle arrives at %v in\n%s", a, b, q.Leave.Clock(), ok, want.Clock(), c.text)
			}
			if !ok {
				continue
			}
			o.check(rt.T, a, b, j)
			if j.Arrive != want || j.Depart < q.Leave || j.Boardings != slices.Index(all, want) {
				rt.Fatalf("from %v to %v at %v with %d: %+v, the oracle arrives at %v of %v in\n%s", a, b, q.Leave.Clock(), q.MaxBoardings, j, want, all, c.text)
			}
			for _, d := range o.departures(a, b, want) {
				if j.Boardings > 0 && d > j.Depart && within(o.arrivals(a, b, d), j.Boardings) <= want {
					rt.Fatalf("%+v, but one may set off at %v", j, d.Clock())
				}
			}
			rides, changes = rides+min(j.Boardings, 1), changes+max(j.Boardings-1, 0)
		}
	})
	t.Logf("%d journeys, %d by vehicle, %d changes", asked, rides, changes)
	if asked > 1000 && (rides*5 < asked || changes*50 < asked) {
		t.Errorf("of %d journeys only %d by vehicle, %d changes", asked, rides, changes)
	}
}

// TestArriveBy sets off as late as the oracle can, and earliest arrival from
// then on gives the same arrival back: the two are each other's mirror.
func TestArriveBy(t *testing.T) {
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		class := randomClass(rt)
		o, s := newOracle(c, class), journey.NewIndex(c.net, c.day, class).Search()
		from, a := c.randomEnd(rt)
		to, b := c.randomEnd(rt)
		q := journey.Query{From: from, To: to, By: c.randomTime(rt), MaxBoardings: rt.between(0, 3)}
		j, ok := s.ArriveBy(q)
		want := -tooLate
		for _, d := range o.departures(a, b, q.By) {
			if d > want && within(o.arrivals(a, b, d), q.MaxBoardings) <= q.By {
				want = d
			}
		}
		if ok != (want > -tooLate) {
			rt.Fatalf("from %v to %v by %v: found %v, the oracle leaves at %v in\n%s", a, b, q.By.Clock(), ok, want.Clock(), c.text)
		}
		if !ok {
			return
		}
		o.check(rt.T, a, b, j)
		all := o.arrivals(a, b, want)
		fewest := slices.IndexFunc(all, func(at transit.Seconds) bool { return at <= q.By })
		if j.Depart != want || j.Arrive > q.By || j.Boardings != fewest || j.Arrive != all[fewest] {
			rt.Fatalf("from %v to %v by %v: %+v, the oracle leaves at %v with %v in\n%s", a, b, q.By.Clock(), j, want.Clock(), all, c.text)
		}
		q.Leave = j.Depart
		if again, ok := s.EarliestArrival(q); !ok || again.Arrive > j.Arrive {
			rt.Fatalf("leaving then one arrives at %+v, not %+v", again, j)
		}
		q.Leave++
		if again, ok := s.EarliestArrival(q); ok && again.Arrive <= q.By {
			rt.Fatalf("%+v leaves later than the last: %+v", again, j)
		}
	})
}

// TestProfile: at every second of the window, for every number of boardings,
// the best of the profile is the earliest arrival; and nothing in it is beaten.
func TestProfile(t *testing.T) {
	most := 0
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		class := randomClass(rt)
		o, s := newOracle(c, class), journey.NewIndex(c.net, c.day, class).Search()
		from, a := c.randomEnd(rt)
		to, b := c.randomEnd(rt)
		begin := c.randomTime(rt)
		w := journey.Window{From: begin, Until: begin + transit.Seconds(rt.between(0, 900))}
		bound := rt.between(0, 2)
		q := journey.Query{From: from, To: to, MaxBoardings: bound}
		found := s.Profile(q, w)
		most = max(most, len(found))
		for i, j := range found {
			o.check(rt.T, a, b, j)
			if j.Depart < w.From || j.Depart > w.Until || within(o.arrivals(a, b, j.Depart), bound) > j.Arrive {
				rt.Fatalf("%+v is no journey of %+v", j, w)
			}
			for k, other := range found {
				if i != k && j.Boardings > 0 && other.Boardings > 0 && other.Depart >= j.Depart && other.Arrive <= j.Arrive && other.Boardings <= j.Boardings {
					rt.Fatalf("%+v is beaten by %+v", j, other)
				}
			}
		}
		for leave := w.From; leave <= w.Until; leave++ {
			for k := 0; k <= 3; k++ {
				q.Leave, q.MaxBoardings = leave, k
				if k > bound && bound > 0 {
					continue
				}
				if j, ok := s.EarliestArrival(q); ok && j.Boardings > 0 && j.Boardings <= journey.Lanes && j.Depart <= w.Until && (bound == 0 || j.Boardings <= bound) {
					if !slices.ContainsFunc(found, func(f journey.Journey) bool {
						return f.Depart == j.Depart && f.Arrive == j.Arrive && f.Boardings == j.Boardings
					}) {
						rt.Fatalf("leaving at %v with %d: %+v is not in %+v\n%s", leave.Clock(), k, j, found, c.text)
					}
				}
			}
		}
	})
	if most < 3 {
		t.Errorf("no profile held more than %d journeys", most)
	}
}

// TestOneToMany is the earliest arrival at every stop and place.
func TestOneToMany(t *testing.T) {
	rapid.Check(t, func(check *rapid.T) {
		rt := throw(check)
		c := randomTown(rt)
		class := randomClass(rt)
		o, s := newOracle(c, class), journey.NewIndex(c.net, c.day, class).Search()
		from, a := c.randomEnd(rt)
		q := journey.Query{From: from, Leave: c.randomTime(rt), MaxBoardings: rt.between(0, 2)}
		length := transit.Seconds(rt.between(0, 7200))
		r := s.OneToMany(q, length)
		compare := func(to spot, got transit.Seconds) {
			want := within(o.arrivals(a, to, q.Leave), q.MaxBoardings) - q.Leave
			if want > length {
				want = journey.Unreached
			}
			if got != want {
				rt.Fatalf("from %v to %v at %v with %d in %d: %d, the oracle says %d in\n%s", a, to, q.Leave.Clock(), q.MaxBoardings, length, got, want, c.text)
			}
		}
		for p, got := range r.Place {
			compare(spot{place: p, stop: -1}, got)
		}
		for stop, got := range r.Stop {
			if slices.Contains(c.net.Timetable.Patterns.Stop, transit.Stop(stop)) {
				compare(spot{place: -1, stop: stop}, got)
			}
		}
	})
}
