package transit

import (
	"cmp"
	"encoding/binary"
	"slices"

	"github.com/qala-city/qala/internal/geo"
)

// Builder gathers service row by row and freezes it into a Timetable. It trusts
// its caller: indexes exist, a trip's times never go back, a trip has a call.
type Builder struct {
	tt       Timetable
	patterns map[string]Pattern
	key      []byte // of the last trip's pattern
}

// Call is one stop of a trip.
type Call struct {
	Stop           Stop
	Arrive, Depart Seconds
	Boarding       Boarding
}

// TripRow is one trip as a Builder takes it.
type TripRow struct {
	ID        TripID
	Route     Route
	Direction Direction
	Calendar  Calendar
	Headsign  string
	Block     BlockID
	Vehicle   Vehicle
	Shape     Shape // or None
	Calls     []Call
}

// FrequencyRow repeats a trip.
type FrequencyRow struct {
	Trip                Trip
	Start, End, Headway Seconds
	Exact               bool
}

// VehicleRow is a type of vehicle.
type VehicleRow struct {
	Name                  string
	Seats, Room, Doors    uint32
	BoardTime, AlightTime float32
	LengthM               float32
	Kind, Source          string
	FromDefault           bool
}

// FleetRow is the fleet of a route.
type FleetRow struct {
	Route             Route
	Vehicles, Reserve uint32
	Turnback          Seconds
	Kind, Source      string
}

// NewBuilder starts empty.
func NewBuilder() *Builder { return Extend(&Timetable{}) }

// Extend starts from a copy of base; base itself is never changed.
func Extend(base *Timetable) *Builder {
	b := &Builder{tt: base.clone(), patterns: map[string]Pattern{}}
	openOffsets(&b.tt.Patterns.First, &b.tt.Calendars.First, &b.tt.Shapes.First)
	for p := range b.tt.Patterns.Route {
		b.patterns[b.patternKey(Pattern(p))] = Pattern(p)
	}
	return b
}

// openOffsets gives each offset column its leading zero.
func openOffsets(columns ...*[]uint32) {
	for _, c := range columns {
		if len(*c) == 0 {
			*c = []uint32{0}
		}
	}
}

// SoFar is what was gathered until now, to be read only.
func (b *Builder) SoFar() *Timetable { return &b.tt }

// AddAgency appends an operator.
func (b *Builder) AddAgency(id AgencyID, name, zone string) Agency {
	a := &b.tt.Agencies
	a.ID, a.Name, a.Zone = append(a.ID, id), append(a.Name, name), append(a.Zone, zone)
	return Agency(len(a.ID) - 1)
}

// AddStop appends a stop; its parent may be set later.
func (b *Builder) AddStop(id StopID, name string, at geo.Point) Stop {
	s := &b.tt.Stops
	s.ID, s.Name, s.At = append(s.ID, id), append(s.Name, name), append(s.At, at)
	s.Parent = append(s.Parent, Stop(None))
	return Stop(len(s.ID) - 1)
}

// SetParent makes station the parent of stop.
func (b *Builder) SetParent(stop, station Stop) { b.tt.Stops.Parent[stop] = station }

// AddRoute appends a public line.
func (b *Builder) AddRoute(id RouteID, agency Agency, name, long string, kind uint16, color string) Route {
	r := &b.tt.Routes
	r.ID, r.Agency, r.Name = append(r.ID, id), append(r.Agency, agency), append(r.Name, name)
	r.Long, r.Type, r.Color = append(r.Long, long), append(r.Type, kind), append(r.Color, color)
	return Route(len(r.ID) - 1)
}

// AddCalendar appends a calendar; dates may come in any order and repeat.
func (b *Builder) AddCalendar(id CalendarID, dates []Date) Calendar {
	c := &b.tt.Calendars
	sorted := slices.Compact(slices.Sorted(slices.Values(dates)))
	c.ID, c.Date = append(c.ID, id), append(c.Date, sorted...)
	c.First = append(c.First, uint32(len(c.Date)))
	return Calendar(len(c.ID) - 1)
}

