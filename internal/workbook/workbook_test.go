package workbook_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/qala-city/qala/internal/workbook"
)

var evening = time.Date(2026, 8, 15, 21, 45, 0, 0, time.FixedZone("", 5*3600))

func sample() workbook.Book {
	return workbook.Book{
		Title: "Match", Author: "qala 1.2", Language: "kk", Created: evening,
		Sheets: []workbook.Sheet{
			{
				Name: "Сұраныс: [1]", Title: "=1+1", Notes: []string{"@note", "second"}, Frozen: 1,
				Columns: []workbook.Column{{Head: "Line"}, {Head: "21:45", Width: 8}, {Head: "When"}, {Head: "Wait"}, {Head: "Room"}, {Head: "Yes"}},
				Rows: [][]any{
					{"=cmd|' /C calc'!A0", workbook.Share(1.25), workbook.Moment(evening), workbook.Length(90), 1500, true},
					{"+7 727", "—", nil, workbook.Length(-30), 12.5, false},
				},
				Bands:  []workbook.Band{{First: 1, Last: 1, Above: 1, Fill: "C0392B", Text: "FFFFFF"}, {First: 1, Last: 1, Above: .85, Fill: "F5B971", Text: "000000"}},
				Charts: []workbook.Chart{{Title: "Chart", Across: 2, Lines: []workbook.Line{{Column: 4, Color: "1F6FB2"}}, X: "t", Y: "people"}},
			},
			{Name: "Сұраныс: [1]", Columns: []workbook.Column{{Head: "a"}}},
			{Name: "history", Columns: []workbook.Column{{Head: "a"}}, Rows: [][]any{{strings.Repeat("x", 40_000)}}},
		},
	}
}

func write(t *testing.T, b workbook.Book) ([]byte, *excelize.File) {
	t.Helper()
	data, err := workbook.Write(b)
	if err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return data, file
}

func TestValuesKeepTheirKind(t *testing.T) {
	_, file := write(t, sample())
	sheet := file.GetSheetList()[0]
	want := map[string]struct {
		kind       excelize.CellType
		raw, shown string
	}{
		"A6": {excelize.CellTypeInlineString, "=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"},
		"B6": {excelize.CellTypeUnset, "1.25", "125%"},
		"C6": {excelize.CellTypeUnset, "46249.90625", "2026-08-15 21:45"},
		"D6": {excelize.CellTypeUnset, "0.0010416666666666667", "0:01:30"},
		"E6": {excelize.CellTypeUnset, "1500", "1,500"},
		"F6": {excelize.CellTypeBool, "1", "TRUE"},
		"A7": {excelize.CellTypeInlineString, "+7 727", "+7 727"},
		"B7": {excelize.CellTypeInlineString, "—", "—"},
		"C7": {excelize.CellTypeUnset, "", ""},
		"E7": {excelize.CellTypeUnset, "12.5", "12.5"},
		"A1": {excelize.CellTypeInlineString, "=1+1", "=1+1"},
	}
	for cell, expected := range want {
		kind, err := file.GetCellType(sheet, cell)
		raw, err2 := file.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
		shown, err3 := file.GetCellValue(sheet, cell)
		formula, err4 := file.GetCellFormula(sheet, cell)
		if err := errors.Join(err, err2, err3, err4); err != nil {
			t.Fatal(err)
		}
		if kind != expected.kind || raw != expected.raw || shown != expected.shown || formula != "" {
			t.Errorf("%s: kind %d, raw %q, shown %q, formula %q", cell, kind, raw, shown, formula)
		}
	}
}

func TestSheetsHaveNamesThatASpreadsheetTakes(t *testing.T) {
	_, file := write(t, sample())
	if got := strings.Join(file.GetSheetList(), "|"); got != "Сұраныс 1|Сұраныс 1 2|history 2" {
		t.Error(got)
	}
}

func TestHeadsStandStillAndArePrintedOnEachPage(t *testing.T) {
	_, file := write(t, sample())
	panes, err := file.GetPanes("Сұраныс 1")
	if err != nil || !panes.Freeze || panes.YSplit != 5 || panes.XSplit != 1 {
		t.Errorf("%+v, %v", panes, err)
	}
	layout, err := file.GetPageLayout("Сұраныс 1")
	if err != nil || layout.Size == nil || *layout.Size != 9 || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 {
		t.Errorf("%+v, %v", layout, err)
	}
	for _, name := range file.GetDefinedName() {
		if name.Name == "_xlnm.Print_Titles" && name.RefersTo == "'Сұраныс 1'!$5:$5" {
			return
		}
	}
	t.Error("no titles for printing:", file.GetDefinedName())
}

func TestNumbersAreFilledByRule(t *testing.T) {
	_, file := write(t, sample())
	rules, err := file.GetConditionalFormats("Сұраныс 1")
	if err != nil {
		t.Fatal(err)
	}
	got := rules["B6:B7"]
	if len(got) != 2 || got[0].Criteria != "AND(ISNUMBER(B6),B6>1)" || got[1].Criteria != "AND(ISNUMBER(B6),B6>0.85)" {
		t.Fatalf("%+v", rules)
	}
	style, err := file.GetConditionalStyle(*got[0].Format)
	if err != nil || len(style.Fill.Color) != 1 || !strings.HasSuffix(style.Fill.Color[0], "C0392B") {
		t.Errorf("%+v, %v", style, err)
	}
}

func TestChartIsTheSpreadsheetsOwn(t *testing.T) {
	data, _ := write(t, sample())
	chart := part(t, data, "xl/charts/chart1.xml")
	for _, want := range []string{"scatterChart", "&#39;Сұраныс 1&#39;!$C$6:$C$7</f></numRef></xVal>", "&#39;Сұраныс 1&#39;!$E$6:$E$7"} {
		if !strings.Contains(chart, want) {
			t.Errorf("the chart lacks %s", want)
		}
	}
}

func part(t *testing.T, data []byte, name string) string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	from, err := archive.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestSameBookSameBytes(t *testing.T) {
	first, _ := write(t, sample())
	for range 5 {
		if again, _ := write(t, sample()); !bytes.Equal(first, again) {
			t.Fatal("the same book gave other bytes")
		}
	}
	if core := part(t, first, "docProps/core.xml"); !strings.Contains(core, "2026-08-15T16:45:00Z") || strings.Contains(core, "xuri") {
		t.Error(core)
	}
}

func TestTooLongASheetIsRefused(t *testing.T) {
	_, err := workbook.Write(workbook.Book{Sheets: []workbook.Sheet{{Name: "a", Columns: make([]workbook.Column, 20_000)}}})
	if !errors.Is(err, workbook.ErrTooLong) {
		t.Error(err)
	}
}
