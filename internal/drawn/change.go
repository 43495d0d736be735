package drawn

import (
	"github.com/qala-city/qala/internal/scenario"
)

// Changes are the first words of the lines that change a service.
var Changes = []string{"cancel", "extra", "headway"}

// Change reads a modification by the words of its line: headway, extra, or cancel.
func Change(fields []string) (scenario.Modification, error) {
	a := &args{rest: fields}
	a.word = a.next("a change")
	m := a.change()
	a.end()
	return m, a.err
}

func (s *sheet) change(a *args) {
	if m := a.change(); a.err == nil {
		s.changes = append(s.changes, m)
	}
}

func (a *args) change() scenario.Modification {
	switch a.word {
	case "headway":
		return a.regular()
	case "extra":
		return scenario.ExtraTrips(a.regular())
	case "cancel":
		return a.cancel()
	}
	a.fail("%q is no change of the service; there are headway, extra, cancel", a.word)
	return nil
}

// regular reads "red every 5m 18:30-19:30", departures of a line in both
// directions, or with "direction 0" in one.
func (a *args) regular() scenario.ChangeHeadway {
	m := scenario.ChangeHeadway{Route: a.next("line"), Direction: -1}
	a.expect("every")
	m.Every = a.length("headway")
	m.From, m.To = a.span()
	if a.took("direction") {
		m.Direction = a.direction()
	}
	return m
}

// direction reads 0 or 1.
func (a *args) direction() int {
	n := a.number("direction")
	if n > 1 {
		a.fail("direction: %d is neither 0 nor 1", n)
	}
	return n
}

// cancel takes out a trip: "red 18:20" of a line with a headway, "blue@18:05" of one with times.
func (a *args) cancel() scenario.CancelTrip {
	m := scenario.CancelTrip{Trip: a.next("trip"), Start: scenario.All}
	if a.more() {
		m.Start = a.clock("start")
	}
	return m
}
