package report

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/workbook"
)

// hourBins is how many bins an hour has.
const hourBins = 3600 / evaluation.BinSeconds

// busiestHour is the hour of a line in which most people wanted to ride past its
// worst places, and what left there in it. Who is left behind by one quarter of an
// hour waits for the next: only those who are left at the hour's end are added to
// the people who were carried.
type busiestHour struct{ from, departures, capacity, demand int }

func hourOf(l evaluation.Line) (busiest busiestHour, found bool) {
	for _, start := range l.Cells {
		if hour := hourFrom(l, start.Bin); hour.demand > busiest.demand {
			busiest, found = hour, true
		}
	}
	return busiest, found
}

func hourFrom(l evaluation.Line, bin int) busiestHour {
	hour, left := busiestHour{from: bin}, 0
	for _, c := range l.Cells {
		if c.Bin >= bin && c.Bin < bin+hourBins {
			hour.departures, hour.capacity, hour.demand = hour.departures+c.Departures, hour.capacity+c.Capacity, hour.demand+c.Carried
			left = c.LeftBehind
		}
	}
	hour.demand += left
	return hour
}

// headway is the mean time between the departures of an hour; 0 without any.
func (h busiestHour) headway() int {
	if h.departures == 0 {
		return 0
	}
	return (3600 + h.departures/2) / h.departures
}

// supplySection is what each line offers.
func (d *desk) supplySection() section {
	s := section{id: "supply", title: d.say.Say("eventplan.supply", nil), grids: []grid{d.supplyGrid()}}
	s.sentences = []string{d.say.Say("eventplan.supply_note", nil)}
	return s
}

// supplyGrid tells every line that somebody rides. Its normal headway is known
// where nothing of the line was changed: the results are those of the event's day.
func (d *desk) supplyGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.supply", nil), title: d.say.Say("eventplan.supply_title", nil), frozen: 2, most: 40,
		columns: wide(d.heads("demand.line", "eventplan.vehicle", "demand.room", "eventplan.hour", "demand.departures", "eventplan.headway_normal", "eventplan.headway_event",
			"eventplan.per_hour", "eventplan.wanted", "demand.ratio"), 2.6, 1.7, .8, 1.1, .9, 1.1, 1.1, 1.1, 1, .9),
		bands: loadBands(9, 9),
	}
	lines, _ := busyLines(d.e.Lines)
	for _, l := range lines {
		hour, found := hourOf(l)
		if !found {
			continue
		}
		g.rows = append(g.rows, []any{
			d.line(l.Route) + " " + d.toward(l), l.Vehicle, l.Room, moment(hour.from * evaluation.BinSeconds), hour.departures,
			d.normally(l, hour), minutesOf(hour.headway()), hour.capacity, hour.demand, ratioOf(hour.demand, hour.capacity),
		})
		g.red = append(g.red, hour.demand > hour.capacity)
	}
	return g
}

// normally is the headway of the same hour without the event's changes: the same
// where nothing of the line is changed, else that of the run without changes; words
// where there is none.
func (d *desk) normally(l evaluation.Line, hour busiestHour) any {
	if !d.changed(l) {
		return minutesOf(hour.headway())
	}
	if d.unchanged != nil {
		for _, was := range d.unchanged.Lines {
			if was.Route == l.Route && was.Direction == l.Direction {
				return minutesOf(hourFrom(was, hour.from).headway())
			}
		}
		return nil // a line that the plan adds
	}
	return d.say.Say("eventplan.changed", nil)
}

// changed reports whether a modification is about a line, or may be: a cancelled
// trip does not say of which.
func (d *desk) changed(l evaluation.Line) bool {
	return slices.ContainsFunc(d.e.Scenario.Modifications, func(m evaluation.Modification) bool {
		route := m.Args["route"]
		return m.Kind == "cancel_trip" || route != "" && (route == l.Route || route == l.Name) &&
			(m.Args["direction"] == "" || m.Args["direction"] == plain(uint64(max(l.Direction, 0))))
	})
}

