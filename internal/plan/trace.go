package plan

import (
	"cmp"
	"context"
	"slices"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// RunTraced is Run that also tells what single vehicles and people did.
func RunTraced(ctx context.Context, r Request) (*evaluation.Evaluation, *evaluation.Trace, error) {
	d, err := played(ctx, r)
	if err != nil {
		return nil, nil, err
	}
	return d.evaluate(), &evaluation.Trace{Departures: d.departures(), Journeys: d.journeys()}, nil
}

// departures are the visits at which anything happened, in time.
func (d *day) departures() []evaluation.Departure {
	day, o, tt := d.problem.Day, d.outcome, d.net.Timetable
	var out []evaluation.Departure
	for v := range day.Stop {
		if o.Boarded[v]+o.Alighted[v]+o.Denied[v] == 0 {
			continue
		}
		out = append(out, evaluation.Departure{
			Stop: string(tt.Stops.ID[day.Stop[v]]), Route: tt.Routes.Name[d.keyOf(transit.Visit(v)).route], At: int(o.Depart[v]),
			On: int(o.Boarded[v]), Off: int(o.Alighted[v]), Load: int(o.Load[v]), Denied: int(o.Denied[v]),
		})
	}
	slices.SortStableFunc(out, func(a, b evaluation.Departure) int { return cmp.Compare(a.At, b.At) })
	return out
}

var stateWords = map[assign.State]string{
	assign.Walking: evaluation.StateOnTheWay, assign.Arrived: evaluation.StateArrived,
	assign.NoService: evaluation.StateNoService, assign.LastGone: evaluation.StateLastGone,
}

// journeys are what the travellers did, in their order.
func (d *day) journeys() []evaluation.Journey {
	o, legs := d.outcome, d.outcome.Journeys()
	out := make([]evaluation.Journey, len(o.State))
	for i, state := range o.State {
		j := evaluation.Journey{State: stateWords[state], SetOff: int(o.Set[i]), End: int(o.End[i])}
		for _, l := range legs.Of(i) {
			j.Rides = append(j.Rides, d.ride(o.Legs[l]))
		}
		if state == assign.LastGone {
			j.WaitsAt = string(d.net.Timetable.Stops.ID[o.Stop[i]])
		}
		out[i] = j
	}
	return out
}

func (d *day) ride(leg assign.Leg) evaluation.Ride {
	day, o, tt := d.problem.Day, d.outcome, d.net.Timetable
	return evaluation.Ride{
		Route: tt.Routes.Name[d.keyOf(leg.On).route], From: string(tt.Stops.ID[day.Stop[leg.On]]), To: string(tt.Stops.ID[day.Stop[leg.Off]]),
		Depart: int(o.Depart[leg.On]), Arrive: int(o.Arrive[leg.Off]), Denied: int(leg.Denied),
	}
}
