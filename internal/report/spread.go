package report

import (
	"github.com/qala-city/qala/internal/evaluation"
)

// severalRuns says on how many runs the spans rest, and whether the event was
// larger in some of them than in others.
func (d *desk) severalRuns(s *evaluation.Spread) string {
	sentences := []string{d.say.Say("answer.seeds", map[string]any{"count": len(s.Seeds)})}
	if s.Sized() {
		low, high := s.Runs[0].Travellers, s.Runs[0].Travellers
		for _, run := range s.Runs {
			low, high = min(low, run.Travellers), max(high, run.Travellers)
		}
		sentences = append(sentences, d.say.Say("answer.sizes", map[string]any{"low": low, "high": high}))
	}
	if s.Partial() {
		sentences = append(sentences, d.say.Say("answer.partial", map[string]any{"done": len(s.Seeds), "asked": s.Asked}))
	}
	return d.join(sentences)
}

// spreadRows is the table of how the outcome varies; nil after a single run.
func (d *desk) spreadRows() [][]string {
	s := d.e.Spread
	if s == nil {
		return nil
	}
	rows := [][]string{
		d.spreadRow(d.say.Say("spread.left", nil), s.LeftBehind, d.say.Number),
		d.spreadRow(d.say.Say("spread.stranded", nil), s.Stranded, d.say.Number),
	}
	for i, c := range s.Crowds {
		if i < len(d.e.Crowds) && d.e.Crowds[i].People > 0 {
			rows = append(rows, d.crowdSpreadRows(d.e.Crowds[i], c)...)
		}
	}
	for _, p := range s.Places {
		name := d.say.Say("spread.wait", map[string]any{"stop": d.boarding(p.Stop)})
		rows = append(rows, d.spreadRow(name, p.MaxWait, d.say.Duration))
	}
	return rows
}

func (d *desk) crowdSpreadRows(c evaluation.Crowd, s evaluation.CrowdSpread) [][]string {
	named := func(id string, args map[string]any) string {
		args["crowd"] = d.crowd(c)
		return d.say.Say(id, args)
	}
	rows := [][]string{d.spreadRow(named("spread.crowd_left", map[string]any{}), s.LeftBehind, d.say.Number)}
	for _, mark := range s.Clear {
		rows = append(rows, d.spreadRow(named("spread.clear", map[string]any{"percent": d.percent(mark.Percent)}), mark.At, d.clock))
	}
	if d.punctual(c) {
		rows = append(rows, d.spreadRow(named("spread.late", map[string]any{}), s.Late, d.say.Number))
	}
	return rows
}

func (d *desk) spreadRow(name string, b evaluation.Band, written func(int) string) []string {
	return []string{name, written(b.P10), written(b.P50), written(b.P90)}
}

// spread.csv: one row a figure, with three quantiles over the runs; times of
// clearing are local, empty for never.
func (t tables) spread() []byte {
	s := newSheet("figure", "session", "way", "percent", "stop_id", "stop_name", "p10", "p50", "p90", "unit", "runs", "runs_asked")
	spread := t.e.Spread
	row := func(figure string, session, way, percent any, stop, unit string, b evaluation.Band, written func(int) any) {
		s.row(figure, session, way, percent, stop, t.names[stop], written(b.P10), written(b.P50), written(b.P90), unit, len(spread.Seeds), spread.Asked)
	}
	plain := func(n int) any { return n }
	clock := func(at int) any { return t.local(at) }
	row("left_behind", "", "", "", "", "people", spread.LeftBehind, plain)
	row("stranded", "", "", "", "", "people", spread.Stranded, plain)
	for i, c := range spread.Crowds {
		if i >= len(t.e.Crowds) {
			break
		}
		session, way := t.e.Crowds[i].Session, t.e.Crowds[i].Way
		row("left_behind", session, way, "", "", "people", c.LeftBehind, plain)
		row("stranded", session, way, "", "", "people", c.Stranded, plain)
		row("late", session, way, "", "", "people", c.Late, plain)
		for _, mark := range c.Clear {
			row("clear", session, way, mark.Percent, "", "local", mark.At, clock)
		}
	}
	for _, p := range spread.Places {
		row("max_wait", "", "", "", p.Stop, "s", p.MaxWait, plain)
		row("max_queue", "", "", "", p.Stop, "people", p.MaxQueue, plain)
		row("denied", "", "", "", p.Stop, "times", p.Denied, plain)
	}
	return s.bytes()
}
