package gtfs

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// mostCalls bounds one trip; longer ones are mistakes.
const mostCalls = 30_000

// finisher makes trips of calls: it orders and checks them and fills open times.
type finisher struct {
	r     *reader
	file  *callFile
	order []uint32 // of the calls by trip; nil where they stand so
	rows  []call   // of one trip
	calls []transit.Call

	filled int
	served []bool                   // by stop from the feed's first one on
	fast   map[[2]transit.Stop]bool // hops that were reported as too fast
	runs   bool                     // a trip runs on a date
}

func (r *reader) finishTrips(s *callFile) error {
	w := &finisher{r: r, file: s, order: s.calls.order(), served: make([]bool, len(r.position)), fast: map[[2]transit.Stop]bool{}}
	r.built = make([]transit.Trip, len(r.tripRows))
	r.into.Expect(len(r.tripRows), int(s.calls.n))
	for t := range r.tripRows {
		if t%1024 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		w.finish(tripPlace(t), w.gather(tripPlace(t)))
	}
	w.notes()
	r.tripFile.tell()
	r.tripFile.Done()
	if err := s.close(); err != nil {
		return err
	}
	if !w.runs {
		return r.failure(NothingRuns, "", nil)
	}
	return nil
}

// gather takes the calls of a trip together, in the file's order.
func (w *finisher) gather(t tripPlace) []call {
	all := &w.file.calls
	w.rows = w.rows[:0]
	for i := all.first[t]; i < all.first[t]+all.count[t]; i++ {
		at := i
		if w.order != nil {
			at = w.order[i]
		}
		w.rows = append(w.rows, *all.at(at))
		w.served[w.rows[len(w.rows)-1].stop-w.r.base] = true
	}
	return w.rows
}

// finish checks the rows of one trip and adds it if at least two are left.
func (w *finisher) finish(t tripPlace, rows []call) {
	met := len(rows)
	rows = w.sorted(rows)
	rows = w.forward(rows)
	rows = w.cutEnds(rows)
	switch {
	case met == 0:
		w.leaveOut(t, rows, codeTripWithoutTimes)
	case len(rows) < 2:
		w.leaveOut(t, rows, codeShortTrip)
	case len(rows) > mostCalls:
		w.leaveOut(t, rows, codeLongTrip)
	default:
		w.interpolate(rows)
		w.warnFast(rows)
		w.add(t, rows)
	}
}

// leaveOut rejects a trip and the rows that are left of it.
func (w *finisher) leaveOut(t tripPlace, rows []call, code finding.Code) {
	trip := w.r.rejectTrip(t)
	w.r.tripFile.RejectEarlier(int(trip.line), code, "trip_id", trip.id)
	for i := range rows {
		w.reject(&rows[i], codeRejectedReference, w.file.trip.name, trip.id, "in", "trips.txt")
	}
}

func (w *finisher) reject(row *call, code finding.Code, field, value string, args ...string) {
	w.file.RejectEarlier(int(row.line), code, field, value, args...)
}

// sorted brings rows into the order of stop_sequence; of rows with the same
// number the first in the file is kept.
func (w *finisher) sorted(rows []call) []call {
	if rising(rows) {
		return rows
	}
	slices.SortStableFunc(rows, func(a, b call) int { return cmp.Compare(a.sequence, b.sequence) })
	kept := rows[:0]
	for i := range rows {
		if len(kept) > 0 && kept[len(kept)-1].sequence == rows[i].sequence {
			w.reject(&rows[i], codeDuplicateSequence, w.file.sequence.name, decimal(rows[i].sequence))
			continue
		}
		kept = append(kept, rows[i])
	}
	return kept
}

// rising reports whether each row has a larger number than the one before.
func rising(rows []call) bool {
	for i := 1; i < len(rows); i++ {
		if rows[i-1].sequence >= rows[i].sequence {
			return false
		}
	}
	return true
}

// cutEnds rejects the rows before the first and after the last known time.
func (w *finisher) cutEnds(rows []call) []call {
	from, to := 0, len(rows)
	for from < to && !rows[from].timed() {
		w.reject(&rows[from], codeNoEndTime, w.file.arrive.name, "")
		from++
	}
	for to > from && !rows[to-1].timed() {
		to--
	}
	for i := range rows[to:] {
		w.reject(&rows[to+i], codeNoEndTime, w.file.arrive.name, "")
	}
	return rows[from:to]
}

// add hands one trip on.
func (w *finisher) add(t tripPlace, rows []call) {
	w.calls = w.calls[:0]
	for i := range rows {
		row := &rows[i]
		w.calls = append(w.calls, transit.Call{Stop: row.stop, Arrive: row.arrive, Depart: row.depart, Boarding: row.boarding})
	}
	trip := &w.r.tripRows[t]
	w.r.built[t] = w.r.into.AddTrip(transit.TripRow{
		ID: transit.TripID(w.r.id(trip.id)), Route: trip.route, Direction: trip.way, Calendar: trip.calendar,
		Headsign: trip.headsign, Block: trip.block, Shape: trip.shape, Calls: w.calls,
	})
	w.runs = w.runs || w.r.dated[trip.calendar]
}

func (w *finisher) notes() {
	w.file.noteCount(codeTimesInterpolated, w.filled)
	w.file.noteCount(codeOneTimeOnly, w.file.oneTime)
	w.file.noteCount(codeByTelephone, w.file.byPhone)
	w.noteUnserved()
}

// noteUnserved counts platforms where nothing calls and routes without trips.
func (w *finisher) noteUnserved() {
	routes := map[transit.Route]bool{}
	for t, n := range w.file.calls.count {
		if n > 0 {
			routes[w.r.tripRows[t].route] = true
		}
	}
	unserved := 0
	for i, served := range w.served {
		if !served && !w.r.station[w.r.base+transit.Stop(i)] {
			unserved++
		}
	}
	w.r.noteOf("stops.txt", codeStopsUnserved, unserved)
	w.r.noteOf("routes.txt", codeRoutesUnserved, w.r.routes.size()-len(routes))
}
