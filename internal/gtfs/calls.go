package gtfs

import (
	"bytes"
	"hash/maphash"

	"github.com/qala-city/qala/internal/table"
	"github.com/qala-city/qala/internal/transit"
)

// callBlock is what a worker makes of a block of stop_times.txt.
type callBlock struct {
	calls            []call
	byPhone, oneTime int

	follows []uint32 // by stop, in stopIndex: the one that followed last, a good guess
}

// callLook looks at the rows of a block one by one. What it keeps of one row is
// only to be quick with the next: it changes nothing that comes out.
type callLook struct {
	look
	*callFile
	made *callBlock

	lastID   []byte // the trip of the row before, as it stands
	lastTrip tripPlace
	lastStop uint32 // in stopIndex
}

// lookAt makes calls of the rows of a block. It changes nothing that another
// worker could see.
func (r *reader) lookAt(s *callFile) func(*table.Block, *callBlock) {
	return func(b *table.Block, made *callBlock) {
		made.reset(b.Len(), len(s.stops.ids))
		l, n := callLook{look: look{Block: b}, callFile: s, made: made}, 0
		for l.row = range b.Len() {
			if l.read(&made.calls[n]) {
				n++
			}
		}
		made.calls = made.calls[:n]
	}
}

func (m *callBlock) reset(rows, stops int) {
	m.calls = make([]call, rows) // which stay when the block is taken
	m.byPhone, m.oneTime = 0, 0
	if m.follows == nil {
		m.follows = make([]uint32, stops)
	}
}

// read makes a call of the row; false when the row is rejected.
func (l *callLook) read(c *call) bool {
	var ok bool
	if c.trip, ok = l.tripOf(); !ok {
		return false
	}
	stop, ok := l.stopOf()
	if !ok {
		return false
	}
	if c.sequence, ok = l.number(l.sequence); !ok {
		return false
	}
	if c.arrive, c.depart, ok = l.times(); !ok {
		return false
	}
	if stop.station {
		l.warn(codeStationCall, l.stop)
	}
	c.stop, c.boarding, c.distance, c.line = stop.at, l.boarding(), l.distanceOf(), l.Line(l.row)
	return true
}

// tripOf is the row's trip: most rows have that of the row before, and most
// trips come in the order of trips.txt.
func (l *callLook) tripOf() (tripPlace, bool) {
	id := l.bytes(l.trip)
	if len(id) > 0 && bytes.Equal(id, l.lastID) {
		return l.lastTrip, true
	}
	if next := int(l.lastTrip) + 1; l.lastID != nil && next < len(l.r.tripRows) && l.r.tripRows[next].id == string(id) {
		l.lastID, l.lastTrip = id, tripPlace(next)
		return l.lastTrip, true
	}
	trip, known := l.r.trips.known[string(l.cell(l.trip))]
	if !l.refers(uint32(trip), known, l.trip, "trips.txt") {
		return 0, false
	}
	l.lastID, l.lastTrip = id, trip
	return trip, true
}

// stopOf is the row's stop; most follow the same one as in other trips.
func (l *callLook) stopOf() (indexedStop, bool) {
	x := &l.stops
	if len(x.ids) > 0 {
		if guess := l.made.follows[l.lastStop]; x.ids[guess] == string(l.bytes(l.stop)) && uint32(x.stops[guess].at) < notUsed {
			l.lastStop = guess
			return x.stops[guess], true
		}
	}
	at, known := x.find(l.cell(l.stop))
	if !known {
		return indexedStop{}, l.refers(0, false, l.stop, "stops.txt")
	}
	l.made.follows[l.lastStop], l.lastStop = at, at
	return x.stops[at], l.refers(uint32(x.stops[at].at), true, l.stop, "stops.txt")
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
	if len(l.bytes(c)) == 0 {
		return true
	}
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
	if d, ok := quickReal(l.bytes(l.distance)); ok {
		return d
	}
	cell := l.cell(l.distance)
	if len(cell) == 0 {
		return -1
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

// find is the position of a stop.
func (x *stopIndex) find(id []byte) (uint32, bool) {
	for i := x.start(id); x.slot[i] != 0; i = (i + 1) % uint64(len(x.slot)) {
		if at := x.slot[i] - 1; x.ids[at] == string(id) {
			return at, true
		}
	}
	return 0, false
}
