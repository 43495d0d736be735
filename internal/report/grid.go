package report

import (
	"fmt"
	"time"

	"github.com/qala-city/qala/internal/workbook"
)

// section is a chapter of the event transport plan: what is known for it, and
// what is not planned.
type section struct {
	id, title  string
	sentences  []string
	grids      []grid
	notPlanned string // what belongs here and was not planned; "" where all is told
}

// grid is a table of the plan, for paper and for a workbook: its values keep
// their kind until they are written.
type grid struct {
	sheet   string // what its sheet is called; "" where it is on paper only
	title   string
	note    string
	columns []column
	rows    [][]any // string, int, float64, moment, length, interval, part; nil is empty
	red     []bool  // as rows; nil where none is red
	most    int     // rows that stand on paper; 0 is all of them
	frozen  int
	bands   []workbook.Band
	charts  []workbook.Chart
}

// column is one column of a grid.
type column struct {
	head  string
	share float64 // of the width of a page, against the other columns; 0 is in the workbook only
	width float64 // in the workbook, in letters; 0 is as wide as what stands in it
}

// moment is seconds from the horizon's start, below 0 for never.
type moment int

// length is a length of time in seconds.
type length int

// interval is a headway in seconds: tenths of a minute are told.
type interval int

// part is a part of a whole, 1 being all of it.
type part float64

// written is a value as people of the language write it.
func (d *desk) written(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case int:
		return d.say.Number(v)
	case float64:
		return d.say.Decimal(v, 1)
	case moment:
		if v < 0 {
			return "—"
		}
		return d.clock(int(v))
	case length:
		return d.say.Duration(int(v))
	case interval:
		return d.say.Minutes(int(v))
	case part:
		return d.say.Percent(float64(int(float64(v)*100+.5)) / 100)
	}
	return fmt.Sprint(value)
}

// counted is a value as a spreadsheet counts with it.
func (d *desk) counted(value any) any {
	switch v := value.(type) {
	case moment:
		if v < 0 {
			return nil
		}
		return workbook.Moment(d.start.Add(time.Duration(v) * time.Second))
	case length:
		return workbook.Length(v)
	case interval:
		return workbook.Length(v)
	case part:
		return workbook.Share(v)
	}
	return value
}

// redAt reports whether a row is red.
func (g grid) redAt(row int) bool { return row < len(g.red) && g.red[row] }

func (d *desk) heads(ids ...string) []column {
	columns := make([]column, len(ids))
	for i, id := range ids {
		columns[i] = column{head: d.say.Say(id, nil), share: 1}
	}
	return columns
}

// wide sets how much of a page's width columns take against each other.
func wide(columns []column, shares ...float64) []column {
	for i, share := range shares {
		columns[i].share = share
	}
	return columns
}
