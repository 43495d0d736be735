// Package workbook writes an XLSX workbook: sheets with a table each, numbers as
// numbers, times as times, the heads of columns standing still, and charts that
// the spreadsheet draws itself. The same book gives the same bytes. Package
// spreadsheet reads what others have written.
package workbook

import (
	"errors"
	"fmt"
	"time"

	"github.com/xuri/excelize/v2"
)

// Book is a workbook.
type Book struct {
	Title, Subject, Author string
	Language               string    // BCP 47
	Created                time.Time // what the file says of itself; nobody's clock is asked
	Sheets                 []Sheet
}

// Sheet is a table with a title and notes above it. Two sheets never bear one
// name: a later one gets a number, and signs that a sheet's name cannot have are left out.
type Sheet struct {
	Name, Title string
	Notes       []string
	Columns     []Column
	Rows        [][]any // string, int, float64, bool, Moment, Length, Share; nil is an empty cell
	Frozen      int     // columns that stand still beside the heads
	Bands       []Band
	Charts      []Chart
}

// Column is one column: its head, and its width in letters; 0 is wide enough for what stands in it.
type Column struct {
	Head  string
	Width float64
}

// Moment is a local time with its date.
type Moment time.Time

// Length is a length of time in seconds, + or -.
type Length int

// Share is a part of a whole, 1 being all of it.
type Share float64

// Band is a fill for the numbers of some columns, counted from 0: those above a
// number, until the next band above it. The spreadsheet fills them by rule, so
// that they change with the number.
type Band struct {
	First, Last int // columns
	Above       float64
	Fill, Text  string // colours as six hexadecimal digits
}

// Chart is a chart of columns of its sheet, counted from 0.
type Chart struct {
	Title  string
	Across int // column of the moments
	Lines  []Line
	Row    int // from which row of the sheet on it stands, beside the table
	X, Y   string
}

// Line is a curve of a chart: the column of its numbers, and its colour.
type Line struct {
	Column int
	Color  string
}

// most is how many rows and columns a sheet takes.
const (
	mostRows    = 1_048_576
	mostColumns = 16_384
	mostText    = 32_767 // letters of a cell
)

// ErrTooLong is a sheet with more rows or columns than a spreadsheet takes.
var ErrTooLong = errors.New("a sheet has more rows or columns than a spreadsheet takes")

// Write is the workbook as the bytes of an XLSX file.
func Write(b Book) (out []byte, err error) {
	file := excelize.NewFile()
	defer func() { err = errors.Join(err, file.Close()) }()
	ink, err := mix(file)
	if err != nil {
		return nil, err
	}
	names := sheetNames(b.Sheets)
	for i, s := range b.Sheets {
		if err := open(file, i, names[i]); err != nil {
			return nil, err
		}
		if err := (&page{file: file, ink: ink, name: names[i], sheet: s}).write(); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", names[i], err)
		}
	}
	if err := about(file, b); err != nil {
		return nil, err
	}
	file.SetZipWriter(pack)
	buffer, err := file.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return buffer.Bytes(), nil
}

// open adds a sheet; a new workbook has its first one already.
func open(file *excelize.File, index int, name string) error {
	if index == 0 {
		return file.SetSheetName(file.GetSheetName(0), name)
	}
	_, err := file.NewSheet(name)
	return err
}

func about(file *excelize.File, b Book) error {
	at := b.Created.UTC().Format(time.RFC3339)
	return errors.Join(
		file.SetDocProps(&excelize.DocProperties{
			Title: b.Title, Subject: b.Subject, Creator: b.Author, LastModifiedBy: b.Author, Language: b.Language, Created: at, Modified: at,
		}),
		file.SetAppProps(&excelize.AppProperties{Application: "qala"}),
	)
}
