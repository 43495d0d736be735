package plan

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// evening is a match with people of the town who ride out before noon and back after.
func evening(others uint32) demand.Event {
	e := match(100)
	e.Everyday = demand.Everyday{
		Journeys: others, DecayPerMin: 0.04, MetersPerMin: 300, LeastMeters: 1000, Returns: 1, Timed: 0.5, EntriesMeters: 500,
		Classes: []demand.ClassShare{{Class: demand.Class{Name: "commuters", Speed: 120, Crowding: 80, Informed: true}, Share: 1}},
	}
	e.Everyday.Hours[8], e.Everyday.Hours[21] = 0.5, 0.5
	return e
}

func TestOthersAreACrowdOfTheirOwn(t *testing.T) {
	e := run(t, request(city(t, 60, 24*hour, false), evening(400)))
	if len(e.Crowds) != 3 {
		t.Fatalf("%d crowds", len(e.Crowds))
	}
	others := e.Crowds[2]
	if others.Session != demand.NoSession || others.Way != "background" || others.People != 400 || others.Arrived != 400 || others.Late != 0 {
		t.Errorf("others %+v", others)
	}
	if others.Clear == nil || len(others.Clear) > 0 || len(others.Curve) == 0 {
		t.Errorf("clear %v, %d points", others.Clear, len(others.Curve))
	}
	if e.Totals.Travellers != 600 {
		t.Errorf("totals %+v", e.Totals)
	}
	for _, id := range []string{"others_journeys", "others_hours", "others_returns", "others_class_speed", "others_class_crowding", "others_informed", "informed"} {
		if !slices.ContainsFunc(e.Numbers, func(n basis.Number) bool { return n.ID == id }) {
			t.Errorf("number %s is not told", id)
		}
	}
}

// At ten past nine in the evening 100 leave the match while 200 of the town ride
// home in the same hour, in trains of 60: alone 40 of the match are left behind once.
func TestOthersTakeRoom(t *testing.T) {
	alone := run(t, request(city(t, 60, 24*hour, false), match(100)))
	among := run(t, request(city(t, 60, 24*hour, false), evening(400)))
	if a, b := alone.Crowds[1].LeftBehind, among.Crowds[1].LeftBehind; a != 40 || b <= 40 {
		t.Errorf("%d of the match are left behind among others, %d alone", b, a)
	}
	sum := 0
	for _, c := range among.Crowds {
		sum += c.LeftBehind
	}
	if sum != among.Totals.LeftBehind || sum == 0 {
		t.Errorf("%d were left behind by crowd, %d in all", sum, among.Totals.LeftBehind)
	}
}

// The only place with an attraction and no home is the gate: all ride there.
func TestOthersGoWhereDeparturesAre(t *testing.T) {
	r := request(city(t, 60, 24*hour, false), evening(100))
	d, err := prepare(r)
	if err != nil {
		t.Fatal(err)
	}
	people := d.problem.Travellers
	for i := 200; i < people.Len(); i++ {
		if people.From[i]+people.To[i] != 1 { // place 0 are the homes, 1 is the gate
			t.Fatalf("traveller %d rides from %d to %d", i, people.From[i], people.To[i])
		}
	}
}

func TestCountsOfUnknownStationsAreTold(t *testing.T) {
	event := evening(100)
	event.Everyday.Entries = []demand.Entries{{Stop: "home"}, {Stop: "nowhere"}}
	event.Everyday.Entries[0].ByHour[7], event.Everyday.Entries[1].ByHour[7] = 30, 90
	r := request(city(t, 60, 24*hour, false), event)
	d, err := prepare(r)
	if err != nil {
		t.Fatal(err)
	}
	told := map[finding.Code]string{}
	for _, f := range d.findings {
		told[f.Code] = f.Value
	}
	if told[codeCountedNowhere] != "nowhere" || told[codeMoreCounted] != "100" {
		t.Errorf("findings %v", d.findings)
	}
	at7 := 0
	for i, ready := range d.problem.Travellers.Ready {
		if i >= 200 && ready != demand.Free && ready/transit.Hour == 7 && d.problem.Travellers.From[i] == 0 {
			at7++
		}
	}
	if at7 != 30 {
		t.Errorf("%d come into the counted station, 30 were counted", at7)
	}
}

// A cancelled trip makes nobody live or go elsewhere: what attracts is measured
// on the day without it, of which the changed day has less.
func TestScenariosShareTheOthers(t *testing.T) {
	n, event := city(t, 60, 24*hour, false), evening(400)
	base, err := prepare(request(n, event))
	if err != nil {
		t.Fatal(err)
	}
	fewer, err := prepare(request(n, event, scenario.CancelTrip{Trip: "t1", Start: 21 * hour}))
	if err != nil {
		t.Fatal(err)
	}
	want, day := base.attraction(base.problem.Day), fewer.problem.Day
	if slices.Equal(fewer.attraction(day), want) {
		t.Error("the cancelled trip does not leave")
	}
	if got := fewer.attraction(fewer.unchanged(day)); !slices.Equal(got, want) {
		t.Errorf("attraction %v, want the baseline's %v", got, want)
	}
	if diff := cmp.Diff(base.problem.Travellers, fewer.problem.Travellers); diff != "" {
		t.Error(diff)
	}
}

func TestNowhereToGoIsRefused(t *testing.T) {
	n := *city(t, 60, 24*hour, false)
	event := evening(100)
	n.Places.People = []uint32{0, 0}
	event.Origins = demand.Origins{Residents: 1, DecayPerMin: 0.04, MetersPerMin: 300}
	_, err := prepare(request(&n, event))
	refused, is := err.(*Refused) //nolint:errorlint // prepare gives it unwrapped
	if !is || !slices.ContainsFunc(refused.Findings, func(f finding.Finding) bool { return f.Code == codeNowhere }) {
		t.Errorf("error %v", err)
	}
}
