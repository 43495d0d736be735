package report

import (
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/workbook"
)

// WorkbookName is what the workbook of a language is called.
func WorkbookName(language string) string { return "tables." + language + ".xlsx" }

// Workbook is the tables of the event transport plan as an XLSX workbook, in one
// of message.Languages: a sheet each, with every row, where the paper has the
// first ones only. The same results and standing give the same bytes. unchanged is
// as for Document.
func Workbook(e *evaluation.Evaluation, language string, s Standing, unchanged ...*evaluation.Evaluation) ([]byte, error) {
	d, err := planDesk(e, language, unchanged)
	if err != nil {
		return nil, err
	}
	book := workbook.Book{
		Title: d.own(e.Event.Names, e.Event.ID), Subject: d.say.Say("eventplan.kind", nil), Author: e.Program, Language: language, Created: d.start,
	}
	for _, section := range d.eventPlan(s) {
		for _, g := range section.grids {
			if g.sheet != "" && len(g.rows) > 0 {
				book.Sheets = append(book.Sheets, d.sheet(g))
			}
		}
	}
	return workbook.Write(book)
}

// mostSheetRows is how many rows a sheet has; a spreadsheet takes about a million.
const mostSheetRows = 500_000

func (d *desk) sheet(g grid) workbook.Sheet {
	out := workbook.Sheet{Name: g.sheet, Title: g.title, Frozen: g.frozen, Bands: g.bands, Charts: g.charts}
	if out.Title == "" {
		out.Title = g.sheet
	}
	if g.note != "" {
		out.Notes = []string{g.note}
	}
	if d.e.City.Illustration {
		out.Notes = append(out.Notes, d.say.Say("report.illustration", nil))
	}
	for _, c := range g.columns {
		out.Columns = append(out.Columns, workbook.Column{Head: c.head, Width: c.width})
	}
	if len(g.rows) > mostSheetRows {
		out.Notes = append(out.Notes, d.say.Say("eventplan.sheet_more", map[string]any{"shown": mostSheetRows, "all": len(g.rows)}))
	}
	for _, row := range g.rows[:min(len(g.rows), mostSheetRows)] {
		cells := make([]any, len(row))
		for i, value := range row {
			cells[i] = d.counted(value)
		}
		out.Rows = append(out.Rows, cells)
	}
	return out
}