// AddShape appends a line.
func (b *Builder) AddShape(points []geo.Point) Shape {
	s := &b.tt.Shapes
	s.Point = append(s.Point, points...)
	s.First = append(s.First, uint32(len(s.Point)))
	return Shape(len(s.First) - 2)
}

// AddVehicle appends a type of vehicle.
func (b *Builder) AddVehicle(row VehicleRow) Vehicle {
	v := &b.tt.Vehicles
	v.Name, v.Kind, v.Source = append(v.Name, row.Name), append(v.Kind, row.Kind), append(v.Source, row.Source)
	v.Seats, v.Room, v.Doors = append(v.Seats, row.Seats), append(v.Room, row.Room), append(v.Doors, row.Doors)
	v.BoardTime, v.AlightTime = append(v.BoardTime, row.BoardTime), append(v.AlightTime, row.AlightTime)
	v.LengthM, v.FromDefault = append(v.LengthM, row.LengthM), append(v.FromDefault, row.FromDefault)
	return Vehicle(len(v.Name) - 1)
}

// AddFleet appends the fleet of a route.
func (b *Builder) AddFleet(row FleetRow) {
	f := &b.tt.Fleets
	f.Route, f.Vehicles, f.Reserve = append(f.Route, row.Route), append(f.Vehicles, row.Vehicles), append(f.Reserve, row.Reserve)
	f.Turnback, f.Kind, f.Source = append(f.Turnback, row.Turnback), append(f.Kind, row.Kind), append(f.Source, row.Source)
}

// AddTranslation says what a text is called in a further language; of several
// names for one text and language the first stays.
func (b *Builder) AddTranslation(text, language, name string) {
	t := &b.tt.Translations
	t.Text, t.Language, t.Name = append(t.Text, text), append(t.Language, language), append(t.Name, name)
}

// SetVehicle says which type of vehicle makes a trip.
func (b *Builder) SetVehicle(t Trip, v Vehicle) { b.tt.Trips.Vehicle[t] = v }

// Expect makes room for so many more trips with so many calls together.
func (b *Builder) Expect(trips, calls int) {
	t := &b.tt.Trips
	t.ID, t.Pattern, t.Calendar = slices.Grow(t.ID, trips), slices.Grow(t.Pattern, trips), slices.Grow(t.Calendar, trips)
	t.Headsign, t.Block, t.Vehicle = slices.Grow(t.Headsign, trips), slices.Grow(t.Block, trips), slices.Grow(t.Vehicle, trips)
	t.FirstTime = slices.Grow(t.FirstTime, trips)
	t.Arrive, t.Depart = slices.Grow(t.Arrive, calls), slices.Grow(t.Depart, calls)
}

// AddTrip appends a trip and finds or makes its pattern.
func (b *Builder) AddTrip(row TripRow) Trip {
	t := &b.tt.Trips
	t.ID, t.Pattern = append(t.ID, row.ID), append(t.Pattern, b.patternOf(row))
	t.Calendar, t.Headsign = append(t.Calendar, row.Calendar), append(t.Headsign, row.Headsign)
	t.Block, t.Vehicle = append(t.Block, row.Block), append(t.Vehicle, row.Vehicle)
	t.FirstTime = append(t.FirstTime, uint32(len(t.Arrive)))
	for _, call := range row.Calls {
		t.Arrive, t.Depart = append(t.Arrive, call.Arrive), append(t.Depart, call.Depart)
	}
	return Trip(len(t.ID) - 1)
}

// AddFrequency repeats a trip.
func (b *Builder) AddFrequency(row FrequencyRow) {
	f := &b.tt.Frequencies
	f.Trip, f.Start, f.End = append(f.Trip, row.Trip), append(f.Start, row.Start), append(f.End, row.End)
	f.Headway, f.Exact = append(f.Headway, row.Headway), append(f.Exact, row.Exact)
}

// Cancel takes out what a trip does on a date when it leaves from from on and before to.
func (b *Builder) Cancel(t Trip, d Date, from, to Seconds) {
	c := &b.tt.Cancellations
	c.Trip, c.Date = append(c.Trip, t), append(c.Date, d)
	c.From, c.To = append(c.From, from), append(c.To, to)
}

