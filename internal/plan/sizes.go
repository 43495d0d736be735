package plan

import (
	"fmt"
	"math"
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
)

// sizes are the event as each of several runs has it. What may be larger or
// smaller is drawn from its triangle, cut into as many equally likely parts as
// there are runs, one part a run, in an order that the seed gives. So few runs
// cover the whole triangle, without the runs^numbers of all combinations, and
// those that were finished before an interruption are a fair part of it. The
// first run takes the part with the most likely value, and that value itself.
func sizes(e demand.Event, seed draw.Seed, runs int) []demand.Event {
	events := make([]demand.Event, runs)
	for i := range events {
		events[i] = e
		events[i].Sessions = slices.Clone(e.Sessions)
	}
	for s, session := range e.Sessions {
		values := drawSpan(session.AttendanceSpan, float64(session.Attendance), seed.For(draw.Key("attendance", fmt.Sprint(s))), runs)
		for i, value := range values {
			events[i].Sessions[s].Attendance = uint32(max(math.Round(value), 1))
		}
	}
	for i, value := range drawSpan(e.ShareSpan, e.TransitShare, seed.For(draw.Key("transit_share")), runs) {
		events[i].TransitShare = value
	}
	return events
}

// drawSpan is a value of a span for each run; the middle for the first.
func drawSpan(span demand.Span, middle float64, seed draw.Seed, runs int) []float64 {
	parts := shuffled(seed, runs)
	own := min(int(span.Below(middle)*float64(runs)), runs-1)
	at := slices.Index(parts, own)
	parts[0], parts[at] = parts[at], parts[0]
	values := make([]float64, runs)
	values[0] = middle
	for i := 1; i < runs; i++ {
		within := seed.Unit(uint64(runs + i))
		values[i] = span.At((float64(parts[i])+within)/float64(runs), middle)
	}
	return values
}

// shuffled are the numbers below n in an order that the seed gives.
func shuffled(seed draw.Seed, n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	for i := n - 1; i > 0; i-- {
		j := seed.Below(uint64(i), uint64(i+1))
		order[i], order[j] = order[j], order[i]
	}
	return order
}
