// Package gtfs reads one GTFS feed, a zip or a folder, into a transit.Builder.
//
// # What is kept and what is not
//
// Every row is counted: Rows = Kept + Rejected for each file that is read. An
// error finding means that its row is left out; a warning that the row is kept
// although it is suspicious; a note is about the file as a whole. A row that
// refers to a rejected row is rejected with a finding of its own.
//
//   - A stop without a position on the earth (0, 0 counts as none) is rejected.
//     Entrances, nodes and boarding areas are what pathways join; one note says
//     how many are joined by none. An entrance without a position is rejected.
//     A parent that is unknown or no station is left away with a warning; the
//     stop stays.
//   - A pathway whose mode or end is unknown, or whose end is a station, is
//     rejected. A length, width or time that cannot be counts as not given, with a
//     warning. A direction that is not given is taken as both.
//   - A route whose agency is unknown runs on the clock of the feed's agencies
//     when they all have one, with a warning; else it is rejected. A route_type
//     that is missing or unknown is taken as bus, with a warning.
//   - A calendar row that is wrong takes its service_id with it: half a
//     calendar would be a silent wrong answer. A calendar left without any
//     date stays, with a warning: its trips never run.
//   - A row of stop_times with a wrong value is rejected; its trip calls at the
//     other stops. Where times go back, the fewest rows are rejected whose
//     absence leaves times that never go back. Rows without times before the
//     first or after the last known time are rejected; those in between get a
//     time by distance. A trip left with fewer than two calls is rejected, and
//     so are its remaining rows.
//   - Pick-up and drop-off by arrangement with the driver count as regular; by
//     telephone as none, because a crowd cannot use it.
//
// A feed that cannot be read at all, or of which no trip on any date remains,
// is a *Failure and not an empty city.
package gtfs

import (
	"context"
	"io/fs"
	"runtime"
	"strings"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// Source is one feed to read.
type Source struct {
	Name   string         // stands before the file names of findings; may be ""
	FS     fs.FS          // a folder, or a zip by OpenZip; the files may lie in a sub-folder
	Prefix string         // put before every id: feed name and colon where several feeds make one city, else ""
	Window transit.Window // of the dates that are kept; calendars outside of it never run

	// Workers is how many look at a large file at the same time; 0 means as many as
	// the machine has processors. The result does not depend on it.
	Workers int

	// Work, unless nil, gets what reading took.
	Work *Work

	block int // bytes of a block of a large file; 0 means the usual size

	// Progress, unless nil, hears how many bytes of a file are read.
	Progress func(file string, done, total int64)
}

// Work counts what reading a feed took. It does not depend on the number of workers.
type Work struct {
	Blocks int // of stop_times.txt and shapes.txt
	Plain  int // of these, lines that could be cut without a second look
	Calls  int // rows of stop_times.txt that were kept when they were read
}

// count adds what a file took.
func (w *Work) count(f *file, calls int) {
	if w == nil {
		return
	}
	all, plain := f.Blocks()
	w.Blocks, w.Plain, w.Calls = w.Blocks+all, w.Plain+plain, w.Calls+calls
}

func (s Source) workers() int {
	if s.Workers > 0 {
		return s.Workers
	}
	return runtime.GOMAXPROCS(0)
}

// Feed is what a feed says beside its timetable.
type Feed struct {
	Publisher string // from feed_info.txt, as are the next two; may be ""
	Language  string
	Version   string
	Transfers []Transfer
	Zones     map[transit.Stop]string // zone_id of the stops that have one; no timetable holds it
	Spots     []Spot                  // of stops.txt, in the order of the file, as are the pathways
	Pathways  []Pathway
}

// Read adds a feed to a timetable and records what it finds. The error is a
// *Failure, or that of the context; the Builder is of no use after it.
func Read(ctx context.Context, src Source, into *transit.Builder, log *finding.Log) (Feed, error) {
	r := &reader{ctx: ctx, src: src, into: into, log: log, zoneKnown: map[string]bool{}, spotOf: map[string]int{}, high: map[string]float64{}}
	defer r.count()
	for _, step := range []func() error{
		r.find, r.readInfo, r.readAgencies, r.readLevels, r.readStops, r.readPathways, r.readRoutes, r.readCalendars, r.readShapes,
		r.readTrips, r.readStopTimes, r.readFrequencies, r.readTransfers, r.readTranslations,
	} {
		if err := step(); err != nil {
			return Feed{}, err
		}
	}
	return r.feed, nil
}

// count makes sure that each file that was opened has its tally.
func (r *reader) count() {
	for _, f := range r.opened {
		f.Done()
	}
}

// reader is one feed while it is read.
type reader struct {
	ctx  context.Context
	src  Source
	into *transit.Builder
	log  *finding.Log
	feed Feed

	paths  map[string]string // by the file's name in GTFS
	opened []*file

	agencies  ids[transit.Agency]
	oneAgency transit.Agency // stands in for an unknown one; see substitute
	zones     []string       // the agencies' time zones, each once
	zoneKnown map[string]bool

	stops    ids[transit.Stop]
	station  map[transit.Stop]bool
	base     transit.Stop // the first stop of this feed
	position []geo.Point  // by stop from base on, as is the next
	name     []string
	line     []int              // in stops.txt
	spotOf   map[string]int     // by id, as is the next
	high     map[string]float64 // the level_index of stops and spots
	levels   map[string]float64 // by level_id; nil without levels.txt
	pathways ids[uint32]

	routes    ids[transit.Route]
	calendars ids[transit.Calendar]
	dated     map[transit.Calendar]bool // those that have a date
	shapes    ids[transit.Shape]

	trips    ids[tripPlace]
	tripRows []tripRow
	tripFile *file
	built    []transit.Trip // by tripPlace
}

// id is an id of the feed as the city knows it.
func (r *reader) id(id string) string {
	// A copy, so that the file's text is not held by it.
	return strings.Clone(r.src.Prefix + id)
}

// at is the position of a stop of this feed.
func (r *reader) at(s transit.Stop) geo.Point { return r.position[s-r.base] }
