package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/evaluation"
)

// demandView is the heat tables and the table of their red cells.
type demandView struct {
	Blocks []demandBlock
	Red    [][]string // every red cell, worst first
	Hidden string     // how many lines are not shown
	AnyRed bool
}

// demandBlock is a heat table of one stretch of the day, such as the time in
// which people come: lines down, quarters of an hour across.
type demandBlock struct {
	Span    string
	Columns []demandColumn
	Rows    []demandRow
}

// demandColumn is one bin.
type demandColumn struct {
	Clock, Full string
	Hour        bool
}

// demandRow is one direction of a line.
type demandRow struct {
	Name, Toward, Room, Color string
	Default, Red              bool
	Cells                     []demandCell
}

// demandCell is what a bin shows; Class "" is a bin without demand.
type demandCell struct{ Class, Text, Tip string }

func (d *desk) demand() demandView {
	lines, hidden := busyLines(d.e.Lines)
	view := demandView{Red: d.redCells(lines)}
	view.AnyRed = len(view.Red) > 0
	for _, bins := range stretches(binsOf(lines)) {
		view.Blocks = append(view.Blocks, d.demandBlock(lines, bins))
	}
	if hidden > 0 {
		view.Hidden = d.say.Say("demand.hidden", map[string]any{"count": hidden})
	}
	return view
}

// stretches parts ascending bins wherever two or more in a row have no demand,
// and long stretches evenly, so that each fits the width of a page.
func stretches(bins []int) [][]int {
	var parts [][]int
	for i, bin := range bins {
		if i == 0 || bin > bins[i-1]+2 {
			parts = append(parts, nil)
		}
		parts[len(parts)-1] = append(parts[len(parts)-1], bin)
	}
	var fitting [][]int
	for _, part := range parts {
		pieces := (len(part) + widest - 1) / widest
		fitting = slices.AppendSeq(fitting, slices.Chunk(part, (len(part)+pieces-1)/pieces))
	}
	return fitting
}

// widest is how many quarters of an hour stand beside each other.
const widest = 24

func (d *desk) demandBlock(lines []evaluation.Line, bins []int) demandBlock {
	first, last := bins[0], bins[len(bins)-1]
	var within []evaluation.Line
	for _, line := range lines {
		line.Cells = slices.DeleteFunc(slices.Clone(line.Cells), func(c evaluation.Cell) bool { return c.Bin < first || c.Bin > last })
		within = append(within, line)
	}
	within, _ = busyLines(within)
	block := demandBlock{Columns: d.demandColumns(bins)}
	block.Span = d.clock(first*evaluation.BinSeconds) + "–" + d.clock((last+1)*evaluation.BinSeconds)
	for _, line := range within {
		block.Rows = append(block.Rows, d.demandRow(line, bins))
	}
	return block
}

// busyLines are the lines with demand, those with the most people left behind
// first, and how many there are without.
func busyLines(all []evaluation.Line) (lines []evaluation.Line, hidden int) {
	for _, line := range all {
		if busy(line) {
			lines = append(lines, line)
		}
	}
	slices.SortStableFunc(lines, func(a, b evaluation.Line) int {
		return cmp.Or(cmp.Compare(leftOn(b), leftOn(a)), cmp.Compare(peak(b), peak(a)))
	})
	return lines, len(all) - len(lines)
}

func leftOn(line evaluation.Line) int {
	left := 0
	for _, c := range line.Cells {
		left += c.LeftBehind
	}
	return left
}

func peak(line evaluation.Line) float64 {
	top := 0.0
	for _, c := range line.Cells {
		top = max(top, share(c.Demand(), c.Capacity))
	}
	return top
}

// binsOf are the bins in which any of the lines has demand, ascending.
func binsOf(lines []evaluation.Line) []int {
	var bins []int
	for _, line := range lines {
		for _, c := range line.Cells {
			if c.Demand() > 0 {
				bins = append(bins, c.Bin)
			}
		}
	}
	slices.Sort(bins)
	return slices.Compact(bins)
}

func (d *desk) demandColumns(bins []int) []demandColumn {
	columns := make([]demandColumn, len(bins))
	for i, bin := range bins {
		clock := d.clock(bin * evaluation.BinSeconds)
		columns[i] = demandColumn{
			Clock: clock[:5], Full: d.bin(bin),
			Hour: strings.HasPrefix(clock[3:], "00"),
		}
	}
	return columns
}

