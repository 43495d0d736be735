// Package eventfile reads an event file: a special day at a venue and the
// service that a planner wants for it, as YAML.
//
// Reading is strict. A misspelt key is refused, not passed over, and all that
// is wrong is told at once. Whether the venue, the route or the trip exists is
// not asked here: that needs the city. docs/EVENT.md tells the file field by field.
package eventfile

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/scenario"
)

// File is what an event file says.
type File struct {
	City          string // a city's id; the event is meant for that city
	Event         demand.Event
	Modifications []scenario.Modification // in the order of the file, which is the order in which they apply
	Seed          uint64
}

// DefaultSeed is the seed of a file that names none.
const DefaultSeed = 1

// ErrRefused is the error of a file with at least one finding of level error.
var ErrRefused = errors.New("event file refused")

// Read reads an event file; name is what findings call it. With an error, which
// wraps ErrRefused, the File is incomplete and the findings say why, by line.
func Read(name string, data []byte) (File, []finding.Finding, error) {
	r := &reader{name: name, log: finding.Log{Limit: 500}, fields: map[string]bool{}}
	var file File
	if root, ok := r.parse(data); ok {
		file = r.file(root)
	}
	findings := slices.Clone(r.log.Findings())
	slices.SortStableFunc(findings, func(a, b finding.Finding) int { return cmp.Compare(a.Line, b.Line) })
	if wrong := r.log.Total(finding.Error); wrong > 0 {
		return file, findings, fmt.Errorf("reading %s: %w: %d mistakes", name, ErrRefused, wrong)
	}
	return file, findings, nil
}

// reader gathers what is wrong while a document is read.
type reader struct {
	name   string
	log    finding.Log
	fields map[string]bool // every field that the file has
}

// file reads the whole document.
func (r *reader) file(root spot) File {
	doc := root.object("event", "city", "name", "venue", "date", "seed", "sessions",
		"transit_share", "origins", "sources", "modifications")
	file := File{City: doc.need("city").word(), Seed: seed(doc.may("seed"))}
	file.Event = demand.Event{
		ID:           doc.need("event").id(),
		Names:        doc.need("name").names(),
		Venue:        doc.need("venue").word(),
		Date:         doc.need("date").date(),
		Sessions:     sessions(doc.need("sessions")),
		TransitShare: doc.need("transit_share").number(0, 1),
	}
	file.Event.Origins = origins(doc.may("origins"), file.Event.Venue)
	file.Modifications = modifications(doc.may("modifications"))
	file.Event.Sources = sources(doc.may("sources"))
	return file
}

// seed is a whole number that JSON and spreadsheets keep exactly.
func seed(s spot) uint64 {
	if !s.present() {
		return DefaultSeed
	}
	return s.whole(0, 1<<53-1)
}
