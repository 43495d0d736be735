package ogc

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/atlas"
)

// How many features a page has.
const (
	usualLimit = 1000
	mostLimit  = 10_000
)

// itemParameters are those of the features of a collection: those of the
// standard and the collection's own columns.
func (d *door) itemParameters(c *call) ([]string, error) {
	_, collection, err := d.find(c)
	if err != nil {
		return nil, err
	}
	known := []string{"f", "limit", "offset", "bbox", "datetime"}
	for _, column := range collection.Columns {
		known = append(known, column.Name)
	}
	return known, nil
}

// asked is the query of the atlas that a call means.
func (c *call) asked(columns []atlas.Column) (atlas.Query, error) {
	q := atlas.Query{Where: map[string]string{}}
	for _, column := range columns {
		if !c.query.Has(column.Name) {
			continue
		}
		value := c.query.Get(column.Name)
		if !column.Reads(value) {
			return q, bad("%s=%q: this property is of type %s", column.Name, value, column.Type)
		}
		q.Where[column.Name] = value
	}
	var err error
	if q.Limit, err = c.number("limit", 1, usualLimit); err != nil {
		return q, err
	}
	q.Limit = min(q.Limit, mostLimit)
	if q.Offset, err = c.number("offset", 0, 0); err != nil {
		return q, err
	}
	if c.query.Has("bbox") {
		if q.Box, err = readBox(c.query.Get("bbox")); err != nil {
			return q, err
		}
	}
	if c.query.Has("datetime") {
		q.During, err = readTime(c.query.Get("datetime"))
	}
	return q, err
}

// number is a whole parameter of at least some value.
func (c *call) number(name string, least, otherwise int) (int, error) {
	if !c.query.Has(name) {
		return otherwise, nil
	}
	n, err := strconv.ParseInt(c.query.Get(name), 10, 32)
	if err != nil || n < int64(least) {
		return 0, bad("%s=%q: a whole number from %d on", name, c.query.Get(name), least)
	}
	return int(n), nil
}

// readBox reads "west,south,east,north", or six numbers with heights, which
// count for nothing here.
func readBox(text string) (*atlas.Box, error) {
	var n []float64
	for part := range strings.SplitSeq(text, ",") {
		v, err := strconv.ParseFloat(strings.TrimSpace(part), 64)
		if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, bad("bbox=%q: %q is no number", text, part)
		}
		n = append(n, v)
	}
	switch len(n) {
	case 6:
		if n[2] > n[5] {
			return nil, bad("bbox=%q: its lowest height is above its highest", text)
		}
		n = slices.Delete(slices.Delete(n, 5, 6), 2, 3)
	case 4:
	default:
		return nil, bad("bbox=%q: four numbers, or six with heights", text)
	}
	b := atlas.Box{West: n[0], South: n[1], East: n[2], North: n[3]}
	if b.South > b.North || b.South < -90 || b.North > 90 || math.Abs(b.West) > 180 || math.Abs(b.East) > 180 {
		return nil, bad("bbox=%q: longitude and latitude in degrees, the south before the north", text)
	}
	return &b, nil
}

// readTime reads a moment, or an interval of which one end may be open: ".." or nothing.
func readTime(text string) (*atlas.Span, error) {
	first, last, interval := strings.Cut(text, "/")
	if !interval {
		at, err := readMoment(text, first)
		return &atlas.Span{From: at, To: at}, err
	}
	span := &atlas.Span{From: atlas.Earliest, To: atlas.Latest}
	open := map[string]bool{"": true, "..": true}
	if open[first] && open[last] {
		return nil, bad("datetime=%q: one end of the interval must be given", text)
	}
	var err error
	if !open[first] {
		if span.From, err = readMoment(text, first); err != nil {
			return nil, err
		}
	}
	if !open[last] {
		if span.To, err = readMoment(text, last); err != nil {
			return nil, err
		}
		if span.To < span.From {
			return nil, bad("datetime=%q: it ends before it begins", text)
		}
		span.To++ // the end belongs to it
	}
	return span, nil
}

func readMoment(whole, text string) (int64, error) {
	// Some clients write t and z in small letters, which RFC 3339 allows.
	t, err := time.Parse(time.RFC3339, strings.ToUpper(text))
	if err != nil {
		return 0, bad("datetime=%q: moments are written as 2026-08-15T19:00:00Z", whole)
	}
	return t.Unix(), nil
}
