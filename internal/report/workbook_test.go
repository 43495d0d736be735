package report_test

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/message"
	"github.com/qala-city/qala/internal/report"
)

// opened is a workbook as a spreadsheet program finds it.
func opened(t *testing.T, e *evaluation.Evaluation, language string) *excelize.File {
	t.Helper()
	data, err := report.Workbook(e, language, report.Standing{})
	if err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = file.Close() })
	return file
}

// column is what stands below a head, as it is kept and not as it is shown.
func column(t *testing.T, file *excelize.File, sheet, head string) []string {
	t.Helper()
	rows, err := file.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		at := slices.Index(row, head)
		if at < 0 {
			continue
		}
		var found []string
		for _, below := range rows[i+1:] {
			found = append(found, append(below, make([]string, len(row))...)[at])
		}
		return found
	}
	t.Fatalf("sheet %s has no column %s: %v", sheet, head, rows)
	return nil
}

// counted is a number as a spreadsheet counts with it, 0 for an empty cell.
func counted(t *testing.T, raw string) float64 {
	t.Helper()
	if raw == "" {
		return 0
	}
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWorkbookHasASheetForEveryTableInEveryLanguage(t *testing.T) {
	want := map[string]string{
		"en": "Event profile|Demand against capacity|Clearance curve|Assumptions",
		"kk": "Іс-шараның сипаттамасы|Сұраныс пен тасымалдау қабілеті|Тарқау қисығы|Болжамдар",
		"ru": "Паспорт мероприятия|Спрос и провозная способность|Кривая разъезда|Допущения",
		"zh": "活动概况|需求与运力|疏散曲线|假设",
	}
	for _, language := range message.Languages() {
		file := opened(t, sample(), language)
		sheets := file.GetSheetList()
		for name := range strings.SplitSeq(want[language], "|") {
			if !slices.Contains(sheets, name) {
				t.Errorf("%s: no sheet %s among %v", language, name, sheets)
			}
		}
		if len(sheets) < 12 {
			t.Errorf("%s: %v", language, sheets)
		}
	}
}

func TestWorkbookCountsAsTheTablesDo(t *testing.T) {
	e := sample()
	file := opened(t, e, "en")
	left, red := 0, 0
	for _, l := range e.Lines {
		for _, c := range l.Cells {
			left += c.LeftBehind
			if c.Red() {
				red++
			}
		}
	}
	sum, above := 0.0, 0
	for _, n := range column(t, file, "Cells", "Left behind") {
		sum += counted(t, n)
	}
	for _, ratio := range column(t, file, "Cells", "Demand / capacity") {
		if counted(t, ratio) > 1 {
			above++
		}
	}
	if int(sum) != left || above != red || red == 0 {
		t.Errorf("%v left behind and %d red cells; %d and %d in the results", sum, above, left, red)
	}
}

func TestFormulasInNamesStayWords(t *testing.T) {
	e := sample()
	e.Event.Names = map[string]string{"": "=HYPERLINK(\"http://x\")"}
	e.Lines[0].Names = map[string]string{"": "@SUM(A1)"}
	file := opened(t, e, "en")
	for _, sheet := range file.GetSheetList() {
		rows, err := file.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		for y, row := range rows {
			for x := range row {
				cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
				if formula, err := file.GetCellFormula(sheet, cell); err != nil || formula != "" {
					t.Errorf("%s!%s is the formula %s, %v", sheet, cell, formula, err)
				}
			}
		}
	}
	if got := column(t, file, "Event profile", "Value")[0]; got != "=HYPERLINK(\"http://x\")" {
		t.Errorf("the event is called %s", got)
	}
}

func TestWorkbookIsTheSameEachTime(t *testing.T) {
	first, err := report.Workbook(sample(), "zh", report.Standing{})
	if err != nil {
		t.Fatal(err)
	}
	again, err := report.Workbook(sample(), "zh", report.Standing{})
	if err != nil || !bytes.Equal(first, again) {
		t.Error("other bytes", err)
	}
}

func TestNormalHeadwaysAreThoseOfTheTimetable(t *testing.T) {
	unchanged := sample()
	unchanged.Scenario.Modifications = nil
	for i := range unchanged.Lines {
		for j := range unchanged.Lines[i].Cells {
			unchanged.Lines[i].Cells[j].Departures = 1
		}
	}
	data, err := report.Workbook(sample(), "en", report.Standing{}, unchanged)
	if err != nil {
		t.Fatal(err)
	}
	file, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	for _, headway := range column(t, file, "Supply", "Headway, normal") {
		if got := counted(t, headway) * 24 * 3600; got < 899 || got > 901 {
			t.Errorf("one departure a quarter of an hour is one every %v s", got)
		}
	}
	if _, err := report.Document(sample(), "en", report.Standing{}, sample()); !errors.Is(err, report.ErrUnlike) {
		t.Errorf("a run with changes was taken for the timetable: %v", err)
	}
}
