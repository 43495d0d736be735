package geopackage

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/projection"
)

// utm42 is the grid of the made packages.
const utm42 = `PROJCS["UTM 42",GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0]],
	PROJECTION["Transverse_Mercator"],PARAMETER["latitude_of_origin",0],PARAMETER["central_meridian",69],PARAMETER["scale_factor",0.9996],
	PARAMETER["false_easting",500000],PARAMETER["false_northing",0],UNIT["metre",1]]`

// schema is what a package must have, and a layer.
const schema = `
	CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
	CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);
	CREATE TABLE "big ""quarters""" (fid INTEGER PRIMARY KEY, geom BLOB, code TEXT, "PEOPLE in" REAL);
	INSERT INTO gpkg_geometry_columns VALUES ('big "quarters"', 'geom', 'MULTIPOLYGON', 32642, 0, 0);`

// made is a package with the rows of a layer.
func made(t testing.TB, definition string, extra string, shapes ...[]byte) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.gpkg")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	exec := func(query string, args ...any) {
		if _, err := db.Exec(query, args...); err != nil {
			t.Fatal(err)
		}
	}
	exec(schema)
	exec("INSERT INTO gpkg_spatial_ref_sys VALUES ('the grid', 32642, 'EPSG', 32642, ?, '')", definition)
	for i, shape := range shapes {
		exec(`INSERT INTO "big ""quarters""" (geom, code, "PEOPLE in") VALUES (?, ?, ?)`, shape, fmt.Sprintf("q%d", i+1), float64(i)*100.5)
	}
	if extra != "" {
		exec(extra)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// blob is a geometry: a header with a box of a kind, then the body.
func blob(box byte, body []byte) []byte {
	head := []byte{'G', 'P', 0, 1 | box<<1, 0, 0, 0, 0}
	return append(append(head, make([]byte, envelopes[box])...), body...)
}

func body(order binary.AppendByteOrder, kind uint32, rest ...any) []byte {
	out := []byte{0}
	if order == binary.AppendByteOrder(binary.LittleEndian) {
		out[0] = 1
	}
	out = order.AppendUint32(out, kind)
	for _, r := range rest {
		switch v := r.(type) {
		case int:
			out = order.AppendUint32(out, uint32(v))
		case float64:
			out = order.AppendUint64(out, math.Float64bits(v))
		case []byte:
			out = append(out, v...)
		}
	}
	return out
}

// square is a polygon of UTM 42 with heights, 200 m wide around a point.
func square(x, y float64) []byte {
	return body(binary.LittleEndian, 1003, 1, 5,
		x-100, y-100, 350., x+100, y-100, 350., x+100, y+100, 350., x-100, y+100, 350., x-100, y-100, 350.)
}

var good = [][]byte{
	blob(1, body(binary.LittleEndian, 6, 1, square(668_000, 5_665_000))),
	blob(0, body(binary.BigEndian, 1, 669_000., 5_666_000.)),
	blob(4, square(670_000, 5_667_000)),
}

var quarters = Columns{Layer: `big "quarters"`, ID: "code", People: "PEOPLE in"}

func read(t testing.TB, data []byte, columns Columns) (places []Place, told []string, rejected int) {
	t.Helper()
	var log finding.Log
	rejected, err := Read(context.Background(), "made.gpkg", bytes.NewReader(data), int64(len(data)), columns, &log,
		func(p Place) { places = append(places, p) })
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range log.Findings() {
		told = append(told, fmt.Sprintf("%d %s %s %s %s", f.Line, f.Level, f.Code, f.Field, f.Value))
	}
	return places, told, rejected
}

func TestRead(t *testing.T) {
	sheet, err := projection.Parse(utm42)
	if err != nil {
		t.Fatal(err)
	}
	want := []Place{
		{1, "q1", "0", sheet.Point(668_000, 5_665_000)},
		{2, "q2", "100.5", sheet.Point(669_000, 5_666_000)},
		{3, "q3", "201", sheet.Point(670_000, 5_667_000)},
	}
	near := cmp.Comparer(func(a, b geo.Point) bool { return geo.Distance(a, b) < .05 })
	for _, columns := range []Columns{quarters, {ID: "CODE", People: "people IN"}} {
		places, told, rejected := read(t, made(t, utm42, "", good...), columns)
		if diff := cmp.Diff(want, places, near); diff != "" || len(told) > 0 || rejected > 0 {
			t.Errorf("%v %d %s", told, rejected, diff)
		}
	}
	places, _, _ := read(t, made(t, utm42, "", good...), Columns{People: "PEOPLE in"})
	if len(places) != 3 || places[2].ID != "3" {
		t.Errorf("%+v", places)
	}
}

func TestPackageWithAWriteAheadLog(t *testing.T) {
	data := made(t, utm42, "", good...)
	data[18], data[19] = 2, 2 // as a program leaves it that keeps such a log
	if places, told, _ := read(t, data, quarters); len(places) != 3 {
		t.Errorf("%d places, %v", len(places), told)
	}
}

func TestMistakes(t *testing.T) {
	whole := made(t, utm42, "", good...)
	for _, c := range []struct {
		what    string
		data    []byte
		columns Columns
		want    string
		kept    int
	}{
		{"another layer", whole, Columns{Layer: "x", People: "p"}, "0 error geopackage.unknown_layer layer x", 0},
		{"another column", whole, Columns{ID: "code", People: "p"}, "0 error geopackage.unknown_column people p", 0},
		{"no column", whole, Columns{ID: "code"}, "0 error geopackage.unknown_column people ", 0},
		{"another id", whole, Columns{ID: "x", People: "PEOPLE in"}, "0 error geopackage.unknown_column id x", 0},
		{"another projection", made(t, strings.Replace(utm42, "Transverse_Mercator", "Sinusoidal", 1), "", good...), quarters, "0 error geopackage.unknown_projection  the grid", 0},
		{"no projection", made(t, utm42, "DELETE FROM gpkg_spatial_ref_sys", good...), quarters, "0 error geopackage.unknown_projection  ", 0},
		{"no database", []byte("id,lat,lon\n"), quarters, "0 error geopackage.unreadable  ", 0},
		{"no geopackage", made(t, utm42, "DROP TABLE gpkg_geometry_columns"), quarters, "0 error geopackage.unreadable  ", 0},
		{"nothing", nil, quarters, "0 error geopackage.unreadable  ", 0},
		{"half a file", whole[:len(whole)/2], quarters, "0 error geopackage.unreadable  ", 0},
		{"a line", made(t, utm42, "", good[0], blob(0, body(binary.LittleEndian, 2, 2, 0., 0., 1., 1.))), quarters, "2 error geopackage.no_geometry  q2", 1},
		{"no shape", made(t, utm42, "", nil, good[0]), quarters, "1 error geopackage.no_geometry  q1", 1},
		{"a shape cut off", made(t, utm42, "", good[0][:60], good[0]), quarters, "1 error geopackage.no_geometry  q1", 1},
		{"a ring without end", made(t, utm42, "", blob(0, body(binary.LittleEndian, 3, 1, -1, 0.)), good[0]), quarters, "1 error geopackage.no_geometry  q1", 1},
		{"an empty point", made(t, utm42, "", blob(0, body(binary.LittleEndian, 1, math.NaN(), math.NaN()))), quarters, "1 error geopackage.no_geometry  q1", 0},
	} {
		places, told, _ := read(t, c.data, c.columns)
		if len(places) != c.kept || len(told) != 1 || told[0] != c.want {
			t.Errorf("%s: %d kept, %q, want %q", c.what, len(places), told, c.want)
		}
	}
}

func TestInterruptedReading(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	data := made(t, utm42, "", good...)
	var log finding.Log
	if _, err := Read(ctx, "", bytes.NewReader(data), int64(len(data)), quarters, &log, func(Place) {}); err == nil || len(log.Findings()) > 0 {
		t.Errorf("%v, %v", err, log.Findings())
	}
}

func FuzzDecode(f *testing.F) {
	for _, shape := range good {
		f.Add(shape)
	}
	f.Add(blob(0, body(binary.BigEndian, 3003, 1, 3)))
	f.Add(blob(0, body(binary.LittleEndian, 3, 1, 4, 1e200, 0., math.MaxFloat64, 1e300, -1e300, 1., 1e-300, 1e308)))
	f.Fuzz(func(t *testing.T, shape []byte) {
		if at, ok := decode(shape); ok && (at.X != at.X || at.Y != at.Y) {
			t.Errorf("%v", at)
		}
	})
}

// FuzzRead damages the database itself: rows may be lost, nothing may panic,
// and every row that is not given is told.
func FuzzRead(f *testing.F) {
	whole := made(f, utm42, "", good...)
	f.Add(whole)
	f.Add(whole[:len(whole)/2])
	f.Add(whole[:100])
	f.Fuzz(func(t *testing.T, data []byte) {
		places, told, rejected := read(t, data, quarters)
		if len(told) < rejected {
			t.Errorf("%d were left out, %d findings", rejected, len(told))
		}
		for i, p := range places {
			if p.Row <= i {
				t.Errorf("row %d after %d others", p.Row, i)
			}
		}
	})
}
