package demand

import (
	"errors"
	"slices"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/transit"
)

// Everyday is what the city's other passengers of a day do: how many journeys
// they make, when, and between what. One journey is one person.
type Everyday struct {
	Journeys uint32 // by public transport in the day; 0: nobody else travels
	Hours    Hours  // of the journeys that are not counted; the shares sum to 1

	// Gravity of the end away from home: attraction * exp(-DecayPerMin * minutes),
	// and nothing within LeastMeters, which nobody rides.
	DecayPerMin  float64
	MetersPerMin float64
	LeastMeters  float64
	// ServiceElasticity is how much more of a place's people ride where more
	// departs: people * departures^ServiceElasticity; 0, 0.5 or 1.
	ServiceElasticity float64

	Returns float64 // part of the journeys that are one half of a way out and back, 0..1
	Timed   float64 // part of the uncounted ways out that want to be somewhere by a time, 0..1
	Classes []ClassShare

	// Entries are counted people who came into stations. They are journeys that
	// begin around there in that hour and go to the surroundings of another such
	// station; all other journeys begin elsewhere.
	Entries       []Entries
	EntriesShare  float64 // of Journeys that begin at counted stations; 0: as many as were counted
	EntriesMeters float64 // walk within which people belong to a counted station
}

// Entries are people who came into one station, by clock hour.
type Entries struct {
	Stop   string // id of the stop, or of the station that it belongs to
	ByHour [24]uint32
}

// Counted is how many people came into all stations.
func (e *Everyday) Counted() uint64 {
	total := uint64(0)
	for i := range e.Entries {
		for _, n := range e.Entries[i].ByHour {
			total += uint64(n)
		}
	}
	return total
}

// Town is what Everyday needs to know of a city.
type Town struct {
	Places     *Places
	Homes      []float64 // by Place: how many begin their day there, up to a common factor
	Attraction []float64 // by Place: how much draws people there, up to a common factor
	Stations   []Station // as Everyday.Entries
}

// Station is where the people of a counted station come from; nobody is counted
// at one with nothing around.
type Station struct{ Around []Near }

// Near is a place and the walk from there to a station.
type Near struct {
	Place Place
	Walk  transit.Seconds
}

// ErrNowhere is the error of everyday journeys without a home to begin at, or
// without anything to go to.
var ErrNowhere = errors.New("the other travellers have nowhere to go: the city has no population, or nothing that attracts anybody")

// Travel adds one crowd, the city's other travellers, to those of an event.
// offset is what the service day's clock shows less than the day's axis. Hours,
// homes and counts are kept exactly; the far end, class and second of a journey
// are drawn by the seed and the traveller's key alone, so that scenarios share them.
func (e *Everyday) Travel(t *Travellers, town *Town, offset transit.Seconds, seed draw.Seed) error {
	if e.Journeys == 0 {
		return nil
	}
	g := newGravity(e, town)
	if !g.possible() {
		return ErrNowhere
	}
	entries, counted := e.entries(town.Stations)
	m := &mover{Everyday: e, town: town, gravity: g, offset: offset, seed: seed, out: t, crowd: uint16(len(t.Crowds))}
	m.class = t.addClasses(e.Classes)
	m.reserve(int(e.Journeys))
	before := t.Len()
	m.others(e.Journeys - counted)
	m.enter(entries)
	t.Crowds = append(t.Crowds, Crowd{Session: NoSession, Way: Background, People: uint32(t.Len() - before)})
	return nil
}

// mover adds everyday journeys to travellers.
type mover struct {
	*Everyday
	*gravity
	town   *Town
	offset transit.Seconds
	seed   draw.Seed
	out    *Travellers
	crowd  uint16
	class  classes
}

// reserve makes room for more travellers, once.
func (m *mover) reserve(more int) {
	t := m.out
	t.Key, t.Crowd, t.Class = slices.Grow(t.Key, more), slices.Grow(t.Crowd, more), slices.Grow(t.Class, more)
	t.From, t.To = slices.Grow(t.From, more), slices.Grow(t.To, more)
	t.Ready, t.Due = slices.Grow(t.Ready, more), slices.Grow(t.Due, more)
}

// add puts a traveller on his way at a time of the service day.
func (m *mover) add(key uint64, who draw.Seed, from, to Place, at transit.Seconds) {
	t := m.out
	t.Key, t.Crowd, t.Class = append(t.Key, key), append(t.Crowd, m.crowd), append(t.Class, m.class.of(who))
	t.From, t.To = append(t.From, from), append(t.To, to)
	t.Ready, t.Due = append(t.Ready, at+m.offset), append(t.Due, Free)
}
