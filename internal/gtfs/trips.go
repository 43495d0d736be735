package gtfs

import (
	"strconv"

	"github.com/qala-city/qala/internal/transit"
)

func decimal(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

// tripPlace is the place of a trip among the kept rows of trips.txt.
type tripPlace uint32

// tripRow is a trip that waits for its times.
type tripRow struct {
	id       string
	line     int32
	route    transit.Route
	calendar transit.Calendar
	shape    transit.Shape
	way      transit.Direction
	headsign string
	block    transit.BlockID
}

// tripColumns are the columns of trips.txt.
type tripColumns struct {
	id, route, service, shape, way, headsign, block field

	words map[string]string // headsigns, each held once
}

// shortestTrip is how many bytes a row of trips.txt has at least, about: blank
// lines make no room.
const shortestTrip = 8

// readTrips leaves the file open: only its times decide whether a trip is kept.
func (r *reader) readTrips() error {
	f, err := r.open("trips.txt", "trip_id", "route_id", "service_id")
	if f == nil {
		return err
	}
	c := tripColumns{
		id: f.field("trip_id"), route: f.field("route_id"), service: f.field("service_id"), shape: f.field("shape_id"),
		way: f.field("direction_id"), headsign: f.field("trip_headsign"), block: f.field("block_id"),
		words: map[string]string{},
	}
	_, bytes := f.Progress()
	expected := min(f.Lines(), int(bytes/shortestTrip))
	r.trips.expect(expected)
	r.tripRows = make([]tripRow, 0, expected)
	for f.Next() {
		r.readTrip(f, &c)
	}
	r.tripFile = f
	return r.ctx.Err()
}

func (r *reader) readTrip(f *file, c *tripColumns) {
	id, ok := r.trips.own(f, c.id)
	if !ok {
		return
	}
	route, ok := r.routes.refer(f, c.route, "routes.txt")
	if !ok {
		r.trips.reject(id)
		return
	}
	calendar, ok := r.calendars.refer(f, c.service, "calendar.txt, calendar_dates.txt")
	if !ok {
		r.trips.reject(id)
		return
	}
	r.trips.keep(id, tripPlace(len(r.tripRows)))
	r.tripRows = append(r.tripRows, tripRow{
		id: id, line: int32(f.Line()), route: route, calendar: calendar, shape: r.shapeOf(f, c.shape),
		way: transit.Direction(f.choice(c.way, 2)), headsign: c.word(f.value(c.headsign)), block: r.blockOf(f, c),
	})
}

// word is a copy of a text that many rows share.
func (c *tripColumns) word(text string) string {
	held, known := c.words[text]
	if !known {
		held = clone(text)
		c.words[held] = held
	}
	return held
}

func (r *reader) blockOf(f *file, c *tripColumns) transit.BlockID {
	if block := f.value(c.block); block != "" {
		return transit.BlockID(c.word(r.src.Prefix + block))
	}
	return ""
}

// rejectTrip leaves out a trip that was read before.
func (r *reader) rejectTrip(t tripPlace) *tripRow {
	row := &r.tripRows[t]
	r.trips.drop(row.id)
	r.built[t] = transit.Trip(rejected)
	return row
}
