package scenario

import (
	"slices"

	"github.com/qala-city/qala/internal/transit"
)

// CloseStop lets vehicles pass a stop, or all boarding places of a station,
// between From (included) and To (not included), by their time there. They keep
// their times at the other stops.
type CloseStop struct {
	Stop     string // id, or a name that no other stop has
	From, To transit.Seconds
	Note     string
}

// Kind of a CloseStop.
func (CloseStop) Kind() string { return "close_stop" }

// Remark of a CloseStop.
func (m CloseStop) Remark() string { return m.Note }

// Args of a CloseStop.
func (m CloseStop) Args() map[string]string {
	return map[string]string{"stop": m.Stop, "from": m.From.Clock(), "to": m.To.Clock()}
}

func (w *work) closeStop(m CloseStop) {
	closed, found := w.findStop("stop", m.Stop)
	switch {
	case !found:
		return
	case m.From >= m.To || m.From < 0 || m.To > week:
		w.reject(codeBadStretch, "to", m.To.Clock())
		return
	}
	passed := 0
	for _, t := range w.calling(closed) {
		passed += w.pass(t, closed, m)
	}
	if passed == 0 {
		w.reject(codeNothingThen, "from", m.From.Clock())
	}
}

// calling are the trips that run on the date and call at a stop.
func (w *work) calling(at transit.Stop) []transit.Trip {
	var trips []transit.Trip
	for t, p := range w.base.Trips.Pattern {
		calls := slices.ContainsFunc(w.base.PatternStops(p), func(s transit.Stop) bool { return w.belongs(s, at) })
		if calls && w.base.Runs(w.base.Trips.Calendar[t], w.date) {
			trips = append(trips, transit.Trip(t))
		}
	}
	return trips
}

// pass redoes the departures of a trip that would be at a closed stop while it
// is closed, without calling there.
func (w *work) pass(t transit.Trip, closed transit.Stop, m CloseStop) int {
	passed := 0
	for _, at := range departuresOf(w.base, t, w.date, 0, week) {
		if !slices.ContainsFunc(shifted(w.base, t, at), func(c transit.Call) bool { return w.shut(c, closed, m) }) {
			continue
		}
		passed += w.redo(t, at, at+1, func(row *transit.TripRow) bool {
			row.Calls = slices.DeleteFunc(row.Calls, func(c transit.Call) bool { return w.shut(c, closed, m) })
			return len(row.Calls) > 1
		})
	}
	return passed
}

func (w *work) shut(c transit.Call, closed transit.Stop, m CloseStop) bool {
	return w.belongs(c.Stop, closed) && c.Arrive >= m.From && c.Arrive < m.To
}

// ShortTurn lets the departures of a route between From (included) and To (not
// included) begin at the stop First and end at the stop Last; "" leaves that end as it is.
type ShortTurn struct {
	Route       string
	Direction   int // 0 or 1, or -1 for both: then First and Last change places in direction 1
	From, To    transit.Seconds
	First, Last string
	Note        string
}

// Kind of a ShortTurn.
func (ShortTurn) Kind() string { return "short_turn" }

// Remark of a ShortTurn.
func (m ShortTurn) Remark() string { return m.Note }

// Args of a ShortTurn.
func (m ShortTurn) Args() map[string]string {
	args := stretchArgs(m.Route, m.Direction, m.From, m.To)
	for name, stop := range map[string]string{"first_stop": m.First, "last_stop": m.Last} {
		if stop != "" {
			args[name] = stop
		}
	}
	return args
}

func (w *work) shortTurn(m ShortTurn) {
	ends := [2]transit.Stop{transit.Stop(transit.None), transit.Stop(transit.None)}
	for i, end := range []struct{ field, name string }{{"first_stop", m.First}, {"last_stop", m.Last}} {
		if end.name == "" {
			continue
		}
		stop, found := w.findStop(end.field, end.name)
		if !found {
			return
		}
		ends[i] = stop
	}
	cut := 0
	w.redoRoute(m.Route, m.Direction, m.From, m.To, func(row *transit.TripRow) bool {
		first, last := ends[0], ends[1]
		if m.Direction < 0 && row.Direction == 1 {
			first, last = last, first
		}
		calls := w.between(row.Calls, first, last)
		if len(calls) > 1 && len(calls) < len(row.Calls) {
			row.Calls = calls
			cut++
		}
		return true
	})
	if cut == 0 && len(w.findings) == 0 {
		w.reject(codeNothingCut, "route", m.Route)
	}
}

// between are the calls from one stop to another; a stop where nothing calls leaves that end as it is.
func (w *work) between(calls []transit.Call, first, last transit.Stop) []transit.Call {
	from, to := 0, len(calls)
	if i := w.call(calls, first); i >= 0 {
		from = i
	}
	if i := w.call(calls, last); i >= 0 {
		to = i + 1
	}
	if from >= to {
		return nil
	}
	return calls[from:to]
}

func (w *work) call(calls []transit.Call, at transit.Stop) int {
	if at == transit.Stop(transit.None) {
		return -1
	}
	return slices.IndexFunc(calls, func(c transit.Call) bool { return w.belongs(c.Stop, at) })
}
