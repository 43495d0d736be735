package plan

import (
	"context"
	"encoding/json"
	"testing"

	"github.com/qala-city/qala/internal/evaluation"
)

// TestDetailsAgreeWithTheResults looks at a match whose trains are far too small.
func TestDetailsAgreeWithTheResults(t *testing.T) {
	r := request(city(t, 100, 23*hour, false), match(2000))
	var details *evaluation.Details
	r.Detailed = func(d *evaluation.Details) { details = d }
	e, err := Run(context.Background(), r)
	if err != nil {
		t.Fatal(err)
	}
	if e.Totals.Denied == 0 {
		t.Fatal("nobody was left behind: there is nothing to look at")
	}
	vehiclesAgree(t, e, details.Vehicles)
	diariesAgree(t, e, details)
	quiet := r
	quiet.Detailed = nil
	plain, err := Run(context.Background(), quiet)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(e)
	b, _ := json.Marshal(plain)
	if string(a) != string(b) {
		t.Error("who asks for details gets other results")
	}
}

func vehiclesAgree(t *testing.T, e *evaluation.Evaluation, v *evaluation.Vehicles) {
	t.Helper()
	boarded, denied := 0, 0
	for trip := range v.Trips.ID {
		load, pattern := 0, v.Trips.Pattern[trip]
		from, to := v.Trips.First[trip], v.Trips.First[trip+1]
		if stops := v.Patterns.First[pattern+1] - v.Patterns.First[pattern]; stops != to-from {
			t.Fatalf("trip %d has %d visits of %d stops", trip, to-from, stops)
		}
		for i := from; i < to; i++ {
			off := load + v.Visits.On[i] - v.Visits.Load[i]
			load = v.Visits.Load[i]
			if off < 0 || load > v.Trips.Room[trip] || v.Visits.Run[i] < 0 || v.Visits.Stay[i] < 0 {
				t.Errorf("visit %d: %d got off, %d on board of %d", i, off, load, v.Trips.Room[trip])
			}
			boarded, denied = boarded+v.Visits.On[i], denied+v.Visits.Denied[i]
		}
		if load != 0 {
			t.Errorf("trip %d ends with %d on board", trip, load)
		}
	}
	if boarded != e.Totals.Boardings || denied != e.Totals.Denied {
		t.Errorf("%d boarded and %d were denied, the results say %+v", boarded, denied, e.Totals)
	}
	coursesAreWhole(t, v)
}

// coursesAreWhole looks for stops that lie on no point of their course.
func coursesAreWhole(t *testing.T, v *evaluation.Vehicles) {
	t.Helper()
	c := v.Patterns
	for p := range c.Line {
		points := c.From[p+1] - c.From[p]
		last := -1
		for i := c.First[p]; i < c.First[p+1]; i++ {
			if c.Reach[i] <= last || c.Reach[i] >= points {
				t.Errorf("pattern %d: stop %d lies on point %d of %d", p, i, c.Reach[i], points)
			}
			last = c.Reach[i]
		}
	}
}

func diariesAgree(t *testing.T, e *evaluation.Evaluation, d *evaluation.Details) {
	t.Helper()
	people, denied, w := make([]int, len(e.Crowds)), make([]int, len(e.Crowds)), d.Diaries.Waits
	for i, crowd := range d.Diaries.Crowd {
		people[crowd]++
		for k := d.Diaries.First[i]; k < d.Diaries.First[i+1]; k++ {
			denied[crowd] += w.Denied[k]
			refused := w.Refused.Visit[w.Refused.First[k]:w.Refused.First[k+1]]
			if len(refused) != w.Denied[k] || (w.Full[k] >= 0) != (w.Denied[k] > 0) {
				t.Fatalf("person %d, wait %d: left behind %d times by %d vehicles, from %d on", i, k, w.Denied[k], len(refused), w.Full[k])
			}
			for _, v := range refused {
				if d.Vehicles.Visits.Denied[v] == 0 {
					t.Errorf("visit %d left nobody behind", v)
				}
			}
			if w.On[k] >= 0 && (w.End[k] < w.Join[k] || w.Full[k] > w.End[k] || w.Off[k] <= w.On[k]) {
				t.Errorf("wait %d: from %d, full %d, to %d, from visit %d to %d", k, w.Join[k], w.Full[k], w.End[k], w.On[k], w.Off[k])
			}
		}
	}
	for i, c := range e.Crowds {
		if people[i] != c.People || denied[i] != c.Denied {
			t.Errorf("crowd %d: %d people, denied %d times; the results say %d and %d", i, people[i], denied[i], c.People, c.Denied)
		}
	}
}
