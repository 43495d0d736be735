package gtfs

import (
	"sort"
	"strings"

	"github.com/qala-city/qala/internal/table"
	"github.com/qala-city/qala/internal/transit"
)

// call is one kept row of stop_times.txt.
type call struct {
	trip     tripPlace
	sequence uint32
	stop     transit.Stop
	arrive   transit.Seconds // noTime where open
	depart   transit.Seconds
	distance float32 // -1 where not given
	line     int32
	boarding transit.Boarding
}

// timed reports whether the feed gives a call a time.
func (c *call) timed() bool { return c.arrive != noTime }

// clockText is how a call's times stand in a finding.
func (c *call) clockText() string {
	return strings.Join([]string{c.arrive.Clock(), c.depart.Clock()}, " ")
}

// callFile is stop_times.txt with its columns and what was read of it.
type callFile struct {
	*file
	trip, sequence, stop, arrive, depart, pickup, dropOff, distance field

	stops   stopIndex
	calls   calls
	byPhone int
	oneTime int // rows with one time that stands for both
}

func (r *reader) readStopTimes() error {
	f, closeFile, err := r.openBlocks("stop_times.txt", "trip_id", "stop_id", "stop_sequence")
	if f == nil {
		return err
	}
	defer closeFile()
	s := &callFile{
		file: f, trip: f.field("trip_id"), sequence: f.field("stop_sequence"), stop: f.field("stop_id"),
		arrive: f.field("arrival_time"), depart: f.field("departure_time"),
		pickup: f.field("pickup_type"), dropOff: f.field("drop_off_type"), distance: f.field("shape_dist_traveled"),
		stops: r.indexStops(), calls: callsOf(len(r.tripRows)),
	}
	if !f.has(s.arrive) && !f.has(s.depart) {
		f.MissingColumn(s.arrive.name)
		return r.unusable(f)
	}
	f.tell()
	if err := table.InBlocks(f.Table, r.src.workers(), r.lookAt(s), s.take); err != nil {
		return r.whyDamaged(f.name, err)
	}
	r.src.Work.count(f, int(s.calls.n))
	return r.finishTrips(s)
}

// take adds the calls of a block to those before.
func (s *callFile) take(_ *table.Block, made *callBlock) error {
	s.calls.add(made.calls)
	s.byPhone, s.oneTime = s.byPhone+made.byPhone, s.oneTime+made.oneTime
	s.tell()
	return s.r.ctx.Err()
}

// calls are the kept rows of stop_times.txt in the order of the file, in the
// pieces in which they came: none is moved when more come.
type calls struct {
	pieces [][]call
	start  []uint32 // by piece: the number of its first call
	n      uint32
	near   int      // the piece that was asked for last
	first  []uint32 // by tripPlace: its first call
	count  []uint32 // by tripPlace: how many it has
	mixed  bool     // the calls of a trip do not follow one another
}

func callsOf(trips int) calls {
	return calls{first: make([]uint32, trips), count: make([]uint32, trips)}
}

// add takes over a piece.
func (c *calls) add(more []call) {
	if len(more) == 0 {
		return
	}
	c.countTrips(more)
	c.pieces, c.start = append(c.pieces, more), append(c.start, c.n)
	c.n += uint32(len(more))
}

// countTrips counts the calls of each trip, and looks whether they follow one another.
func (c *calls) countTrips(more []call) {
	for i := range more {
		trip, at := more[i].trip, c.n+uint32(i)
		if c.count[trip] == 0 {
			c.first[trip] = at
		} else if c.first[trip]+c.count[trip] != at {
			c.mixed = true
		}
		c.count[trip]++
	}
}

func (c *calls) at(i uint32) *call {
	if from := c.start[c.near]; i < from || i-from >= uint32(len(c.pieces[c.near])) {
		c.near = sort.Search(len(c.start), func(p int) bool { return c.start[p] > i }) - 1
	}
	return &c.pieces[c.near][i-c.start[c.near]]
}

// order groups the calls by trip, each trip's in the file's order: those of
// trip t are at first[t] and behind. It is nil where they are grouped already.
func (c *calls) order() []uint32 {
	if !c.mixed {
		return nil
	}
	next := make([]uint32, len(c.count))
	for t := range len(next) - 1 {
		next[t+1] = next[t] + c.count[t]
	}
	copy(c.first, next)
	order := make([]uint32, c.n)
	for i := range c.n {
		trip := c.at(i).trip
		order[next[trip]] = i
		next[trip]++
	}
	return order
}
