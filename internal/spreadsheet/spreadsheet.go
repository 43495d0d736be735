// Package spreadsheet reads a table from an XLSX workbook as CSV, which is what
// the tables of a city are.
package spreadsheet

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"
)

// The limits of a workbook; one beyond them is not read.
const (
	mostPacked   = 64 << 20
	mostUnpacked = 512 << 20
	mostRows     = 1_000_000
	mostText     = 256 << 20
)

// The errors of a workbook.
var (
	ErrNotWorkbook = errors.New("the file is not an XLSX workbook")
	ErrTooLarge    = errors.New("the workbook is larger than 64 MiB, or holds more than a table has")
	ErrEmpty       = errors.New("the first sheet of the workbook is empty")
)

// CSV is the first sheet of a workbook, each cell as it is shown.
func CSV(from io.Reader) (string, error) {
	data, err := io.ReadAll(io.LimitReader(from, mostPacked+1))
	if err != nil {
		return "", err
	}
	if len(data) > mostPacked {
		return "", ErrTooLarge
	}
	return Read(data)
}

// Read is CSV of a workbook that is at hand.
func Read(data []byte) (text string, err error) {
	defer func() {
		if fault := recover(); fault != nil { // the library does not promise to take any bytes
			text, err = "", fmt.Errorf("%w: %v", ErrNotWorkbook, fault)
		}
	}()
	book, err := excelize.OpenReader(strings.NewReader(string(data)), excelize.Options{UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: 16 << 20})
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotWorkbook, err)
	}
	defer func() { _ = book.Close() }() // it was only read
	sheets := book.GetSheetList()
	if len(sheets) == 0 {
		return "", ErrEmpty
	}
	rows, err := book.Rows(sheets[0])
	if err != nil {
		return "", fmt.Errorf("%w: %w", ErrNotWorkbook, err)
	}
	defer func() { _ = rows.Close() }() // it was only read
	return table(rows)
}

func table(rows *excelize.Rows) (string, error) {
	var out strings.Builder
	w := csv.NewWriter(&out)
	width, count := 0, 0
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return "", fmt.Errorf("%w: %w", ErrNotWorkbook, err)
		}
		if count++; count > mostRows || out.Len() > mostText {
			return "", ErrTooLarge
		}
		if width == 0 {
			width = len(cells) // the header says how many columns there are
		}
		if blank(cells) {
			continue
		}
		for len(cells) < width {
			cells = append(cells, "")
		}
		_ = w.Write(cells) // a builder takes everything
	}
	w.Flush()
	if out.Len() == 0 {
		return "", ErrEmpty
	}
	return out.String(), rows.Error()
}

func blank(cells []string) bool {
	for _, c := range cells {
		if c != "" {
			return false
		}
	}
	return true
}
