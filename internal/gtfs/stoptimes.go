package gtfs

import (
	"strings"

	"github.com/qala-city/qala/internal/transit"
)

// calls are the kept rows of stop_times.txt in columns.
type calls struct {
	trip     []tripPlace
	sequence []uint32
	stop     []transit.Stop
	arrive   []transit.Seconds // noTime where open
	depart   []transit.Seconds
	boarding []transit.Boarding
	distance []float32 // -1 where not given
	line     []int32
}

// callFile is stop_times.txt with its columns and what was read of it.
type callFile struct {
	*file
	trip, sequence, stop, arrive, depart, pickup, dropOff, distance field

	rows     calls
	lastID   string // the trip of the row before
	lastTrip tripPlace
	byPhone  int
	oneTime  int // rows with one time that stands for both
}

func (r *reader) readStopTimes() error {
	f, err := r.open("stop_times.txt", "trip_id", "stop_id", "stop_sequence")
	if f == nil {
		return err
	}
	s := &callFile{
		file: f, trip: f.field("trip_id"), sequence: f.field("stop_sequence"), stop: f.field("stop_id"),
		arrive: f.field("arrival_time"), depart: f.field("departure_time"),
		pickup: f.field("pickup_type"), dropOff: f.field("drop_off_type"), distance: f.field("shape_dist_traveled"),
	}
	if !f.has(s.arrive) && !f.has(s.depart) {
		f.MissingColumn(s.arrive.name)
		return r.unusable(f)
	}
	s.rows.reserve(f)
	for s.Next() {
		r.readCall(s)
	}
	return r.finishTrips(s)
}

func (r *reader) readCall(s *callFile) {
	trip, ok := r.tripOf(s)
	if !ok {
		return
	}
	stop, ok := r.stops.refer(s.file, s.stop, "stops.txt")
	if !ok {
		return
	}
	sequence, ok := s.number(s.sequence)
	if !ok {
		return
	}
	arrive, depart, ok := s.times()
	if !ok {
		return
	}
	if r.station[stop] {
		s.warn(codeStationCall, s.stop)
	}
	s.rows.append(trip, sequence, stop, arrive, depart, s.boarding(), s.distanceOf(), s.Line())
}

// tripOf is the row's trip; most rows have that of the row before.
func (r *reader) tripOf(s *callFile) (tripPlace, bool) {
	if id := s.value(s.trip); id == "" || id != s.lastID {
		trip, ok := r.trips.refer(s.file, s.trip, "trips.txt")
		if !ok {
			return 0, false
		}
		s.lastID, s.lastTrip = id, trip
	}
	return s.lastTrip, true
}

// times reads both times; one that is open takes the value of the other.
func (s *callFile) times() (arrive, depart transit.Seconds, ok bool) {
	if arrive, ok = s.clock(s.arrive); !ok {
		return
	}
	if depart, ok = s.clock(s.depart); !ok {
		return
	}
	if (arrive == noTime) != (depart == noTime) {
		s.oneTime++
		arrive = max(arrive, depart)
		return arrive, arrive, true
	}
	if arrive > depart {
		s.reject(codeTimeGoesBack, s.depart)
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

func (s *callFile) boarding() transit.Boarding {
	b := transit.Boarding(0)
	if s.allowed(s.pickup) {
		b |= transit.MayBoard
	}
	if s.allowed(s.dropOff) {
		b |= transit.MayAlight
	}
	return b
}

func (s *callFile) allowed(c field) bool {
	kind := s.choice(c, withDriver+1)
	if kind == telephone {
		s.byPhone++
	}
	return kind != notThere && kind != telephone
}

func (s *callFile) distanceOf() float32 {
	if !s.has(s.distance) {
		return -1
	}
	return s.file.distance(s.distance)
}

// reserve makes room for the rows of a file, within what a file of its size
// can hold and a few million.
func (c *calls) reserve(f *file) {
	const shortest, most = 20, 4 << 20
	_, bytes := f.Progress()
	n := min(f.Lines(), int(bytes/shortest), most)
	c.trip, c.sequence, c.stop = make([]tripPlace, 0, n), make([]uint32, 0, n), make([]transit.Stop, 0, n)
	c.arrive, c.depart = make([]transit.Seconds, 0, n), make([]transit.Seconds, 0, n)
	c.boarding, c.distance = make([]transit.Boarding, 0, n), make([]float32, 0, n)
	c.line = make([]int32, 0, n)
}

func (c *calls) append(
	trip tripPlace, sequence uint32, stop transit.Stop, arrive, depart transit.Seconds,
	boarding transit.Boarding, distance float32, line int,
) {
	c.trip, c.sequence, c.stop = append(c.trip, trip), append(c.sequence, sequence), append(c.stop, stop)
	c.arrive, c.depart = append(c.arrive, arrive), append(c.depart, depart)
	c.boarding, c.distance = append(c.boarding, boarding), append(c.distance, distance)
	c.line = append(c.line, int32(line))
}

// timed reports whether the feed gives a row a time.
func (c *calls) timed(row uint32) bool { return c.arrive[row] != noTime }

// clockText is how a row's times stand in a finding.
func (c *calls) clockText(row uint32) string {
	return strings.Join([]string{c.arrive[row].Clock(), c.depart[row].Clock()}, " ")
}
