package network

import (
	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// network lists every field of a Network in the order of the file. A change
// here is a new Format.
func (a *archive) network(n *Network) {
	a.city(&n.City)
	a.timetable(n.Timetable)
	a.streets(&n.Streets)
	a.places(&n.Places)
	list(a, &n.Venues, (*archive).venue)
	a.walking(&n.Walking)
	a.links(&n.Transfers)
	a.links(&n.Access)
	a.gateWalks(&n.GateWalks)
	a.facilities(&n.Stations.Facilities)
	a.ways(&n.Stations.Ways)
	a.platforms(&n.Stations.Platforms)
	a.doors(&n.Doors)
	list(a, &n.Numbers, (*archive).number)
	list(a, &n.Credits, (*archive).credit)
}

func (a *archive) city(c *City) {
	text(a, &c.ID)
	names(a, &c.Names)
	text(a, &c.Zone)
	a.bool(&c.Illustration)
}

func (a *archive) timetable(tt *transit.Timetable) {
	a.agencies(&tt.Agencies)
	a.stops(&tt.Stops)
	a.routes(&tt.Routes)
	a.patterns(&tt.Patterns)
	a.trips(&tt.Trips)
	a.frequencies(&tt.Frequencies)
	a.calendars(&tt.Calendars)
	a.shapes(&tt.Shapes)
	a.vehicles(&tt.Vehicles)
	a.fleets(&tt.Fleets)
	a.translations(&tt.Translations)
	a.cancellations(&tt.Cancellations)
}

func (a *archive) agencies(g *transit.Agencies) {
	texts(a, &g.ID)
	texts(a, &g.Name, &g.Zone)
}

func (a *archive) stops(s *transit.Stops) {
	texts(a, &s.ID)
	texts(a, &s.Name)
	points(a, &s.At)
	words(a, &s.Parent)
}

func (a *archive) routes(r *transit.Routes) {
	texts(a, &r.ID)
	words(a, &r.Agency)
	texts(a, &r.Name, &r.Long, &r.Color)
	shorts(a, &r.Type)
}

func (a *archive) patterns(p *transit.Patterns) {
	words(a, &p.Route)
	bytesOf(a, &p.Direction)
	words(a, &p.Shape)
	words(a, &p.First)
	words(a, &p.Stop)
	bytesOf(a, &p.Boarding)
}

func (a *archive) trips(t *transit.Trips) {
	texts(a, &t.ID)
	words(a, &t.Pattern)
	words(a, &t.Calendar)
	texts(a, &t.Headsign)
	texts(a, &t.Block)
	words(a, &t.Vehicle)
	words(a, &t.FirstTime)
	words(a, &t.Arrive, &t.Depart)
}

func (a *archive) frequencies(f *transit.Frequencies) {
	words(a, &f.Trip)
	words(a, &f.Start, &f.End, &f.Headway)
	flags(a, &f.Exact)
}

func (a *archive) calendars(c *transit.Calendars) {
	texts(a, &c.ID)
	words(a, &c.First)
	words(a, &c.Date)
}

func (a *archive) shapes(s *transit.Shapes) {
	words(a, &s.First)
	points(a, &s.Point)
}

func (a *archive) vehicles(v *transit.Vehicles) {
	texts(a, &v.Name, &v.Kind, &v.Source)
	words(a, &v.Seats, &v.Room, &v.Doors)
	reals(a, &v.BoardTime, &v.AlightTime, &v.LengthM)
	flags(a, &v.FromDefault)
}

func (a *archive) fleets(f *transit.Fleets) {
	words(a, &f.Route)
	words(a, &f.Vehicles, &f.Reserve)
	words(a, &f.Turnback)
	texts(a, &f.Kind, &f.Source)
}

func (a *archive) translations(t *transit.Translations) {
	texts(a, &t.Text, &t.Language, &t.Name)
}

func (a *archive) cancellations(c *transit.Cancellations) {
	words(a, &c.Trip)
	words(a, &c.Date)
	words(a, &c.From, &c.To)
}

func (a *archive) places(p *demand.Places) {
	texts(a, &p.ID)
	points(a, &p.At)
	words(a, &p.People)
}

func (a *archive) venue(v *demand.Venue) {
	text(a, &v.ID)
	names(a, &v.Names)
	text(a, &v.Kind)
	a.point(&v.At)
	a.uint32(&v.Capacity)
	list(a, &v.Gates, (*archive).gate)
	text(a, &v.Basis)
	text(a, &v.Source)
}

func (a *archive) point(p *geo.Point) {
	a.float64(&p.Lat)
	a.float64(&p.Lon)
}

func (a *archive) gate(g *demand.Gate) {
	text(a, &g.ID)
	a.uint32((*uint32)(&g.Place))
	a.uint32(&g.PerMinute)
	a.uint32(&g.InPerMin)
	a.float64(&g.Share)
}

func (a *archive) walking(w *Walking) {
	for _, field := range []*float64{&w.Speed, &w.Detour, &w.MaxAccess, &w.MaxTransfer, &w.MaxDirect, &w.Steps} {
		a.float64(field)
	}
	a.uint32(&w.Nearest)
}

func (a *archive) links(l *Links) {
	words(a, &l.First)
	words(a, &l.To)
	words(a, &l.Walk)
	words(a, &l.Way)
	words(a, &l.FreeWalk)
	words(a, &l.FreeWay)
}

func (a *archive) facilities(f *station.Facilities) {
	texts(a, &f.ID, &f.Name, &f.Basis, &f.Source)
	bytesOf(a, &f.Kind)
	words(a, &f.Station)
	points(a, &f.At)
	words(a, &f.Channels, &f.Service)
	bytesOf(a, &f.Variation)
	reals(a, &f.Length, &f.Width, &f.Speed)
	flags(a, &f.StepFree)
}

func (a *archive) ways(w *station.Ways) {
	words(a, &w.First)
	words(a, &w.Facility)
	words(a, &w.Left)
}

func (a *archive) platforms(p *station.Platforms) {
	words(a, &p.Stop)
	reals(a, &p.Area)
	words(a, &p.Holds, &p.Stands)
	texts(a, &p.Basis, &p.Source)
}

func (a *archive) doors(d *Doors) {
	texts(a, &d.ID)
	points(a, &d.At)
	a.links(&d.Inside)
}

func (a *archive) gateWalks(w *GateWalks) {
	words(a, &w.Gate)
	words(a, &w.First)
	words(a, &w.Place)
	words(a, &w.Walk)
}

// streets may be absent.
func (a *archive) streets(g **street.Graph) {
	known := *g != nil
	a.bool(&known)
	if !known {
		return
	}
	if a.reading {
		*g = &street.Graph{}
	}
	positions(a, &(*g).At)
	words(a, &(*g).From, &(*g).Into)
	words(a, &(*g).Length)
	bytesOf(a, &(*g).Class)
	words(a, &(*g).First)
	positions(a, &(*g).Bend)
}

func (a *archive) number(n *basis.Number) {
	text(a, &n.ID)
	text(a, &n.Subject)
	text(a, &n.Value)
	text(a, &n.Unit)
	text(a, &n.Kind)
	text(a, &n.Source)
}

func (a *archive) credit(c *basis.Credit) {
	text(a, &c.Holder)
	text(a, &c.Licence)
	text(a, &c.For)
}
