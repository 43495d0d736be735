// Package headway answers for lines that promise headways and no minutes: the
// strategies by which people travel on them, the volumes that follow, and what
// waiting for such lines is worth at a stop.
//
// The strategies are the optimal ones of Spiess and Florian (Transportation
// Research B 23, 1989): a traveller does not choose one line but a set of
// attractive ones at each stop, and boards whichever comes first. Package
// assign plays single vehicles; headway knows rates alone.
package headway

import (
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Lines are what runs in a stretch of time, in flat columns. Line l calls at
// the places First[l] to First[l+1], in their order.
type Lines struct {
	Pattern []transit.Pattern // by line: the pattern that it came from
	Headway []float64         // by line: mean seconds between two of its vehicles, above 0
	First   []uint32          // one more entry than lines

	// by place
	Stop     []transit.Stop
	Boarding []transit.Boarding
	Stand    []transit.Seconds // from the arrival to the departure
	Ride     []transit.Seconds // to the next place of the line; 0 at its last
}

// Problem is what strategies are looked for in. Nothing in it is changed.
type Problem struct {
	Stops     int // stops are numbered below it
	Lines     Lines
	Transfers network.Links // by stop: where one may change to, itself included
	Weights   Weights
}

// Weights are what the parts of a journey cost, in seconds on board.
type Weights struct {
	Walk   float64         // per second
	Wait   float64         // per second, above 0
	Change transit.Seconds // each change of vehicle

	// Alpha is the mean wait for a line in headways: 1/2 where its vehicles keep
	// their headway, 1 where they come at random.
	Alpha float64
}

// DefaultWeights are the weights of the timetable's engine with waits of half a headway.
var DefaultWeights = Weights{Walk: 2, Wait: 1.65, Change: 5 * transit.Minute, Alpha: 0.5}

// Plain weights count every second once, and a change nothing but its wait.
var Plain = Weights{Walk: 1, Wait: 1, Alpha: 0.5}

// Len is the number of lines.
func (l *Lines) Len() int { return len(l.Headway) }

// close ends a line whose places are filled in already.
func (l *Lines) close(p transit.Pattern, headway float64) {
	l.Pattern, l.Headway = append(l.Pattern, p), append(l.Headway, headway)
	l.First = append(l.First, uint32(len(l.Stop)))
}
