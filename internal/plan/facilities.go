package plan

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/serve"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// facilityKinds are the evaluation's words for what a facility is.
var facilityKinds = map[station.Kind]evaluation.FacilityKind{
	station.Gate: evaluation.TicketGate, station.Door: evaluation.Door, station.Stairs: evaluation.Stairs,
	station.Escalator: evaluation.Escalator, station.Lift: evaluation.Lift, station.Passage: evaluation.Passage,
}

// facilities measures what somebody passed on foot: in stations, then at the gates of venues.
func (d *day) facilities() []evaluation.Facility {
	out := []evaluation.Facility{}
	f := &d.net.Stations.Facilities
	for i := range f.ID {
		facility := station.Facility(i)
		out = d.passed(out, facility, evaluation.Facility{
			ID: f.ID[i], Names: d.named(f.Name[i]), Kind: facilityKinds[f.Kind[i]], Channels: int(f.Channels[i]),
			Station: d.stopID(f.Station[i]), Place: d.stopNames(f.Station[i]), Basis: basis.Kind(f.Basis[i]), Source: f.Source[i],
		})
	}
	out = d.venueGates(out)
	slices.SortFunc(out, func(a, b evaluation.Facility) int {
		return cmp.Or(cmp.Compare(a.Station, b.Station), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (d *day) venueGates(out []evaluation.Facility) []evaluation.Facility {
	doors := &d.outcome.Doors
	for i := range d.net.Venues {
		venue := &d.net.Venues[i]
		for _, g := range venue.Gates {
			door := evaluation.Facility{
				ID: scenario.GateID(venue.ID, g.ID, "in"), Names: label.Names{"": g.ID}, Kind: evaluation.Entrance, Place: venue.Names,
				Basis: venueBasis(venue), Source: venue.Source,
			}
			if doors.In != nil {
				out = d.passed(out, doors.In[g.Place], door)
			}
			door.ID, door.Kind = scenario.GateID(venue.ID, g.ID, "out"), evaluation.Exit
			if doors.Out != nil {
				out = d.passed(out, doors.Out[g.Place], door)
			}
		}
	}
	return out
}

// venueBasis is how a venue's rates are known; of which nothing is stated, they are assumed.
func venueBasis(v *demand.Venue) basis.Kind {
	if v.Basis == "" {
		return basis.Assumption
	}
	return basis.Kind(v.Basis)
}

// passed adds a facility with what happened there, if anything did.
func (d *day) passed(out []evaluation.Facility, f station.Facility, e evaluation.Facility) []evaluation.Facility {
	if f == assign.NoDoor {
		return out
	}
	log := d.outcome.Servers.Log(f)
	if log.Passed == 0 {
		return out
	}
	e.PerHour = d.outcome.Servers.PerHour(f)
	e.Passed, e.Waited = int(log.Passed), int(log.Queued)
	e.MaxWait, e.PersonSeconds = int(log.LongestWait), int((log.Wait+500)/1000)
	e.Minutes = d.flow(log)
	e.QueueAt = -1
	for _, m := range e.Minutes {
		if m.Queue > e.MaxQueue {
			e.MaxQueue, e.QueueAt = m.Queue, (m.Minute+1)*60
		}
	}
	return append(out, e)
}

// flow is a log's minutes in which something happened, up to the horizon's end.
func (d *day) flow(log *serve.Log) []evaluation.Flow {
	out := []evaluation.Flow{}
	for minute, m := range log.Minutes[:min(len(log.Minutes), d.minutes())] {
		if m.Came+m.Through+m.Queue > 0 {
			out = append(out, evaluation.Flow{Minute: minute, Came: int(m.Came), Passed: int(m.Through), Queue: int(m.Queue)})
		}
	}
	return out
}

// minutes is how many minutes the horizon has, begun ones included.
func (d *day) minutes() int { return (int(d.problem.Day.Horizon.Length) + 59) / 60 }

// named is a name that may be absent.
func (d *day) named(name string) label.Names {
	if name == "" {
		return label.Names{}
	}
	return d.names(name)
}

func (d *day) stopID(s transit.Stop) string {
	if s == transit.Stop(transit.None) {
		return ""
	}
	return string(d.net.Timetable.Stops.ID[s])
}

func (d *day) stopNames(s transit.Stop) label.Names {
	if s == transit.Stop(transit.None) {
		return label.Names{}
	}
	return d.names(d.net.Timetable.Stops.Name[s])
}
