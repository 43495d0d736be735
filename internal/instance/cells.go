package instance

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// ErrRow is in the error of a row that is not one of its table.
var ErrRow = errors.New("not a row of this table")

// cells are a row that is read.
type cells struct {
	sheet *sheet
	line  int
	row   []string
	err   error // the first
}

// readSheet appends the rows of a table.
func (in *Instance) readSheet(s sheet, file io.Reader) error {
	r := csv.NewReader(file)
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil || !slices.Equal(header, s.columns) {
		return fmt.Errorf("%s: the columns are to be %v: %w", s.file, s.columns, errors.Join(err, ErrRow))
	}
	c := &cells{sheet: &s}
	for c.err == nil {
		c.row, err = r.Read()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", s.file, err)
		}
		c.line, _ = r.FieldPos(0)
		s.take(in, c)
	}
	return c.err
}

// fail says what is wrong with a cell; the first fault counts.
func (c *cells) fail(column int, what string) {
	if c.err == nil {
		c.err = fmt.Errorf("%s, line %d, %s %q: %s: %w", c.sheet.file, c.line, c.sheet.columns[column], c.row[column], what, ErrRow)
	}
}

// below is a whole number from 0 to less than a limit.
func (c *cells) below(column, limit int) int {
	n, err := strconv.Atoi(c.row[column])
	if err != nil || n < 0 || n >= limit {
		c.fail(column, "a number from 0 to less than "+strconv.Itoa(limit)+" is to be here")
		return 0
	}
	return n
}

// is checks the number that a row has.
func (c *cells) is(column, want int) {
	if c.row[column] != strconv.Itoa(want) {
		c.fail(column, "the row's number is "+strconv.Itoa(want))
	}
}

func (c *cells) stop(column int, in *Instance) transit.Stop {
	return transit.Stop(c.below(column, len(in.Stops)))
}

func (c *cells) zone(column int, in *Instance) demand.Place {
	return demand.Place(c.below(column, len(in.Zones)))
}

// time is a second of the axis; what began before it is below 0.
func (c *cells) time(column int) transit.Seconds {
	n, err := strconv.ParseInt(c.row[column], 10, 32)
	if err != nil || transit.Seconds(n) == demand.Free {
		c.fail(column, "a whole number of seconds is to be here")
	}
	return transit.Seconds(n)
}

// wish is a time, or none.
func (c *cells) wish(column int) transit.Seconds {
	if c.row[column] == "" {
		return demand.Free
	}
	return c.time(column)
}

// point is the position in a row of a number.
func (c *cells) point(row int) geo.Point {
	c.is(0, row)
	lat, errLat := strconv.ParseFloat(c.row[1], 64)
	lon, errLon := strconv.ParseFloat(c.row[2], 64)
	p := geo.Point{Lat: lat, Lon: lon}
	if errLat != nil || errLon != nil || !p.Valid() {
		c.fail(1, "a position in degrees is to be here")
	}
	return p
}
