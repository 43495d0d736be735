package assign_test

import (
	"context"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/drawn"
	"github.com/qala-city/qala/internal/transit"
)

// furnished is a random city whose day is played with all that may be played.
func furnished(t *rapid.T) (*drawn.City, *assign.Problem) {
	city, _, p := posed(t)
	p.Model, p.Rounds, p.Settle = randomModel(t, p), rapid.IntRange(1, 3).Draw(t, "rounds"), rapid.IntRange(0, 1).Draw(t, "settle")
	p.Ask = rapid.SampledFrom([]float64{0, .5}).Draw(t, "ask")
	if p.Model.Blocks != nil {
		p.Model.Blocks = block.Chain(p.Network, p.Day, block.DefaultRules)
	}
	p.Delays = delays(t, p)
	return city, p
}

// checkPlayedOn is what holds of every outcome, whatever has become of the timetable.
func checkPlayedOn(t rapid.TB, p *assign.Problem, o *assign.Outcome) {
	t.Helper()
	checkRoom(t, p, o)
	checkFlows(t, p, o)
	stays := staysOf(t, p, o)
	checkStates(t, p, o, stays)
	for stop, here := range atStops(stays) {
		checkPlatform(t, p, stop, here)
		checkQueue(t, p, o, stop, here)
	}
	checkDenials(t, o)
}

// delays are known of some vehicles.
func delays(t *rapid.T, p *assign.Problem) []assign.Delay {
	var all []assign.Delay
	if len(p.Day.Trip) == 0 {
		return nil
	}
	for range rapid.IntRange(0, 3).Draw(t, "delays") {
		d := rapid.IntRange(0, len(p.Day.Trip)-1).Draw(t, "late")
		all = append(all, assign.Delay{Trip: transit.Dated(d), By: transit.Seconds(rapid.IntRange(-600, 1800).Draw(t, "by"))})
	}
	return all
}

// moments are some at which, just before or just after which something happens.
func moments(t *rapid.T, o *assign.Outcome) []transit.Seconds {
	var busy []transit.Seconds
	for _, l := range o.Legs {
		busy = append(busy, l.Join, o.Depart[l.On], (o.Depart[l.On]+o.Arrive[l.Off])/2, o.Arrive[l.Off])
	}
	for v, wait := range o.Kerb {
		if wait > 0 {
			busy = append(busy, o.Arrive[v]-wait, o.Arrive[v], o.Arrive[v]-1)
		}
	}
	for i, held := range o.Held {
		if held > 0 {
			busy = append(busy, o.Set[i]+held/2)
		}
	}
	var at []transit.Seconds
	for range rapid.IntRange(1, 3).Draw(t, "snapshots") {
		if len(busy) == 0 || rapid.IntRange(0, 4).Draw(t, "anywhere") == 0 {
			at = append(at, transit.Seconds(rapid.IntRange(-3600, 30*3600).Draw(t, "at")))
			continue
		}
		at = append(at, rapid.SampledFrom(busy).Draw(t, "busy")+transit.Seconds(rapid.IntRange(-1, 1).Draw(t, "beside")))
	}
	return at
}

func resume(t rapid.TB, p *assign.Problem, s *assign.Snapshot, until transit.Seconds) *assign.Outcome {
	t.Helper()
	out, err := assign.Resume(context.Background(), p, s, until, nil)
	if err != nil {
		t.Fatalf("%v", err)
	}
	return out
}

var exported = cmp.Exporter(func(reflect.Type) bool { return true })

// same fails when two outcomes differ in anything but their snapshots.
func same(t rapid.TB, what string, want, got *assign.Outcome) {
	t.Helper()
	a, b := *want, *got
	a.Snapshots, b.Snapshots = nil, nil
	if !reflect.DeepEqual(a, b) {
		t.Fatalf("%s:\n%s", what, cmp.Diff(a, b, exported))
	}
}

const whole = 28 * transit.Hour

// TestResumedIsTheWholeDay: played on from any moment the day ends as it does
// when it is played at once; taking snapshots changes nothing, nor does playing
// on from one; a snapshot of a resumed day is that of the whole one.
func TestResumedIsTheWholeDay(t *testing.T) {
	var seen sights
	rapid.Check(t, func(rt *rapid.T) {
		_, p := furnished(rt)
		full := load(t, p)
		checkPlayedOn(rt, p, full)
		q := *p
		q.SnapshotAt = moments(rt, full)
		watched := load(t, &q)
		same(rt, "with snapshots", full, watched)
		for _, s := range watched.Snapshots {
			same(rt, "resumed at "+s.At.Clock(), full, resume(t, &q, s, whole))
		}
		first, last := watched.Snapshots[0], watched.Snapshots[len(watched.Snapshots)-1]
		again := resume(t, &q, first, whole)
		same(rt, "resumed again", full, again)
		if mine := again.Snapshots[len(again.Snapshots)-1]; !reflect.DeepEqual(last, mine) {
			rt.Fatalf("a snapshot at %s after one at %s differs: %s", last.At.Clock(), first.At.Clock(), cmp.Diff(last, mine, exported))
		}
		for _, s := range watched.Snapshots {
			seen.count(p, full, s.At)
		}
	})
	t.Logf("in mid-course of %+v", seen)
	if seen.all > 1000 && min(seen.aboard, seen.queued, seen.outside, seen.behind, seen.held) == 0 {
		t.Errorf("no snapshot was taken while people did each: %+v", seen)
	}
}

// sights count the snapshots that were taken while somebody was on board, queued,
// stood before a full platform or was held at a gate, or a vehicle waited for a loading area.
type sights struct{ all, aboard, queued, outside, behind, held int }

func (s *sights) count(p *assign.Problem, o *assign.Outcome, at transit.Seconds) {
	within := func(from, to transit.Seconds) bool { return from < at && at < to }
	any := func(n int, hit func(int) bool) int {
		for i := range n {
			if hit(i) {
				return 1
			}
		}
		return 0
	}
	s.all++
	s.aboard += any(len(o.Legs), func(i int) bool { return within(o.Depart[o.Legs[i].On], o.Arrive[o.Legs[i].Off]) })
	s.queued += any(len(o.Legs), func(i int) bool { return within(o.Legs[i].Join, o.Depart[o.Legs[i].On]) })
	s.outside += any(len(o.Kept), func(i int) bool { return within(o.Kept[i].From, o.Kept[i].To) })
	s.behind += any(len(o.Kerb), func(i int) bool { return within(o.Arrive[i]-o.Kerb[i], o.Arrive[i]) && o.Kerb[i] > 0 })
	s.held += any(len(o.Held), func(i int) bool { return o.Held[i] > 0 && within(o.Set[i], o.End[i]) })
}
