package plan

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// 650 stand at a stop at 21:05; 200 of them leave at 21:10 and at each ten minutes
// from then on. All wait five minutes for service, and 450, 250 and 50 of them ten
// minutes more each because the vehicle was full.
func TestWaitsArePartedAtTheFirstDenial(t *testing.T) {
	e := run(t, exact(city(t, 200, 24*hour, false), match(650)))
	want := []evaluation.Reason{
		{Why: evaluation.ForService, People: 650, Times: 650, PersonSeconds: 650 * 5 * 60},
		{Why: evaluation.VehicleFull, People: 450, Times: 450 + 250 + 50, PersonSeconds: (450 + 250 + 50) * 10 * 60},
	}
	if diff := cmp.Diff(want, e.Stops[1].Reasons); diff != "" {
		t.Error(diff)
	}
	for i, all := range e.Totals.Reasons { // nobody is at both stops twice
		home, arena := e.Stops[0].Reasons[i], e.Stops[1].Reasons[i]
		if all.People != home.People+arena.People || all.Times != home.Times+arena.Times || all.PersonSeconds != home.PersonSeconds+arena.PersonSeconds {
			t.Errorf("of the day %+v, at the stops %+v and %+v", all, home, arena)
		}
	}
}

// The last train that takes somebody leaves at 21:20: 200 at 21:10, 200 at 21:20, and 250 wait in vain.
func TestWaitingInVainIsCountedAndNotSummed(t *testing.T) {
	e := run(t, exact(city(t, 200, 21*hour+25*minute, false), match(650)))
	want := []evaluation.Reason{
		{Why: evaluation.ForService, People: 400, Times: 400, PersonSeconds: 400 * 5 * 60},
		{Why: evaluation.VehicleFull, People: 450, Times: 450 + 250, PersonSeconds: 200 * 10 * 60},
		{Why: evaluation.LastGone, People: 250, Times: 250},
	}
	if diff := cmp.Diff(want, e.Stops[1].Reasons); diff != "" {
		t.Error(diff)
	}
}

// 650 come out of a gate at once that lets 60 a minute through, ten side by side
// and each ten seconds: the k-th ten wait 10 k seconds, the last ones 640.
func TestVenueGatesHoldPeopleUp(t *testing.T) {
	n := city(t, 1000, 24*hour, false)
	n.Venues[0].Gates[0].PerMinute, n.Venues[0].Basis, n.Venues[0].Source = 60, "fact", "the owner"
	e := run(t, exact(n, match(650)))
	if len(e.Facilities) != 1 {
		t.Fatalf("%d facilities", len(e.Facilities))
	}
	f := e.Facilities[0]
	if f.ID != "arena/g/out" || f.Kind != evaluation.Exit || f.PerHour != 3600 || f.Passed != 650 || f.Waited != 640 || f.MaxWait != 640 || f.PersonSeconds != 10*10*(64*65/2) {
		t.Errorf("%s %s: %d an hour, %d passed, %d waited, at most %d s, %d s in all", f.ID, f.Kind, f.PerHour, f.Passed, f.Waited, f.MaxWait, f.PersonSeconds)
	}
	if f.Basis != basis.Fact || f.Source != "the owner" {
		t.Errorf("basis %q, source %q: not the venue's", f.Basis, f.Source)
	}
	if f.MaxQueue != 650-60 || f.QueueAt != (21*60+6)*60 { // the seventh ten go in at 21:06:00
		t.Errorf("queue of %d at %d", f.MaxQueue, f.QueueAt)
	}
	if f.Over() || !f.Red() { // 650 in a quarter of an hour are fewer than 900, but not at once
		t.Errorf("over its rate %v, held people up %v", f.Over(), f.Red())
	}
	came, passed := 0, 0
	for _, m := range f.Minutes {
		came, passed = came+m.Came, passed+m.Passed
	}
	if came != 650 || passed != 650 {
		t.Errorf("%d came and %d passed by minute", came, passed)
	}
	at := len(e.Totals.Reasons) - 1
	if want := (evaluation.Reason{Why: evaluation.Why(evaluation.Exit), People: 640, Times: 640, PersonSeconds: f.PersonSeconds}); e.Totals.Reasons[at] != want {
		t.Errorf("%+v, want %+v", e.Totals.Reasons, want)
	}
}

// A platform holds 300 of 650; each train takes 200, so 350, then 150 wait before it.
func TestFullPlatformsKeepPeopleOutside(t *testing.T) {
	n := city(t, 200, 24*hour, false)
	n.Stations.Platforms = station.Platforms{
		Stop: []transit.Stop{1}, Area: []float32{75}, Holds: []uint32{300}, Stands: []uint32{0}, Basis: []string{"fact"}, Source: []string{"plan"},
	}
	e := run(t, exact(n, match(650)))
	if len(e.Platforms) != 1 {
		t.Fatalf("%d platforms", len(e.Platforms))
	}
	p := e.Platforms[0]
	if p.Stop != "arena" || p.MaxPeople != 300 || p.HeldBack != 350 || p.MaxHeld != 350 || p.MaxHeldWait != 15*60 {
		t.Errorf("%s: %d people, %d held back, %d at once, at most %d s", p.Stop, p.MaxPeople, p.HeldBack, p.MaxHeld, p.MaxHeldWait)
	}
	if p.Level != "E" || p.Dense != 15 { // 75 m² for 300 are .25 m² each, until 21:20
		t.Errorf("level %s, %d minutes at E or F", p.Level, p.Dense)
	}
	if want := 350*5*60 + 150*10*60; p.PersonSeconds != want {
		t.Errorf("%d s before the platform, want %d", p.PersonSeconds, want)
	}
	for _, m := range p.Minutes {
		if m.People > 300 || m.People < 0 || m.Held < 0 {
			t.Errorf("%+v", m)
		}
	}
}

