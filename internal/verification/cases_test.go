package verification

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/transit"
)

// cases are posed in the order of the page.
var cases = []func(*testing.T) verified{
	clearing, bulkService, sharedStop, equilibrium, spiessFlorian, gates, pedestrians, flowLaw, pointQueue, superBowl,
}

// clearing: N people at time 0, C places every h, the first at t1.
func clearing(t *testing.T) verified {
	c := verified{
		name:   "A crowd at one stop",
		source: "arithmetic: the last leaves at t1 + (ceil(N / C) - 1) h, and the waits sum to that series",
		posed:  "N people stand at a stop at 18:00; vehicles of C places leave at 18:05 and every ten minutes.",
	}
	for _, x := range []struct{ n, c int }{{1, 1}, {300, 60}, {301, 60}, {4799, 432}} {
		p := play(t, world(t, service{"line", uint32(x.c), 10 * minute, 10 * minute, 18*hour + 5*minute, 30 * hour, 1}),
			crowd(slices.Repeat([]transit.Seconds{18 * hour}, x.n)), 40*hour, 1)
		vehicles, sum := (x.n+x.c-1)/x.c, 0
		for v := range vehicles {
			sum += min(x.c, x.n-v*x.c) * (5 + 10*v)
		}
		c.answers = append(c.answers,
			exactly(fmt.Sprintf("N %d, C %d: minutes until the last is away", x.n, x.c), float64(5+10*(vehicles-1)), float64(p.lastAway(x.n)-18*hour)/60),
			exactly(fmt.Sprintf("N %d, C %d: person-minutes waited", x.n, x.c), float64(sum), p.waited()/60))
	}
	return c
}

// bulkService: Poisson arrivals, C places every headway.
func bulkService(t *testing.T) verified {
	c := verified{
		name:   "Bulk-service queue at a stop",
		source: "queueing theory, Poisson arrivals served C at a time at fixed intervals; the exact values are given in the design notes of the engine",
		posed: fmt.Sprintf("People come at random, a per headway on average; a vehicle of C places leaves every headway of %d s. "+
			"%d headways are played; the tolerance is three standard errors of %d batches.", bulkHeadway, (bulkDays-2)*day/bulkHeadway, batches),
	}
	for _, x := range []struct {
		places     int
		mean       float64
		left, wait float64
	}{{10, 5, .023709, .504742}, {10, 8, .878622, .609828}, {10, 9, 3.101238, .844582}, {40, 36, 1.990254, .555285}, {80, 76, 5.460970, .571855}} {
		left, wait := bulk(t, x.places, x.mean)
		name := fmt.Sprintf("C %d, a %g: ", x.places, x.mean)
		c.answers = append(c.answers, sampled(name+"left behind by a vehicle", x.left, left), sampled(name+"mean wait in headways", x.wait, wait))
	}
	return c
}

const (
	bulkHeadway = 400 * transit.Second
	bulkDays    = 111
	batches     = 40
)

// bulk plays the queue and returns batch means of those left behind and of the wait.
func bulk(t *testing.T, places int, mean float64) (left, wait []float64) {
	t.Helper()
	length := bulkDays * day
	n := world(t, service{"line", uint32(places), minute, bulkHeadway, 0, day, bulkDays + 8})
	p := play(t, n, crowd(poisson(mean, length-2*day)), length, 1)
	left, wait = make([]float64, batches), make([]float64, batches)
	count, people := make([]float64, batches), make([]float64, batches)
	part := (length - 2*day) / batches
	batch := func(at transit.Seconds) int { return min(int(at/part), batches-1) }
	d := p.problem.Day
	for v, stop := range d.Stop {
		if stop == 0 && d.Within(d.Depart[v]) && d.Depart[v] < length-2*day {
			b := batch(d.Depart[v])
			left[b] += float64(p.Denied[v])
			count[b]++
		}
	}
	for _, leg := range p.Legs {
		b := batch(leg.Join)
		wait[b] += float64(d.Depart[leg.On]-leg.Join) / float64(bulkHeadway)
		people[b]++
	}
	for b := range batches {
		left[b] /= count[b]
		wait[b] /= people[b]
	}
	return left, wait
}

// poisson are the times of people who come at random, so many a headway.
func poisson(mean float64, until transit.Seconds) []transit.Seconds {
	var out []transit.Seconds
	at := 0.0
	for i := uint64(0); ; i++ {
		at += -math.Log(1-draw.Seed(7).Unit(i)) * float64(bulkHeadway) / mean
		if transit.Seconds(at) >= until {
			return out
		}
		out = append(out, transit.Seconds(at+0.5))
	}
}

