// Package assign loads a crowd onto limited room: who boards which vehicle, who
// is left behind, where, when and why.
//
// It works in two steps. Pricing scans the day backwards once per destination
// and says, for each departure, what boarding it would cost and whether it is
// worth it. Loading then plays the day forward: vehicles come, people get off,
// those who wait get on first come first served while there is room. Package
// capacity holds the formulas; assign holds the play.
package assign

import (
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Problem is what is to be loaded. Nothing in it is changed.
type Problem struct {
	Network    *network.Network
	Day        *transit.Day
	Travellers *demand.Travellers
	Weights    Weights
	Seed       draw.Seed
	Workers    int // goroutines that price destinations; the answer does not depend on it

	// Rounds is how often the day is played at most. In the first nobody knows
	// of queues; in each further one people may choose by what they were. Gap is
	// the share of all cost that people may still regret when the rounds end early.
	Rounds int
	Gap    float64
}

// Weights are what a journey's parts cost, in hundredths of a second on board
// a vehicle per second (so 100 is one for one), or in seconds where said.
type Weights struct {
	Walk   Cost
	Wait   Cost
	Early  Cost            // per second that one arrives before the wanted time
	Late   Cost            // per second after it
	Change transit.Seconds // on-board seconds that a change of vehicle is worth
	// Eager is how many on-board seconds worse than waiting on a vehicle may be
	// and still be boarded by somebody who is there when it leaves.
	Eager transit.Seconds
	// Spread is the scale in seconds of the unknown part of a traveller's taste
	// for a boarding place (Gumbel); 0 makes everybody choose the cheapest.
	Spread transit.Seconds
	// Buffer is how many seconds before a departure somebody who knows the
	// timetable comes to the stop.
	Buffer transit.Seconds
	// Window is how long before the wanted arrival a journey may start.
	Window transit.Seconds
}

// DefaultWeights are the working values; plan states them with their sources.
var DefaultWeights = Weights{
	Walk: 200, Wait: 165, Early: 61, Late: 240,
	Change: 5 * transit.Minute, Eager: 3 * transit.Minute, Spread: 3 * transit.Minute,
	Buffer: 1 * transit.Minute, Window: 3 * transit.Hour,
}

// DefaultRounds and DefaultGap end the feedback: at most so many rounds, fewer
// when people regret no more than that share of all cost.
const (
	DefaultRounds = 12
	DefaultGap    = 0.03
)

// Cost is generalized cost in hundredths of a second on board.
type Cost int32

// never is the cost of what cannot be done; sums of it stay within a Cost.
const never = Cost(1 << 29)

// ride is the weight of time on board.
const ride = Cost(100)

// of is what so many seconds cost at a weight.
func (weight Cost) of(s transit.Seconds) Cost { return weight * Cost(s) }

// room is how many people a dated trip takes.
func (p *Problem) room(d transit.Dated) uint32 {
	tt := p.Network.Timetable
	return tt.Vehicles.Room[tt.Trips.Vehicle[p.Day.Trip[d]]]
}
