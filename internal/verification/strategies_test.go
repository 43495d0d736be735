package verification

import (
	"context"
	"math"
	"testing"

	"github.com/qala-city/qala/internal/assign"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// exampleDays is how long the example is played; each batch is two days.
const exampleDays = 2*batches + 1

// ridden are what the loading pass did with the crowd of the example, as
// means of batches.
type ridden struct {
	minutes [3][]float64 // by where people come from
	lines   [4][]float64 // by line: those from A who board it
	last3   []float64    // those from A who take line 3 from Y
	atX     []float64    // those from A who leave line 2 at X
}

// followed loads the example with people who know its headways and not its minutes.
func followed(t *testing.T, n *network.Network, d *transit.Day) ridden {
	t.Helper()
	weights := plain
	weights.Eager = 0
	people := exampleCrowd(d.Horizon.Length - day + hour)
	p := &assign.Problem{Network: n, Day: d, Travellers: people, Weights: weights, Seed: 1, Workers: 1, Rounds: 1}
	out, err := assign.Load(context.Background(), p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return batched(t, p, out)
}

func batched(t *testing.T, p *assign.Problem, out *assign.Outcome) ridden {
	t.Helper()
	r := ridden{last3: make([]float64, batches), atX: make([]float64, batches)}
	for _, column := range [][][]float64{r.minutes[:], r.lines[:]} {
		for i := range column {
			column[i] = make([]float64, batches)
		}
	}
	journeys, each := out.Journeys(), float64(p.Travellers.Len())/3/batches
	for i, from := range p.Travellers.From {
		if out.State[i] != assign.Arrived {
			t.Fatalf("traveller %d did not arrive", i)
		}
		batch := i * batches / p.Travellers.Len()
		r.minutes[from][batch] += float64(out.End[i]-p.Travellers.Ready[i]) / 60 / each
		for _, leg := range journeys.Of(i) {
			if from != stopA {
				break
			}
			on := out.Legs[leg].On
			line := p.Day.Trip[p.Day.Owner[on]]
			r.lines[line][batch] += 1 / each
			if line == line3 && p.Day.Stop[on] == stopY {
				r.last3[batch] += 1 / each
			}
			if p.Day.Stop[on] == stopX {
				r.atX[batch] += 1 / each
			}
		}
	}
	return r
}

// spiessFlorian: optimal strategies where only headways are known.
func spiessFlorian(t *testing.T) verified {
	c := verified{
		name: "Optimal strategies",
		source: "Spiess and Florian, Optimal strategies: a new assignment model for transit networks, Transportation Research B 23 (1989), " +
			"and for phases drawn evenly, integration by hand",
		posed: "Four lines lead from A to B: 1 from A to B in 25 min every 12; 2 over X (7 min) to Y (6) every 12; 3 from X over Y (4) " +
			"to B (4) every 30; 4 from Y to B in 10 every 6. A single line is waited for half a headway. The paper adds up the lines' " +
			"frequencies at a stop; that is exact where the vehicles of each line come at random (a Poisson process) with two a headway, " +
			"so that the first of several lines comes after 1 / (2/h + 2/k) and is each line's in proportion to its frequency. *Strategies* " +
			"are those of the frequency engine on a network that promises these headways, with their volumes for one person from A. " +
			"*Prices of a day* are what the scan that the loading pass follows expects on the days that are drawn for a feed, whose minutes nobody in it knows; " +
			"they hold over a day whatever minutes were drawn. " +
			"*Vehicles at random* is the loading pass on days whose vehicles come by such processes, with people who find their lines by these prices: " +
			"all lines at each stop are attractive, and nobody leaves line 2 at X, though all may. *Even phases* are the days that are drawn " +
			"for a feed: every line keeps its headway, with a phase of its own. Then the first of two lines every 12 min comes after " +
			"12/3 = 4 min in the mean, not after 3, and at Y the wait is 2.8 min and one in ten takes line 3: the strategies' prices are " +
			"those of people who cannot use that regularity, and a little too low for vehicles that keep their headways independently of each other. " +
			"Tolerances of days are three standard errors of 40 batches.",
	}
	n := exampleNetwork(t, exampleDays+1)
	c.answers = append(c.answers, strategies(t, n)...)
	c.answers = append(c.answers, expected(t, n)...)
	random := followed(t, n, randomDay(t, exampleDays*day, 1))
	for from, want := range []float64{27.75, 267. / 14, 11.5} {
		c.answers = append(c.answers, sampled("vehicles at random: minutes from "+string("AXY"[from]), want, random.minutes[from]))
	}
	c.answers = append(c.answers,
		sampled("vehicles at random: line 1 from A", .5, random.lines[line1]),
		sampled("vehicles at random: line 3 from Y", 1./12, random.last3),
		sampled("vehicles at random: line 4 from Y", 5./12, random.lines[line4]),
		exactly("vehicles at random: from A by line 3 from X", 0, total(random.atX)))
	even := followed(t, n, evenDay(t, n))
	return verified{c.name, c.source, c.posed, append(c.answers,
		sampled("even phases: minutes from A", 29.1, even.minutes[stopA]),
		sampled("even phases: minutes from Y", 12.2, even.minutes[stopY]),
		sampled("even phases: line 3 from Y", .05, even.last3))}
}

// strategies are the answers of the frequency engine.
func strategies(t *testing.T, n *network.Network) []answer {
	t.Helper()
	p, err := headway.From(n, transit.Horizon{Start: int64(first)*86400 + 8*3600, Length: hour}, headway.Plain)
	if err != nil {
		t.Fatal(err)
	}
	s := headway.NewSearch(p)
	to := s.Towards(n.Access.Row(stopB))
	v := s.NewVolumes()
	s.Load(v, to, []float64{stopA: 1, stopB: 0})
	var answers []answer
	for stop, want := range []float64{27.75, 267. / 14, 11.5} {
		answers = append(answers, within("strategies: minutes from "+string("AXY"[stop]), want, 1e-5, to.Stop[stop]/60, 5, "± 0.00001"))
	}
	places := []string{"line 1", "", "line 2 from A", "line 2 from X", "", "line 3 from X", "line 3 from Y", "", "line 4"}
	for place, want := range []float64{.5, 0, .5, .5, 0, 0, 1. / 12, 0, 5. / 12} {
		if places[place] != "" {
			answers = append(answers, within("strategies: volume of "+places[place], want, 1e-5, v.Aboard[place], 5, "± 0.00001"))
		}
	}
	return answers
}

func total(batch []float64) float64 {
	sum := 0.0
	for _, x := range batch {
		sum += x
	}
	return sum
}

// expected are the prices of the scan of a drawn day, in the middle of it: the
// least and the greatest over a day, of which that farther off is told.
func expected(t *testing.T, n *network.Network) []answer {
	t.Helper()
	d := evenDay(t, n)
	tl := journey.NewTimeline(d, d.Depart, len(n.Timetable.Stops.ID))
	p := journey.NewPrices(journey.NewFooting(tl, n, demand.Ordinary, plain), journey.Memory{})
	p.Scan([]demand.Place{stopB}, 0, false)
	var answers []answer
	for stop, want := range []float64{27.75, 267. / 14, 11.5} {
		far := want
		for at := 10 * day; at < 11*day; at += minute {
			e := tl.From(transit.Stop(stop), at, 0)
			if price := float64(p.Standing(e, 0, tl.Leave(e)-at)) / 6000; math.Abs(price-want) > math.Abs(far-want) {
				far = price
			}
		}
		answers = append(answers, within("prices of a day: minutes from "+string("AXY"[stop]), want, .01, far, 3, "± 0.01"))
	}
	return answers
}
