package eventfile

import (
	"cmp"
	"slices"
	"strings"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/transit"
)

// counts is a table of people by clock hour that an event file names: rows are
// taken that lie on one of its dates and have what where asks for, and several
// dates give their mean.
type counts struct {
	path                       plainyaml.Spot
	file                       string
	hour, count, station, date string // columns, in small letters
	dates                      []transit.Date
	where                      []condition
	stops                      stopTable
}

// condition is a value that a column must have.
type condition struct{ column, value string }

// stopTable is a table that says which stop a counted station is; without a
// file the counts themselves name stops.
type stopTable struct {
	path                  plainyaml.Spot
	file                  string
	station, stop, prefix string
}

func readCounts(o plainyaml.Object) counts {
	path := o.Need("path")
	c := counts{
		path: path, file: path.Word(),
		hour: column(o.May("hour"), "hour"), count: column(o.May("count"), "count"), date: column(o.May("date"), "date"),
	}
	for _, item := range o.May("dates").List() {
		if day := date(item); day != 0 {
			c.dates = append(c.dates, day)
		}
	}
	if where := o.May("where"); where.Present() {
		conditions := where.Object() // any key: it is a column
		for _, name := range conditions.Keys() {
			c.where = append(c.where, condition{strings.ToLower(name), conditions.May(name).Written()})
		}
	}
	slices.Sort(c.dates)
	if days := slices.Compact(slices.Clone(c.dates)); len(days) < len(c.dates) {
		o.May("dates").Refuse(codeNameTwice)
	}
	return c
}

// stationCounts are counts of people who come into stations, with what the
// background needs to know of them.
func stationCounts(s plainyaml.Spot, e *demand.Everyday) *counts {
	o := s.Object("path", "hour", "count", "date", "dates", "where", "station", "stops", "share", "walk_m")
	c := readCounts(o)
	c.station = column(o.May("station"), "station")
	if share := o.May("share"); share.Present() {
		e.EntriesShare = share.Number(0, 1)
	}
	e.EntriesMeters = orNumber(o.May("walk_m"), DefaultEntriesMeters, 0, 10_000)
	if stops := o.May("stops"); stops.Present() {
		table := stops.Object("path", "station", "stop", "prefix")
		c.stops.path = table.Need("path")
		c.stops.file, c.stops.prefix = c.stops.path.Word(), table.May("prefix").Text()
		c.stops.station, c.stops.stop = column(table.May("station"), "station"), column(table.May("stop"), "stop")
	}
	return &c
}

func column(s plainyaml.Spot, otherwise string) string {
	return strings.ToLower(cmp.Or(s.Word(), otherwise))
}
