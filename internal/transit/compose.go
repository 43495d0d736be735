package transit

// Part is a dated trip of a day as far as its first visits go.
type Part struct {
	Day    *Day
	Dated  Dated
	Visits uint32 // at least one
}

// Whole is a dated trip of a day with all its visits.
func (d *Day) Whole(t Dated) Part { return Part{d, t, d.First[t+1] - d.First[t]} }

// Compose makes a day of dated trips of other days with the same horizon, in
// their order. Nobody gets on where a trip was cut short.
func Compose(h Horizon, parts []Part) *Day {
	out := &Day{Horizon: h, First: []uint32{0}}
	for _, p := range parts {
		d, dated := p.Day, Dated(len(out.Trip))
		out.Trip, out.Date, out.Start = append(out.Trip, d.Trip[p.Dated]), append(out.Date, d.Date[p.Dated]), append(out.Start, d.Start[p.Dated])
		from := Visit(d.First[p.Dated])
		for v := from; v < from+Visit(p.Visits); v++ {
			b := d.Boarding[v]
			if uint32(v-from)+1 == p.Visits {
				b &^= MayBoard
			}
			out.addVisit(dated, d.Stop[v], d.Arrive[v], d.Depart[v], b)
		}
		out.First = append(out.First, uint32(len(out.Stop)))
	}
	out.order()
	return out
}