// A vehicle ten minutes late, and one on time.
func TestDeviationsAreSigned(t *testing.T) {
	d := afterPlay(t, exact(city(t, 200, 24*hour, false), match(650)))
	v := d.departure(t, "home", 8*hour)
	d.outcome.Depart[v] += 10 * minute
	d.outcome.Kerb[v] = 90
	all := d.deviations()
	out := all[0]
	if len(all) != 2 || out.Departures != 108 || out.P50 != 0 || out.P90 != 0 || out.Kerb != 90 {
		t.Errorf("%+v", out)
	}
	if want := (evaluation.Latest{Seconds: 600, At: (8*60 + 10) * 60, Stop: "home", Trip: "t0"}); out.Latest != want {
		t.Errorf("%+v, want %+v", out.Latest, want)
	}
	if bin := out.Bins[8]; bin != (evaluation.DeviationBin{Bin: 32, Departures: 2, P90: 600, Max: 600}) {
		t.Errorf("%+v", bin)
	}
}

// A vehicle that comes ten minutes late has its next trip begin three minutes late.
func TestBlocksCarryLatenessOn(t *testing.T) {
	d := afterPlay(t, exact(city(t, 200, 24*hour, false), match(650)))
	chains := block.Chain(d.net, d.problem.Day, block.DefaultRules)
	d.problem.Model.Blocks = chains
	if late := d.blocks(); len(late.Late) != 0 || late.Inferred == 0 {
		t.Errorf("by the timetable: %+v", late)
	}
	first := d.departure(t, "home", 8*hour)
	trip := d.problem.Day.Owner[first]
	next := chains.Next[trip]
	if next == block.None {
		t.Fatal("the vehicle goes nowhere")
	}
	start := transit.Visit(d.problem.Day.First[next])
	d.outcome.Arrive[first+1] = d.problem.Day.Depart[start] + 3*minute - chains.Turn[trip]
	d.outcome.Depart[start] += 3 * minute
	late := d.blocks().Late
	if len(late) != 1 || late[0].Late != 1 || late[0].MaxStart != 180 || !late[0].Inferred || late[0].At != int(d.outcome.Depart[start]) {
		t.Errorf("%+v", late)
	}
}

// With 150 seats 50 of 200 stand for 20 minutes of a full train.
func TestStandingIsAboveTheSeats(t *testing.T) {
	n := city(t, 200, 24*hour, false)
	d := afterPlay(t, exact(n, match(400)))
	d.net.Timetable.Vehicles.Seats[0] = 150
	riding, standing := 0, 0
	for _, load := range d.outcome.Load {
		riding, standing = riding+int(load)*1200, standing+max(int(load)-150, 0)*1200
	}
	if got := d.crowding(); got != (evaluation.Crowding{RidingSeconds: riding, StandingSeconds: standing}) || standing == 0 {
		t.Errorf("%+v, want %d and %d", got, riding, standing)
	}
}

// TestQueuesGivenUpAreCounted has three people leave the queue after ten minutes.
func TestQueuesGivenUpAreCounted(t *testing.T) {
	d := afterPlay(t, exact(city(t, 200, 24*hour, false), match(650)))
	arena := transit.Stop(1)
	for who := range uint32(3) {
		d.outcome.Thoughts = append(d.outcome.Thoughts, assign.Thought{Traveller: who, Stop: arena, At: 12 * hour, Since: 12*hour - 10*minute, Denied: 1})
		d.outcome.Rethought[who] = 1
	}
	places, people := d.replans()
	if diff := cmp.Diff([]evaluation.Replan{{Stop: "arena", People: 3, PersonSeconds: 1800}}, places); diff != "" || people != 3 {
		t.Errorf("%d people; %s", people, diff)
	}
	if m := d.stops()[1].Minutes; m[0] != (evaluation.Minute{Minute: 11*60 + 50, Queue: 3}) || m[10].Minute == 12*60 {
		t.Errorf("%+v", m[:11])
	}
}

// TestEveryListIsAList writes no null, whatever there was to measure.
func TestEveryListIsAList(t *testing.T) {
	for _, attendance := range []uint32{0, 650} {
		n, event := city(t, 200, 24*hour, false), match(attendance)
		n.City.Names, event.Names, n.Venues[0].Names = label.Names{}, label.Names{}, label.Names{}
		out, err := json.Marshal(run(t, exact(n, event)))
		if err != nil || bytes.Contains(out, []byte(":null")) {
			t.Errorf("%v, %s", err, out[max(bytes.Index(out, []byte(":null"))-40, 0):][:60])
		}
	}
}

// exact is a request on a day on which vehicles keep the timetable to the second.
func exact(n *network.Network, e demand.Event) Request {
	r := request(n, e)
	r.Exact = true
	return r
}

// afterPlay is a request after its day was played.
func afterPlay(t *testing.T, r Request) *day {
	t.Helper()
	d, err := prepare(r)
	if err != nil {
		t.Fatal(err)
	}
	d.outcome, err = assign.Load(context.Background(), &d.problem, nil)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// departure is the visit that leaves a stop at a time of the timetable.
func (d *day) departure(t *testing.T, stop string, at transit.Seconds) transit.Visit {
	t.Helper()
	for _, v := range d.problem.Day.Departures {
		if d.stopID(d.problem.Day.Stop[v]) == stop && d.problem.Day.Depart[v] == at {
			return v
		}
	}
	t.Fatalf("nothing leaves %s at %d", stop, at)
	return 0
}