func (d *desk) demandRow(line evaluation.Line, bins []int) demandRow {
	row := demandRow{
		Name: d.line(line.Route), Toward: d.toward(line), Room: d.say.Number(line.Room),
		Color: color(line.Color), Default: line.RoomDefault,
	}
	for _, bin := range bins {
		cell := demandCell{}
		if at := slices.IndexFunc(line.Cells, func(c evaluation.Cell) bool { return c.Bin == bin }); at >= 0 {
			cell = d.demandCell(line.Cells[at])
		}
		row.Red = row.Red || cell.Class == "red"
		row.Cells = append(row.Cells, cell)
	}
	return row
}

func (d *desk) demandCell(c evaluation.Cell) demandCell {
	if c.Demand() == 0 {
		return demandCell{}
	}
	cell := demandCell{Class: class(c), Text: d.say.Number(percentOf(c)), Tip: d.demandTip(c)}
	switch {
	case c.Capacity == 0:
		cell.Text = "—"
	case percentOf(c) == 0:
		cell.Text = "<1"
	}
	if d.e.LeftOut != nil && cell.Class == "low" { // there are many, and lines.csv has them
		cell.Tip = ""
	}
	return cell
}

// class is the step of the colour scale that a cell takes.
func class(c evaluation.Cell) string {
	used := share(c.Demand(), c.Capacity)
	switch {
	case c.Capacity == 0:
		return "void"
	case c.Red():
		return "red"
	case used > .85:
		return "high"
	case used > .6:
		return "mid"
	}
	return "low"
}

// percentOf is demand in percent of capacity, rounded so that a red cell never
// reads 100.
func percentOf(c evaluation.Cell) int {
	if c.Capacity == 0 {
		return 0
	}
	if c.Red() {
		return (c.Demand()*100 + c.Capacity - 1) / c.Capacity
	}
	return (c.Demand()*100 + c.Capacity/2) / c.Capacity
}

// demandTip is a cell in words, one fact a line.
func (d *desk) demandTip(c evaluation.Cell) string {
	pair := func(id, value string) string { return d.say.Say(id, nil) + "\t" + value }
	facts := []string{
		d.stop(c.Stop) + ", " + d.bin(c.Bin),
		pair("demand.departures", d.say.Number(c.Departures)),
		pair("demand.capacity", d.say.Number(c.Capacity)),
		pair("demand.carried", d.say.Number(c.Carried)),
		pair("demand.left", d.say.Number(c.LeftBehind)),
		pair("demand.ratio", d.ratio(c)),
	}
	return strings.Join(facts, "\n")
}

func (d *desk) ratio(c evaluation.Cell) string {
	if c.Capacity == 0 {
		return d.say.Say("demand.no_service", nil)
	}
	return d.say.Percent(float64(percentOf(c)) / 100)
}

// redCells are the rows of the table of red cells, most people left behind first.
func (d *desk) redCells(lines []evaluation.Line) [][]string {
	type red struct {
		line evaluation.Line
		cell evaluation.Cell
	}
	var reds []red
	for _, line := range lines {
		for _, c := range line.Cells {
			if c.Red() {
				reds = append(reds, red{line, c})
			}
		}
	}
	slices.SortStableFunc(reds, func(a, b red) int { return b.cell.LeftBehind - a.cell.LeftBehind })
	rows := make([][]string, len(reds))
	for i, r := range reds {
		rows[i] = []string{
			d.line(r.line.Route) + " " + d.toward(r.line), d.stop(r.cell.Stop), d.bin(r.cell.Bin),
			d.say.Number(r.cell.Departures), d.say.Number(r.cell.Capacity), d.say.Number(r.cell.Carried),
			d.say.Number(r.cell.LeftBehind), d.ratio(r.cell),
		}
	}
	return rows
}

// color is a feed's colour for CSS; "" where it is none.
func color(hex string) string {
	isHex := func(r rune) bool { return strings.ContainsRune("0123456789abcdefABCDEF", r) }
	if len(hex) != 6 || strings.ContainsFunc(hex, func(r rune) bool { return !isHex(r) }) {
		return ""
	}
	return "#" + hex
}
