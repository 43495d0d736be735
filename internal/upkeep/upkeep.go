// Package upkeep keeps a city's network in step with its files: it brings what
// has changed, has a network made of it when anything has, and says what is
// different. Package feed makes the network; package store/cities keeps all.
package upkeep

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/difference"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/kept"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Shelf is where cities are kept; package store/cities is one on disk. The
// name "" stands for what is not of any city yet.
type Shelf interface {
	Read(name string) (kept.City, error)
	Write(c kept.City) error
	Describe(name string, text []byte) (path string, err error)
	Lock(ctx context.Context, name string, waiting func()) (release func(), err error)
	Part(name, location string) (path string, err error)
	Keep(name, part, sum string) error
	Has(name, sum string, bytes int64) bool
	Check(name, sum string) error
	Open(name, sum string) (fs.File, error)
	SaveNetwork(name, id string, n *network.Network) (hash string, bytes int64, err error)
	Network(name, id string) (*network.Network, error)
}

// Order asks for a file: from a location to a path, unless it is the known content.
type Order struct {
	From, Part                string
	SHA256                    string // what it must have; "" allows any
	Known, ETag, LastModified string // the content at hand, and what its server said of it
}

// Came is what was brought: a whole file at the order's Part, or nothing new.
type Came struct {
	SHA256, ETag, LastModified string
	Unchanged                  bool
	Bytes, Resumed             int64
}

// Files are the files of a city, as package feed takes them.
type Files struct {
	Dir     fs.FS
	File    string // the description
	Outside func(name string) (fs.FS, string, error)
}

// Imported is a network with what is worth knowing of it. Network is nil when it was refused.
type Imported struct {
	Network     *network.Network
	Findings    []finding.Finding
	Tallies     []finding.Tally
	Counts      map[string]int
	First, Last string // dates of service
}

// Desk keeps cities. Every field is needed.
type Desk struct {
	Shelf   Shelf
	Fetch   func(context.Context, Order) (Came, error)
	Import  func(context.Context, Files) (Imported, error)
	Now     func() time.Time
	Waiting func() // another process works on the city, which is waited for
	// Expand replaces what a description in a folder of this machine may begin a path with.
	Expand  func(folder, name string) (string, error)
	Program string // that makes networks
}

// The errors of a desk, beside those of its shelf, of Fetch and of Import.
var (
	ErrKept        = errors.New("the city is kept already")
	ErrDescription = errors.New("the description of the city has mistakes")
	ErrOtherCity   = errors.New("the description is of another city now")
	ErrNotFetched  = errors.New("the file was never fetched")
	ErrChecksum    = errors.New("the kept content has another checksum than the city file says")
	ErrOutside     = errors.New("a description from the web may not name files of this machine")
	ErrNoVersion   = errors.New("no such version")
)

var (
	codeNoLicence    = finding.Register("upkeep.no_licence")
	codeNoComparison = finding.Register("upkeep.no_comparison")
)

// Outcome is what was done for a city. After an error it holds the findings
// that tell why, as far as there are any.
type Outcome struct {
	City       kept.City
	Arrivals   []Arrival    // one a source, the description first
	Built      bool         // there is another current version than before
	Version    kept.Version // the current one
	Previous   kept.Version // the one before; its ID is "" where there was none
	Difference *difference.Difference
	Findings   []finding.Finding
	Tallies    []finding.Tally
}

// Arrival is what came of one source.
type Arrival struct {
	Source  kept.Source `json:"source"`
	State   State       `json:"state"`
	Resumed int64       `json:"resumed,omitempty"` // bytes that an interrupted command had left
}

// State says how a source stands to the content that was kept.
type State string

// The states of a source.
const (
	New       State = "new"
	Changed   State = "changed"
	Unchanged State = "unchanged"
	Unasked   State = "unasked" // offline
)

// Description is what a city is made from: a location, or a text that has none.
type Description struct {
	Location string // a URL or an absolute path
	Text     []byte // kept where its owner can change it, when Location is ""
}

// Add takes a city in. A city that has a version already is refused with
// ErrKept; one whose first making was interrupted is gone on with.
func (d *Desk) Add(ctx context.Context, from Description) (*Outcome, error) {
	j := &job{Desk: d, ctx: ctx}
	release, err := j.take(from)
	if err != nil {
		return &j.Outcome, err
	}
	defer release()
	return &j.Outcome, j.finish()
}

