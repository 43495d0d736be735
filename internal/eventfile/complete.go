package eventfile

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/table"
	"github.com/qala-city/qala/internal/transit"
)

// Paths are the tables that the file names, as it writes them.
func (f *File) Paths() []string {
	var paths []string
	for _, c := range []*counts{f.tables.hourly, f.tables.entries} {
		if c == nil {
			continue
		}
		paths = append(paths, c.file)
		if c.stops.file != "" {
			paths = append(paths, c.stops.file)
		}
	}
	return paths
}

// Complete reads the tables of counts that the file names into its Event; open
// gives the bytes of one, and a name that ends in .gz is unpacked. Findings and
// the error are as those of Read; a file that names no tables is complete.
func (f *File) Complete(name string, open func(path string) ([]byte, error)) ([]finding.Finding, error) {
	c := completion{name: name, open: open, log: &finding.Log{Limit: 500}}
	if hourly := f.tables.hourly; hourly != nil {
		if sums := c.sums(hourly); len(sums) > 0 {
			f.Event.Everyday.Hours, _ = demand.HoursOf(sums[""])
		}
	}
	if entries := f.tables.entries; entries != nil {
		f.Event.Everyday.Entries = c.entries(entries)
	}
	if wrong := c.log.Total(finding.Error); wrong > 0 {
		return c.log.Findings(), fmt.Errorf("reading the counts of %s: %w: %d mistakes", name, ErrRefused, wrong)
	}
	return c.log.Findings(), nil
}

// completion reads the tables of one event file.
type completion struct {
	name string
	open func(path string) ([]byte, error)
	log  *finding.Log
}

// mostText is more than any table of counts; a packed one could unpack without end.
const mostText = 1 << 30

var errTooLarge = errors.New("it is larger than 1 GiB")

// text is a table's text; one that cannot be read is a mistake in the event file.
func (c *completion) text(at plainyaml.Spot, path string) (string, bool) {
	data, err := c.open(path)
	if err == nil && strings.HasSuffix(strings.ToLower(path), ".gz") {
		data, err = unpacked(data)
	}
	if err != nil {
		c.refuse(at, codeNoTable, path, "reason", err.Error())
		return "", false
	}
	return string(data), true
}

func unpacked(data []byte) ([]byte, error) {
	reader, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(reader, mostText+1))
	if err == nil && len(text) > mostText {
		err = errTooLarge
	}
	return text, err
}

func (c *completion) refuse(at plainyaml.Spot, code finding.Code, value string, args ...string) {
	named := map[string]string{}
	for i := 0; i+1 < len(args); i += 2 {
		named[args[i]] = args[i+1]
	}
	c.log.Add(finding.Finding{Level: finding.Error, Code: code, File: c.name, Line: at.Line(), Field: at.Field(), Value: value, Args: named})
}

// sums are the people of a table by station and hour, as the mean of its dates
// rounded to whole people; all stations are "" where the table tells none apart.
func (c *completion) sums(from *counts) map[string][24]uint32 {
	text, ok := c.text(from.path, from.file)
	if !ok {
		return nil
	}
	t, err := table.Open(from.file, text, c.log)
	if err != nil {
		return nil // the log says why
	}
	defer t.Done()
	rows, ok := from.columns(t)
	if !ok {
		return nil
	}
	for t.Next() {
		rows.take(t)
	}
	return c.means(from, rows)
}

// means turns sums over dates into means; a date without any row is a mistake.
func (c *completion) means(from *counts, rows *countRows) map[string][24]uint32 {
	for i, seen := range rows.seen {
		if !seen {
			c.refuse(from.path, codeNoCounts, from.dates[i].String())
		}
	}
	if len(rows.sum) == 0 {
		c.refuse(from.path, codeNoCounts, from.file)
		return nil
	}
	out, days := make(map[string][24]uint32, len(rows.sum)), uint64(max(len(from.dates), 1))
	for station, sum := range rows.sum {
		var mean [24]uint32
		for hour, n := range sum {
			mean[hour] = uint32(min((n+days/2)/days, mostJourneys))
		}
		out[station] = mean
	}
	return out
}

// countRows adds up the rows of a table of counts.
type countRows struct {
	from                       *counts
	hour, count, station, date table.Column
	where                      []table.Column
	seen                       []bool // by date
	sum                        map[string]*[24]uint64
}

// columns finds the columns of a table; false when one is missing.
func (from *counts) columns(t *table.Table) (*countRows, bool) {
	needed := []string{from.hour, from.count}
	for _, w := range from.where {
		needed = append(needed, w.column)
	}
	if from.station != "" {
		needed = append(needed, from.station)
	}
	if len(from.dates) > 0 {
		needed = append(needed, from.date)
	}
	if !t.Require(needed...) {
		return nil, false
	}
	r := &countRows{from: from, station: table.Absent, seen: make([]bool, len(from.dates)), sum: map[string]*[24]uint64{}}
	r.hour, _ = t.Column(from.hour)
	r.count, _ = t.Column(from.count)
	r.date, _ = t.Column(from.date)
	if from.station != "" {
		r.station, _ = t.Column(from.station)
	}
	for _, w := range from.where {
		column, _ := t.Column(w.column)
		r.where = append(r.where, column)
	}
	return r, true
}

// take adds the current row, where it is one of those that are asked for.
func (r *countRows) take(t *table.Table) {
	for i, w := range r.from.where {
		if t.Get(r.where[i]) != w.value {
			return
		}
	}
	day := -1
	if len(r.from.dates) > 0 {
		date, err := transit.ParseDate(t.Get(r.date))
		at, found := slices.BinarySearch(r.from.dates, date)
		if err != nil || !found {
			return
		}
		day = at
	}
	hour, err := strconv.ParseUint(t.Get(r.hour), 10, 8)
	if err != nil || hour > 23 {
		t.Reject(codeNotHour, r.from.hour, t.Get(r.hour))
		return
	}
	people, err := strconv.ParseUint(t.Get(r.count), 10, 32)
	if err != nil || people > mostJourneys {
		t.Reject(codeNotCount, r.from.count, t.Get(r.count))
		return
	}
	if day >= 0 {
		r.seen[day] = true
	}
	sum := r.sum[t.Get(r.station)]
	if sum == nil {
		sum = &[24]uint64{}
		r.sum[t.Keep(r.station)] = sum
	}
	sum[hour] += people
}
