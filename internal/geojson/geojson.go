// Package geojson reads places with their people from a GeoJSON
// FeatureCollection (points, and polygons that one point stands for), and
// writes features. Package cityfile reads venues of GeoJSON itself, because a
// person writes those and every word in them counts.
//
// Positions are longitude and latitude in degrees (RFC 7946). A surface is one
// point however large it is; see package polygon for which.
package geojson

import (
	"bytes"
	"encoding/json"
	"strings"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
)

var (
	codeBroken        = finding.Register("geojson.broken")
	codeNotCollection = finding.Register("geojson.not_a_collection")
	codeProjected     = finding.Register("geojson.not_in_degrees")
	codeNoGeometry    = finding.Register("geojson.no_geometry")
)

// Columns are the properties that are read; ID "" is the feature's own id.
type Columns struct{ ID, People string }

// Place is one feature.
type Place struct {
	Line       int    // where the feature starts
	ID, People string // as written; "" where the feature has none
	At         geo.Point
}

// Read gives every place to take, in the order of the file, and returns how
// many features were left out; why is in the log.
func Read(file string, data []byte, columns Columns, log *finding.Log, take func(Place)) (rejected int) {
	r := &reader{file: file, data: bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), columns: columns, log: log, take: take, line: 1}
	r.tokens = json.NewDecoder(bytes.NewReader(r.data))
	if err := r.document(); err != nil {
		r.refuse(codeBroken, "why", plain(err))
	}
	return r.rejected
}

// reader is one file while it is read.
type reader struct {
	file     string
	data     []byte
	columns  Columns
	log      *finding.Log
	take     func(Place)
	tokens   *json.Decoder
	rejected int
	line     int // of counted
	counted  int // bytes
}

// refuse records a mistake at the place where the reader stands.
func (r *reader) refuse(code finding.Code, args ...string) {
	f := finding.Finding{Level: finding.Error, Code: code, File: r.file, Line: r.here(), Args: map[string]string{}}
	for i := 0; i+1 < len(args); i += 2 {
		f.Args[args[i]] = args[i+1]
	}
	r.log.Add(f)
}

// here is the line of what is read next.
func (r *reader) here() int {
	at := min(int(r.tokens.InputOffset()), len(r.data))
	for at < len(r.data) && strings.IndexByte(" \t\r\n,:", r.data[at]) >= 0 {
		at++
	}
	if at > r.counted {
		r.line += bytes.Count(r.data[r.counted:at], []byte("\n"))
		r.counted = at
	}
	return r.line
}

// document walks the members of the collection, features one by one.
func (r *reader) document() error {
	if open, err := r.tokens.Token(); err != nil || open != json.Delim('{') {
		r.refuse(codeNotCollection)
		return err
	}
	found := false
	for r.tokens.More() {
		key, err := r.tokens.Token()
		if err != nil {
			return err
		}
		switch key {
		case "features":
			found = true
			err = r.features()
		case "crs":
			err = r.system()
		default:
			err = r.tokens.Decode(&json.RawMessage{})
		}
		if err != nil {
			return err
		}
	}
	if !found {
		r.refuse(codeNotCollection)
	}
	_, err := r.tokens.Token()
	return err
}

// system refuses positions that the file itself says are not in degrees: the
// member is of an older GeoJSON, and some programs still write it.
func (r *reader) system() error {
	var crs struct {
		Properties struct{ Name string }
	}
	if err := r.tokens.Decode(&crs); err != nil {
		return err
	}
	name := crs.Properties.Name
	if name != "" && !strings.HasSuffix(name, "CRS84") && !strings.HasSuffix(name, ":4326") {
		r.refuse(codeProjected, "system", name)
	}
	return nil
}

func (r *reader) features() error {
	if open, err := r.tokens.Token(); err != nil || open != json.Delim('[') {
		r.refuse(codeNotCollection)
		return err
	}
	for r.tokens.More() {
		line := r.here()
		var raw json.RawMessage
		if err := r.tokens.Decode(&raw); err != nil {
			return err
		}
		r.feature(line, raw)
	}
	_, err := r.tokens.Token()
	return err
}

// feature is one place as the file has it.
type feature struct {
	ID         json.RawMessage
	Properties map[string]json.RawMessage
	Geometry   *geometry
}

func (r *reader) feature(line int, raw json.RawMessage) {
	var f feature
	at, why := geo.Point{}, "?"
	if json.Unmarshal(raw, &f) == nil {
		at, why = f.Geometry.point()
	}
	if why != "" {
		r.rejected++
		r.log.Add(finding.Finding{
			Level: finding.Error, Code: codeNoGeometry, File: r.file, Line: line, Field: "geometry", Value: why,
		})
		return
	}
	place := Place{Line: line, ID: text(f.ID), People: text(f.Properties[r.columns.People]), At: at}
	if r.columns.ID != "" {
		place.ID = text(f.Properties[r.columns.ID])
	}
	r.take(place)
}

// text is a string, or a number as it is written; "" for anything else.
func text(raw json.RawMessage) string {
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return strings.TrimSpace(s)
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String()
	}
	return ""
}

// plain is an error without the names of Go's types.
func plain(err error) string {
	return strings.TrimPrefix(err.Error(), "json: ")
}
