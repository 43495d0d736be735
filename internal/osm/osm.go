// Package osm reads the streets that people walk on from an OpenStreetMap file
// in PBF format. Which streets these are, foot.go says; package street is what
// comes out.
//
// The file is read twice, first its ways and then the nodes that these need,
// so that memory follows the streets and not the file. Streets meet where
// their ways share a node and nowhere else, whatever lies above whatever. A
// wall or a locked gate on a node cuts the streets there. Squares are walked
// along their outline.
package osm

import (
	"context"
	"io"
	"strconv"
	"time"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/street"
)

// Source is one file to read.
type Source struct {
	Name  string // in findings
	Bytes io.ReaderAt
	Size  int64

	// Progress, unless nil, hears how much of the work is done, in bytes.
	Progress func(done, total int64)
}

// Map is what a file says about streets, and what it holds.
type Map struct {
	Streets *street.Graph
	Date    string // of its newest change as far as the file tells, as 2015-06-06; may be ""

	Nodes, Ways, Relations int // in the file
	Walked                 int // ways that people may walk on
}

// Read reads a file's streets and records what it finds. The error is a
// *Failure, or that of the context.
func Read(ctx context.Context, src Source, log *finding.Log) (*Map, error) {
	r := &reader{ctx: ctx, src: src}
	if err := r.eachBlock(r.readWays); err != nil {
		return nil, err
	}
	if len(r.ways) == 0 {
		return nil, r.failure(NoStreets, nil)
	}
	r.listNeeded()
	if err := r.eachBlock(r.readNodes); err != nil {
		return nil, err
	}
	m := &Map{Date: dateOf(r.changed), Nodes: r.nodes, Ways: r.allWays, Relations: r.relations, Walked: len(r.ways)}
	var err error
	if m.Streets, err = street.Build(r.place()); err != nil {
		return nil, r.failure(Damaged, err)
	}
	if len(m.Streets.From) == 0 {
		return nil, r.failure(NoStreets, nil)
	}
	r.tell(m.Streets, log)
	return m, nil
}

// reader is one file while it is read.
type reader struct {
	ctx      context.Context
	src      Source
	pass     int64 // how often the file has been read
	inflated int64
	inflater inflater

	nodes, allWays, relations int
	changed                   int64 // seconds since 1970

	ways []way
	refs []int64 // the ways' nodes, end to end

	needed  []int64 // the nodes of ways, sorted
	at      []street.Position
	found   []bool
	blocked []bool
	next    int // where in needed the next node is expected
	beyond  int // nodes that are not on the earth

	missing, cut met
}

// way is a street that people walk on; its nodes are refs[from:to].
type way struct {
	id       int64
	class    street.Class
	from, to int
}

// met counts what streets end at, with the first of it.
type met struct {
	count   int
	example int64
}

func (m *met) add(id int64) {
	if m.count == 0 {
		m.example = id
	}
	m.count++
}

func dateOf(seconds int64) string {
	if seconds <= 0 {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format(time.DateOnly)
}

// tell records what is odd about the streets.
func (r *reader) tell(g *street.Graph, log *finding.Log) {
	note := func(level finding.Level, code finding.Code, value string, args map[string]string) {
		log.Add(finding.Finding{Level: level, Code: code, File: r.src.Name, Value: value, Args: args})
	}
	count := func(n int) map[string]string { return map[string]string{"count": strconv.Itoa(n)} }
	if r.beyond > 0 {
		note(finding.Warning, codeBeyond, "", count(r.beyond))
	}
	if r.missing.count > 0 {
		note(finding.Note, codeMissing, "node "+strconv.FormatInt(r.missing.example, 10), count(r.missing.count))
	}
	if r.cut.count > 0 {
		note(finding.Note, codeCut, "node "+strconv.FormatInt(r.cut.example, 10), count(r.cut.count))
	}
	if small := g.Small(); len(small) > 0 {
		args := count(len(small))
		args["km"] = kilometers(small)
		note(finding.Note, codeIslands, place(small[0].At), args)
	}
}

func kilometers(islands []street.Island) string {
	length := uint64(0)
	for _, i := range islands {
		length += i.Length
	}
	return strconv.FormatFloat(float64(length)/1e6, 'f', 1, 64)
}

func place(p street.Position) string {
	decimals := func(v float64) string { return strconv.FormatFloat(v, 'f', 5, 64) }
	return decimals(p.Point().Lat) + ", " + decimals(p.Point().Lon)
}
