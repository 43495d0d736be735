package report

import (
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/workbook"
)

// curveColors are those of the curves started, away and arrived, as on the page.
var curveColors = [3]string{"7D8893", "0B5394", "3C8A5A"}

// curveLetters is how wide a column of a curve is: its head takes several lines.
const curveLetters = 14

// bandColor is that of the span over several runs.
const bandColor = "9CC3E6"

// curveGrid is the curves of all crowds, a row a minute, with a chart for each.
func (d *desk) curveGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.curve", nil), title: d.say.Say("section.clearance", nil), note: d.say.Say("clearance.lead", nil), frozen: 1,
		columns: []column{{head: d.say.Say("clearance.clock", nil)}},
	}
	first, last := d.curveSpan()
	for minute := first; minute <= last; minute++ {
		g.rows = append(g.rows, []any{moment((minute + 1) * 60)})
	}
	for i, c := range d.e.Crowds {
		if len(c.Curve) > 0 {
			d.addCurve(&g, i, c, first)
		}
	}
	return g
}

// curveSpan is the first and the last minute of known curve of the event.
func (d *desk) curveSpan() (first, last int) {
	known := false
	last = -1
	for _, c := range d.eventCrowds() {
		for _, p := range c.Curve {
			if !known || p.Minute < first {
				first, known = p.Minute, true
			}
			last = max(last, p.Minute)
		}
	}
	return first, min(last, first+mostMinutes)
}

// mostMinutes is how long a curve is told: no horizon is longer, but a damaged file may say so.
const mostMinutes = 14 * 24 * 60

// addCurve puts the three curves of a crowd beside the others, and their chart.
func (d *desk) addCurve(g *grid, index int, c evaluation.Crowd, first int) {
	at := len(g.columns)
	chart := workbook.Chart{
		Title: d.crowd(c), Row: 22 * len(g.charts), X: d.say.Say("clearance.clock", nil), Y: d.say.Say("clearance.people", nil),
	}
	for i, head := range d.curveHeads(c) {
		g.columns = append(g.columns, column{head: d.crowd(c) + ": " + head, width: curveLetters})
		chart.Lines = append(chart.Lines, workbook.Line{Column: at + i, Color: curveColors[i]})
	}
	curve := filled(c.Curve, first, len(g.rows))
	for i := range g.rows {
		g.rows[i] = append(g.rows[i], curve[i].Started, curve[i].Away, curve[i].Arrived)
	}
	if d.e.Spread != nil && index < len(d.e.Spread.Crowds) && len(d.e.Spread.Crowds[index].Curve) > 0 {
		d.addBand(g, &chart, c, d.e.Spread.Crowds[index].Curve, first)
	}
	g.charts = append(g.charts, chart)
}

// filled are the points of count minutes from first on: a curve counts people so far,
// so a minute that it leaves out is as the one before.
func filled(curve []evaluation.Point, first, count int) []evaluation.Point {
	out := make([]evaluation.Point, count)
	next, now := 0, evaluation.Point{}
	for i := range out {
		for next < len(curve) && curve[next].Minute <= first+i {
			now = curve[next]
			next++
		}
		out[i] = now
	}
	return out
}

// addBand puts the fewest and the most who were away over several runs beside the curves.
func (d *desk) addBand(g *grid, chart *workbook.Chart, c evaluation.Crowd, band []evaluation.AwayBand, first int) {
	at := len(g.columns)
	away := d.crowd(c) + ": " + d.curveHeads(c)[1]
	g.columns = append(g.columns,
		column{head: away + ", " + d.say.Say("spread.p10", nil), width: curveLetters}, column{head: away + ", " + d.say.Say("spread.p90", nil), width: curveLetters})
	chart.Lines = append(chart.Lines, workbook.Line{Column: at, Color: bandColor}, workbook.Line{Column: at + 1, Color: bandColor})
	next, now := 0, evaluation.Band{}
	for i := range g.rows {
		for next < len(band) && band[next].Minute <= first+i {
			now = band[next].Away
			next++
		}
		g.rows[i] = append(g.rows[i], now.P10, now.P90)
	}
}
