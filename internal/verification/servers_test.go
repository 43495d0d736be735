package verification

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/capacity"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// together are n people who all come at once, to one facility after the other in turn.
func together(n, doors int) (people []comer) {
	for i := range n {
		people = append(people, comer{station.Facility(i % doors), 0})
	}
	return people
}

// gates: people come at random to ticket gates that are nine tenths busy.
func gates(t *testing.T) verified {
	c := verified{
		name:   "Gates",
		source: "queueing theory: Erlang's C for exponential service; rho^2 / 2(1 - rho) for one channel of constant service; the exact mean of M/D/5",
		posed: fmt.Sprintf("People come at random to a row of gates, each of which takes %d s a person, at nine tenths of what all gates together can take. "+
			"%d days are played, of which the first two are left out; the tolerance is three standard errors of %d batches. "+
			"The queue is who waits in front of the gates, without those at a gate. Who is through joins the queue of a stop.", gateService, gateDays, batches),
	}
	for _, x := range []struct {
		name        string
		channels    uint32
		random      bool
		held, queue float64
	}{
		{"5 gates, exponential service (M/M/5)", 5, true, .762493, 6.862439},
		{"10 gates, exponential service (M/M/10)", 10, true, .668732, 6.018584},
		{"1 gate, constant service (M/D/1)", 1, false, .9, 4.05},
		{"5 gates, constant service (M/D/5)", 5, false, math.NaN(), 3.495128},
	} {
		held, queue := atGates(t, x.channels, x.random)
		if !math.IsNaN(x.held) {
			c.answers = append(c.answers, sampled(x.name+": share who wait", x.held, held))
		}
		c.answers = append(c.answers, sampled(x.name+": mean queue", x.queue, queue))
	}
	return c
}

const (
	gateService = 60 // seconds, long against the whole seconds in which people come
	gateDays    = 122
)

// atGates are batches of the share who wait and of the mean queue.
func atGates(t *testing.T, channels uint32, random bool) (held, queue []float64) {
	t.Helper()
	var people []comer
	at := 0.0
	for i := uint64(0); ; i++ {
		at += draw.Seed(5).Exponential(i) * gateService / (.9 * float64(channels))
		if transit.Seconds(at) >= gateDays*day {
			break
		}
		people = append(people, comer{at: transit.Seconds(at)})
	}
	c := crossing(t, facilities(obstacle{kind: station.Gate, channels: channels, service: gateService * 1000, random: random}), people, (gateDays+1)*day)
	minutes := c.logs[0].Minutes[2*24*60 : gateDays*24*60]
	for part := range slices.Chunk(minutes, len(minutes)/batches) {
		var came, waited, sum float64
		for _, m := range part {
			came, waited, sum = came+float64(m.Came), waited+float64(m.Queued), sum+float64(m.Queue)
		}
		held, queue = append(held, waited/came), append(queue, sum/float64(len(part)))
	}
	return held, queue
}

// pointQueue: a bottleneck that takes half of what comes for an hour.
func pointQueue(t *testing.T) verified {
	var people []comer
	for at := range hour {
		people = append(people, comer{at: at})
	}
	c := crossing(t, facilities(obstacle{kind: station.Gate, channels: 1, service: 2000}), people, day)
	log := c.logs[0]
	lost := float64(log.Wait) / 1000 / 3600
	return verified{
		name:   "Point queue",
		source: "arithmetic: the area between arrivals and departures",
		posed:  "3,600 vehicles come in an hour, one a second, to a point that lets one through every two seconds (1,800 an hour).",
		answers: []answer{
			exactly("waiting after one hour", 1800, float64(log.Minutes[59].Queue)),
			exactly("longest queue", 1800, float64(log.LongestQueue)),
			exactly("seconds until the last is through", 7200, float64(slices.Max(c.out))),
			within("delay, vehicle-hours", 1800, .5, lost, 1, "half a second each"),
			within("mean delay, minutes", 30, .01, lost*60/3600, 2, "half a second"),
		},
	}
}

// pedestrians: the tests of RiMEA and of the IMO that need no geometry.
func pedestrians(t *testing.T) verified {
	last := func(people []comer, things ...obstacle) float64 {
		return float64(slices.Max(crossing(t, facilities(things...), people, day).out))
	}
	door := obstacle{kind: station.Door, width: 1}
	return verified{
		name:   "Pedestrians",
		source: "RiMEA guideline and IMO MSC.1/Circ.1533, their tests of single corridors, stairs and doors: a door lets at most 1.33 people a second and meter through",
		posed:  "One person on a corridor of 2 m and on stairs; crowds that stand in front of doors of 1 m each. Times are rounded up to whole seconds.",
		answers: []answer{
			between("seconds for 40 m of corridor at 1.33 m/s", 26, 34, last(together(1, 1), obstacle{kind: station.Passage, length: 40, width: 2, speed: 1.33}), 0),
			exactly("seconds for 10 m of stairs at 1 m/s", 10, last(together(1, 1), obstacle{kind: station.Stairs, length: 10, width: 2, speed: 1})),
			between("seconds for 100 people through one door", 75.19, 76.19, last(together(100, 1), door), 0),
			exactly("seconds for 1,000 people through four doors", 188, last(together(1000, 4), door, door, door, door)),
			exactly("seconds for 1,000 people through two doors", 376, last(together(1000, 2), door, door)),
		},
	}
}

// flowLaw: a passage on which ever more people come.
func flowLaw(t *testing.T) verified {
	c := verified{
		name:   "Flow and density on foot",
		source: "Weidmann 1993: v = 1.34 (1 - exp(-1.913 (1/rho - 1/5.4))) m/s; at most 1.2249 people a second and meter, at 1.7507 a square meter",
		posed: "A passage of 400 m and 10 m width; so many people come to it every second for two hours. Flow and density are those of the last 30 minutes, " +
			"and the flow expected is the law's at the density obtained. What is too many waits in front: the passage itself never gets denser than where most get through.",
	}
	for _, rate := range []int{2, 6, 10, 12, 13, 40} {
		flow, density := onPassage(t, rate)
		name := fmt.Sprintf("%d people a second: ", rate)
		if rate > 12 {
			c.answers = append(c.answers, within(name+"flow, people a second and meter", 1.2249, .001, flow, 4, "± 0.001"),
				within(name+"density, people a square meter", 1.7507, .005, density, 4, "± 0.005: who is out within a second is in until its end"))
			continue
		}
		law := density * capacity.FreeSpeed * (1 - math.Exp(-1.913*(1/density-1/5.4)))
		c.answers = append(c.answers, within(fmt.Sprintf("%sflow at %.3f a square meter", name, density), law, .005*law, flow, 4, "half a percent"))
	}
	return c
}

// onPassage is the flow and the density when so many come every second.
func onPassage(t *testing.T, rate int) (flow, density float64) {
	t.Helper()
	const length, width, until, counted = 400, 10, 120, 30
	var people []comer
	for at := range until * minute {
		for range rate {
			people = append(people, comer{at: at})
		}
	}
	log := crossing(t, facilities(obstacle{kind: station.Passage, length: length, width: width, speed: capacity.FreeSpeed}), people, day).logs[0]
	for _, m := range log.Minutes[until-counted : until] {
		flow += float64(m.Through) / (counted * 60) / width
		density += float64(m.Inside) / counted / (length * width)
	}
	return flow, density
}
