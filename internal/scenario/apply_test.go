package scenario

import (
	"cmp"
	"slices"
	"testing"
	_ "time/tzdata"

	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

var date = transit.DateOf(2026, 8, 15)

const (
	minute = transit.Minute
	hour   = transit.Hour
)

// shuttle is a line between two stops in both directions with a fleet.
type shuttle struct {
	run, turnback, headway transit.Seconds
	exact                  bool
	vehicles               uint32
}

func (s shuttle) network(t testing.TB) *network.Network {
	t.Helper()
	b := transit.NewBuilder()
	agency := b.AddAgency("a", "A", "UTC")
	ends := []transit.Stop{b.AddStop("A", "A", geo.Point{Lat: 0.1, Lon: 0.1}), b.AddStop("B", "B", geo.Point{Lat: 0.1, Lon: 0.2})}
	route := b.AddRoute("r", agency, "LRT", "", 1, "")
	vehicle := b.AddVehicle(transit.VehicleRow{Name: "train", Room: 652})
	calendar := b.AddCalendar("c", []transit.Date{date})
	both := transit.MayBoard | transit.MayAlight
	for d := range 2 {
		trip := b.AddTrip(transit.TripRow{
			ID: transit.TripID("t" + string(rune('0'+d))), Route: route, Direction: transit.Direction(d), Calendar: calendar,
			Vehicle: vehicle, Shape: transit.Shape(transit.None),
			Calls: []transit.Call{{Stop: ends[d], Boarding: both}, {Stop: ends[1-d], Arrive: s.run, Depart: s.run, Boarding: both}},
		})
		b.AddFrequency(transit.FrequencyRow{Trip: trip, Start: 6 * hour, End: 24 * hour, Headway: s.headway, Exact: s.exact})
	}
	b.AddFleet(transit.FleetRow{Route: route, Vehicles: s.vehicles, Turnback: s.turnback})
	n, err := network.Assemble(network.Parts{City: network.City{ID: "x", Zone: "UTC"}, Timetable: b.Timetable()})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// leaves are the departures of the date in each direction, in time.
func leaves(t testing.TB, n *network.Network) [2][]transit.Seconds {
	t.Helper()
	day, err := transit.NewDay(n.Timetable, transit.Horizon{Start: int64(date) * 86400, Length: 30 * hour}, 1)
	if err != nil {
		t.Fatal(err)
	}
	var out [2][]transit.Seconds
	for d, trip := range day.Trip {
		direction := n.Timetable.Patterns.Direction[n.Timetable.Trips.Pattern[trip]]
		from, _ := day.Visits(transit.Dated(d))
		out[direction] = append(out[direction], day.Depart[from])
	}
	slices.Sort(out[0])
	slices.Sort(out[1])
	return out
}

// atOnce is how many vehicles are out at once.
func atOnce(times [2][]transit.Seconds, busy transit.Seconds) int {
	type move struct {
		at   transit.Seconds
		more int
	}
	var moves []move
	for _, list := range times {
		for _, at := range list {
			moves = append(moves, move{at, 1}, move{at + busy, -1})
		}
	}
	slices.SortFunc(moves, func(a, b move) int { return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.more, b.more)) })
	out, most := 0, 0
	for _, m := range moves {
		out += m.more
		most = max(most, out)
	}
	return most
}

// Astana's LRT: every 4 min 38 s takes the nineteen trains, every 4 min would take 22.
func TestHeadwayTakesTheFleetThatItsCycleNeeds(t *testing.T) {
	base := shuttle{run: 40 * minute, turnback: 4 * minute, headway: 6 * minute, exact: true, vehicles: 19}.network(t)
	for every, want := range map[transit.Seconds]int{278: 19, 311: 17, 240: 22} {
		n, findings := Apply(base, date, []Modification{ChangeHeadway{Route: "LRT", Direction: -1, From: 17 * hour, To: 23 * hour, Every: every}})
		if len(findings) != 0 {
			t.Fatal(findings)
		}
		if got := atOnce(leaves(t, n), 44*minute); got != want {
			t.Errorf("every %d s: %d trains at once, want %d", every, got, want)
		}
	}
}

