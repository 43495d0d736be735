package plan

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	_ "time/tzdata"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

const (
	minute = transit.Minute
	hour   = transit.Hour
)

var date = transit.DateOf(2026, 8, 15)

// city is a town of homes, ten kilometers of line and a stadium at its end.
// The line runs every ten minutes from 06:00 to last with the given room.
func city(t testing.TB, room uint32, last transit.Seconds, fromDefault bool) *network.Network {
	t.Helper()
	b := transit.NewBuilder()
	at := func(east geo.Meters) geo.Point { return geo.Offset(geo.Point{Lat: 51, Lon: 71}, 0, east) }
	agency := b.AddAgency("a", "A", "Asia/Almaty")
	home, arena := b.AddStop("home", "Home", at(0)), b.AddStop("arena", "Arena", at(10000))
	b.AddTranslation("Home", "kk", "Үй")
	route := b.AddRoute("lrt", agency, "LRT", "", 1, "d02020")
	train := b.AddVehicle(transit.VehicleRow{Name: "train", Room: room, Kind: "assumption", FromDefault: fromDefault})
	daily := b.AddCalendar("daily", []transit.Date{date})
	both := transit.MayBoard | transit.MayAlight
	for d, stops := range [][2]transit.Stop{{home, arena}, {arena, home}} {
		trip := b.AddTrip(transit.TripRow{
			ID: transit.TripID(fmt.Sprint("t", d)), Route: route, Direction: transit.Direction(d), Calendar: daily, Vehicle: train, Shape: transit.Shape(transit.None),
			Calls: []transit.Call{{Stop: stops[0], Boarding: both}, {Stop: stops[1], Arrive: 20 * minute, Depart: 20 * minute, Boarding: both}},
		})
		b.AddFrequency(transit.FrequencyRow{Trip: trip, Start: 6 * hour, End: last, Headway: 10 * minute, Exact: true})
	}
	b.AddFleet(transit.FleetRow{Route: route, Vehicles: 6, Reserve: 1, Turnback: 5 * minute, Kind: "fact"})
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "town", Zone: "Asia/Almaty"}, Timetable: b.Timetable(),
		Places:  demand.Places{ID: []string{"homes", "gate"}, At: []geo.Point{at(0), at(10000)}, People: []uint32{5000, 0}},
		Venues:  []demand.Venue{{ID: "arena", At: at(10000), Capacity: 4000, Gates: []demand.Gate{{ID: "g", Place: 1, Share: 1}}}},
		Walking: network.Walking{Speed: 1, Detour: 1, MaxAccess: 500, MaxTransfer: 100, Nearest: 1},
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// atOnce is a profile by which everybody comes (or goes) within one second.
var atOnce = demand.Profile{{At: 0, Share: 0}, {At: 1, Share: 1}}

func match(attendance uint32) demand.Event {
	return demand.Event{
		ID: "match", Venue: "arena", Date: date, TransitShare: 1,
		Sessions: []demand.Session{{Name: "match", Start: 19*hour + 5*minute, End: 21*hour + 5*minute, Attendance: attendance, Arrive: atOnce, Leave: atOnce}},
		Origins:  demand.Origins{Residents: 1, DecayPerMin: 0.04, MetersPerMin: 300},
	}
}

func request(n *network.Network, e demand.Event, changes ...scenario.Modification) Request {
	return Request{
		Network: n, Hash: network.Hash(n), City: "town", Event: e, Modifications: changes, Seed: 1,
		Weights: journey.DefaultWeights, Rounds: 3, Workers: 1, Program: "qala test",
	}
}