// sampled accepts three standard errors of the batch means.
func sampled(quantity string, expected float64, batch []float64) answer {
	mean, square := 0.0, 0.0
	for _, x := range batch {
		mean += x / float64(len(batch))
	}
	for _, x := range batch {
		square += (x - mean) * (x - mean)
	}
	err := math.Sqrt(square / float64(len(batch)-1) / float64(len(batch)))
	return within(quantity, expected, 3*err, mean, 4, fmt.Sprintf("± %.4f", 3*err))
}

// sharedStop: a fast line with little room and a slow one with plenty.
func sharedStop(t *testing.T) verified {
	n := world(t,
		service{"fast", 10, 5 * minute, 10 * minute, 18 * hour, 23 * hour, 1},
		service{"slow", 1000, 35 * minute, 10 * minute, 18*hour + minute, 23 * hour, 1})
	people := func() []transit.Seconds { return slices.Repeat([]transit.Seconds{17*hour + 59*minute}, 100) }
	slow := func(p played) (riders int, worstFast transit.Seconds) {
		for _, leg := range p.Legs {
			if p.problem.Day.Trip[p.problem.Day.Owner[leg.On]] == 1 {
				riders++
			} else {
				worstFast = max(worstFast, p.problem.Day.Arrive[leg.Off])
			}
		}
		return riders, worstFast
	}
	blind, _ := slow(play(t, n, crowd(people()), 28*hour, 1))
	riders, worst := slow(play(t, n, crowd(people()), 28*hour, 40))
	return verified{
		name:   "Capacity changes the choice",
		source: "own numbers after the idea of a test of MATSim's schedule-based assignment",
		posed: "100 people; a fast line (5 min, ten places, every ten minutes from 18:00) and a slow one (35 min, room for all, from 18:01). " +
			"Who takes the slow one travels 37 minutes. On the fast one the first ten travel 6, the next 16, 26, 36 and 46 minutes: " +
			"in exact balance 40 ride fast and 60 slow; with 30 on the fast line the 31st could save one minute in 37, less than the " +
			"3% of regret at which the rounds end.",
		answers: []answer{
			exactly("on the slow line when nobody knows of the queue", 0, float64(blind)),
			between("on the slow line when they do", 60, 70, float64(riders), 0),
			between("longest journey by the fast line, minutes", 26, 36, float64(worst-17*hour-59*minute)/60, 0),
		},
	}
}

// superBowl: the trains after Super Bowl XLVIII, 2 February 2014.
func superBowl(t *testing.T) verified {
	clear := func(people, rounds int, services ...service) played {
		ready := make([]transit.Seconds, people)
		for i := range ready { // the crowd comes to the station over the first hour
			ready[i] = 22*hour + hour*transit.Seconds(i)/transit.Seconds(people)
		}
		return play(t, world(t, services...), crowd(ready), 36*hour, rounds)
	}
	trains := service{"train", 1100, 20 * minute, 6 * minute, 22*hour + 6*minute, 34 * hour, 1}
	buses := service{"bus", 55, 40 * minute, 12 * transit.Second, 22*hour + 10*minute, 23*hour + 10*minute, 1}
	really := clear(33000, 1, trains)
	hours := func(p played, people int) float64 { return float64(p.lastAway(people)-22*hour) / float64(hour) }
	helped := clear(33000, 20, trains, buses)
	return verified{
		name: "Super Bowl XLVIII, 2014",
		source: "press and agency reports: 12,000-15,000 rail riders expected, more than 33,000 came; the line carried 10,000-12,000 an hour; " +
			"clearing took about 3.5 h, about 13,000 were away after 90 minutes",
		posed: "33,000 people come to the station within an hour; trains of 1,100 leave every six minutes (11,000 an hour). " +
			"In the last case 300 buses of 55 places stand by and leave within an hour from 22:10; people know of the queue (20 rounds).",
		answers: []answer{
			between("hours until all are away", 2.75, 3.75, hours(really, 33000), 2),
			between("away after 90 minutes", 12000, 18000, really.away(23*hour+30*minute), 0),
			between("hours for the 13,500 of the forecast", 0, 1.6, hours(clear(13500, 1, trains), 13500), 2),
			between("hours saved by 300 standby buses", 1, 3, hours(really, 33000)-hours(helped, 33000), 2),
		},
	}
}
