package gtfs

import (
	"bytes"
	"hash/maphash"
	"strconv"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/table"
	"github.com/qala-city/qala/internal/transit"
)

// callBlock is what a worker makes of a block of stop_times.txt.
type callBlock struct {
	calls            []call
	byPhone, oneTime int
}

// callLook looks at the rows of a block one by one.
type callLook struct {
	*callFile
	*table.Block
	made *callBlock

	row      int
	lastID   []byte // the trip of the row before
	lastTrip tripPlace
}

// lookAt makes calls of the rows of a block. It changes nothing that another
// worker could see.
func (r *reader) lookAt(s *callFile) func(*table.Block, *callBlock) {
	return func(b *table.Block, made *callBlock) {
		if cap(made.calls) < b.Len() {
			made.calls = make([]call, 0, b.Len())
		}
		*made = callBlock{calls: made.calls[:0]}
		look := callLook{callFile: s, Block: b, made: made}
		for row := range b.Len() {
			look.row = row
			look.read()
		}
	}
}

func (l *callLook) read() {
	trip, ok := l.tripOf()
	if !ok {
		return
	}
	stop, ok := l.stopOf()
	if !ok {
		return
	}
	sequence, ok := l.number(l.sequence)
	if !ok {
		return
	}
	arrive, depart, ok := l.times()
	if !ok {
		return
	}
	if stop.station {
		l.warn(codeStationCall, l.stop)
	}
	l.made.calls = append(l.made.calls, call{
		trip: trip, sequence: sequence, stop: stop.at, arrive: arrive, depart: depart,
		boarding: l.boarding(), distance: l.distanceOf(), line: l.Line(l.row),
	})
}

func (l *callLook) cell(c field) []byte { return l.Cell(l.row, c.at) }

func (l *callLook) reject(code finding.Code, c field, args ...string) {
	l.Reject(l.row, code, c.name, string(l.cell(c)), args...)
}

func (l *callLook) warn(code finding.Code, c field, args ...string) {
	l.Warn(l.row, code, c.name, string(l.cell(c)), args...)
}

// tripOf is the row's trip; most rows have that of the row before.
func (l *callLook) tripOf() (tripPlace, bool) {
	id := l.cell(l.trip)
	if len(id) == 0 || !bytes.Equal(id, l.lastID) {
		trip, known := l.r.trips.known[string(id)]
		if !l.refers(uint32(trip), known, l.trip, "trips.txt") {
			return 0, false
		}
		l.lastID, l.lastTrip = id, trip
	}
	return l.lastTrip, true
}

func (l *callLook) stopOf() (indexedStop, bool) {
	stop, known := l.stops.find(l.cell(l.stop))
	return stop, l.refers(uint32(stop.at), known, l.stop, "stops.txt")
}

// refers is ids.refer for a row of a block.
func (l *callLook) refers(at uint32, known bool, c field, in string) bool {
	if known && at < notUsed {
		return true
	}
	code, args := wrongReference(at, known, len(l.cell(c)) == 0, in)
	l.reject(code, c, args...)
	return false
}

// times reads both times; one that is open takes the value of the other.
func (l *callLook) times() (arrive, depart transit.Seconds, ok bool) {
	if arrive, ok = l.clock(l.arrive); !ok {
		return
	}
	if depart, ok = l.clock(l.depart); !ok {
		return
	}
	if (arrive == noTime) != (depart == noTime) {
		l.made.oneTime++
		arrive = max(arrive, depart)
		return arrive, arrive, true
	}
	if arrive > depart {
		l.reject(codeTimeGoesBack, l.depart)
		return arrive, depart, false
	}
	return arrive, depart, true
}

// clock is file.clock for a row of a block.
func (l *callLook) clock(c field) (transit.Seconds, bool) {
	cell := l.cell(c)
	if s, ok := quickClock(cell); ok {
		return s, true
	}
	if len(cell) == 0 {
		return noTime, true
	}
	s, err := transit.ParseClock(string(cell))
	if err != nil {
		l.reject(codeBadTime, c)
		return noTime, false
	}
	return s, true
}

// number is file.number for a row of a block.
func (l *callLook) number(c field) (uint32, bool) {
	cell := l.cell(c)
	if n, ok := quickNumber(cell); ok {
		return n, true
	}
	if len(cell) == 0 {
		l.reject(codeMissingValue, c)
		return 0, false
	}
	n, err := strconv.ParseUint(string(cell), 10, 31)
	if err != nil {
		l.reject(codeBadNumber, c)
		return 0, false
	}
	return uint32(n), true
}

// By arrangement, as in pickup_type and drop_off_type.
const (
	notThere   = 1
	telephone  = 2
	withDriver = 3
)

func (l *callLook) boarding() transit.Boarding {
	b := transit.Boarding(0)
	if l.allowed(l.pickup) {
		b |= transit.MayBoard
	}
	if l.allowed(l.dropOff) {
		b |= transit.MayAlight
	}
	return b
}

func (l *callLook) allowed(c field) bool {
	cell := l.cell(c)
	if len(cell) == 0 {
		return true
	}
	if len(cell) != 1 || cell[0] < '0' || cell[0] > '0'+withDriver {
		l.warn(codeTakenAsZero, c)
		return true
	}
	kind := cell[0] - '0'
	if kind == telephone {
		l.made.byPhone++
	}
	return kind != notThere && kind != telephone
}

// distanceOf is file.distance for a row of a block.
func (l *callLook) distanceOf() float32 {
	cell := l.cell(l.distance)
	if len(cell) == 0 {
		return -1
	}
	if d, ok := quickReal(cell); ok {
		return d
	}
	d, ok := parseDistance(string(cell))
	if !ok {
		l.warn(codeBadDistance, l.distance)
	}
	return d
}

// stopIndex finds the stops of a feed by the bytes of their ids.
type stopIndex struct {
	seed  maphash.Seed // of no effect on what is found
	ids   []string
	stops []indexedStop
	slot  []uint32 // one more than the position in ids; 0 where free
}

// indexedStop is what became of a row of stops.txt.
type indexedStop struct {
	at      transit.Stop // or rejected, or notUsed
	station bool
}

func (r *reader) indexStops() stopIndex {
	size := 16
	for size < 4*len(r.stops.known) {
		size *= 2
	}
	x := stopIndex{seed: maphash.MakeSeed(), slot: make([]uint32, size)}
	for id, at := range r.stops.known {
		x.ids, x.stops = append(x.ids, id), append(x.stops, indexedStop{at, r.station[at]})
		i := x.start([]byte(id))
		for x.slot[i] != 0 {
			i = (i + 1) % uint64(size)
		}
		x.slot[i] = uint32(len(x.ids))
	}
	return x
}

func (x *stopIndex) start(id []byte) uint64 { return maphash.Bytes(x.seed, id) % uint64(len(x.slot)) }

func (x *stopIndex) find(id []byte) (indexedStop, bool) {
	for i := x.start(id); x.slot[i] != 0; i = (i + 1) % uint64(len(x.slot)) {
		if at := x.slot[i] - 1; x.ids[at] == string(id) {
			return x.stops[at], true
		}
	}
	return indexedStop{}, false
}