func run(t *testing.T, r Request) *evaluation.Evaluation {
	t.Helper()
	e, err := Run(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// 650 people leave at 21:05 from a gate at the stop; a train of 200 leaves at
// 21:10 and every ten minutes: ceil(650 / 200) = 4 trains, the last at 21:40.
func TestClearingIsTheArithmeticOfTheQueue(t *testing.T) {
	e := run(t, exact(city(t, 200, 24*hour, false), match(650)))
	leaving := e.Crowds[1]
	for i, want := range []int{(21*60 + 20) * 60, (21*60 + 30) * 60, (21*60 + 40) * 60, (21*60 + 40) * 60, (21*60 + 40) * 60} {
		if got := leaving.Clear[i]; got.At != want {
			t.Errorf("%d%% away at %d, want %d", got.Percent, got.At, want)
		}
	}
	if leaving.Denied != 450+250+50 || leaving.Arrived != 650 || leaving.Stranded != 0 {
		t.Errorf("denied %d, arrived %d, stranded %d; want 750, 650, 0", leaving.Denied, leaving.Arrived, leaving.Stranded)
	}
	if lines := e.Stops[1].Lines; len(lines) != 1 || lines[0] != (evaluation.LineRef{Route: "lrt", Direction: 1}) {
		t.Errorf("lines boarded at the arena: %v", lines)
	}
	if w := e.Worst[0]; w.Stop != "arena" || w.People != 450 || w.MaxQueue != 650 || w.MaxWait != 35*60 || w.At != (21*60+6)*60 || w.From != (21*60+10)*60 || w.To != (21*60+31)*60 {
		t.Errorf("worst place %+v", w)
	}
}

// 650 come at 21:05; six trains of 200 leave in the hour, 650 board four of them.
func TestHoursSayWhetherTheyCouldBeCarried(t *testing.T) {
	e := run(t, request(city(t, 200, 24*hour, false), match(650)))
	want := []evaluation.Hour{{From: 21 * 3600, Joined: 650, Lines: []evaluation.HourLine{
		{LineRef: evaluation.LineRef{Route: "lrt", Direction: 1}, Departures: 6, Places: 1200, Boarded: 650},
	}}}
	if diff := cmp.Diff(want, e.Worst[0].Hours); diff != "" || !e.Worst[0].Hours[0].Carried() {
		t.Error(diff)
	}
	e = run(t, request(city(t, 90, 24*hour, false), match(650)))
	first := e.Worst[0].Hours[0]
	if first.Lines[0].Boarded != 450 || first.Waiting != 200 || first.LeftBehind != 200 || first.Carried() {
		t.Errorf("five trains of 90 after 21:05: %+v", first)
	}
}

func TestCellsSetDemandAgainstCapacity(t *testing.T) {
	e := run(t, request(city(t, 200, 24*hour, false), match(650)))
	back := e.Lines[1]
	want := map[int]evaluation.Cell{
		84: {Bin: 84, Stop: "arena", Departures: 2, Capacity: 400, Carried: 200, LeftBehind: 450},
		85: {Bin: 85, Stop: "arena", Departures: 1, Capacity: 200, Carried: 200, LeftBehind: 250},
		86: {Bin: 86, Stop: "arena", Departures: 2, Capacity: 400, Carried: 250, LeftBehind: 0},
	}
	for _, c := range back.Cells {
		w, told := want[c.Bin]
		if told && c != w {
			t.Errorf("cell %+v, want %+v", c, w)
		}
		if c.Red() != (c.Bin == 84 || c.Bin == 85) {
			t.Errorf("cell %+v red is %v", c, c.Red())
		}
	}
}

// The sums of every table agree with one another.
func TestTablesAgree(t *testing.T) {
	for _, last := range []transit.Seconds{24 * hour, 21*hour + 25*minute} {
		e := run(t, request(city(t, 90, last, false), match(900)))
		checkPeople(t, e)
		checkStops(t, e)
		for _, l := range e.Lines {
			for _, c := range l.Cells {
				if c.Carried > c.Capacity {
					t.Errorf("%s carries %d on %d places", l.Name, c.Carried, c.Capacity)
				}
			}
		}
	}
}

func checkPeople(t *testing.T, e *evaluation.Evaluation) {
	t.Helper()
	x := e.Totals
	if x.Travellers != x.Arrived+x.Walking+x.Stranded || x.Travellers != 1800 {
		t.Errorf("totals %+v do not add up", x)
	}
	sum := evaluation.Crowd{}
	for _, c := range e.Crowds {
		sum.People, sum.Arrived, sum.Stranded, sum.Denied = sum.People+c.People, sum.Arrived+c.Arrived, sum.Stranded+c.Stranded, sum.Denied+c.Denied
		end := c.Curve[len(c.Curve)-1]
		if end.Arrived != c.Arrived || end.Started < end.Away || end.Away < end.Arrived {
			t.Errorf("the curve ends at %+v, arrived %d", end, c.Arrived)
		}
	}
	if sum.People != x.Travellers || sum.Arrived != x.Arrived || sum.Stranded != x.Stranded || sum.Denied != x.Denied {
		t.Errorf("crowds sum to %+v, totals %+v", sum, x)
	}
}

func checkStops(t *testing.T, e *evaluation.Evaluation) {
	t.Helper()
	boardings, denied, stranded := 0, 0, 0
	for _, s := range e.Stops {
		boardings, denied, stranded = boardings+s.Boardings, denied+s.Denied, stranded+s.Stranded
		minutes, most := 0, 0
		for _, m := range s.Minutes {
			minutes, most = minutes+m.Denied, max(most, m.Queue)
			if m.Queue < 0 {
				t.Errorf("%s has a queue of %d", s.ID, m.Queue)
			}
		}
		if minutes != s.Denied || most != s.MaxQueue {
			t.Errorf("%s: minutes deny %d and queue %d; the stop says %d and %d", s.ID, minutes, most, s.Denied, s.MaxQueue)
		}
	}
	if boardings != e.Totals.Boardings || denied != e.Totals.Denied || stranded != e.Totals.Stranded {
		t.Errorf("stops sum to %d boardings, %d denied, %d stranded; totals %+v", boardings, denied, stranded, e.Totals)
	}
}

func TestFleetIsStatedAndKept(t *testing.T) {
	n := city(t, 200, 24*hour, false)
	e := run(t, request(n, match(100)))
	f := e.Fleets[0]
	if f.Cycle != 50*60 || f.Best[0] != (evaluation.Headway{Vehicles: 6, Seconds: 500, PerHour: 1440}) || f.Best[1].Seconds != 600 || f.Needed != 6 {
		t.Errorf("fleet %+v", f)
	}
}

func TestMoreThanTheFleetIsRefusedWithReasons(t *testing.T) {
	n := city(t, 200, 24*hour, false)
	wish := scenario.ChangeHeadway{Route: "LRT", Direction: -1, From: 18 * hour, To: 23 * hour, Every: 5 * minute}
	_, err := Run(context.Background(), request(n, match(100), wish))
	var refused *Refused
	if !errors.As(err, &refused) {
		t.Fatalf("error %v, want a refusal", err)
	}
	f := refused.Findings[len(refused.Findings)-1]
	want := map[string]string{"route": "LRT", "needed": "10", "vehicles": "6", "every": "5m", "best": "8m20s", "cycle": "50m", "longest_cycle": "30m"}
	for name, value := range want {
		if f.Args[name] != value {
			t.Errorf("%s is %q, want %q in %v", name, f.Args[name], value, f)
		}
	}
	if f.Code != codeFleetExceeded || f.Field != "modifications[0].every" {
		t.Errorf("finding %v", f)
	}
	wish.Every = 500
	if _, err := Run(context.Background(), request(n, match(100), wish)); err != nil {
		t.Errorf("the headway that the finding proposes: %v", err)
	}
}

func TestRequestsThatMakeNoSenseAreRefused(t *testing.T) {
	n := city(t, 200, 24*hour, false)
	for code, change := range map[finding.Code]func(*Request){
		codeUnknownVenue:  func(r *Request) { r.Event.Venue = "circus" },
		codeNoService:     func(r *Request) { r.Event.Date += 7 },
		codeUnknownOrigin: func(r *Request) { r.Event.Origins.FromVenues = []demand.OriginVenue{{Venue: "port", Share: 1}} },
		codeNobody:        func(r *Request) { r.Event.Origins.Residents = 0 },
		"scenario.unknown_trip": func(r *Request) {
			r.Modifications = []scenario.Modification{scenario.CancelTrip{Trip: "x", Start: scenario.All}}
		},
	} {
		r := request(n, match(100))
		change(&r)
		_, err := Run(context.Background(), r)
		var refused *Refused
		if !errors.As(err, &refused) || !has(refused.Findings, code) {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func has(findings []finding.Finding, code finding.Code) bool {
	for _, f := range findings {
		if f.Code == code {
			return true
		}
	}
	return false
}

func TestWarningsThatAReaderMustNotMiss(t *testing.T) {
	r := request(city(t, 100, 21*hour+15*minute, true), match(5000))
	r.City = "elsewhere"
	e := run(t, r)
	for _, code := range []finding.Code{codeOtherCity, codeOverCapacity, codeRoomDefault, codeRoomBinds, codeStranded} {
		if !has(e.Findings, code) {
			t.Errorf("no finding %s in %v", code, e.Findings)
		}
	}
}

func TestEventNumbersBringTheirSource(t *testing.T) {
	event := match(100)
	event.Sources = []demand.Sourced{
		{Field: "sessions[0]", Kind: "assumption", Source: "the organiser's guess"},
		{Field: "sessions[0].attendance", Kind: "fact", Source: "ticket sales"},
	}
	e := run(t, request(city(t, 200, 24*hour, false), event))
	found := map[string]basis.Number{}
	for _, n := range e.Numbers {
		found[n.ID] = n
	}
	if n := found["attendance"]; n.Kind != basis.Fact || n.Source != "ticket sales" || n.Value != "100" {
		t.Errorf("attendance %+v", n)
	}
	if n := found["arrival_profile"]; n.Source != "the organiser's guess" {
		t.Errorf("arrival profile %+v", n)
	}
}

func TestSameBytesForAnyNumberOfWorkers(t *testing.T) {
	n := city(t, 90, 24*hour, false)
	var first []byte
	for _, workers := range []int{1, 2, 5} {
		r := request(n, match(900))
		r.Workers = workers
		bytes, err := json.Marshal(run(t, r))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = bytes
		}
		if string(bytes) != string(first) {
			t.Errorf("%d workers gave other bytes", workers)
		}
	}
}

func TestInterruptedRunReturnsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	e, err := Run(ctx, request(city(t, 90, 24*hour, false), match(900)))
	if e != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("evaluation %v, error %v", e, err)
	}
}

// A town with a path at the arena, a road far off and a lane far off.
func TestStreetsOnTheMapAreNearOrMatter(t *testing.T) {
	n := *city(t, 200, 24*hour, false)
	at := func(east, north geo.Meters) street.Position {
		p := geo.Offset(geo.Point{Lat: 51, Lon: 71}, north, east)
		return street.Position{Lat: int32(p.Lat * 1e7), Lon: int32(p.Lon * 1e7)}
	}
	g, err := street.Build([]street.Position{at(10000, 100), at(10000, 300), at(5000, 0), at(5000, 900), at(2000, 0), at(2000, 900)}, []street.Way{
		{Vertex: []uint32{0, 1}, Class: street.Path}, {Vertex: []uint32{2, 3}, Class: street.Road}, {Vertex: []uint32{4, 5}, Class: street.Street},
	})
	if err != nil {
		t.Fatal(err)
	}
	n.Streets = g
	e := run(t, request(&n, match(10)))
	if len(e.Streets) != 2 {
		t.Fatalf("%d streets, want the path at the arena and the road", len(e.Streets))
	}
	if d := geo.Distance(e.Streets[0][0], e.Event.Venue.At); d > 110 {
		t.Errorf("the first street begins %.0f m from the arena, want the nearest first", d)
	}
}
