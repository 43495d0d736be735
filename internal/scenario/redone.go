package scenario

import (
	"fmt"

	"github.com/qala-city/qala/internal/transit"
)

// redo takes the departures of a trip in a stretch out and puts each in again as
// edit makes it; one for which edit gives false is left out for good. It gives
// the number of departures that were redone.
func (w *work) redo(t transit.Trip, from, to transit.Seconds, edit func(row *transit.TripRow) bool) int {
	done := 0
	for _, at := range departuresOf(w.base, t, w.date, from, to) {
		row := w.copy(t, at)
		if same := edit(&row); same {
			w.b.AddTrip(row)
		}
		w.b.Cancel(t, w.date, at, at+1)
		done++
	}
	return done
}

// copy is a trip as it leaves at a time on the date, once.
func (w *work) copy(t transit.Trip, at transit.Seconds) transit.TripRow {
	tt := w.base
	if !w.dated {
		w.calendar, w.dated = w.b.AddCalendar(transit.CalendarID(fmt.Sprintf("scenario:%d", w.number)), []transit.Date{w.date}), true
	}
	w.added++
	p := tt.Trips.Pattern[t]
	return transit.TripRow{
		ID:    transit.TripID(fmt.Sprintf("scenario:%d:%d", w.number, w.added)),
		Route: tt.Patterns.Route[p], Direction: tt.Patterns.Direction[p], Calendar: w.calendar,
		Headsign: tt.Trips.Headsign[t], Block: tt.Trips.Block[t], Vehicle: tt.Trips.Vehicle[t],
		Shape: tt.Patterns.Shape[p], Calls: shifted(tt, t, at),
	}
}

// redoRoute redoes what a route does in a stretch, by departure from the first stop.
func (w *work) redoRoute(route string, direction int, from, to transit.Seconds, edit func(row *transit.TripRow) bool) {
	if from >= to || from < 0 || to > week {
		w.reject(codeBadStretch, "to", to.Clock())
		return
	}
	done := 0
	services := w.services(route, direction)
	for _, s := range services {
		for _, t := range s.trips {
			done += w.redo(t, from, to, edit)
		}
	}
	if len(services) > 0 && done == 0 {
		w.reject(codeNothingThen, "from", from.Clock())
	}
}

// findStop is the stop with an id, or the only one with a name.
func (w *work) findStop(field, name string) (transit.Stop, bool) {
	stops := &w.base.Stops
	found, named := transit.Stop(transit.None), 0
	for i, id := range stops.ID {
		if string(id) == name {
			return transit.Stop(i), true
		}
		if stops.Name[i] == name {
			found = transit.Stop(i)
			named++
		}
	}
	if named != 1 {
		w.reject(codeUnknownStop, field, name)
	}
	return found, named == 1
}

// belongs reports whether a stop is another one or a boarding place of that station.
func (w *work) belongs(stop, to transit.Stop) bool {
	return stop == to || w.base.Stops.Parent[stop] == to
}
