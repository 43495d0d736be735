package atlas

import (
	"github.com/paulmach/orb"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
)

func (r *run) facilities() *sheet {
	all := r.e.Facilities
	s := &sheet{
		Collection: Collection{ID: "facilities", Title: "Facilities", Description: "What people passed on foot, and how long they waited there.", Time: r.horizon(), Rows: len(all)},
		id:         func(row int) string { return all[row].ID },
		shape:      func(row int) orb.Geometry { return r.at[all[row].ID] },
		span:       func(int) Span { return r.horizon() },
		tile:       onTiles{from: 13},
	}
	number := func(name, description string, of func(f *evaluation.Facility) int) column {
		return count(name, description, func(row int) int { return of(&all[row]) })
	}
	s.columns = append(named(s.Rows, func(row int) label.Names { return all[row].Names }),
		text("kind", "what it is", func(row int) string { return string(all[row].Kind) }).tiled(),
		text("station", "id of the station or stop", func(row int) string { return all[row].Station }),
		text("place", "name of the station, or of the venue", func(row int) string { return all[row].Place.In("", "") }).tiled(),
		known("per_hour", "people it can let through in an hour", func(row int) int { return all[row].PerHour }),
		number("passed", "people who went through", func(f *evaluation.Facility) int { return f.Passed }).tiled(),
		number("waited", "of these, who had to wait", func(f *evaluation.Facility) int { return f.Waited }),
		number("max_queue", "people who waited at the end of the worst minute", func(f *evaluation.Facility) int { return f.MaxQueue }).tiled(),
		number("max_wait_s", "the longest wait in seconds", func(f *evaluation.Facility) int { return f.MaxWait }).tiled(),
		number("person_seconds", "the waiting of all, in seconds", func(f *evaluation.Facility) int { return f.PersonSeconds }),
		r.moment("queue_at", "when the longest queue stood", func(row int) int { return all[row].QueueAt }),
		truth("red", "it held people up", func(row int) any { return all[row].Red() }).tiled(),
		text("basis", "how its rate is known", func(row int) string { return string(all[row].Basis) }),
		text("source", "who says so", func(row int) string { return all[row].Source }),
	)
	return s
}

func (r *run) platforms() *sheet {
	all := r.e.Platforms
	s := &sheet{
		Collection: Collection{ID: "platforms", Title: "Platforms", Description: "How many people stood on platforms and before them.", Time: r.horizon(), Rows: len(all)},
		id:         func(row int) string { return all[row].Stop },
		shape: func(row int) orb.Geometry {
			if s := r.stopOf[all[row].Stop]; s != nil {
				return pointOf(s.At)
			}
			return nil
		},
		span: func(int) Span { return r.horizon() },
		tile: onTiles{from: 13},
	}
	number := func(name, description string, of func(p *evaluation.Platform) int) column {
		return count(name, description, func(row int) int { return of(&all[row]) })
	}
	s.columns = []column{
		text("name", "name of the stop as the input gives it", func(row int) string { return r.stopName(all[row].Stop) }).tiled(),
		measure("area_m2", "square meters where people wait", func(row int) float64 { return all[row].Area }),
		known("holds", "people who may wait there at once", func(row int) int { return all[row].Holds }),
		number("max_people", "people on it at the end of the worst minute", func(p *evaluation.Platform) int { return p.MaxPeople }).tiled(),
		r.moment("people_at", "when", func(row int) int { return all[row].PeopleAt }),
		text("level", "the worst level of service, A to F", func(row int) string { return all[row].Level }).tiled(),
		number("dense_minutes", "minutes at level E or F", func(p *evaluation.Platform) int { return p.Dense }),
		number("held_back", "people whom a full platform kept at its entrance", func(p *evaluation.Platform) int { return p.HeldBack }).tiled(),
		number("max_held", "of these, at the end of the worst minute", func(p *evaluation.Platform) int { return p.MaxHeld }),
		number("max_held_wait_s", "the longest wait there in seconds", func(p *evaluation.Platform) int { return p.MaxHeldWait }),
		text("basis", "how its limits are known", func(row int) string { return string(all[row].Basis) }),
		text("source", "who says so", func(row int) string { return all[row].Source }),
	}
	return s
}

// venues is the one venue of the event.
func (r *run) venues() *sheet {
	v := &r.e.Event.Venue
	rows := 1
	if v.ID == "" {
		rows = 0
	}
	s := &sheet{
		Collection: Collection{ID: "venues", Title: "Venues", Description: "Where the event is.", Rows: rows},
		id:         func(int) string { return v.ID },
		shape:      func(int) orb.Geometry { return pointOf(v.At) },
	}
	s.columns = append(named(rows, func(int) label.Names { return v.Names }),
		known("capacity", "people that it takes", func(int) int { return int(v.Capacity) }).tiled(),
		text("event", "id of the event", func(int) string { return r.e.Event.ID }),
		text("date", "its date", func(int) string { return r.e.Event.Date }),
	)
	return s
}

func (r *run) gates() *sheet {
	v := &r.e.Event.Venue
	return &sheet{
		Collection: Collection{ID: "gates", Title: "Gates", Description: "Ways in and out of the event's venue.", Rows: len(v.Gates)},
		id:         func(row int) string { return gateID(v.ID, v.Gates[row].ID) },
		shape:      func(row int) orb.Geometry { return pointOf(v.Gates[row].At) },
		tile:       onTiles{from: 13},
		columns: []column{
			text("name", "the gate as its venue knows it", func(row int) string { return v.Gates[row].ID }).tiled(),
			text("venue", "id of the venue", func(int) string { return v.ID }).tiled(),
		},
	}
}
