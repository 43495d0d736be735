package report

// findingSection is what is wrong or odd in the input.
func (d *desk) findingSection() section {
	s := section{id: "findings", title: d.say.Say("section.findings", nil), grids: []grid{d.findingGrid()}}
	if len(d.e.Findings) == 0 {
		s.sentences = []string{d.say.Say("findings.none", nil)}
	}
	return s
}

func (d *desk) findingGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.finding_sheet", nil), title: d.say.Say("section.findings", nil), most: 40,
		columns: wide(d.heads("eventplan.level", "findings.where", "findings.field", "findings.value", "findings.what", "findings.do"), .9, 1.2, .8, .8, 3, 3),
	}
	for _, f := range d.e.Findings {
		sentence, fix := d.say.Finding(d.named(f))
		g.rows = append(g.rows, []any{d.level(f.Level), d.located(f), f.Field, f.Value, sentence, fix})
	}
	return g
}

// basisSection is every number that the plan rests on.
func (d *desk) basisSection() section {
	s := section{id: "numbers", title: d.say.Say("section.numbers", nil), sentences: []string{d.say.Say("numbers.lead", nil)}, grids: []grid{d.numberGrid()}}
	if warning := d.defaults(); warning != "" {
		s.sentences = append(s.sentences, warning)
	}
	return s
}

func (d *desk) numberGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.number_sheet", nil), title: d.say.Say("section.numbers", nil),
		columns: wide(d.heads("numbers.what", "numbers.subject", "numbers.value", "numbers.kind", "numbers.source"), 2.2, 1.2, 1.9, 1, 2.8),
	}
	for _, group := range d.numbers() {
		for _, n := range group.Numbers {
			g.rows = append(g.rows, []any{n.Name, n.Subject, n.Value, n.KindText, n.Source})
		}
	}
	return g
}

// sourceSection is whose data it is, how the run is found again, and what is not modelled.
func (d *desk) sourceSection(Standing) section {
	g := grid{sheet: d.say.Say("eventplan.sources", nil), columns: wide(d.heads("eventplan.what", "numbers.value"), 1, 3)}
	for _, f := range d.identity() {
		g.rows = append(g.rows, []any{f.Name, f.Value})
	}
	for _, credit := range d.credits() {
		g.rows = append(g.rows, []any{d.say.Say("section.credits", nil), credit})
	}
	return section{id: "sources", title: d.say.Say("eventplan.sources", nil), sentences: d.limits(), grids: []grid{g}}
}
