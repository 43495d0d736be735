package demand

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// errand says which of a person's journeys one is.
type errand uint8

// A person who makes one journey goes out or comes home; one who makes two does both.
const (
	single errand = iota
	outward
	homeward
)

// outing is one uncounted journey before its ends are known.
type outing struct {
	person uint32
	errand errand
	at     transit.Seconds
}

// others adds journeys that no station counted. Sorted by time, the i-th of the
// first half and the i-th of the second are out and back of one person as often
// as Returns says: who goes out first comes back first.
func (m *mover) others(journeys uint32) {
	list := m.outings(journeys)
	persons := uint32(0)
	for _, o := range list {
		persons = max(persons, o.person+1)
	}
	homes := m.homesOf(persons)
	slices.SortStableFunc(list, func(a, b outing) int { return cmp.Compare(homes[a.person], homes[b.person]) })
	row := Place(math.MaxUint32)
	var wide, narrow []float64
	for _, o := range list {
		if home := homes[o.person]; home != row {
			row = home
			at := m.places.At[home]
			m.from(at, &m.goals)
			wide = append(wide[:0], m.row...)
			m.from(at, &m.elsewhere)
			narrow = append(narrow[:0], m.row...)
		}
		m.travel(o, row, wide, narrow)
	}
}

// outings are the journeys with their times and persons, in order of time but
// for the seconds within an hour.
func (m *mover) outings(journeys uint32) []outing {
	half, byHour := journeys/2, split(journeys, m.Hours[:])
	hours := make([]uint8, 0, journeys)
	for hour, n := range byHour {
		for range n {
			hours = append(hours, uint8(hour))
		}
	}
	list, persons := make([]outing, 0, len(hours)), uint32(0)
	put := func(person uint32, e errand, at int) {
		if at < len(hours) {
			list = append(list, outing{person, e, m.second(person, e, hours[at])})
		}
	}
	for i := range half {
		if both := uint32(float64(float64(i+1)*m.Returns)) > uint32(float64(float64(i)*m.Returns)); both {
			put(persons, outward, int(i))
			put(persons, homeward, int(i+half))
			orderly(list[len(list)-2:])
			persons++
			continue
		}
		put(persons, single, int(i))
		put(persons+1, single, int(i+half))
		persons += 2
	}
	put(persons, single, int(2*half))
	return list
}

// orderly lets nobody come back before he went.
func orderly(pair []outing) {
	if pair[1].at < pair[0].at {
		pair[0].at, pair[1].at = pair[1].at, pair[0].at
	}
}

// key is that of a person's journey.
func (m *mover) key(person uint32, e errand) uint64 {
	return draw.Key("everyday", [...]string{"once", "out", "back"}[e]) + uint64(person)
}

// who is a person's own family of draws.
func (m *mover) who(person uint32) draw.Seed {
	return m.seed.For(draw.Key("everyday") + uint64(person))
}

// second is when in an hour a journey begins.
func (m *mover) second(person uint32, e errand, hour uint8) transit.Seconds {
	within := m.seed.For(m.key(person, e)).Below(drawSecond, uint64(transit.Hour))
	return transit.Seconds(hour)*transit.Hour + transit.Seconds(within)
}

// homesOf is where each person lives: person p at a position of the population
// that steps through it evenly, so that the homes of every hour are the city's.
// Nobody lives where stations count, if anybody lives elsewhere.
func (m *mover) homesOf(persons uint32) []Place {
	counted := m.town.surroundings()
	var from origins
	for i, p := range m.gravity.homes.place {
		if !counted[p] {
			from.add(p, m.gravity.homes.weight[i])
		}
	}
	if from.total() <= 0 {
		for i, p := range m.gravity.homes.place {
			from.add(p, m.gravity.homes.weight[i])
		}
	}
	homes, stride, at := make([]Place, persons), evenStride(persons), uint64(0)
	for p := range homes {
		homes[p] = from.at(float64(float64(at)+0.5) / float64(persons))
		at = (at + stride) % uint64(persons)
	}
	return homes
}

// evenStride is the whole number next to n's golden section that has no divisor
// in common with n: its multiples reach every position once and never crowd.
func evenStride(n uint32) uint64 {
	high, _ := bits.Mul64(uint64(n), 0x9e3779b97f4a7c15)
	stride := max(high, 1)
	for divisor(stride, uint64(n)) > 1 {
		stride++
	}
	return stride
}

// divisor is the greatest common one.
func divisor(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// travel adds one journey of somebody who lives at home. Ways that begin away
// from home do not begin around a counted station.
func (m *mover) travel(o outing, home Place, wide, narrow []float64) {
	who, key := m.who(o.person), m.key(o.person, o.errand)
	once := o.errand == single
	back := o.errand == homeward || once && who.Unit(drawHomeward) < 0.5
	goals := &m.goals
	m.row = wide
	if back || !once {
		goals, m.row = &m.elsewhere, narrow
	}
	goal := m.drawn(goals, who.Unit(drawFarEnd))
	if back {
		m.add(key, who, goal, home, o.at)
		return
	}
	m.add(key, who, home, goal, o.at)
	if who.Unit(drawTimed) < m.Timed {
		m.wantsToBeThere(home, goal)
	}
}

// wantsToBeThere binds the last traveller to his arrival instead of his
// departure: when somebody arrives who leaves then.
func (m *mover) wantsToBeThere(from, to Place) {
	t, last := m.out, m.out.Len()-1
	minutes := float64(geo.Distance(m.places.At[from], m.places.At[to])) / m.MetersPerMin
	t.Due[last], t.Ready[last] = t.Ready[last]+transit.Seconds(float64(minutes*60)), Free
}
