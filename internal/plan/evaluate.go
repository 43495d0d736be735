package plan

import (
	"time"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/scenario"
)

// evaluate measures a day that was played.
func (d *day) evaluate() *evaluation.Evaluation {
	r := &d.request
	journeys := d.outcome.Journeys()
	e := &evaluation.Evaluation{
		Format: evaluation.Format, Program: r.Program, Seed: r.Seed,
		City:       evaluation.City{ID: d.net.City.ID, Names: d.net.City.Names, Network: r.Hash, Illustration: d.net.City.Illustration},
		Event:      d.event(),
		Horizon:    d.span(),
		Scenario:   d.scenario(),
		Model:      d.model(),
		Feedback:   d.feedback(),
		Totals:     d.totals(journeys),
		Crowds:     d.crowds(journeys),
		Lines:      d.lines(),
		Stops:      d.stops(),
		Segments:   d.segments(),
		Facilities: d.facilities(), Platforms: d.platforms(),
		Deviations: d.deviations(), Blocks: d.blocks(), Crowding: d.crowding(),
		Streets: d.streets(),
		Fleets:  listed(d.fleets),
		Numbers: listed(d.numbers()),
		Credits: listed(d.net.Credits),
		Work:    d.work(),
	}
	e.Replans, e.Totals.Replanned = d.replans()
	d.tellReasons(e)
	e.Worst = d.worst(e.Stops)
	d.leaveOut(e)
	d.tellOutcome(e)
	e.Findings = listed(d.findings)
	return e
}

// listed is the list itself, never nil, so that JSON shows [] and not null.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func (d *day) event() evaluation.Event {
	e := &d.request.Event
	out := evaluation.Event{ID: e.ID, Names: e.Names, Date: e.Date.String(), TransitShare: e.TransitShare}
	if v, found := demand.FindVenue(d.net.Venues, e.Venue); found {
		out.Venue = d.venue(&d.net.Venues[v])
	}
	for _, s := range e.Sessions {
		out.Sessions = append(out.Sessions, evaluation.Session{
			Name: s.Name, Start: int(s.Start), End: int(s.End), Attendance: s.Attendance,
		})
	}
	return out
}

func (d *day) venue(v *demand.Venue) evaluation.Venue {
	out := evaluation.Venue{ID: v.ID, Names: v.Names, At: v.At, Capacity: v.Capacity}
	for _, g := range v.Gates {
		out.Gates = append(out.Gates, evaluation.Gate{ID: g.ID, At: d.net.Places.At[g.Place]})
	}
	return out
}

func (d *day) span() evaluation.Horizon {
	h := d.problem.Day.Horizon
	start := time.Unix(h.Start, 0).In(d.zone)
	_, offset := start.Zone()
	return evaluation.Horizon{Start: start.Format(time.RFC3339), Zone: d.zone.String(), OffsetSeconds: offset, Seconds: int(h.Length)}
}

func (d *day) scenario() evaluation.Scenario {
	r := &d.request
	out := evaluation.Scenario{Hash: scenario.Identity(r.Hash, r.Event.Date, r.Modifications), Modifications: []evaluation.Modification{}}
	for _, m := range r.Modifications {
		out.Modifications = append(out.Modifications, evaluation.Modification{Kind: m.Kind(), Args: m.Args(), Note: m.Remark()})
	}
	return out
}

// model says what of the day was played.
func (d *day) model() evaluation.Model {
	m := d.problem.Model
	return evaluation.Model{Dwell: m.Dwell, Blocks: m.Blocks != nil, Crowding: m.Crowding, Replan: m.Replan}
}

func (d *day) work() evaluation.Work {
	w := d.outcome.Work
	return evaluation.Work{
		DatedTrips: len(d.problem.Day.Trip), Visits: len(d.problem.Day.Stop), Destinations: w.Destinations,
		Scanned: w.Scanned, Choices: w.Weighed, Joins: w.Joins, Boardings: w.Boardings,
	}
}

// names are what a text of the timetable is called: its own under "", and its translations.
func (d *day) names(text string) label.Names {
	names := label.Names{"": text}
	for language, name := range d.net.Timetable.Translated(text) {
		names[language] = name
	}
	return names
}

// tellOutcome adds what a reader must not miss: people who did not get away,
// and a guessed room on a line that was full.
func (d *day) tellOutcome(e *evaluation.Evaluation) {
	if e.Totals.Stranded > 0 {
		d.add(finding.Finding{Level: finding.Warning, Code: codeStranded, Value: count(e.Totals.Stranded), Args: map[string]string{"count": count(e.Totals.Stranded)}})
	}
	d.tellAssumedRooms()
	for _, l := range e.Lines {
		if l.RoomDefault && anyRed(l.Cells) {
			d.add(finding.Finding{
				Level: finding.Warning, Code: codeRoomBinds, Field: "room", Value: count(l.Room),
				Args: map[string]string{"route": l.Name, "headsign": l.Headsign, "vehicle": l.Vehicle},
			})
		}
	}
}

func anyRed(cells []evaluation.Cell) bool {
	for _, c := range cells {
		if c.Red() {
			return true
		}
	}
	return false
}
