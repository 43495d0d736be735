package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// stopSection is where people board, and where vehicles stand.
func (d *desk) stopSection() section {
	s := section{
		id: "stops", title: d.say.Say("eventplan.stops", nil), grids: []grid{d.stopGrid(), d.standGrid(), d.platformGrid()},
		notPlanned: d.say.Say("eventplan.no_stands", nil),
	}
	if left := d.leftOut(); left != "" {
		s.sentences = append(s.sentences, left)
	}
	return s
}

func (d *desk) stopGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.stop_sheet", nil), title: d.say.Say("eventplan.stop_title", nil), frozen: 1, most: 30,
		columns: wide(d.heads("queues.stop", "eventplan.stop_id", "eventplan.lines", "queues.boardings", "eventplan.alightings", "queues.longest", "queues.at", "queues.wait",
			"queues.denied", "queues.stranded"), 2.6, 0, 1.8),
	}
	stops := slices.Clone(d.e.Stops)
	slices.SortStableFunc(stops, func(a, b evaluation.Stop) int {
		return cmp.Or(cmp.Compare(b.MaxQueue, a.MaxQueue), cmp.Compare(b.Boardings, a.Boardings), strings.Compare(a.ID, b.ID))
	})
	for _, s := range stops {
		row := []any{d.boarding(s.ID), s.ID, d.boardedLines(s), s.Boardings, s.Alightings, s.MaxQueue, nil, length(s.MaxWait), s.Denied, s.Stranded}
		if at, found := longestAt(s.Minutes); found {
			row[6] = moment((at + 1) * 60)
		}
		g.rows, g.red = append(g.rows, row), append(g.red, s.Stranded > 0 || s.Denied > 0)
	}
	return g
}

func (d *desk) boardedLines(s evaluation.Stop) string {
	var routes []string
	for _, l := range s.Lines {
		routes = append(routes, l.Route)
	}
	return d.lineList(routes)
}

// standGrid is where vehicles waited for a place at the kerb.
func (d *desk) standGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.stands", nil), title: d.say.Say("eventplan.stand_title", nil), most: 15,
		columns: wide(d.heads("demand.line", "demand.departures", "eventplan.kerb", "late.median", "late.most", "late.latest", "late.stop", "queues.at"), 2.4, 1, 1, 1, 1, 1, 2),
	}
	for _, dev := range latestFirst(d.e.Deviations) {
		g.rows = append(g.rows, []any{
			d.way(dev.LineRef), dev.Departures, length(dev.Kerb), length(dev.P50), length(dev.P90), length(dev.Latest.Seconds), d.stop(dev.Latest.Stop), moment(dev.Latest.At),
		})
	}
	return g
}

func (d *desk) platformGrid() grid {
	g := grid{
		sheet: d.say.Say("platforms.title", nil), title: d.say.Say("platforms.title", nil), frozen: 1, most: 20,
		columns: wide(d.heads("platforms.what", "eventplan.area", "platforms.holds", "platforms.most", "queues.at", "platforms.level", "eventplan.dense", "platforms.held",
			"platforms.held_wait", "stations.basis"), 2.4),
	}
	for _, p := range fullestFirst(d.e.Platforms) {
		row := []any{d.boarding(p.Stop), nil, nil, p.MaxPeople, moment(p.PeopleAt), p.Level, length(p.Dense * 60), p.HeldBack, length(p.MaxHeldWait), d.kind(p.Basis)}
		if p.Area > 0 {
			row[1] = p.Area
		}
		if p.Holds > 0 {
			row[2] = p.Holds
		}
		g.rows, g.red = append(g.rows, row), append(g.red, overfull(p))
	}
	return g
}

// walkingSection is what people pass on foot.
func (d *desk) walkingSection() section {
	s := section{id: "walking", title: d.say.Say("eventplan.walking", nil), grids: []grid{d.facilityGrid()}, notPlanned: d.say.Say("eventplan.no_routes", nil)}
	view := d.stations()
	switch {
	case view.Unknown:
		s.sentences = []string{d.say.Say("stations.unknown", nil)}
	case len(view.Sentences) == 0:
		s.sentences = []string{d.say.Say("stations.calm", nil)}
	default:
		s.sentences = view.Sentences
	}
	return s
}

func (d *desk) facilityGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.gate_sheet", nil), title: d.say.Say("stations.caption", nil), frozen: 1, most: 25,
		columns: wide(d.heads("stations.what", "stations.rate", "stations.came", "queues.longest", "queues.at", "stations.wait", "stations.passed", "stations.basis", "numbers.source"),
			2.6, 1, 1, 1, 1, 1, 1, 1, 0),
	}
	for _, f := range bindingFirst(d.e.Facilities) {
		row := []any{d.facilities[f.ID], nil, nil, f.MaxQueue, moment(f.QueueAt), length(f.MaxWait), f.Passed, d.kind(f.Basis), f.Source}
		if f.PerHour > 0 {
			row[1] = f.PerHour
		}
		if busiest, found := f.Busiest(); found {
			row[2] = perHour(busiest.Came)
		}
		g.rows, g.red = append(g.rows, row), append(g.red, f.Red())
	}
	return g
}
