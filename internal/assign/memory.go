package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/transit"
)

// memory is what people know of a day from the rounds before, by visit, as
// means in which later rounds weigh more: after round n a mean moves by
// 2 / (n + 1) of the way to what the round showed.
type memory struct {
	queues map[transit.Stop]*turns // stops at which somebody was left behind
	crowd  []uint16                // as journey.Memory; nil when crowding is not played
	late   [2][]transit.Seconds
	day    *transit.Day // with the times that were expected last, if others than those that are known
}

// The two deviations from the timetable that are remembered.
const (
	arriving = iota
	leaving
)

// learn moves the means towards what a round showed; before rounds that settle,
// a vehicle that left full takes nobody more.
func (m *memory) learn(p *Problem, c *calls, o *Outcome, round int, settles bool) {
	if m.queues == nil {
		n := len(p.Day.Stop)
		m.queues = map[transit.Stop]*turns{}
		m.late = [2][]transit.Seconds{make([]transit.Seconds, n), make([]transit.Seconds, n)}
	}
	m.learnCrowd(p.crowding(o), round)
	m.learnQueues(p, c, o, round, settles)
	for v := range o.Depart {
		m.late[arriving][v] = moved(m.late[arriving][v], o.Arrive[v]-p.Day.Arrive[v], round)
		m.late[leaving][v] = moved(m.late[leaving][v], o.Depart[v]-p.Day.Depart[v], round)
	}
}

func (m *memory) learnCrowd(felt []uint16, round int) {
	if felt == nil {
		return
	}
	if m.crowd == nil {
		m.crowd = felt
		return
	}
	for v, now := range felt {
		m.crowd[v] = uint16(moved(transit.Seconds(m.crowd[v]), transit.Seconds(now), round))
	}
}

func moved(mean, now transit.Seconds, round int) transit.Seconds {
	return mean + (now-mean)*2/transit.Seconds(round+1)
}

// expected is the day with the times that people expect: before the first round,
// and while nobody is late, those that are known. While they stay the same it is the same day.
func (m *memory) expected(day, known *transit.Day) *transit.Day {
	if !m.anybodyLate() {
		return known
	}
	arrive, depart := make([]transit.Seconds, len(day.Stop)), make([]transit.Seconds, len(day.Stop))
	for v := range arrive {
		arrive[v] = day.Arrive[v] + m.late[arriving][v]
		depart[v] = max(day.Depart[v]+m.late[leaving][v], arrive[v])
		if v > 0 && day.Owner[v-1] == day.Owner[v] {
			arrive[v] = max(arrive[v], depart[v-1])
			depart[v] = max(depart[v], arrive[v])
		}
	}
	if m.day == nil || !slices.Equal(m.day.Arrive, arrive) || !slices.Equal(m.day.Depart, depart) {
		m.day = day.Retimed(arrive, depart)
	}
	return m.day
}

func (m *memory) anybodyLate() bool {
	for _, late := range m.late {
		for _, s := range late {
			if s != 0 {
				return true
			}
		}
	}
	return false
}

// crowdOf is how much longer than it is a ride feels with so many on board, in thousandths.
func crowdOf(load, seats, room uint32) uint16 {
	return uint16(capacity.MeanCrowding(load, seats, room))
}
