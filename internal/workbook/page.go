package workbook

import (
	"errors"
	"math"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// page is a sheet being written.
type page struct {
	file  *excelize.File
	ink   ink
	name  string
	sheet Sheet
	head  int // row of the heads, from 1
}

func (p *page) write() error {
	s := p.sheet
	p.head = len(s.Notes) + 3
	if s.Title == "" && len(s.Notes) == 0 {
		p.head = 1
	}
	if p.head+len(s.Rows) > mostRows || len(s.Columns) > mostColumns {
		return ErrTooLong
	}
	if err := p.paper(); err != nil { // what a stream has begun with cannot be said any more
		return err
	}
	stream, err := p.file.NewStreamWriter(p.name)
	if err != nil {
		return err
	}
	err = errors.Join(p.widths(stream), p.still(stream), p.above(stream), p.rows(stream), p.bands(), p.charts())
	return errors.Join(err, stream.Flush())
}

func (p *page) widths(stream *excelize.StreamWriter) error {
	for i := range p.sheet.Columns {
		if err := stream.SetColWidth(i+1, i+1, p.width(i)); err != nil {
			return err
		}
	}
	return nil
}

func (p *page) width(column int) float64 {
	if width := p.sheet.Columns[column].Width; width > 0 {
		return width
	}
	return p.widest(column)
}

// headHeight is how tall the row of the heads is, in points: some take several lines.
func (p *page) headHeight() float64 {
	lines := 1.0
	for i, c := range p.sheet.Columns {
		lines = max(lines, math.Ceil(letters(c.Head)*1.15/p.width(i)))
	}
	return 4 + 15*min(lines, 5)
}

// widest is a width that what stands in a column asks for, within reason.
func (p *page) widest(column int) float64 {
	most := letters(p.sheet.Columns[column].Head) / 1.6 // heads may take two lines
	for _, row := range p.sheet.Rows[:min(len(p.sheet.Rows), 1000)] {
		if column >= len(row) {
			continue
		}
		switch v := row[column].(type) {
		case string:
			most = max(most, letters(v))
		case Moment:
			most = max(most, 16)
		default:
			most = max(most, 9)
		}
	}
	return min(max(most+2, 8), 60)
}

// letters is the width of a text: a Chinese sign takes two letters' room.
func letters(text string) float64 {
	n := 0.0
	for _, r := range text {
		n++
		if r >= 0x2E80 {
			n++
		}
	}
	return n
}

// still keeps the heads, and the first columns, where they are while the rest moves.
func (p *page) still(stream *excelize.StreamWriter) error {
	corner, err := excelize.CoordinatesToCellName(p.sheet.Frozen+1, p.head+1)
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if p.sheet.Frozen > 0 {
		pane = "bottomRight"
	}
	return stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: p.sheet.Frozen, YSplit: p.head, TopLeftCell: corner, ActivePane: pane})
}

func (p *page) above(stream *excelize.StreamWriter) error {
	if p.head > 1 {
		if err := stream.SetRow("A1", []any{excelize.Cell{StyleID: p.ink.title, Value: text(p.sheet.Title)}}); err != nil {
			return err
		}
	}
	for i, note := range p.sheet.Notes {
		cell, err := excelize.CoordinatesToCellName(1, i+2)
		if err := errors.Join(err, stream.SetRow(cell, []any{excelize.Cell{StyleID: p.ink.note, Value: text(note)}})); err != nil {
			return err
		}
	}
	heads := make([]any, len(p.sheet.Columns))
	for i, c := range p.sheet.Columns {
		heads[i] = excelize.Cell{StyleID: p.ink.head, Value: text(c.Head)}
	}
	cell, err := excelize.CoordinatesToCellName(1, p.head)
	return errors.Join(err, stream.SetRow(cell, heads, excelize.RowOpts{Height: p.headHeight()}))
}

func (p *page) rows(stream *excelize.StreamWriter) error {
	for i, row := range p.sheet.Rows {
		cells := make([]any, len(row))
		for j, value := range row {
			cells[j] = p.cell(value)
		}
		cell, err := excelize.CoordinatesToCellName(1, p.head+1+i)
		if err := errors.Join(err, stream.SetRow(cell, cells)); err != nil {
			return err
		}
	}
	return nil
}

// epoch is the day that a spreadsheet counts as 0.
var epoch = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

const daySeconds = 24 * 3600

// cell is a value as its cell holds it. Nothing is ever a formula: a text that
// begins with = stays one.
func (p *page) cell(value any) any {
	switch v := value.(type) {
	case nil:
		return nil
	case int:
		return excelize.Cell{StyleID: p.ink.whole, Value: v}
	case float64:
		return excelize.Cell{StyleID: p.ink.broken, Value: v}
	case bool:
		return excelize.Cell{StyleID: p.ink.text, Value: v}
	case Moment:
		return excelize.Cell{StyleID: p.ink.moment, Value: serial(time.Time(v))}
	case Length:
		return excelize.Cell{StyleID: p.ink.length, Value: float64(v) / daySeconds}
	case Share:
		return excelize.Cell{StyleID: p.ink.share, Value: float64(v)}
	case string:
		return excelize.Cell{StyleID: p.ink.text, Value: text(v)}
	}
	return nil
}

// serial is a local time as a spreadsheet counts it: days, of whatever zone.
func serial(at time.Time) float64 {
	wall := time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), 0, time.UTC)
	return wall.Sub(epoch).Seconds() / daySeconds
}

// text is a text as far as a cell takes it.
func text(s string) string {
	if utf8.RuneCountInString(s) <= mostText {
		return s
	}
	return string([]rune(s)[:mostText])
}