// minutesOf is a headway; nothing where there is none.
func minutesOf(seconds int) any {
	if seconds == 0 {
		return nil
	}
	return interval(seconds)
}

// ratioOf is demand against capacity; nothing where nothing departed.
func ratioOf(demand, capacity int) any {
	if capacity == 0 {
		return nil
	}
	return part(float64(demand) / float64(capacity))
}

// loadBands are the colours of demand against capacity, as on the page.
func loadBands(first, last int) []workbook.Band {
	return []workbook.Band{
		{First: first, Last: last, Above: 1, Fill: "9B1C1C", Text: "FFFFFF"},
		{First: first, Last: last, Above: .85, Fill: "F0B35C", Text: "1B2126"},
		{First: first, Last: last, Above: .6, Fill: "8FB4D1", Text: "1B2126"},
	}
}

// loadSection is demand against capacity by line and quarter of an hour.
func (d *desk) loadSection() section {
	return section{id: "load", title: d.say.Say("section.demand", nil), sentences: []string{d.say.Say("eventplan.load_note", nil)}, grids: []grid{d.loadGrid(), d.cellGrid()}}
}

// loadGrid is lines down, quarters of an hour across. It is in the workbook only:
// on paper it is drawn in pieces that a page can hold.
func (d *desk) loadGrid() grid {
	lines, _ := busyLines(d.e.Lines)
	bins := binsOf(lines)
	g := grid{
		sheet: d.say.Say("section.demand", nil), title: d.say.Say("demand.caption", nil), note: d.say.Say("eventplan.load_note", nil), frozen: 2,
		columns: []column{{head: d.say.Say("demand.line", nil)}, {head: d.say.Say("demand.room", nil)}}, bands: loadBands(2, len(bins)+1),
	}
	place := map[int]int{}
	for i, bin := range bins {
		place[bin] = i + 2
		g.columns = append(g.columns, column{head: d.clock(bin * evaluation.BinSeconds), width: 7})
	}
	for _, l := range lines {
		row := make([]any, len(g.columns))
		row[0], row[1] = d.line(l.Route)+" "+d.toward(l), l.Room
		for _, c := range l.Cells {
			if at := place[c.Bin]; at > 0 && c.Demand() > 0 {
				row[at] = cmp.Or[any](ratioOf(c.Demand(), c.Capacity), d.say.Say("demand.no_service", nil))
			}
		}
		g.rows = append(g.rows, row)
	}
	return g
}

// cellGrid is every cell with demand, the red ones first, those first that leave most behind.
func (d *desk) cellGrid() grid {
	g := grid{
		sheet: d.say.Say("eventplan.cells", nil), title: d.say.Say("eventplan.red_cells", nil), frozen: 2, most: 40, bands: loadBands(7, 7),
		columns: wide(d.heads("demand.line", "demand.time", "demand.stop", "demand.departures", "demand.capacity", "demand.carried", "demand.left", "demand.ratio"), 2.2, 1, 2),
	}
	type at struct {
		line evaluation.Line
		cell evaluation.Cell
	}
	var all []at
	for _, l := range d.e.Lines {
		for _, c := range l.Cells {
			if c.Demand() > 0 {
				all = append(all, at{l, c})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b at) int {
		return cmp.Or(falseLast(a.cell.Red(), b.cell.Red()), cmp.Compare(b.cell.LeftBehind, a.cell.LeftBehind), cmp.Compare(a.cell.Bin, b.cell.Bin))
	})
	for _, a := range all {
		g.rows = append(g.rows, []any{
			d.line(a.line.Route) + " " + d.toward(a.line), moment(a.cell.Bin * evaluation.BinSeconds), d.stop(a.cell.Stop), a.cell.Departures,
			a.cell.Capacity, a.cell.Carried, a.cell.LeftBehind, ratioOf(a.cell.Demand(), a.cell.Capacity),
		})
		g.red = append(g.red, a.cell.Red())
	}
	return g
}
