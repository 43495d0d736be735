package report

import (
	"html/template"
	"slices"
	"time"

	"github.com/qala-city/qala/docs"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/message"
)

// page is everything that page.html shows, already in words.
type page struct {
	Language            string
	Title, Where, Date  string
	Beside              []link
	Sections            []link
	Illustration, Built bool
	Defaults, Rejected  string
	Answer              answer
	Chance              string
	Crowds              []crowdView
	Spread              [][]string // how the outcome varies: what, and three quantiles
	Waits               waitsView
	Worst               []worstView
	Stations            stationsView
	Demand              demandView
	Queues              queuesView
	Late                lateView
	Loads               []loadView
	LeftOut             string // what is told of other travellers in sums only
	Fleets              []fleetView
	Changes             []changeView
	Findings            []findingGroup
	Numbers             []numberGroup
	Certainty           certaintyView
	Limits              []string // what is not modelled
	Method, Checks      template.HTML
	Credits             []string
	Identity            []fact
	Share, Zone         string
	Style               template.CSS
	Script              template.JS
	Data                template.JS
	Policy              string
}

// link is a place to go to: a section of the page or another page.
type link struct{ Href, Text, Language string }

// fact is one line of a list of names and values.
type fact struct {
	Name, Value string
	Span        string // from when to when over several seeds
	Code        bool   // an identifier rather than words
}

func (d *desk) page(beside []string) *page {
	e := d.e
	venue := d.own(e.Event.Venue.Names, e.Event.Venue.ID)
	return &page{
		Language:     d.say.Language(),
		Title:        d.own(e.Event.Names, e.Event.ID),
		Where:        d.say.Say("report.at", map[string]any{"venue": venue, "city": d.own(e.City.Names, e.City.ID)}),
		Date:         d.date(),
		Beside:       links(beside, d.say.Language()),
		Sections:     d.sections(),
		Illustration: e.City.Illustration,
		Defaults:     d.defaults(),
		Rejected:     d.rejected(),
		Answer:       d.answer(),
		Chance:       d.chance(),
		Crowds:       d.crowds(),
		Spread:       d.spreadRows(),
		Waits:        d.waits(),
		Worst:        d.worst(),
		Stations:     d.stations(),
		Demand:       d.demand(),
		Queues:       d.queues(),
		Late:         d.late(),
		Loads:        d.loads(),
		LeftOut:      d.leftOut(),
		Fleets:       d.fleets(),
		Changes:      d.changes(),
		Findings:     d.findings(),
		Numbers:      d.numbers(),
		Certainty:    d.certainty(),
		Limits:       d.limits(),
		Method:       paper(docs.Method),
		Checks:       paper(docs.Verification),
		Credits:      d.credits(),
		Identity:     d.identity(),
		Share:        d.say.Percent(e.Event.TransitShare),
		Zone:         e.Horizon.Zone,
	}
}

// date is the event's day in full; as it stands in the file where it is no date.
func (d *desk) date() string {
	day, err := time.Parse(time.DateOnly, d.e.Event.Date)
	if err != nil {
		return d.e.Event.Date
	}
	return d.say.Date(day)
}

// ownNames are the languages' names for themselves, the same in every catalogue.
var ownNames = map[string]string{"en": "English", "kk": "Қазақша", "ru": "Русский", "zh": "中文"}

func links(languages []string, own string) []link {
	var all []link
	for _, language := range message.Languages() {
		if language != own && slices.Contains(languages, language) {
			all = append(all, link{Href: FileName(language), Text: ownNames[language], Language: language})
		}
	}
	return all
}

