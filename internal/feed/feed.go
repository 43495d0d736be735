// Package feed turns a city's files into one Network: it reads city.yaml and
// all that it names, says what is wrong, and counts every row. Package gtfs
// reads a timetable alone, cityfile the files beside it.
package feed

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/gtfs"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/osm"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// Request says which city to import.
type Request struct {
	Dir  fs.FS  // the folder of the city file
	File string // the city file within it; "" means city.yaml

	// Outside opens what the city file names beyond its folder, such as
	// "../shared/bus.zip" or "${QALA_DATA}/bus.zip": a file system and the name of the file or folder
	// within it. Nil allows nothing outside.
	Outside func(path string) (fs.FS, string, error)

	// Capacities, unless nil, stands in for the table of vehicles that the city
	// file names: to ask the same city with other vehicles.
	Capacities *Table

	// Progress, unless nil, hears what is read.
	Progress func(Progress)
}

// Table is a file that was read already.
type Table struct{ Name, Text string }

// Progress is how far an import is. Total 0 means that nobody knows.
type Progress struct {
	Stage       string // timetable, streets, places, walks
	File        string // the file that is read
	Done, Total int64  // bytes of it
}

// The stages, in their order; "stage." + stage is the message.
const (
	StageTimetable = "timetable"
	StageStreets   = "streets"
	StagePlaces    = "places"
	StageWalks     = "walks"
)

// Result is what an import made and found.
type Result struct {
	Network  *network.Network // nil when the import was refused
	Findings []finding.Finding
	Tallies  []finding.Tally // one a file
	Summary  Summary
}

// ErrRefused says that no network can be made of the files; the findings say
// why. For an unusable feed it wraps the *gtfs.Failure.
var ErrRefused = errors.New("the city cannot be imported")

// Import reads a city. With ErrRefused the result holds the findings; after
// any other error, that of the context among them, there is no result.
func Import(ctx context.Context, request Request) (*Result, error) {
	d := &desk{ctx: ctx, request: request, zones: map[transit.Stop]string{}}
	if d.request.File == "" {
		d.request.File = "city.yaml"
	}
	n, err := d.run()
	if err != nil && !errors.Is(err, ErrRefused) {
		return nil, err
	}
	result := &Result{Network: n, Findings: d.log.Findings(), Tallies: d.log.Tallies()}
	if n != nil {
		result.Summary = summarize(n)
	}
	return result, err
}

// desk is one import on its way.
type desk struct {
	ctx     context.Context
	request Request
	log     finding.Log

	city      cityfile.City
	timetable *transit.Timetable
	overrides []network.Override
	zones     map[transit.Stop]string // fare zones of the stops that have one
	streets   *osm.Map                // nil where the city file names none
	rooms     []room
	fleets    []cityfile.Fleet
	homes     []cityfile.Home // those of the files, and after them those of spreads
	listed    int             // homes of the files
	spreads   []spread
	venues    []cityfile.Venue
	pathways  []paths // one a feed that has pathways
	stations  []cityfile.Station
	builder   *station.Builder // of what is known of stations; nil before they are read
	network   *network.Network
}

func (d *desk) run() (*network.Network, error) {
	for _, step := range []func() error{
		d.readCity, d.readFeeds, d.readRooms, d.readFleets, d.readStreets, d.readStations, d.readPlaces, d.assemble,
	} {
		if err := step(); err != nil {
			return nil, err
		}
		if err := d.ctx.Err(); err != nil {
			return nil, err
		}
	}
	d.reportWhole()
	return d.network, nil
}

func (d *desk) tell(p Progress) {
	if d.request.Progress != nil {
		d.request.Progress(p)
	}
}

func (d *desk) readCity() error {
	data, err := fs.ReadFile(d.request.Dir, d.request.File)
	if err != nil {
		return fmt.Errorf("reading the city file: %w", err)
	}
	city, ok := cityfile.ReadCity(d.request.File, data, &d.log)
	if !ok {
		return fmt.Errorf("%w: %s has mistakes", ErrRefused, d.request.File)
	}
	d.city = city
	return nil
}

// readFeeds reads all timetables into one.
func (d *desk) readFeeds() error {
	builder := transit.NewBuilder()
	for _, f := range d.city.Feeds {
		if err := d.readFeed(f, builder); err != nil {
			return err
		}
	}
	d.timetable = builder.Timetable()
	return nil
}

func (d *desk) readFeed(f cityfile.Feed, into *transit.Builder) error {
	folder, closeFeed, err := d.openFeed(f.Path)
	if err != nil {
		return err
	}
	defer closeFeed()
	read, err := gtfs.Read(d.ctx, gtfs.Source{
		Name: f.Path.Name, FS: folder, Prefix: d.prefix(f.ID), Window: f.Window, Progress: d.tellFile,
	}, into, &d.log)
	if err != nil {
		return d.refusal(err)
	}
	maps.Copy(d.zones, read.Zones)
	if len(read.Pathways) > 0 {
		d.pathways = append(d.pathways, paths{f.Path.Name, read.Spots, read.Pathways})
	}
	for _, t := range read.Transfers {
		d.overrides = append(d.overrides, override(t))
	}
	return nil
}

// override leaves a minimum time that is not told to the straight line.
func override(t gtfs.Transfer) network.Override {
	kind := network.OverrideKind(t.Type)
	if kind == network.MinimumTime && t.MinTime == 0 {
		kind = network.Recommended
	}
	return network.Override{From: t.From, To: t.To, Kind: kind, MinTime: t.MinTime}
}

func (d *desk) tellFile(file string, done, total int64) {
	d.tell(Progress{StageTimetable, file, done, total})
}

// refusal records why a feed cannot be used; other errors pass.
func (d *desk) refusal(err error) error {
	var failure *gtfs.Failure
	if !errors.As(err, &failure) {
		return err
	}
	d.log.Add(failure.Finding())
	return fmt.Errorf("%w: %w", ErrRefused, err)
}

// prefix tells the ids of several feeds apart.
func (d *desk) prefix(feed string) string {
	if len(d.city.Feeds) == 1 {
		return ""
	}
	return feed + ":"
}
