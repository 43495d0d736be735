package gtfs

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// mostCalls bounds one trip; longer ones are mistakes.
const mostCalls = 30_000

// finisher makes trips of rows: it orders and checks them and fills open times.
type finisher struct {
	r     *reader
	file  *callFile
	rows  *calls
	first []uint32 // by tripPlace: where its rows start in order
	order []uint32 // rows, grouped by trip, in the file's order

	filled int
	fast   map[[2]transit.Stop]bool // hops that were reported as too fast
	runs   bool                     // a trip runs on a date
}

func (r *reader) finishTrips(s *callFile) error {
	w := &finisher{r: r, file: s, rows: &s.rows, fast: map[[2]transit.Stop]bool{}}
	w.group()
	r.built = make([]transit.Trip, len(r.tripRows))
	for t := range r.tripRows {
		if t%1024 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		w.finish(tripPlace(t), w.order[w.first[t]:w.first[t+1]])
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

// group sorts the rows by trip and leaves the rows of one trip in the file's order.
func (w *finisher) group() {
	w.first = make([]uint32, len(w.r.tripRows)+2)
	for _, t := range w.rows.trip {
		w.first[t+2]++
	}
	for t := 2; t < len(w.first); t++ {
		w.first[t] += w.first[t-1]
	}
	w.order = make([]uint32, len(w.rows.trip))
	for row, t := range w.rows.trip {
		w.order[w.first[t+1]] = uint32(row)
		w.first[t+1]++
	}
	w.first = w.first[:len(w.r.tripRows)+1]
}

// finish checks the rows of one trip and adds it if at least two are left.
func (w *finisher) finish(t tripPlace, rows []uint32) {
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
func (w *finisher) leaveOut(t tripPlace, rows []uint32, code finding.Code) {
	trip := w.r.rejectTrip(t)
	w.r.tripFile.RejectEarlier(int(trip.line), code, "trip_id", trip.id)
	for _, row := range rows {
		w.reject(row, codeRejectedReference, w.file.trip.name, trip.id, "in", "trips.txt")
	}
}

func (w *finisher) reject(row uint32, code finding.Code, field, value string, args ...string) {
	w.file.RejectEarlier(int(w.rows.line[row]), code, field, value, args...)
}

// sorted brings rows into the order of stop_sequence; of rows with the same
// number the first in the file is kept.
func (w *finisher) sorted(rows []uint32) []uint32 {
	number := w.rows.sequence
	order := func(a, b uint32) int { return cmp.Or(cmp.Compare(number[a], number[b]), cmp.Compare(a, b)) }
	if !slices.IsSortedFunc(rows, order) {
		slices.SortFunc(rows, order)
	}
	kept := rows[:0]
	for _, row := range rows {
		if len(kept) > 0 && number[kept[len(kept)-1]] == number[row] {
			w.reject(row, codeDuplicateSequence, w.file.sequence.name, decimal(number[row]))
			continue
		}
		kept = append(kept, row)
	}
	return kept
}

// cutEnds rejects the rows before the first and after the last known time.
func (w *finisher) cutEnds(rows []uint32) []uint32 {
	from, to := 0, len(rows)
	for from < to && !w.rows.timed(rows[from]) {
		w.reject(rows[from], codeNoEndTime, w.file.arrive.name, "")
		from++
	}
	for to > from && !w.rows.timed(rows[to-1]) {
		to--
	}
	for _, row := range rows[to:] {
		w.reject(row, codeNoEndTime, w.file.arrive.name, "")
	}
	return rows[from:to]
}

// add hands one trip on.
func (w *finisher) add(t tripPlace, rows []uint32) {
	list := make([]transit.Call, len(rows))
	for i, row := range rows {
		list[i] = transit.Call{
			Stop: w.rows.stop[row], Arrive: w.rows.arrive[row], Depart: w.rows.depart[row], Boarding: w.rows.boarding[row],
		}
	}
	trip := &w.r.tripRows[t]
	w.r.built[t] = w.r.into.AddTrip(transit.TripRow{
		ID: transit.TripID(w.r.id(trip.id)), Route: trip.route, Direction: trip.way, Calendar: trip.calendar,
		Headsign: trip.headsign, Block: trip.block, Shape: trip.shape, Calls: list,
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
	served, routes := map[transit.Stop]bool{}, map[transit.Route]bool{}
	for row, stop := range w.rows.stop {
		served[stop] = true
		routes[w.r.tripRows[w.rows.trip[row]].route] = true
	}
	unserved := 0
	for i := range w.r.position {
		if stop := w.r.base + transit.Stop(i); !served[stop] && !w.r.station[stop] {
			unserved++
		}
	}
	w.r.noteOf("stops.txt", codeStopsUnserved, unserved)
	w.r.noteOf("routes.txt", codeRoutesUnserved, w.r.routes.size()-len(routes))
}
