package main

import (
	"bytes"
	"embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/transit"
)

//go:embed tables
var folder embed.FS

// tables are the facts and assumptions that everything else follows from.
type tables struct {
	stations  []station
	track     []geo.Point // passes through every station
	corridors []corridor
	headsigns map[string]label.Names // by the English one
	districts []district
	periods   []period
}

type station struct {
	code  string
	names label.Names
	at    geo.Point
}

// corridor is a main axis of the bus network as a rough line.
type corridor struct {
	id       string
	names    label.Names
	from, to string
	headway  map[string]transit.Seconds // by band of the day
	speed    float64                    // km/h, stops included
	standby  int                        // vehicles kept for events
	color    string
	points   []geo.Point
}

type district struct {
	id, name string
	center   geo.Point
	share    float64
}

// period is a part of the service day. Its band picks the buses' headway.
type period struct {
	from, to transit.Seconds
	band     string
	lrt      transit.Seconds
}

// row is one line of a table by column.
type row struct {
	cells map[string]string
	errs  *[]error
}

func readTables() (tables, error) {
	t := tables{headsigns: map[string]label.Names{}}
	var errs []error
	read := func(name string, take func(row)) {
		errs = append(errs, eachRow("tables/"+name+".csv", take)...)
	}
	read("stations", func(r row) {
		t.stations = append(t.stations, station{r.cells["code"], r.names(), r.point()})
	})
	read("track", func(r row) { t.track = append(t.track, r.point()) })
	read("corridors", func(r row) { t.corridors = append(t.corridors, r.corridor()) })
	read("headsigns", func(r row) { t.headsigns[r.cells["en"]] = r.names() })
	read("districts", func(r row) {
		t.districts = append(t.districts, district{r.cells["id"], r.cells["en"], r.point(), r.number("share")})
	})
	read("periods", func(r row) {
		t.periods = append(t.periods, period{r.clock("from"), r.clock("to"), r.cells["band"], r.minutes("lrt_min")})
	})
	return t, errors.Join(errs...)
}

// eachRow reads one table; every row must say on what basis it stands.
func eachRow(name string, take func(row)) []error {
	data, err := folder.ReadFile(name)
	if err != nil {
		return []error{err}
	}
	records, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
	if err != nil {
		return []error{err}
	}
	var errs []error
	for i, record := range records[1:] {
		r := row{map[string]string{}, &errs}
		for c, column := range records[0] {
			r.cells[column] = record[c]
		}
		if !basis.Kind(r.cells["basis"]).Known() || r.cells["source"] == "" {
			errs = append(errs, fmt.Errorf("%s: row %d has no basis or no source", name, i+2))
		}
		take(r)
	}
	return errs
}

func (r row) corridor() corridor {
	c := corridor{
		id: r.cells["id"], names: r.names(), from: r.cells["from"], to: r.cells["to"], speed: r.number("speed_kmh"),
		standby: int(r.number("standby")), color: r.cells["color"], headway: map[string]transit.Seconds{},
	}
	for _, band := range []string{"peak", "day", "evening"} {
		c.headway[band] = r.minutes(band + "_min")
	}
	for _, pair := range strings.Split(r.cells["points"], ";") {
		lat, lon, _ := strings.Cut(pair, " ")
		c.points = append(c.points, geo.Point{Lat: r.parse(lat), Lon: r.parse(lon)})
	}
	return c
}

func (r row) names() label.Names {
	names := label.Names{}
	for _, language := range languages {
		names[language] = r.cells[language]
	}
	return names
}

func (r row) point() geo.Point { return geo.Point{Lat: r.number("lat"), Lon: r.number("lon")} }

func (r row) number(column string) float64 { return r.parse(r.cells[column]) }

func (r row) minutes(column string) transit.Seconds {
	return round(r.number(column) * 60)
}

func (r row) clock(column string) transit.Seconds {
	at, err := transit.ParseClock(r.cells[column])
	if err != nil {
		*r.errs = append(*r.errs, err)
	}
	return at
}

func (r row) parse(text string) float64 {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		*r.errs = append(*r.errs, err)
	}
	return value
}

func writeRows(w io.Writer, rows [][]string) {
	writer := csv.NewWriter(w)
	if err := writer.WriteAll(rows); err != nil {
		panic(err) // the writer is a buffer
	}
}