// Whatever the stretch, the change never needs more vehicles than the cycle
// and the shorter headway do, and departures never come closer than it.
func TestHeadwayNeverBunches(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		s := shuttle{
			run:      transit.Seconds(rapid.IntRange(60, 5400).Draw(rt, "run")),
			turnback: transit.Seconds(rapid.IntRange(0, 900).Draw(rt, "turnback")),
			headway:  transit.Seconds(rapid.IntRange(120, 3600).Draw(rt, "headway")), exact: true, vehicles: 1,
		}
		from := transit.Seconds(rapid.IntRange(0, 24*3600).Draw(rt, "from"))
		m := ChangeHeadway{
			Route: "LRT", Direction: -1, From: from, To: from + transit.Seconds(rapid.IntRange(0, 4*3600).Draw(rt, "long")),
			Every: transit.Seconds(rapid.IntRange(60, 1800).Draw(rt, "every")),
		}
		n, _ := Apply(s.network(t), date, []Modification{m})
		times := leaves(t, n)
		least := min(m.Every, s.headway)
		for d, list := range times {
			for i := 1; i < len(list); i++ {
				if list[i]-list[i-1] < least {
					rt.Fatalf("direction %d: departures at %s and %s, closer than %d s", d, list[i-1].Clock(), list[i].Clock(), least)
				}
			}
		}
	})
}

func TestHeadwayOutsideOfItsStretchChangesNothing(t *testing.T) {
	base := shuttle{run: 20 * minute, headway: 10 * minute, exact: true, vehicles: 9}.network(t)
	n, _ := Apply(base, date, []Modification{ChangeHeadway{Route: "LRT", Direction: 0, From: 18 * hour, To: 19 * hour, Every: 5 * minute}})
	before, after := leaves(t, base), leaves(t, n)
	if !slices.Equal(before[1], after[1]) {
		t.Error("the other direction changed")
	}
	outside := func(at transit.Seconds) bool { return at >= 18*hour && at < 19*hour }
	if !slices.Equal(slices.DeleteFunc(before[0], outside), slices.DeleteFunc(slices.Clone(after[0]), outside)) {
		t.Error("departures outside of the stretch changed")
	}
	inside := slices.DeleteFunc(slices.Clone(after[0]), func(at transit.Seconds) bool { return !outside(at) })
	if len(inside) != 12 || inside[0] != 18*hour || inside[1] != 18*hour+5*minute {
		t.Errorf("inside: %v", inside)
	}
}

// Frequencies that promise only a headway keep the phase that they drew.
func TestHeadwayKeepsTheDrawnPhaseOutside(t *testing.T) {
	base := shuttle{run: 20 * minute, headway: 10 * minute, vehicles: 9}.network(t)
	n, _ := Apply(base, date, []Modification{ChangeHeadway{Route: "LRT", Direction: -1, From: 18 * hour, To: 19 * hour, Every: 5 * minute}})
	early := func(list []transit.Seconds) []transit.Seconds {
		i, _ := slices.BinarySearch(list, 18*hour)
		return list[:i]
	}
	before, after := leaves(t, base), leaves(t, n)
	for d := range before {
		if !slices.Equal(early(before[d]), early(after[d])) {
			t.Errorf("direction %d: the phase before the stretch changed", d)
		}
	}
}

func TestExtraTripsAndCancellations(t *testing.T) {
	base := shuttle{run: 20 * minute, headway: 10 * minute, exact: true, vehicles: 9}.network(t)
	for _, c := range []struct {
		change Modification
		want   [2]int
	}{
		{ExtraTrips{Route: "LRT", Direction: -1, From: 20 * hour, To: 20*hour + 30*minute, Every: 10 * minute}, [2]int{112, 112}},
		{ExtraTrips{Route: "r", Direction: 1, From: 25 * hour, To: 25 * hour, Every: 10 * minute}, [2]int{108, 109}},
		{CancelTrip{Trip: "t0", Start: 7 * hour}, [2]int{107, 108}},
		{CancelTrip{Trip: "t1", Start: All}, [2]int{108, 0}},
	} {
		n, findings := Apply(base, date, []Modification{c.change})
		got := leaves(t, n)
		if len(findings) != 0 || len(got[0]) != c.want[0] || len(got[1]) != c.want[1] {
			t.Errorf("%s: %d and %d departures, want %v; findings %v", c.change.Kind(), len(got[0]), len(got[1]), c.want, findings)
		}
	}
}

