package scenario

import "github.com/qala-city/qala/internal/transit"

// changeHeadway takes the departures of a stretch out and puts regular ones in.
func (w *work) changeHeadway(m ChangeHeadway) {
	if !w.sound(m.From, m.To, m.Every) {
		return
	}
	ready := m.From
	for i, s := range w.services(m.Route, m.Direction) {
		first := s.firstAfter(w.base, m)
		if i > 0 {
			first += modulo(ready-first, m.Every)
		}
		last := w.fill(s, first, m)
		w.clear(s, m.From, max(m.To, last+m.Every))
		ready = first + s.turned(w.base)
	}
}

// fill adds the regular departures and returns the last one.
func (w *work) fill(s service, first transit.Seconds, m ChangeHeadway) transit.Seconds {
	last := first - m.Every
	for at := first; at < m.To; at += m.Every {
		w.add(s, at)
		last = at
	}
	return last
}

// clear takes out what a service does on the date between two times.
func (w *work) clear(s service, from, to transit.Seconds) {
	for _, t := range s.trips {
		if len(departuresOf(w.base, t, w.date, from, to)) > 0 {
			w.b.Cancel(t, w.date, from, to)
		}
	}
}

// firstAfter is when the regular departures may start without coming closer
// than the headway to the one before.
func (s service) firstAfter(tt *transit.Timetable, m ChangeHeadway) transit.Seconds {
	first := m.From
	for _, t := range s.trips {
		for _, at := range departuresOf(tt, t, s.date, 0, m.From) {
			first = max(first, at+m.Every)
		}
	}
	return first
}

// turned is how long a vehicle takes to the other end and to be ready there.
func (s service) turned(tt *transit.Timetable) transit.Seconds {
	arrive, depart := tt.TripTimes(s.template)
	length := arrive[len(arrive)-1] - depart[0]
	if f, known := tt.FleetOf(s.route); known {
		length += tt.Fleets.Turnback[f]
	}
	return length
}

// modulo is the remainder of a division that is never negative.
func modulo(a, b transit.Seconds) transit.Seconds { return ((a % b) + b) % b }
