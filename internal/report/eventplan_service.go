package report

import (
	"github.com/qala-city/qala/internal/evaluation"
)

// serviceSection is what is changed, and what the vehicles allow.
func (d *desk) serviceSection() section {
	s := section{
		id: "service", title: d.say.Say("eventplan.service", nil), grids: []grid{d.changeGrid(), d.fleetGrid(), d.blockGrid()},
		notPlanned: d.say.Say("eventplan.no_duties", nil),
	}
	if len(d.e.Scenario.Modifications) == 0 {
		s.sentences = append(s.sentences, d.say.Say("changes.none", nil))
	}
	for _, f := range d.e.Fleets {
		if f.Needed > f.Vehicles-f.Reserve {
			s.sentences = append(s.sentences, d.line(f.Route)+": "+d.join(d.fleetSentences(f)[len(f.Best):]))
		}
	}
	if len(d.e.Fleets) == 0 {
		s.sentences = append(s.sentences, d.say.Say("fleet.none", nil))
	}
	if basis := d.blockBasis(); basis != "" {
		s.sentences = append(s.sentences, basis)
	}
	return s
}

func (d *desk) changeGrid() grid {
	g := grid{
		sheet: d.say.Say("section.changes", nil), title: d.say.Say("section.changes", nil),
		columns: wide(d.heads("eventplan.order", "eventplan.change", "eventplan.remark"), .4, 4, 3),
	}
	for i, c := range d.changes() {
		g.rows = append(g.rows, []any{i + 1, c.Text, c.Note})
	}
	return g
}

func (d *desk) fleetGrid() grid {
	g := grid{
		sheet: d.say.Say("section.fleet", nil), title: d.say.Say("section.fleet", nil), note: d.say.Say("fleet.lead", nil), frozen: 1,
		columns: wide(d.heads("fleet.line", "fleet.vehicles", "eventplan.reserve", "fleet.cycle", "fleet.turnback", "fleet.room", "fleet.best", "fleet.best_reserve",
			"eventplan.per_hour", "fleet.needed", "queues.at", "fleet.basis"), 1.6, .8, .8, .9, .9, .7, .9, .9, 1, .8, .8, 1.1),
	}
	for _, f := range d.e.Fleets {
		row := []any{d.line(f.Route), f.Vehicles, f.Reserve, length(f.Cycle), length(f.Turnback), f.Room, nil, nil, nil, f.Needed, nil, d.kind(f.Kind)}
		if len(f.Best) > 0 {
			row[6], row[8] = interval(f.Best[0].Seconds), f.Best[0].PerHour
		}
		if len(f.Best) > 1 {
			row[7], row[8] = interval(f.Best[1].Seconds), f.Best[1].PerHour
		}
		if f.Needed > 0 {
			row[10] = moment(f.NeededAt)
		}
		g.rows, g.red = append(g.rows, row), append(g.red, f.Needed > f.Vehicles)
	}
	return g
}

// blockGrid is the vehicles that carried lateness from trip to trip; the results keep no others.
func (d *desk) blockGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.blocks", nil), title: d.say.Say("eventplan.late_blocks", nil), most: 15,
		columns: wide(d.heads("late.block", "eventplan.lines", "eventplan.trips", "eventplan.late_starts", "eventplan.latest_start", "queues.at"), 2, 2),
	}
	for _, b := range d.e.Blocks.Late {
		g.rows = append(g.rows, []any{b.ID, d.lineList(b.Routes), b.Trips, b.Late, length(b.MaxStart), moment(b.At)})
	}
	return g
}

// roadSection is what is closed: qala closes stops, and knows nothing of roads.
func (d *desk) roadSection() section {
	s := section{id: "roads", title: d.say.Say("eventplan.roads", nil), notPlanned: d.say.Say("eventplan.no_roads", nil)}
	for i, m := range d.e.Scenario.Modifications {
		if m.Kind == "close_stop" || m.Kind == "short_turn" {
			s.sentences = append(s.sentences, d.changes()[i].Text)
		}
	}
	return s
}

// contingencySection is how far the outcome varies; what is done about it is not planned.
func (d *desk) contingencySection() section {
	s := section{id: "contingency", title: d.say.Say("eventplan.contingency", nil), notPlanned: d.say.Say("eventplan.no_contingency", nil)}
	s.sentences = append(s.sentences, d.chance())
	if t := d.e.Totals; t.Stranded > 0 {
		s.sentences = append(s.sentences, d.say.Say("answer.stranded", map[string]any{"people": t.Stranded, "walking": t.Walking}))
	}
	if d.e.Spread != nil {
		s.grids = append(s.grids, d.spreadGrid(d.e.Spread))
	}
	return s
}

func (d *desk) spreadGrid(spread *evaluation.Spread) grid {
	g := grid{
		sheet: d.say.Say("spread.title", nil), title: d.say.Say("spread.title", nil), most: 40,
		columns: wide(d.heads("eventplan.what", "spread.p10", "spread.p50", "spread.p90"), 3),
	}
	add := func(name string, b evaluation.Band, as func(int) any) {
		g.rows = append(g.rows, []any{name, as(b.P10), as(b.P50), as(b.P90)})
	}
	count := func(n int) any { return n }
	add(d.say.Say("spread.left", nil), spread.LeftBehind, count)
	add(d.say.Say("spread.stranded", nil), spread.Stranded, count)
	for i, c := range spread.Crowds {
		if i >= len(d.e.Crowds) || d.e.Crowds[i].People == 0 {
			continue
		}
		add(d.say.Say("spread.crowd_left", map[string]any{"crowd": d.crowd(d.e.Crowds[i])}), c.LeftBehind, count)
		for _, mark := range c.Clear {
			name := d.say.Say("spread.clear", map[string]any{"crowd": d.crowd(d.e.Crowds[i]), "percent": d.percent(mark.Percent)})
			add(name, mark.At, func(at int) any { return moment(at) })
		}
	}
	for _, p := range spread.Places {
		add(d.say.Say("spread.wait", map[string]any{"stop": d.boarding(p.Stop)}), p.MaxWait, func(s int) any { return length(s) })
	}
	return g
}

// publicSection, costSection and afterSection are chapters that nothing is planned for yet.
func (d *desk) publicSection() section {
	return section{id: "public", title: d.say.Say("eventplan.public", nil), notPlanned: d.say.Say("eventplan.no_public", nil)}
}

func (d *desk) costSection() section {
	cleared := 0
	for _, c := range d.eventCrowds() {
		if leaving(c) {
			cleared += c.Arrived
		}
	}
	return section{
		id: "cost", title: d.say.Say("eventplan.cost", nil), notPlanned: d.say.Say("eventplan.no_cost", nil),
		sentences: []string{d.say.Say("eventplan.cleared", map[string]any{"people": cleared})},
	}
}

func (d *desk) afterSection() section {
	return section{id: "after", title: d.say.Say("eventplan.after", nil), notPlanned: d.say.Say("eventplan.no_after", nil)}
}