func TestChangesApplyInOrder(t *testing.T) {
	base := shuttle{run: 20 * minute, headway: 10 * minute, exact: true, vehicles: 9}.network(t)
	extra := ExtraTrips{Route: "LRT", Direction: 0, From: 18*hour + 3*minute, To: 18*hour + 3*minute, Every: minute}
	headway := ChangeHeadway{Route: "LRT", Direction: 0, From: 18 * hour, To: 19 * hour, Every: 10 * minute}
	first, _ := Apply(base, date, []Modification{extra, headway})
	last, _ := Apply(base, date, []Modification{headway, extra})
	if n, m := len(leaves(t, first)[0]), len(leaves(t, last)[0]); n != 108 || m != 109 {
		t.Errorf("%d and %d departures; want 108 (the headway replaces the extra trip) and 109", n, m)
	}
}

func TestWhatCannotBeDoneIsAFinding(t *testing.T) {
	base := shuttle{run: 20 * minute, headway: 10 * minute, exact: true, vehicles: 9}.network(t)
	for _, c := range []struct {
		date   transit.Date
		change Modification
		field  string
	}{
		{date, ChangeHeadway{Route: "tram", Every: minute, To: hour}, "modifications[0].route"},
		{date + 1, ChangeHeadway{Route: "LRT", Direction: -1, Every: minute, To: hour}, "modifications[0].route"},
		{date, ChangeHeadway{Route: "LRT", Every: 0, To: hour}, "modifications[0].every"},
		{date, ExtraTrips{Route: "LRT", Every: minute, From: 2 * hour, To: hour}, "modifications[0].to"},
		{date, CancelTrip{Trip: "t9", Start: All}, "modifications[0].trip"},
		{date, CancelTrip{Trip: "t0", Start: 7*hour + 1}, "modifications[0].trip"},
	} {
		n, findings := Apply(base, c.date, []Modification{c.change})
		if len(findings) != 1 || findings[0].Field != c.field || !findings[0].Rejects() {
			t.Errorf("%#v: findings %v, want one for %s", c.change, findings, c.field)
		}
		if network.Hash(n) != network.Hash(base) {
			t.Errorf("%#v: the network changed all the same", c.change)
		}
	}
}

func TestIdentityTellsScenariosApart(t *testing.T) {
	a := ChangeHeadway{Route: "LRT", Direction: -1, From: hour, To: 2 * hour, Every: minute}
	b := a
	b.Note = "asked for by the depot"
	c := a
	c.Direction = 1
	id := func(list ...Modification) string { return Identity("base", date, list) }
	if id(a) != id(b) {
		t.Error("a note made another scenario")
	}
	for name, other := range map[string]string{
		"direction": id(c), "order": id(c, a), "none": id(), "date": Identity("base", date+1, []Modification{a}), "base": Identity("other", date, []Modification{a}),
	} {
		if other == id(a) || name == "order" && other == id(a, c) {
			t.Errorf("another %s made the same scenario", name)
		}
	}
}

func TestFleetFormulaAgreesWithTheDispatch(t *testing.T) {
	s := shuttle{run: 31 * minute, turnback: 5 * minute, headway: 60 * minute, exact: true, vehicles: 1}
	base := s.network(t)
	cycle := capacity.Cycle(s.run, s.run, s.turnback)
	for every := 2 * minute; every < 30*minute; every += 37 {
		n, _ := Apply(base, date, []Modification{ChangeHeadway{Route: "LRT", Direction: -1, From: 8 * hour, To: 20 * hour, Every: every}})
		if got, want := atOnce(leaves(t, n), s.run+s.turnback), capacity.VehiclesFor(cycle, every); got > want {
			t.Errorf("every %d s: %d vehicles at once, cycle / headway says %d", every, got, want)
		}
	}
}

func TestALinesDayIsWhatModificationsSee(t *testing.T) {
	n := corridor(t)
	changed := applied(t, n, ChangeHeadway{Route: "r", Direction: 1, From: 20 * hour, To: 21 * hour, Every: 20 * minute})
	days := LineOn(changed.Timetable, 0, date)
	if len(days) != 2 || len(days[0].Departures) != 108 || len(days[0].Stops) != 5 || days[0].RunTime != 12*minute {
		t.Fatalf("%+v", days)
	}
	if got := len(days[1].Departures); got != 108-7+3 { // the first new one waits for the headway after 19:50, and 21:00 comes too soon after the last
		t.Errorf("%d departures in the other direction", got)
	}
	if !slices.IsSortedFunc(days[1].Departures, func(a, b Departure) int { return int(a.At - b.At) }) {
		t.Error("departures in no order")
	}
}