// patternOf interns the pattern of a trip.
func (b *Builder) patternOf(row TripRow) Pattern {
	b.key = callKey(b.key[:0], row)
	if p, known := b.patterns[string(b.key)]; known {
		return p
	}
	p := &b.tt.Patterns
	p.Route, p.Direction, p.Shape = append(p.Route, row.Route), append(p.Direction, row.Direction), append(p.Shape, row.Shape)
	for _, call := range row.Calls {
		p.Stop, p.Boarding = append(p.Stop, call.Stop), append(p.Boarding, call.Boarding)
	}
	p.First = append(p.First, uint32(len(p.Stop)))
	b.patterns[string(b.key)] = Pattern(len(p.Route) - 1)
	return Pattern(len(p.Route) - 1)
}

func callKey(key []byte, row TripRow) []byte {
	key = patternHead(key, row.Route, row.Direction, row.Shape)
	for _, call := range row.Calls {
		key = patternPlace(key, call.Stop, call.Boarding)
	}
	return key
}

func (b *Builder) patternKey(p Pattern) string {
	key := patternHead(nil, b.tt.Patterns.Route[p], b.tt.Patterns.Direction[p], b.tt.Patterns.Shape[p])
	boarding := b.tt.PatternBoarding(p)
	for i, stop := range b.tt.PatternStops(p) {
		key = patternPlace(key, stop, boarding[i])
	}
	return string(key)
}

func patternHead(key []byte, r Route, d Direction, s Shape) []byte {
	key = binary.LittleEndian.AppendUint32(key, uint32(r))
	return binary.LittleEndian.AppendUint32(append(key, byte(d)), uint32(s))
}

func patternPlace(key []byte, s Stop, b Boarding) []byte {
	return append(binary.LittleEndian.AppendUint32(key, uint32(s)), byte(b))
}

// Timetable freezes what was gathered. The Builder is spent afterwards.
func (b *Builder) Timetable() *Timetable {
	b.sortFrequencies()
	b.sortCancellations()
	b.sortTranslations()
	return &b.tt
}

func (b *Builder) sortTranslations() {
	t := b.tt.Translations
	compare := func(i, j int) int {
		return cmp.Or(cmp.Compare(t.Text[i], t.Text[j]), cmp.Compare(t.Language[i], t.Language[j]))
	}
	order := slices.CompactFunc(ranked(len(t.Text), compare), func(i, j int) bool { return compare(i, j) == 0 })
	b.tt.Translations = Translations{Text: take(t.Text, order), Language: take(t.Language, order), Name: take(t.Name, order)}
}

func (b *Builder) sortFrequencies() {
	f := b.tt.Frequencies
	order := ranked(len(f.Trip), func(i, j int) int {
		return cmp.Or(cmp.Compare(f.Trip[i], f.Trip[j]), cmp.Compare(f.Start[i], f.Start[j]))
	})
	b.tt.Frequencies = Frequencies{
		Trip: take(f.Trip, order), Start: take(f.Start, order), End: take(f.End, order),
		Headway: take(f.Headway, order), Exact: take(f.Exact, order),
	}
}

func (b *Builder) sortCancellations() {
	c := b.tt.Cancellations
	order := ranked(len(c.Trip), func(i, j int) int {
		return cmp.Or(cmp.Compare(c.Trip[i], c.Trip[j]), cmp.Compare(c.Date[i], c.Date[j]), cmp.Compare(c.From[i], c.From[j]))
	})
	b.tt.Cancellations = Cancellations{Trip: take(c.Trip, order), Date: take(c.Date, order), From: take(c.From, order), To: take(c.To, order)}
}

// ranked is the stable order of n rows.
func ranked(n int, compare func(i, j int) int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, compare)
	return order
}

// take is a column in a new order; an empty column stays nil.
func take[T any](column []T, order []int) []T {
	var out []T
	for _, i := range order {
		out = append(out, column[i])
	}
	return out
}
