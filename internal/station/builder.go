package station

import (
	"cmp"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// Flow is which way people go through a facility.
type Flow uint8

// The flows.
const (
	BothWays Flow = iota
	OneWay        // level, or nobody knows whether up or down
	Up
	Down
)

// Row is one facility as somebody states it. What is zero is taken from the
// usual values, or is not known where there is none.
type Row struct {
	ID, Name string
	Kind     Kind
	Station  transit.Stop // or None
	At       geo.Point

	Count     uint32  // how many stand side by side; 0: one
	PerMinute float64 // people a minute that each of them lets through
	Width     float64 // meters, of each
	Length    float64 // meters; of stairs along the ground
	Seconds   float64 // of somebody whom nobody hinders
	Flow      Flow
	Varies    bool // people take differently long, as an exponential time does
	StepFree  bool

	Basis  basis.Kind // of what is stated
	Source string
}

// SpotRow is one spot.
type SpotRow struct {
	ID      string
	Station transit.Stop
	Stop    transit.Stop
	Door    bool
	At      geo.Point
	Ends    bool
}

// PlatformRow is what a boarding place takes.
type PlatformRow struct {
	Stop          transit.Stop
	Area          float64 // square meters
	PerSquare     float64 // people a square meter; 0: the usual where the area alone is known
	Holds, Stands uint32
	Basis         basis.Kind
	Source        string
}

// Builder puts a Layout together.
type Builder struct {
	Used Used

	speed  float64 // of walking on the level, meters per second
	layout Layout
}

// NewBuilder takes the city's walking speed.
func NewBuilder(speed float64) *Builder { return &Builder{speed: speed} }

// AddSpot adds a spot.
func (b *Builder) AddSpot(row SpotRow) Spot {
	s := &b.layout.Spots
	s.ID, s.Station, s.Stop = append(s.ID, row.ID), append(s.Station, row.Station), append(s.Stop, row.Stop)
	s.Door, s.At, s.Ends = append(s.Door, row.Door), append(s.At, row.At), append(s.Ends, row.Ends)
	return Spot(len(s.ID) - 1)
}

// AddStep adds a step that is only walked.
func (b *Builder) AddStep(from, into Spot, meters float64) {
	b.addStep(from, into, Facility(transit.None), milliseconds(meters/b.speed), true)
}

// Pass adds the step through a facility, in both directions where it has them.
func (b *Builder) Pass(from, into Spot, f Facility, row Row) {
	walk := milliseconds(b.seconds(row))
	b.addStep(from, into, f, walk, row.StepFree)
	if row.Flow == BothWays {
		b.addStep(into, from, f, walk, row.StepFree)
	}
}

func (b *Builder) addStep(from, into Spot, f Facility, walk uint32, free bool) {
	s := &b.layout.Steps
	s.From, s.Into, s.Facility = append(s.From, from), append(s.Into, into), append(s.Facility, f)
	s.Walk, s.StepFree = append(s.Walk, walk), append(s.StepFree, free)
}

// longestStep bounds a step, so that no sum of steps overflows.
const longestStep = 3600.0 // seconds

func milliseconds(seconds float64) uint32 {
	return uint32(math.Ceil(float64(min(max(seconds, 0), longestStep) * 1000)))
}

// AddFacility adds what people pass.
func (b *Builder) AddFacility(row Row) Facility {
	f := &b.layout.Facilities
	width, speed := b.width(row), b.speedOn(row)
	f.ID, f.Name, f.Kind = append(f.ID, row.ID), append(f.Name, row.Name), append(f.Kind, row.Kind)
	f.Station, f.At = append(f.Station, row.Station), append(f.At, row.At)
	channels, service := b.rate(row)
	f.Channels, f.Service, f.Variation = append(f.Channels, channels), append(f.Service, service), append(f.Variation, variation(row))
	f.Length, f.Width, f.Speed = append(f.Length, float32(row.Length)), append(f.Width, float32(width)), append(f.Speed, float32(speed))
	f.StepFree = append(f.StepFree, row.StepFree)
	kind, source := b.origin(row)
	f.Basis, f.Source = append(f.Basis, string(kind)), append(f.Source, source)
	return Facility(len(f.ID) - 1)
}

// width is that of all side by side. A gate, and a door whose rate is stated,
// have their rate alone.
func (b *Builder) width(row Row) float64 {
	if row.Kind == Gate || (row.Kind == Door && row.PerMinute > 0) {
		return 0
	}
	return row.Width * float64(max(row.Count, 1))
}

func variation(row Row) uint8 {
	if row.Varies {
		return 100
	}
	return 0
}

// rate is how many people are served at a time, and for how many milliseconds;
// both 0 where nobody knows.
func (b *Builder) rate(row Row) (channels, service uint32) {
	channels = max(row.Count, 1)
	perMinute := row.PerMinute
	if perMinute == 0 {
		usual, by := usualRate(row)
		if by == 0 {
			return 0, 0
		}
		perMinute = float64(b.Used.Take(usual) * by)
		if row.Kind == Door { // whose width alone says how many come through
			return 0, 0
		}
	}
	const slowest = 3_600_000 // milliseconds
	return channels, uint32(max(1, min(math.Round(60_000/perMinute), slowest)))
}

// usualRate is the usual value of a row's kind, and what makes it people a
// minute through one of them; 0 where the width is not known.
func usualRate(row Row) (usual Usual, by float64) {
	switch row.Kind {
	case Gate:
		return GateRate, 1
	case Door:
		return DoorRate, row.Width
	case Escalator:
		return EscalatorRate, 1.0 / 60
	case Lift:
		return LiftRate, 1
	case Stairs:
		return byFlow(row.Flow, StairsRate, StairsRate, StairsUpRate, StairsDownRate), row.Width / 60
	}
	return byFlow(row.Flow, PassageRate, PassageOneRate, PassageOneRate, PassageOneRate), row.Width / 60
}

// byFlow picks a value by the flow; stairs of which nobody knows whether they
// go up or down have the lower one.
func byFlow(flow Flow, both, one, up, down Usual) Usual { return [...]Usual{both, one, up, down}[flow] }

// seconds is how long somebody takes whom nobody hinders: to walk, and to be
// served. It is never less than what package serve lets him take.
func (b *Builder) seconds(row Row) float64 {
	_, service := b.rate(row)
	alone := float64(service) / 1000
	if row.Kind == Door && row.Width > 0 && service == 0 {
		alone = 60 / float64(DoorRate.Value*b.width(row))
	}
	if row.Length > 0 {
		alone += row.Length / b.speedOn(row)
	} else if row.Kind == Lift && row.Seconds == 0 {
		alone = max(alone, b.Used.Take(LiftTime))
	}
	return max(alone, row.Seconds)
}

// speedOn is how fast somebody walks there whom nobody hinders; 0 where nothing is walked.
func (b *Builder) speedOn(row Row) float64 {
	const slowest, fastest = .05, 10
	switch {
	case row.Length == 0:
		return 0
	case row.Seconds > 0:
		return min(max(row.Length/row.Seconds, slowest), fastest)
	case row.Kind == Stairs:
		return b.Used.Take(byFlow(row.Flow, StairsSpeed, StairsSpeed, StairsUpSpeed, StairsDownSpeed))
	case row.Kind == Escalator:
		return b.Used.Take(EscalatorSpeed)
	}
	return b.speed
}

// origin is how a facility's rate is known: by a usual value's source where
// none is stated.
func (b *Builder) origin(row Row) (basis.Kind, string) {
	usual, by := usualRate(row)
	if row.PerMinute > 0 || by == 0 {
		return cmp.Or(row.Basis, basis.Assumption), row.Source
	}
	return usual.Kind, usual.Source
}

// AddPlatform adds what a boarding place takes; of two rows for a stop the
// later one counts.
func (b *Builder) AddPlatform(row PlatformRow) {
	p := &b.layout.Platforms
	at, known := slices.BinarySearch(p.Stop, row.Stop)
	if !known {
		p.Stop, p.Area = slices.Insert(p.Stop, at, row.Stop), slices.Insert(p.Area, at, 0)
		p.Holds, p.Stands = slices.Insert(p.Holds, at, 0), slices.Insert(p.Stands, at, 0)
		p.Basis, p.Source = slices.Insert(p.Basis, at, ""), slices.Insert(p.Source, at, "")
	}
	p.Area[at], p.Holds[at], p.Stands[at] = float32(row.Area), b.holds(row), row.Stands
	p.Basis[at], p.Source[at] = string(cmp.Or(row.Basis, basis.Assumption)), row.Source
}

// holds is how many people a boarding place takes: as stated, else by its area.
func (b *Builder) holds(row PlatformRow) uint32 {
	if row.Holds > 0 || row.Area == 0 {
		return row.Holds
	}
	density := row.PerSquare
	if density == 0 {
		density = b.Used.Take(StandingDensity)
	}
	return uint32(max(1, math.Floor(float64(row.Area*density))))
}

// Layout is what was built.
func (b *Builder) Layout() Layout { return b.layout }
