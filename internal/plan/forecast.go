package plan

import (
	"context"
	"fmt"
	"slices"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
)

// RunKept is Run that also keeps what the day was like at some moments of its last
// round, in seconds of the horizon, for Forecast.
func RunKept(ctx context.Context, r Request, at ...transit.Seconds) (*evaluation.Evaluation, []*assign.Snapshot, error) {
	d, err := prepare(r)
	if err != nil {
		return nil, nil, err
	}
	d.problem.SnapshotAt = at
	if d.outcome, err = assign.Load(ctx, &d.problem, r.Progress); err != nil {
		return nil, nil, err
	}
	return d.evaluate(), d.outcome.Snapshots, nil
}

// News are what is ordered and what is known at a moment of a day that is under way.
type News struct {
	Changes []scenario.Modification // after those of the request
	Late    []Late
}

// Late is a vehicle that runs late, as assign.Delay has it: the departure of a trip
// that leaves its first stop at Start on the event's date, or every one when Start
// is scenario.All.
type Late struct {
	Trip      string
	Start, By transit.Seconds
}

// Forecast plays the day of a request on from a snapshot of it to its end, with
// news, and measures it: what was before is as it was. Travellers are the snapshot's.
// Its errors are those of Run, and assign.ErrOtherCity for a snapshot of another request.
func Forecast(ctx context.Context, r Request, s *assign.Snapshot, news News) (*evaluation.Evaluation, error) {
	r.Modifications, r.underWay = slices.Concat(r.Modifications, news.Changes), s.Travellers
	d, err := prepare(r)
	if err != nil {
		return nil, err
	}
	d.hear(news.Late)
	if d.refused() {
		return nil, &Refused{d.findings}
	}
	s, problem, err := s.Onto(&d.problem)
	if err != nil {
		return nil, err
	}
	d.problem = *problem
	if d.outcome, err = assign.Resume(ctx, problem, s, problem.Day.Horizon.Length, r.Progress); err != nil {
		return nil, err
	}
	return d.evaluate(), nil
}

// hear finds the dated trips that run late.
func (d *day) hear(late []Late) {
	for i, l := range late {
		trips := d.departing(l)
		if len(trips) == 0 {
			d.add(finding.Finding{Level: finding.Error, Code: codeUnknownLate, Field: fmt.Sprintf("late[%d].trip", i), Value: l.Trip})
		}
		for _, t := range trips {
			d.problem.Delays = append(d.problem.Delays, assign.Delay{Trip: t, By: l.By})
		}
	}
}

func (d *day) departing(l Late) []transit.Dated {
	id, found := d.net.Timetable.FindTrip(l.Trip)
	if !found {
		return nil
	}
	var trips []transit.Dated
	day := d.problem.Day
	for t, trip := range day.Trip {
		if trip == id && day.Date[t] == d.request.Event.Date && (l.Start == scenario.All || l.Start == day.Start[t]) {
			trips = append(trips, transit.Dated(t))
		}
	}
	return trips
}
