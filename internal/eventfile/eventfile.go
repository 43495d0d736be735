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
	"github.com/qala-city/qala/internal/plainyaml"
	"github.com/qala-city/qala/internal/scenario"
)

// File is what an event file says.
type File struct {
	City          string // a city's id; the event is meant for that city
	Event         demand.Event
	Modifications []scenario.Modification // in the order of the file, which is the order in which they apply
	Seed          uint64
	Lines         map[string]int // of each field, by its dotted path

	tables tables // counts that Complete reads
}

// DefaultSeed is the seed of a file that names none.
const DefaultSeed = 1

// mostBytes is far more than a person writes about an event; a parser can
// spend minutes on a hostile file of megabytes.
const mostBytes = 128 << 10

// ErrRefused is the error of a file with at least one finding of level error.
var ErrRefused = errors.New("event file refused")

// Read reads an event file; name is what findings call it. With an error, which
// wraps ErrRefused, the File is incomplete and the findings say why, by line.
func Read(name string, data []byte) (File, []finding.Finding, error) {
	log := finding.Log{Limit: 500}
	file := read(name, data, &log)
	findings := slices.Clone(log.Findings())
	slices.SortStableFunc(findings, func(a, b finding.Finding) int { return cmp.Compare(a.Line, b.Line) })
	if wrong := log.Total(finding.Error); wrong > 0 {
		return file, findings, fmt.Errorf("reading %s: %w: %d mistakes", name, ErrRefused, wrong)
	}
	return file, findings, nil
}

func read(name string, data []byte, log *finding.Log) File {
	if len(data) > mostBytes {
		log.Add(finding.Finding{Level: finding.Error, Code: codeTooLarge, File: name, Line: 1})
		return File{}
	}
	root, ok := plainyaml.Parse(name, data, log)
	if !ok {
		return File{}
	}
	return fileOf(root)
}

// fileOf reads the whole document.
func fileOf(root plainyaml.Spot) File {
	doc := root.Object("event", "city", "name", "venue", "date", "seed", "sessions",
		"transit_share", "origins", "travellers", "background", "sources", "modifications")
	file := File{City: doc.Need("city").Word(), Seed: seed(doc.May("seed")), Lines: root.Fields()}
	file.Event = demand.Event{
		ID:       doc.Need("event").ID(),
		Names:    doc.Need("name").Names(),
		Venue:    doc.Need("venue").Word(),
		Date:     date(doc.Need("date")),
		Sessions: sessions(doc.Need("sessions")),
		Sources:  sources(doc.May("sources"), file.Lines),
	}
	file.Event.TransitShare, file.Event.ShareSpan = share(doc.Need("transit_share"))
	file.Event.Everyday, file.tables = background(doc.May("background"))
	file.Event.Classes, file.Event.Everyday.Classes = travellers(doc.May("travellers"))
	file.Event.Origins = origins(doc.May("origins"), file.Event.Venue)
	file.Modifications = modifications(doc.May("modifications"))
	return file
}

// seed is a whole number that JSON and spreadsheets keep exactly.
func seed(s plainyaml.Spot) uint64 {
	if !s.Present() {
		return DefaultSeed
	}
	return s.Whole(0, 1<<53-1)
}
