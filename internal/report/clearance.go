package report

import "github.com/qala-city/qala/internal/evaluation"

// crowdView is one crowd: its chart, its figures and the table behind the chart.
type crowdView struct {
	Index                                            int
	Title                                            string
	People, Arrived, Walking, Stranded, Denied, Late string
	Punctual                                         bool
	Clear                                            []fact
	Travel, Wait                                     string
	Started, Away, There                             string // heads of the columns
	Rows                                             [][]string
}

func (d *desk) crowds() []crowdView {
	views := make([]crowdView, 0, len(d.e.Crowds))
	for i, c := range d.e.Crowds {
		if c.People > 0 {
			views = append(views, d.crowdView(i, c))
		}
	}
	return views
}

func (d *desk) crowdView(index int, c evaluation.Crowd) crowdView {
	v := crowdView{
		Index: index, Title: d.crowd(c), Punctual: d.punctual(c),
		People: d.say.Number(c.People), Arrived: d.say.Number(c.Arrived), Walking: d.say.Number(c.Walking),
		Stranded: d.say.Number(c.Stranded), Denied: d.say.Number(c.Denied), Late: d.say.Number(c.Late),
		Travel: d.spread(c.Travel.P10, c.Travel.P50, c.Travel.P90),
		Wait:   d.spread(c.Wait.P50, c.Wait.P90, c.Wait.Max),
		Rows:   d.curveRows(c.Curve),
	}
	heads := d.curveHeads(c)
	v.Started, v.Away, v.There = heads[0], heads[1], heads[2]
	for i, mark := range c.Clear {
		v.Clear = append(v.Clear, fact{Name: d.percent(mark.Percent), Value: d.clock(mark.At), Span: d.clearSpan(index, i)})
	}
	return v
}

// clearSpan is from when to when four of five seeds cleared a share of a crowd;
// "" after a single seed.
func (d *desk) clearSpan(crowd, share int) string {
	if d.e.Spread == nil || crowd >= len(d.e.Spread.Crowds) || share >= len(d.e.Spread.Crowds[crowd].Clear) {
		return ""
	}
	at := d.e.Spread.Crowds[crowd].Clear[share].At
	return d.clock(at.P10) + "–" + d.clock(at.P90)
}

// chance says how far the figures can be trusted to the minute.
func (d *desk) chance() string {
	if d.e.Spread == nil {
		return d.say.Say("answer.one_draw", nil)
	}
	return d.severalRuns(d.e.Spread)
}

// curveHeads names the three curves of a crowd.
func (d *desk) curveHeads(c evaluation.Crowd) [3]string {
	if c.Way == background {
		return [3]string{
			d.say.Say("clearance.started_background", nil),
			d.say.Say("clearance.away_arriving", nil), d.say.Say("clearance.arrived_leaving", nil),
		}
	}
	if leaving(c) {
		return [3]string{
			d.say.Say("clearance.started_leaving", nil),
			d.say.Say("clearance.away_leaving", nil), d.say.Say("clearance.arrived_leaving", nil),
		}
	}
	return [3]string{
		d.say.Say("clearance.started_arriving", nil),
		d.say.Say("clearance.away_arriving", nil), d.say.Say("clearance.arrived_arriving", nil),
	}
}

func (d *desk) spread(a, b, c int) string {
	return d.say.Duration(a) + " / " + d.say.Duration(b) + " / " + d.say.Duration(c)
}

// curveRows is the curve every five minutes and at its end; the chart and
// clearance.csv have every minute.
func (d *desk) curveRows(curve []evaluation.Point) [][]string {
	var rows [][]string
	for i, p := range curve {
		if (p.Minute+1)%5 != 0 && i != len(curve)-1 {
			continue
		}
		rows = append(rows, []string{
			d.clock((p.Minute + 1) * 60), d.say.Number(p.Started), d.say.Number(p.Away), d.say.Number(p.Arrived),
		})
	}
	return rows
}
