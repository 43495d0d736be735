package transit

// Retimed is the same day with other times, by visit: what vehicles did rather
// than what the timetable says. A trip's times must not go back. Who may board
// where stays as it was.
func (d *Day) Retimed(arrive, depart []Seconds) *Day {
	r := &Day{
		Horizon: d.Horizon, Trip: d.Trip, Date: d.Date, Start: d.Start, First: d.First,
		Owner: d.Owner, Stop: d.Stop, Boarding: d.Boarding, Arrive: arrive, Depart: depart,
		Step: make([]uint16, len(d.Step)),
	}
	for v := range r.Step {
		r.Step[v] = r.stepAt(Visit(v))
	}
	r.order()
	return r
}

// stepAt is the step of an arrival: 0, or past the departure before it when the hop takes no time.
func (d *Day) stepAt(v Visit) uint16 {
	if v == 0 || d.Owner[v-1] != d.Owner[v] || d.Depart[v-1] != d.Arrive[v] {
		return 0
	}
	return d.DepartStep(v-1) + 1
}

// Place is a visit's position in its trip's pattern.
func (d *Day) Place(v Visit) uint32 { return uint32(v) - d.First[d.Owner[v]] }

// Last reports whether a dated trip ends with a visit.
func (d *Day) Last(v Visit) bool { return uint32(v)+1 == d.First[d.Owner[v]+1] }
