package report

import (
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
)

// eventPlan is the chapters of the event transport plan, in the order in which
// the people who exchange it know them.
func (d *desk) eventPlan(s Standing) []section {
	return []section{
		d.profileSection(s), d.demandSection(), d.supplySection(), d.loadSection(), d.clearanceSection(),
		d.serviceSection(), d.stopSection(), d.walkingSection(), d.roadSection(), d.contingencySection(),
		d.publicSection(), d.costSection(), d.afterSection(), d.findingSection(), d.basisSection(), d.sourceSection(s),
	}
}

// eventCrowds are those of the event; the city's other travellers are no part of its demand.
func (d *desk) eventCrowds() []evaluation.Crowd {
	return slices.DeleteFunc(slices.Clone(d.e.Crowds), func(c evaluation.Crowd) bool { return c.Way == background })
}

// people of a way of all sessions.
func (d *desk) people(way string) int {
	sum := 0
	for _, c := range d.e.Crowds {
		if c.Way == way {
			sum += c.People
		}
	}
	return sum
}

// The ways of the crowds of an event.
const (
	comes = "arriving"
	goes  = "leaving"
)

// profileSection is what the event is, and how far its plan is.
func (d *desk) profileSection(s Standing) section {
	return section{
		id: "profile", title: d.say.Say("eventplan.profile", nil),
		grids: []grid{d.profileGrid(s), d.sessionGrid()},
	}
}

func (d *desk) profileGrid(s Standing) grid {
	e := d.e
	g := grid{sheet: d.say.Say("eventplan.profile", nil), columns: wide(d.heads("eventplan.what", "numbers.value"), 1, 2.4)}
	add := func(id string, value any) { g.rows = append(g.rows, []any{d.say.Say(id, nil), value}) }
	add("eventplan.event", d.own(e.Event.Names, e.Event.ID))
	add("eventplan.venue", d.own(e.Event.Venue.Names, e.Event.Venue.ID))
	add("eventplan.city", d.own(e.City.Names, e.City.ID))
	add("eventplan.date", d.date())
	if e.Event.Venue.Capacity > 0 {
		add("eventplan.places", int(e.Event.Venue.Capacity))
	}
	if len(e.Event.Venue.Gates) > 0 {
		add("eventplan.gates", len(e.Event.Venue.Gates))
	}
	add("eventplan.share", part(e.Event.TransitShare))
	add("eventplan.travellers", e.Totals.Travellers)
	for _, f := range d.stands(s) {
		g.rows = append(g.rows, []any{f.Name, f.Value})
	}
	return g
}

// sessionGrid is when people sit, and how many come by what.
func (d *desk) sessionGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.sessions", nil), title: d.say.Say("eventplan.sessions", nil),
		columns: wide(d.heads("eventplan.session", "eventplan.begins", "eventplan.ends", "eventplan.attendance", "eventplan.by_transit", "eventplan.by_other"), 1.6),
	}
	for i, s := range d.e.Event.Sessions {
		coming := 0
		for _, c := range d.eventCrowds() {
			if c.Session == i && !leaving(c) {
				coming += c.People
			}
		}
		attendance := int(s.Attendance)
		g.rows = append(g.rows, []any{d.session(i), moment(s.Start), moment(s.End), attendance, coming, max(attendance-coming, 0)})
	}
	return g
}
