package transit

import "slices"

// clone copies what a Builder may change in place and clips the rest, so that
// appending to the copy never writes into the base.
func (tt *Timetable) clone() Timetable {
	out := *tt
	out.Stops.Parent = slices.Clone(tt.Stops.Parent)
	out.Trips.Vehicle = slices.Clone(tt.Trips.Vehicle)
	out.clip()
	return out
}

// clip takes the spare capacity from every column that a Builder appends to.
func (tt *Timetable) clip() {
	clipAgencies(&tt.Agencies)
	clipStops(&tt.Stops)
	clipRoutes(&tt.Routes)
	clipPatterns(&tt.Patterns)
	clipTrips(&tt.Trips)
	clipFrequencies(&tt.Frequencies)
	clipRest(tt)
}

func clipped[T any](columns ...*[]T) {
	for _, c := range columns {
		*c = slices.Clip(*c)
	}
}

func clipAgencies(a *Agencies) {
	clipped(&a.ID)
	clipped(&a.Name, &a.Zone)
}

func clipStops(s *Stops) {
	clipped(&s.ID)
	clipped(&s.Name)
	clipped(&s.At)
	clipped(&s.Parent)
}

func clipRoutes(r *Routes) {
	clipped(&r.ID)
	clipped(&r.Agency)
	clipped(&r.Name, &r.Long, &r.Color)
	clipped(&r.Type)
}

func clipPatterns(p *Patterns) {
	clipped(&p.Route)
	clipped(&p.Direction)
	clipped(&p.Shape)
	clipped(&p.First)
	clipped(&p.Stop)
	clipped(&p.Boarding)
}

func clipTrips(t *Trips) {
	clipped(&t.ID)
	clipped(&t.Pattern)
	clipped(&t.Calendar)
	clipped(&t.Headsign)
	clipped(&t.Block)
	clipped(&t.Vehicle)
	clipped(&t.FirstTime)
	clipped(&t.Arrive, &t.Depart)
}

func clipFrequencies(f *Frequencies) {
	clipped(&f.Trip)
	clipped(&f.Start, &f.End, &f.Headway)
	clipped(&f.Exact)
}

func clipRest(tt *Timetable) {
	clipped(&tt.Calendars.ID)
	clipped(&tt.Calendars.First, &tt.Shapes.First)
	clipped(&tt.Calendars.Date, &tt.Cancellations.Date)
	clipped(&tt.Shapes.Point)
	v := &tt.Vehicles
	clipped(&v.Name, &v.Kind, &v.Source, &tt.Fleets.Kind, &tt.Fleets.Source, &tt.Translations.Text, &tt.Translations.Language, &tt.Translations.Name)
	clipped(&v.Seats, &v.Room, &v.Doors, &tt.Fleets.Vehicles, &tt.Fleets.Reserve)
	clipped(&v.BoardTime, &v.AlightTime, &v.LengthM)
	clipped(&v.FromDefault)
	clipped(&tt.Fleets.Route)
	clipped(&tt.Fleets.Turnback, &tt.Cancellations.From, &tt.Cancellations.To)
	clipped(&tt.Cancellations.Trip)
}
