package workbook

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/xuri/excelize/v2"
)

// bands are the rules that fill numbers, the highest first.
func (p *page) bands() error {
	if len(p.sheet.Rows) == 0 {
		return nil
	}
	bands := slices.Clone(p.sheet.Bands)
	slices.SortStableFunc(bands, func(a, b Band) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Above, a.Above)) })
	rules := map[string][]excelize.ConditionalFormatOptions{}
	var places []string
	for _, b := range bands {
		style, err := p.file.NewConditionalStyle(&excelize.Style{Fill: filled(b.Fill), Font: &excelize.Font{Color: b.Text}})
		if err != nil {
			return err
		}
		place, err := p.block(b.First, b.Last)
		if err != nil {
			return err
		}
		if rules[place] == nil {
			places = append(places, place)
		}
		rules[place] = append(rules[place], p.rule(b, style))
	}
	for _, place := range places {
		if err := p.file.SetConditionalFormat(p.name, place, rules[place]); err != nil {
			return err
		}
	}
	return nil
}

// rule fills a number above; a text is above every number to a spreadsheet, so it is asked for.
func (p *page) rule(b Band, style int) excelize.ConditionalFormatOptions {
	first, _ := excelize.CoordinatesToCellName(b.First+1, p.head+1)
	above := strconv.FormatFloat(b.Above, 'f', -1, 64)
	return excelize.ConditionalFormatOptions{
		Type: "formula", Format: &style, StopIfTrue: true, Criteria: fmt.Sprintf("AND(ISNUMBER(%s),%s>%s)", first, first, above),
	}
}

// block is the rows of some columns, such as B5:D90.
func (p *page) block(first, last int) (string, error) {
	from, err := excelize.CoordinatesToCellName(first+1, p.head+1)
	to, err2 := excelize.CoordinatesToCellName(last+1, p.head+len(p.sheet.Rows))
	return from + ":" + to, errors.Join(err, err2)
}

// charts stand to the right of the table.
func (p *page) charts() error {
	for _, c := range p.sheet.Charts {
		at, err := excelize.CoordinatesToCellName(len(p.sheet.Columns)+2, max(c.Row, 0)+p.head)
		if err := errors.Join(err, p.file.AddChart(p.name, at, p.chart(c))); err != nil {
			return err
		}
	}
	return nil
}

func (p *page) chart(c Chart) *excelize.Chart {
	chart := &excelize.Chart{
		Type: excelize.Scatter, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Title}}},
		Dimension: excelize.ChartDimension{Width: 860, Height: 420}, Legend: excelize.ChartLegend{Position: "bottom"},
		XAxis: excelize.ChartAxis{NumFmt: excelize.ChartNumFmt{CustomNumFmt: "hh:mm"}, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.X}}}},
		YAxis: excelize.ChartAxis{
			MajorGridLines: true, NumFmt: excelize.ChartNumFmt{CustomNumFmt: wholeNumber}, Title: excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: c.Y}}},
		},
	}
	p.span(chart, c)
	for _, line := range c.Lines {
		head, _ := excelize.CoordinatesToCellName(line.Column+1, p.head, true)
		chart.Series = append(chart.Series, excelize.ChartSeries{
			Name: p.quoted() + head, Categories: p.quoted() + p.absolute(c.Across), Values: p.quoted() + p.absolute(line.Column),
			Fill: filled(line.Color), Line: excelize.LineOptions{Type: excelize.LineSolid, Width: 2, Fill: filled(line.Color)},
			Marker: excelize.ChartMarker{Symbol: "none"},
		})
	}
	return chart
}

// span ends the axis of a chart where its moments end.
func (p *page) span(chart *excelize.Chart, c Chart) {
	var first, last float64
	for _, row := range p.sheet.Rows {
		if at, ok := row[c.Across].(Moment); ok {
			last = serial(time.Time(at))
			if first == 0 {
				first = last
			}
		}
	}
	if last > first {
		chart.XAxis.Minimum, chart.XAxis.Maximum = &first, &last
	}
}

func (p *page) absolute(column int) string {
	from, _ := excelize.CoordinatesToCellName(column+1, p.head+1, true)
	to, _ := excelize.CoordinatesToCellName(column+1, p.head+len(p.sheet.Rows), true)
	return from + ":" + to
}

// quoted is the sheet's name as a reference has it.
func (p *page) quoted() string {
	name := ""
	for _, r := range p.name {
		if r == '\'' {
			name += "'"
		}
		name += string(r)
	}
	return "'" + name + "'!"
}

// paper is how a sheet is printed: A4, as wide as a page, its heads on each.
func (p *page) paper() error {
	a4, wide, tall, across := 9, 1, 0, "landscape"
	fit := true
	return errors.Join(
		p.file.SetPageLayout(p.name, &excelize.PageLayoutOptions{Size: &a4, Orientation: &across, FitToWidth: &wide, FitToHeight: &tall}),
		p.file.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &fit}),
		p.file.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R&P / &N"}),
		p.file.SetDefinedName(&excelize.DefinedName{
			Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s$%d:$%d", p.quoted(), p.head, p.head), Scope: p.name,
		}),
	)
}
