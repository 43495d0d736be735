package report

import (
	"math"
	"strconv"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/evaluation"
)

// demandSection is who comes from where by what. The results do not keep the
// origin of each journey: people by origin are the shares that were assumed.
func (d *desk) demandSection() section {
	s := section{id: "origins", title: d.say.Say("eventplan.demand", nil), grids: []grid{d.modeGrid(), d.originGrid(), d.crowdGrid()}}
	s.sentences = []string{d.say.Say("eventplan.origin_note", nil)}
	if n := d.e.Totals.OnFootOnly; n > 0 {
		s.sentences = append(s.sentences, d.say.Say("answer.walked", map[string]any{"people": n}))
	}
	return s
}

func (d *desk) modeGrid() grid {
	attendance := 0
	for _, s := range d.e.Event.Sessions {
		attendance += int(s.Attendance)
	}
	row := func(id string, coming, going int) []any {
		return []any{d.say.Say(id, nil), coming, going, part(share(max(coming, going), attendance))}
	}
	come, going := d.people(comes), d.people(goes)
	return grid{
		sheet: d.say.Say("eventplan.modes", nil), title: d.say.Say("eventplan.modes", nil),
		columns: wide(d.heads("eventplan.mode", "eventplan.coming", "eventplan.going", "eventplan.of_attendance"), 2),
		rows: [][]any{
			row("eventplan.by_transit", come, going),
			row("eventplan.by_other", max(attendance-come, 0), max(attendance-going, 0)),
		},
	}
}

func (d *desk) originGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.origins", nil), title: d.say.Say("eventplan.origins", nil),
		columns: wide(d.heads("eventplan.origin", "eventplan.coming_share", "eventplan.coming", "eventplan.going", "numbers.kind", "numbers.source"), 1.8, .8, .8, .8, .9, 3),
	}
	for _, n := range d.e.Numbers {
		percent, err := strconv.ParseFloat(n.Value, 64)
		if n.ID != "origin_residents" && n.ID != "origin_venue" || err != nil || n.Unit != "%" {
			continue
		}
		of := func(people int) int { return int(math.Round(float64(people) * percent / 100)) }
		g.rows = append(g.rows, []any{d.originName(n), part(percent / 100), of(d.people(comes)), of(d.people(goes)), d.kind(n.Kind), n.Source})
	}
	return g
}

func (d *desk) originName(n basis.Number) string {
	view := d.number(n)
	if view.Subject == "" {
		return view.Name
	}
	return view.Name + ": " + view.Subject
}

// crowdGrid is each crowd and how it fared.
func (d *desk) crowdGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.crowds", nil), title: d.say.Say("eventplan.crowds", nil), frozen: 1,
		columns: wide(d.heads("eventplan.crowd", "clearance.people", "clearance.arrived", "clearance.walking", "clearance.stranded", "demand.left", "clearance.denied",
			"eventplan.wait_half", "eventplan.wait_most", "eventplan.wait_longest"), 2),
	}
	for _, c := range d.e.Crowds {
		if c.People == 0 {
			continue
		}
		g.rows = append(g.rows, []any{
			d.crowd(c), c.People, c.Arrived, c.Walking, c.Stranded, c.LeftBehind, c.Denied,
			length(c.Wait.P50), length(c.Wait.P90), length(c.Wait.Max),
		})
		g.red = append(g.red, c.Stranded+c.Walking > 0)
	}
	return g
}

// clearanceSection is who is away by when.
func (d *desk) clearanceSection() section {
	s := section{
		id: "clearance", title: d.say.Say("section.clearance", nil), sentences: []string{d.say.Say("clearance.lead", nil), d.chance()},
		grids: []grid{d.clearGrid(), d.curveGrid()},
	}
	return s
}

// clearGrid is when shares of each crowd were through, with the span over several runs.
func (d *desk) clearGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.through", nil), title: d.say.Say("eventplan.through", nil),
		columns: wide(d.heads("eventplan.crowd", "eventplan.part", "clearance.clock", "spread.p10", "spread.p50", "spread.p90"), 2),
	}
	for i, c := range d.e.Crowds {
		for j, mark := range c.Clear {
			row := []any{d.crowd(c), part(float64(mark.Percent) / 100), moment(mark.At), nil, nil, nil}
			if band, known := d.clearBand(i, j); known {
				row[3], row[4], row[5] = moment(band.P10), moment(band.P50), moment(band.P90)
			}
			g.rows, g.red = append(g.rows, row), append(g.red, mark.At < 0)
		}
	}
	return g
}

func (d *desk) clearBand(crowd, mark int) (evaluation.Band, bool) {
	if d.e.Spread == nil || crowd >= len(d.e.Spread.Crowds) || mark >= len(d.e.Spread.Crowds[crowd].Clear) {
		return evaluation.Band{}, false
	}
	return d.e.Spread.Crowds[crowd].Clear[mark].At, true
}