// sections is the table of contents, in the order in which a planner reads.
func (d *desk) sections() []link {
	all := []link{
		{Href: "answer", Text: d.say.Say("section.answer", nil)},
		{Href: "clearance", Text: d.say.Say("section.clearance", nil)},
		{Href: "waits", Text: d.say.Say("section.waits", nil)},
		{Href: "worst", Text: d.say.Say("section.worst", nil)},
		{Href: "stations", Text: d.say.Say("section.stations", nil)},
		{Href: "demand", Text: d.say.Say("section.demand", nil)},
		{Href: "queues", Text: d.say.Say("section.queues", nil)},
		{Href: "late", Text: d.say.Say("section.late", nil)},
		{Href: "map", Text: d.say.Say("section.map", nil)},
		{Href: "fleet", Text: d.say.Say("section.fleet", nil)},
		{Href: "changes", Text: d.say.Say("section.changes", nil)},
		{Href: "findings", Text: d.say.Say("section.findings", nil)},
		{Href: "numbers", Text: d.say.Say("section.numbers", nil)},
		{Href: "certainty", Text: d.say.Say("section.certainty", nil)},
		{Href: "method", Text: d.say.Say("section.method", nil)},
		{Href: "identity", Text: d.say.Say("section.identity", nil)},
		{Href: "credits", Text: d.say.Say("section.credits", nil)},
	}
	return slices.DeleteFunc(all, func(l link) bool { return l.Href == "waits" && !d.tellsWaits() || l.Href == "late" && !d.tellsLate() })
}

// tellsWaits and tellsLate report whether a section has something to say.
func (d *desk) tellsWaits() bool { return len(d.e.Totals.Reasons) > 0 }
func (d *desk) tellsLate() bool  { return d.e.Model.Dwell && len(d.e.Deviations) > 0 }

// limits is what is not modelled, some of it by this run only.
func (d *desk) limits() []string {
	e := d.e
	limits := []string{d.say.Say("method.not_traffic", nil)}
	if !e.Model.Dwell {
		limits = append(limits, d.say.Say("method.not_dwell", nil))
	}
	if len(e.Facilities)+len(e.Platforms) == 0 {
		limits = append(limits, d.say.Say("method.not_stations", nil))
	}
	if !e.Model.Crowding {
		limits = append(limits, d.say.Say("method.not_comfort", nil))
	}
	if !e.Model.Replan {
		limits = append(limits, d.say.Say("method.not_replan", nil))
	}
	if !slices.ContainsFunc(e.Crowds, func(c evaluation.Crowd) bool { return c.Way == string(demand.Background) }) {
		limits = append(limits, d.say.Say("method.not_others", nil))
	}
	return limits
}

// defaults warns of the lines whose room nobody stated and on which somebody
// rides; "" where there are none.
func (d *desk) defaults() string {
	var routes []string
	for _, l := range d.e.Lines {
		if l.RoomDefault && busy(l) {
			routes = append(routes, l.Route)
		}
	}
	if len(routes) == 0 {
		return ""
	}
	return d.say.Say("report.defaults", map[string]any{"lines": d.lineList(routes)})
}

func busy(l evaluation.Line) bool {
	return slices.ContainsFunc(l.Cells, func(c evaluation.Cell) bool { return c.Demand() > 0 })
}

func (d *desk) rejected() string {
	count := 0
	for _, f := range d.e.Findings {
		if f.Level == finding.Error {
			count++
		}
	}
	if count == 0 {
		return ""
	}
	return d.say.Say("report.rejected", map[string]any{"count": count})
}

func (d *desk) credits() []string {
	var lines []string
	for _, c := range d.e.Credits {
		lines = append(lines, d.say.Say("credits.line", map[string]any{"for": c.For, "holder": c.Holder, "licence": c.Licence}))
	}
	return lines
}

func (d *desk) identity() []fact {
	e := d.e
	span := d.say.Say("identity.span", map[string]any{
		"from": d.clock(0), "to": d.clock(e.Horizon.Seconds), "zone": e.Horizon.Zone,
	})
	work := d.say.Say("identity.work_line", map[string]any{
		"trips": e.Work.DatedTrips, "visits": e.Work.Visits, "scanned": e.Work.Scanned,
		"joins": e.Work.Joins, "boardings": e.Work.Boardings,
	})
	facts := []fact{
		{Name: d.say.Say("identity.program", nil), Value: e.Program},
		{Name: d.say.Say("identity.seed", nil), Value: plain(e.Seed), Code: true},
		{Name: d.say.Say("identity.network", nil), Value: e.City.Network, Code: true},
		{Name: d.say.Say("identity.scenario", nil), Value: e.Scenario.Hash, Code: true},
		{Name: d.say.Say("identity.horizon", nil), Value: span},
		{Name: d.say.Say("identity.work", nil), Value: work},
	}
	if rounds := d.rounds(); rounds != "" {
		facts = append(facts, fact{Name: d.say.Say("identity.rounds", nil), Value: rounds})
	}
	return facts
}