// Rebuild asks every source whether it has changed, and makes a version of
// what has. Offline it makes it of what is kept.
func (d *Desk) Rebuild(ctx context.Context, name string, offline bool) (*Outcome, error) {
	j := &job{Desk: d, ctx: ctx, offline: offline}
	if _, err := d.Shelf.Read(name); err != nil {
		return &j.Outcome, err // nothing is made for a city that is not there
	}
	release, err := d.Shelf.Lock(ctx, name, d.Waiting)
	if err != nil {
		return &j.Outcome, err
	}
	defer release()
	if j.City, err = d.Shelf.Read(name); err != nil {
		return &j.Outcome, err
	}
	if err := j.refreshDescription(); err != nil {
		return &j.Outcome, err
	}
	return &j.Outcome, j.finish()
}

// Compare says what changed from one kept version to another; "" is the last
// but one, and the last. With dates their hours are compared.
func (d *Desk) Compare(name, from, to string, dates ...transit.Date) (before, after kept.Version, diff difference.Difference, err error) {
	city, err := d.Shelf.Read(name)
	if err != nil {
		return before, after, diff, err
	}
	if before, err = pick(city, from, 2); err != nil {
		return before, after, diff, err
	}
	if after, err = pick(city, to, 1); err != nil {
		return before, after, diff, err
	}
	old, err := d.Shelf.Network(name, before.ID)
	if err != nil {
		return before, after, diff, err
	}
	fresh, err := d.Shelf.Network(name, after.ID)
	if err != nil {
		return before, after, diff, err
	}
	return before, after, difference.Between(old.Timetable, fresh.Timetable, dates...), nil
}

// pick is the version with the digits, or the one so far from the end.
func pick(city kept.City, digits string, fromEnd int) (kept.Version, error) {
	if digits != "" {
		if v, ok := city.Find(digits); ok {
			return v, nil
		}
		return kept.Version{}, fmt.Errorf("%s %s: %w", city.Name, digits, ErrNoVersion)
	}
	if len(city.Versions) < fromEnd {
		return kept.Version{}, fmt.Errorf("%s has %d: %w", city.Name, len(city.Versions), ErrNoVersion)
	}
	return city.Versions[len(city.Versions)-fromEnd], nil
}

// job is one city on its way to its next version.
type job struct {
	*Desk
	Outcome
	ctx     context.Context
	offline bool
	read    cityfile.City
}

// finish brings the sources and makes the version.
func (j *job) finish() error {
	if err := j.bring(); err != nil {
		return err
	}
	j.tellLicences()
	return j.build()
}

func (j *job) tellLicences() {
	fields := map[string]int{}
	for _, p := range j.read.Paths() {
		fields[p.Field()] = p.Line()
	}
	for _, s := range j.City.Sources {
		if s.Licence == "" && !ownTable(s.Path) {
			j.Findings = append(j.Findings, finding.Finding{
				Level: finding.Warning, Code: codeNoLicence, File: j.City.Description.Path, Line: fields[s.Field], Field: s.Field, Value: s.Path,
			})
		}
	}
}

// ownTable reports whether a file is one that a city's author writes by hand
// beside the description, or a folder there: nobody else's licence rests on it.
func ownTable(name string) bool {
	if strings.HasPrefix(name, "$") || strings.Contains(name, "://") || !fs.ValidPath(name) {
		return false
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".csv", ".yaml", ".yml", "":
		return true
	}
	return false
}

func (j *job) now() time.Time { return j.Now().UTC().Truncate(time.Second) }

// parse reads a description; one with mistakes leaves its findings.
func (j *job) parse(file string, text []byte) error {
	var log finding.Log
	city, ok := cityfile.ReadCity(file, text, &log)
	if !ok {
		j.Findings = log.Findings()
		return fmt.Errorf("%s: %w", file, ErrDescription)
	}
	j.read = city
	return nil
}

// content is the text of a kept source.
func (j *job) content(sum string) ([]byte, error) {
	if err := j.Shelf.Check(j.City.Name, sum); err != nil {
		return nil, err
	}
	return fs.ReadFile(j.files(), sumName(sum))
}
