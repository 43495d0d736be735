package typeset

import "strings"

// mostLines is how many lines a cell takes: a row never fills more than a page.
const mostLines = 24

// A table of many columns is set in smaller letters, and all heads in smaller ones than their columns.
const (
	manyColumns = 8
	manySize    = 6.6
	headShare   = .9
)

// layout is a table's measures.
type layout struct {
	table    Table
	points   float64
	pad, top float64
	x, w     []float64
}

func (b Table) set(p *press) {
	if len(b.Columns) == 0 {
		return
	}
	l := layout{table: b, points: b.Size, pad: 1.1, top: .8}
	if l.points == 0 {
		l.points = tableSize
		if len(b.Columns) > manyColumns {
			l.points = manySize
		}
	}
	if b.Tight {
		l.pad, l.top = .25, .45
	}
	x := marginLeft
	for _, w := range b.widths(l) {
		l.x, l.w = append(l.x, x), append(l.w, w)
		x += w
	}
	p.table(l)
	p.y += 3
}

// widths parts the page by the shares of the columns, but gives each what its
// longest word needs, as far as there is room.
func (b Table) widths(l layout) []float64 {
	least, sum := b.least(l), 0.0
	for _, w := range least {
		sum += w
	}
	out := make([]float64, len(least))
	if sum >= Width {
		for i, w := range least {
			out[i] = float64(w * Width / sum)
		}
		return out
	}
	settled := make([]bool, len(least))
	for range least { // each turn settles a column at least, or is the last one
		rest, shares := Width, 0.0
		for i, c := range b.Columns {
			if settled[i] {
				rest -= least[i]
			} else {
				shares += c.Share
			}
		}
		again := false
		for i, c := range b.Columns {
			if settled[i] {
				out[i] = least[i]
			} else if out[i] = rest * c.Share / max(shares, 1e-9); out[i] < least[i] {
				settled[i], again = true, true
			}
		}
		if !again {
			break
		}
	}
	return out
}

// measuredRows is how many rows say how wide words are.
const measuredRows = 300

// least is how wide the longest word of each column is.
func (b Table) least(l layout) []float64 {
	out := make([]float64, len(b.Columns))
	longest := func(i int, text string, strong bool, points float64) {
		for _, piece := range pieces(clean(text)) {
			out[i] = max(out[i], min(width(strings.TrimRight(piece, " "), strong, points)+float64(2*l.pad)+.05, Width/5))
		}
	}
	for i, c := range b.Columns {
		longest(i, c.Head, true, l.points*headShare)
	}
	for _, row := range b.Rows[:min(len(b.Rows), measuredRows)] {
		for i, c := range row[:min(len(row), len(out))] {
			longest(i, c.Text, c.Strong, l.points)
		}
	}
	return out
}

func (p *press) table(l layout) {
	heads := make([]Cell, len(l.table.Columns))
	for i, c := range l.table.Columns {
		heads[i] = Cell{Text: c.Head, Ink: quietInk, Strong: true, Fill: headFill}
	}
	above := l
	above.points = float64(l.points * headShare)
	first := 0.0
	if len(l.table.Rows) > 0 {
		first = l.height(l.table.Rows[0])
	}
	p.need(above.height(heads) + first)
	p.row(above, heads)
	for _, row := range l.table.Rows {
		if p.y+l.height(row) > pageHeight-marginBottom {
			p.newPage()
			p.row(above, heads)
		}
		p.row(l, row)
	}
}

// parts are the lines of a cell.
func (l layout) parts(column int, c Cell) []string {
	if c.Text == "" {
		return nil
	}
	return cut(lines(c.Text, c.Strong, l.points, l.w[column]-float64(2*l.pad)), mostLines)
}

func (l layout) height(row []Cell) float64 {
	most := 1
	for i, c := range row[:min(len(row), len(l.w))] {
		most = max(most, len(l.parts(i, c)))
	}
	return float64(float64(most)*l.line()) + float64(2*l.top)
}

func (l layout) line() float64 { return l.points * pointMillimetres * 1.25 }

func (p *press) row(l layout, row []Cell) {
	tall := l.height(row)
	for i, c := range row[:min(len(row), len(l.w))] {
		p.fill(l.x[i], p.y, l.w[i], tall, c.Fill)
		color := c.Ink
		if color == "" {
			color = ink
		}
		for j, line := range l.parts(i, c) {
			x := l.x[i] + l.pad
			if l.table.Columns[i].Right {
				x = l.x[i] + l.w[i] - l.pad - width(line, c.Strong, l.points)
			}
			p.write(x, p.y+l.top+float64(l.line()*(float64(j)+.78)), line, l.points, c.Strong, color)
		}
	}
	p.y += tall
	p.rule(marginLeft, p.y, marginLeft+Width, .1, ruleInk)
}
