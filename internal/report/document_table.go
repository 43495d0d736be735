package report

import (
	"github.com/qala-city/qala/internal/typeset"
)

// redFill and redInk are those of what holds people up.
const (
	redFill typeset.Color = "9B1C1C"
	redInk  typeset.Color = "FFFFFF"
	redPale typeset.Color = "F6DEDC"
)

// paperTable is a grid on paper, under the heading of its chapter: its first rows,
// and how many there are in all.
func (d *desk) paperTable(g grid, under string) []typeset.Block {
	shown := d.shownRows(g)
	if shown == 0 || len(onPaper(g.columns)) == 0 {
		return nil
	}
	var blocks []typeset.Block
	if g.title != "" && g.title != under {
		blocks = append(blocks, typeset.Heading{Level: 2, Text: g.title})
	}
	table := typeset.Table{}
	for _, at := range onPaper(g.columns) {
		table.Columns = append(table.Columns, typeset.Column{Head: g.columns[at].head, Share: g.columns[at].share, Right: g.numbers(at)})
	}
	for i, row := range g.rows[:shown] {
		table.Rows = append(table.Rows, d.paperRow(g, row, g.redAt(i)))
	}
	blocks = append(blocks, table)
	if shown < len(g.rows) {
		more := d.say.Say("eventplan.rows_more", map[string]any{"shown": shown, "all": len(g.rows)})
		blocks = append(blocks, typeset.Paragraph{Text: more, Tone: typeset.Quiet})
	}
	return blocks
}

// shownRows is how many rows stand on paper.
func (d *desk) shownRows(g grid) int {
	if g.most == 0 {
		return len(g.rows)
	}
	return min(g.most, len(g.rows))
}

// onPaper are the columns that a page has.
func onPaper(columns []column) []int {
	var all []int
	for i, c := range columns {
		if c.share > 0 {
			all = append(all, i)
		}
	}
	return all
}

// numbers reports whether a column holds numbers, in its first rows at least.
func (g grid) numbers(at int) bool {
	for _, row := range g.rows[:min(len(g.rows), 20)] {
		switch row[at].(type) {
		case string:
			return false
		case nil:
		default:
			return true
		}
	}
	return false
}

func (d *desk) paperRow(g grid, row []any, red bool) []typeset.Cell {
	var cells []typeset.Cell
	for _, at := range onPaper(g.columns) {
		cell := typeset.Cell{Text: d.written(row[at])}
		if red {
			cell.Fill = redPale
		}
		if share, is := row[at].(part); is {
			cell = banded(g, at, float64(share), cell)
		}
		cells = append(cells, cell)
	}
	return cells
}

// banded is a cell in the colour that its number has in the workbook.
func banded(g grid, at int, share float64, cell typeset.Cell) typeset.Cell {
	top := -1.0
	for _, b := range g.bands {
		if at >= b.First && at <= b.Last && share > b.Above && b.Above > top {
			top = b.Above
			cell.Fill, cell.Ink, cell.Strong = typeset.Color(b.Fill), typeset.Color(b.Text), b.Above >= 1
		}
	}
	return cell
}

// classFills are the colours of the heat tables, as on the page.
var classFills = map[string]typeset.Cell{
	"low": {Fill: "D5E1EA"}, "mid": {Fill: "8FB4D1"}, "high": {Fill: "F0B35C"}, "red": {Fill: redFill, Ink: redInk, Strong: true}, "void": {Fill: "D8DDE1"},
}

// mostHeat is how many lines a heat table on paper has; the workbook has them all.
const mostHeat = 30

// heatTables are demand against capacity, in pieces that a page holds.
func (d *desk) heatTables() []typeset.Block {
	view := d.demand()
	if len(view.Blocks) == 0 {
		return []typeset.Block{typeset.Paragraph{Text: d.say.Say("demand.none", nil)}}
	}
	blocks := []typeset.Block{d.heatLegend()}
	for _, block := range view.Blocks {
		blocks = append(blocks, typeset.Heading{Level: 2, Text: block.Span}, d.heatTable(block))
		if len(block.Rows) > mostHeat {
			more := d.say.Say("eventplan.rows_more", map[string]any{"shown": mostHeat, "all": len(block.Rows)})
			blocks = append(blocks, typeset.Paragraph{Text: more, Tone: typeset.Quiet})
		}
	}
	if !view.AnyRed {
		blocks = append(blocks, typeset.Paragraph{Text: d.say.Say("eventplan.no_red", nil)})
	}
	return blocks
}

func (d *desk) heatTable(block demandBlock) typeset.Table {
	table := typeset.Table{Size: 5.4, Tight: true, Columns: []typeset.Column{{Head: d.say.Say("demand.line", nil), Share: 40}}}
	narrow := (typeset.Width - 40) / float64(max(widest, len(block.Columns)))
	for _, c := range block.Columns {
		table.Columns = append(table.Columns, typeset.Column{Head: c.Clock, Share: narrow, Right: true})
	}
	if rest := widest - len(block.Columns); rest > 0 { // a short stretch is as narrow as a long one
		table.Columns = append(table.Columns, typeset.Column{Share: narrow * float64(rest)})
	}
	for _, row := range block.Rows[:min(len(block.Rows), mostHeat)] {
		cells := []typeset.Cell{{Text: row.Name + " " + row.Toward}}
		for _, c := range row.Cells {
			cell := classFills[c.Class]
			cell.Text = c.Text
			cells = append(cells, cell)
		}
		table.Rows = append(table.Rows, cells)
	}
	return table
}

// heatLegend says what the colours mean.
func (d *desk) heatLegend() typeset.Figure {
	figure := typeset.Figure{Height: 5}
	x := 0.0
	for _, key := range []struct{ class, id string }{
		{"low", d.say.Say("demand.legend_low", nil)},
		{"mid", d.say.Say("demand.legend_mid", nil)},
		{"high", d.say.Say("demand.legend_high", nil)},
		{"red", d.say.Say("demand.legend_red", nil)},
		{"void", d.say.Say("demand.no_service", nil)},
	} {
		figure.Shapes = append(figure.Shapes, box(x, .8, 4, 3, classFills[key.class].Fill), typeset.Label{At: typeset.Point{X: x + 5, Y: 3.2}, Text: key.id, Size: 7})
		x += 9 + typeset.TextWidth(key.id, 7)
	}
	return figure
}

// box is a filled rectangle.
func box(x, y, w, h float64, fill typeset.Color) typeset.Path {
	return typeset.Path{Points: []typeset.Point{{X: x, Y: y}, {X: x + w, Y: y}, {X: x + w, Y: y + h}, {X: x, Y: y + h}}, Fill: fill}
}
