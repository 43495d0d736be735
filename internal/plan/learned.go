package plan

import (
	"maps"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/transit"
)

// feedback is how far choices and queues agree, round by round.
func (d *day) feedback() evaluation.Feedback {
	o, people := d.outcome, d.problem.Travellers
	out := evaluation.Feedback{Rounds: o.Rounds, RegretPermille: permille(o.Gap), Convergence: []evaluation.Round{}}
	for i, r := range o.Course {
		out.Convergence = append(out.Convergence, evaluation.Round{Round: i + 1, RegretPermille: permille(r.Gap), Changed: r.Changed, Denied: r.Denied})
	}
	informed := 0
	for i := range people.Len() {
		if people.ClassOf(i).Informed {
			informed++
		}
	}
	if people.Len() > 0 {
		out.InformedPermille = (informed*1000 + people.Len()/2) / people.Len()
	}
	return out
}

func permille(share float64) int { return int(float64(share*1000) + 0.5) }

// replans are where people gave up a queue for another way, by stop id, and how
// many people did so anywhere.
func (d *day) replans() (places []evaluation.Replan, people int) {
	at := map[transit.Stop]*reasonSum{}
	for _, t := range d.outcome.Thoughts {
		at[t.Stop] = at[t.Stop].add(t.Traveller, 1, t.At-t.Since)
	}
	places = []evaluation.Replan{}
	for _, stop := range slices.Sorted(maps.Keys(at)) {
		places = append(places, evaluation.Replan{Stop: d.stopID(stop), People: at[stop].count(), PersonSeconds: at[stop].seconds})
	}
	for _, times := range d.outcome.Rethought {
		if times > 0 {
			people++
		}
	}
	return places, people
}

// crowding sums the time that people rode, and stood: what is on board above the
// seats, where these are known.
func (d *day) crowding() evaluation.Crowding {
	day, o := d.problem.Day, d.outcome
	var out evaluation.Crowding
	for _, v := range o.Departed {
		if day.Last(v) {
			continue
		}
		ride := int(max(min(o.Arrive[v+1], day.Horizon.Length)-max(o.Depart[v], 0), 0))
		out.RidingSeconds += ride * int(o.Load[v])
		if seats := d.net.Timetable.Vehicles.Seats[d.vehicle(v)]; seats > 0 && o.Load[v] > seats {
			out.StandingSeconds += ride * int(o.Load[v]-seats)
		}
	}
	return out
}
