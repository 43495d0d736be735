package cityfile

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/table"
)

// rows is a table whose rows are read cell by cell. The first cell that is
// wrong rejects the row; broken tells the reader to go on with the next one.
type rows struct {
	*table.Table
	broken bool
	called names
}

// names are what the city file calls the columns of a table, where it does.
type names map[string]string

// each calls read for every row of a table that has the needed columns.
func each(file, text string, log *finding.Log, needed []string, read func(*rows)) {
	eachCalled(file, text, log, nil, needed, read)
}

// eachCalled is each for a table whose columns have names of their own.
func eachCalled(file, text string, log *finding.Log, called names, needed []string, read func(*rows)) {
	t, err := table.Open(file, text, log)
	if err != nil {
		return // the finding is in the log
	}
	defer t.Done()
	if !t.Require(called.present(t, needed)...) {
		return
	}
	r := &rows{Table: t, called: called}
	for t.Next() {
		r.broken = false
		read(r)
	}
}

// otherNames are what statistical offices call a column that a table lacks.
var otherNames = map[string]string{"people": "population"}

// column finds a column as the city file calls it, else by its name, or by its
// other one.
func (called names) column(t *table.Table, name string) (table.Column, string) {
	if own := called[name]; own != "" {
		c, _ := t.Column(own)
		return c, own
	}
	c, ok := t.Column(name)
	if other, known := otherNames[name]; !ok && known {
		if c, ok := t.Column(other); ok {
			return c, other
		}
	}
	return c, name
}

// present are the names under which a table has the needed columns.
func (called names) present(t *table.Table, needed []string) []string {
	found := make([]string, len(needed))
	for i, name := range needed {
		_, found[i] = called.column(t, name)
	}
	return found
}

// reject leaves the row out because of a cell.
func (r *rows) reject(code finding.Code, field string, args ...string) {
	r.Reject(code, cmp.Or(r.called[field], field), r.cell(field), args...)
	r.broken = true
}

func (r *rows) warn(code finding.Code, field string, args ...string) {
	r.Warn(code, field, r.cell(field), args...)
}

// cell is a cell by the name of its column; "" where the table has none.
func (r *rows) cell(field string) string {
	c, _ := r.called.column(r.Table, field)
	return r.Keep(c)
}

// need is a cell that may not be empty.
func (r *rows) need(field string) string {
	text := r.cell(field)
	if text == "" {
		r.reject(codeNoID, field)
	}
	return text
}

// number is a cell from least to most, or absent when it is empty.
func (r *rows) number(field string, least, most, absent float64) float64 {
	text := r.cell(field)
	if text == "" {
		return absent
	}
	value, err := strconv.ParseFloat(text, 64)
	switch {
	case err != nil || math.IsNaN(value):
		r.reject(codeNotNumber, field)
	case value < least || value > most:
		r.reject(codeRange, field, "least", plain(least), "most", plain(most))
	default:
		return value
	}
	return absent
}

// needNumber is a number that may not be absent.
func (r *rows) needNumber(field string, least, most float64) float64 {
	if r.cell(field) == "" {
		r.reject(codeNotNumber, field)
		return least
	}
	return r.number(field, least, most, least)
}

// basis is the kind that the row states.
func (r *rows) basis() string {
	kind, ok := basisOf(r.cell("basis"))
	if !ok {
		r.reject(codeBasis, "basis", "known", strings.Join(kinds, ", "))
	}
	return kind
}

// position is the row's place on the earth, within the city.
func (r *rows) position(area Area) geo.Point {
	at := geo.Point{Lat: r.degrees("lat"), Lon: r.degrees("lon")}
	switch {
	case r.broken:
	case area.swapped(at), math.Abs(at.Lat) > 90 && math.Abs(at.Lon) <= 90:
		r.reject(codeSwapped, "lat")
	case !at.Valid():
		r.reject(codePosition, "lat")
	}
	return at
}

func (r *rows) degrees(field string) float64 {
	if r.cell(field) == "" {
		r.reject(codeNoPosition, field)
		return 0
	}
	return r.number(field, -360, 360, 0)
}

func plain(value float64) string { return strconv.FormatFloat(value, 'f', -1, 64) }
