package demand

import (
	"strconv"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/transit"
)

// entries are the counts by station and hour as the journeys keep them, and
// their sum: as they are, scaled to EntriesShare where that is given, and never
// more than all Journeys. Stations with nothing around are left out.
func (e *Everyday) entries(stations []Station) (byStation [][24]uint32, total uint32) {
	byStation = make([][24]uint32, len(e.Entries))
	var weights []float64
	sum := uint64(0)
	for i := range e.Entries {
		for _, n := range e.Entries[i].ByHour {
			if len(stations[i].Around) == 0 {
				n = 0
			}
			weights, sum = append(weights, float64(n)), sum+uint64(n)
		}
	}
	total = uint32(min(sum, uint64(e.Journeys)))
	if sum > 0 && e.EntriesShare > 0 {
		total = uint32(float64(float64(e.Journeys)*e.EntriesShare) + 0.5)
	}
	for i, n := range split(total, weights) {
		byStation[i/24][i%24] = n
	}
	return byStation, total
}

// enter adds the journeys that begin at counted stations.
func (m *mover) enter(byStation [][24]uint32) {
	early := earlyParts(byStation)
	for s, byHour := range byStation {
		around := m.town.Stations[s].Around
		if len(around) == 0 {
			continue
		}
		e := &entering{mover: m, base: draw.Key("entry", m.Entries[s].Stop), around: around}
		e.weigh()
		for hour, n := range byHour {
			for i := range n {
				e.one(hour, i, float64(early[hour]*m.Returns)+float64(0.5*(1-m.Returns)))
			}
		}
	}
}

// earlyParts is how much of each hour's entries belongs to the first half of
// the day's: of two ways of a person the first goes out.
func earlyParts(byStation [][24]uint32) [24]float64 {
	var byHour [24]uint64
	total := uint64(0)
	for i := range byStation {
		for hour, n := range byStation[i] {
			byHour[hour], total = byHour[hour]+uint64(n), total+uint64(n)
		}
	}
	var parts [24]float64
	left := total / 2
	for hour, n := range byHour {
		early := min(n, left)
		left -= early
		if n > 0 {
			parts[hour] = float64(early) / float64(n)
		}
	}
	return parts
}

// entering adds the people who come into one station.
type entering struct {
	*mover
	base    uint64
	around  []Near
	living  origins   // positions in around, by homes
	staying origins   // by what attracts
	toGoal  []float64 // rows of gravity from the station
	toHome  []float64
}

// weigh finds who lives and who stays around the station, and how much the rest
// of the city draws them.
func (e *entering) weigh() {
	for i, near := range e.around {
		e.living.add(Place(i), e.town.Homes[near.Place])
		e.staying.add(Place(i), e.town.Attraction[near.Place])
	}
	for _, o := range []*origins{&e.living, &e.staying} {
		if o.total() <= 0 { // nobody is known: from anywhere around
			for i := range e.around {
				o.add(Place(i), 1)
			}
		}
	}
	middle := e.places.At[e.around[0].Place]
	e.from(middle, &e.nearGoals)
	e.toGoal = append([]float64(nil), e.row...)
	e.from(middle, &e.nearHomes)
	e.toHome = append([]float64(nil), e.row...)
}

// one adds a traveller who comes into the station in an hour; out is the part
// of these who come from home.
func (e *entering) one(hour int, i uint32, out float64) {
	key := e.base + draw.Key(strconv.Itoa(hour)) + uint64(i)
	who := e.seed.For(key)
	at := transit.Seconds(hour)*transit.Hour + transit.Seconds(who.Below(drawSecond, uint64(transit.Hour)))
	from, to, places := &e.living, &e.nearGoals, e.toGoal
	if who.Unit(drawHomeward) >= out {
		from, to, places = &e.staying, &e.nearHomes, e.toHome
	}
	near := e.around[from.at(who.Unit(drawPlace))]
	e.row = places
	e.add(key, who, near.Place, e.drawn(to, who.Unit(drawFarEnd)), max(at-near.Walk, 0))
}
