// Package geopackage reads places with their people from a GeoPackage, the
// SQLite database in which statistical offices publish census areas. An area
// becomes one point (package polygon) on the earth (package projection).
//
// The database is read where it lies through a file system of one file, so
// that neither its size nor its name matters and nothing can be written. What
// another program has not yet moved from its write-ahead log is not seen.
package geopackage

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/projection"
)

var (
	codeUnreadable = finding.Register("geopackage.unreadable")
	codeLayer      = finding.Register("geopackage.unknown_layer")
	codeColumn     = finding.Register("geopackage.unknown_column")
	codeProjection = finding.Register("geopackage.unknown_projection")
	codeNoGeometry = finding.Register("geopackage.no_geometry")
)

// Columns say what is read: Layer "" is the only layer there is, ID "" the
// number of the row.
type Columns struct{ Layer, ID, People string }

// Place is one row of a layer.
type Place struct {
	Row        int    // the number of the row in its layer; 1 is the first
	ID, People string // as the database has them; "" for NULL
	At         geo.Point
}

// Read gives every place to take, in the order of the layer's key, and returns
// how many rows were left out; why is in the log. Its error is the context's.
func Read(ctx context.Context, file string, data io.ReaderAt, size int64, columns Columns, log *finding.Log, take func(Place)) (rejected int, err error) {
	r := &reader{ctx: ctx, file: file, columns: columns, log: log, take: take}
	db, closeDB, err := open(data, size)
	if err == nil {
		r.db = db
		err = r.layer()
		closeDB()
	}
	if err != nil && ctx.Err() == nil {
		r.add(codeUnreadable, "", "", "why", err.Error())
	}
	return r.rejected, ctx.Err()
}

// reader is one layer while it is read.
type reader struct {
	ctx      context.Context
	file     string
	db       *sql.DB
	columns  Columns
	log      *finding.Log
	take     func(Place)
	rejected int
}

func (r *reader) add(code finding.Code, field, value string, args ...string) {
	f := finding.Finding{Level: finding.Error, Code: code, File: r.file, Field: field, Value: value, Args: map[string]string{}}
	for i := 0; i+1 < len(args); i += 2 {
		f.Args[args[i]] = args[i+1]
	}
	r.log.Add(f)
}

// layer finds the layer, its projection and its columns, then reads its rows.
func (r *reader) layer() error {
	layers, err := r.words("SELECT table_name FROM gpkg_geometry_columns ORDER BY table_name")
	if err != nil {
		return err
	}
	name := r.columns.Layer
	if name == "" && len(layers) == 1 {
		name = layers[0]
	}
	if !slices.Contains(layers, name) {
		r.add(codeLayer, "layer", name, "layers", strings.Join(layers, ", "))
		return nil
	}
	sheet, known, err := r.sheet(name)
	if err != nil || !known {
		return err
	}
	columns, err := r.words("SELECT name FROM pragma_table_info(?)", name)
	if err != nil || !r.present(name, columns) {
		return err
	}
	return r.rows(name, sheet)
}

// present tells the columns that are asked for and are not there.
func (r *reader) present(layer string, columns []string) bool {
	ok := true
	for _, asked := range [][2]string{{"people", r.columns.People}, {"id", r.columns.ID}} {
		missing := !slices.ContainsFunc(columns, func(c string) bool { return strings.EqualFold(c, asked[1]) })
		if missing && (asked[1] != "" || asked[0] == "people") {
			r.add(codeColumn, asked[0], asked[1], "layer", layer, "columns", strings.Join(columns, ", "))
			ok = false
		}
	}
	return ok
}

// sheet is how a layer lies on the earth; false when that is not known.
func (r *reader) sheet(layer string) (projection.Projection, bool, error) {
	var name, definition string
	err := r.db.QueryRowContext(r.ctx, `SELECT s.srs_name, s.definition FROM gpkg_geometry_columns g
		JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE g.table_name = ?`, layer).Scan(&name, &definition)
	if errors.Is(err, sql.ErrNoRows) {
		r.add(codeProjection, "", "", "why", "the file does not define it")
		return projection.Projection{}, false, nil
	}
	if err != nil {
		return projection.Projection{}, false, err
	}
	sheet, err := projection.Parse(definition)
	var unsupported *projection.Unsupported
	if errors.As(err, &unsupported) {
		r.add(codeProjection, "", name, "why", unsupported.Why)
	}
	return sheet, err == nil, nil
}

// words is a query of one column.
func (r *reader) words(query string, args ...any) ([]string, error) {
	rows, err := r.db.QueryContext(r.ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	var all []string
	for rows.Next() {
		var word string
		if err := rows.Scan(&word); err != nil {
			return nil, err
		}
		all = append(all, word)
	}
	return all, rows.Err()
}

// rows reads the layer in the order of its key.
func (r *reader) rows(layer string, sheet projection.Projection) error {
	var geometry string
	if err := r.db.QueryRowContext(r.ctx, "SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", layer).Scan(&geometry); err != nil {
		return err
	}
	id := "rowid"
	if r.columns.ID != "" {
		id = quoted(r.columns.ID)
	}
	rows, err := r.db.QueryContext(r.ctx, "SELECT "+quoted(geometry)+", "+id+", "+quoted(r.columns.People)+" FROM "+quoted(layer)+" ORDER BY rowid")
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // rows.Err tells what matters
	for n := 1; rows.Next(); n++ {
		var shape, name, people any
		if err := rows.Scan(&shape, &name, &people); err != nil {
			return err
		}
		r.row(n, shape, text(name), text(people), sheet)
	}
	return rows.Err()
}

func (r *reader) row(n int, shape any, id, people string, sheet projection.Projection) {
	blob, _ := shape.([]byte)
	at, ok := decode(blob)
	if !ok {
		r.rejected++
		r.log.Add(finding.Finding{Level: finding.Error, Code: codeNoGeometry, File: r.file, Line: n, Value: id})
		return
	}
	r.take(Place{Row: n, ID: id, People: people, At: sheet.Point(at.X, at.Y)})
}

// quoted is a name within a statement, whatever signs it has.
func quoted(name string) string { return `"` + strings.ReplaceAll(name, `"`, `""`) + `"` }

// text is a value of the database as words.
func text(value any) string {
	switch v := value.(type) {
	case string:
		return strings.TrimSpace(v)
	case []byte:
		return strings.TrimSpace(string(v))
	case int64:
		return strconv.FormatInt(v, 10)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}
