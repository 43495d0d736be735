package workbook

import "github.com/xuri/excelize/v2"

// ink is the styles of a workbook, by what a cell holds.
type ink struct {
	title, note, head, text, whole, broken, moment, length, share int
}

// face is the font of every cell, the one that a new workbook begins with.
const face = "Calibri"

// The ways in which values are shown; a spreadsheet writes their signs in its own language.
var (
	wholeNumber  = "#,##0"
	brokenNumber = "#,##0.0##"
	clock        = "yyyy-mm-dd hh:mm"
	hours        = "[h]:mm:ss"
	percent      = "0%"
)

func mix(file *excelize.File) (ink, error) {
	var out ink
	top := &excelize.Alignment{Vertical: "top"}
	line := []excelize.Border{{Type: "bottom", Color: "808080", Style: 1}}
	for _, style := range []struct {
		id *int
		as excelize.Style
	}{
		{&out.title, excelize.Style{Font: &excelize.Font{Family: face, Bold: true, Size: 14}}},
		{&out.note, excelize.Style{Font: &excelize.Font{Family: face, Color: "606060"}}},
		{&out.head, excelize.Style{Font: &excelize.Font{Family: face, Bold: true}, Border: line, Fill: filled("EEF1F4"), Alignment: &excelize.Alignment{WrapText: true, Vertical: "center"}}},
		{&out.text, excelize.Style{Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}}},
		{&out.whole, excelize.Style{CustomNumFmt: &wholeNumber, Alignment: top}},
		{&out.broken, excelize.Style{CustomNumFmt: &brokenNumber, Alignment: top}},
		{&out.moment, excelize.Style{CustomNumFmt: &clock, Alignment: top}},
		{&out.length, excelize.Style{CustomNumFmt: &hours, Alignment: top}},
		{&out.share, excelize.Style{CustomNumFmt: &percent, Alignment: top}},
	} {
		id, err := file.NewStyle(&style.as)
		if err != nil {
			return out, err
		}
		*style.id = id
	}
	return out, nil
}

func filled(color string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{color}}
}
