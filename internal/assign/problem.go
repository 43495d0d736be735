// Package assign loads a crowd onto limited room: who boards which vehicle, who
// is left behind, where, when and why.
//
// It works in two steps, again and again. Pricing (package journey) scans the
// day backwards for each destination, and travellers make their plans. Loading
// then plays the day forward as it really goes: people pass gates and stairs,
// vehicles come, stand as long as boarding takes and leave late, people get off,
// those who wait get on first come first served while there is room. Package
// capacity holds the formulas; assign holds the play.
package assign

import (
	"github.com/qala-city/qala/internal/block"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/journey"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Problem is what is to be loaded. Nothing in it is changed.
type Problem struct {
	Network    *network.Network
	Day        *transit.Day
	Travellers *demand.Travellers
	Weights    journey.Weights
	Model      Model
	Seed       draw.Seed
	Workers    int  // goroutines that price destinations; the answer does not depend on it
	Plainly    bool // prices are worked out without the processor's vectors; nor on this

	// Rounds is how often the day is played at most. In the first nobody knows
	// of queues; in each further one the informed may choose by what they were.
	// Gap is the share of all cost that they may still regret when the rounds end early.
	// Settle is how many of the rounds, the last ones, only let people change to
	// vehicles that left with a free place in the round before.
	Rounds int
	Gap    float64
	Settle int
	// Ask is how much of what is regretted, as far as is known, a round after the first
	// asks about, from 0 to 1; 0: it asks everybody.
	Ask float64

	Delays     []Delay           // vehicles that run late, as far as is known
	SnapshotAt []transit.Seconds // moments of which the outcome shall have snapshots
}

// Model says what is played. In the zero Model vehicles keep the timetable to
// the second, nobody minds a crowd on board, and nobody changes his mind in a queue.
type Model struct {
	Dwell    bool          // vehicles stand as long as getting on and off takes
	Blocks   *block.Blocks // which vehicle makes which trip after which; nil: no trip waits for another
	Crowding bool          // time on board counts for more the fuller the vehicle is
	Replan   bool          // the uninformed look for another way when they are left behind, everybody when nothing comes any more
}

// DefaultRounds and DefaultGap end the feedback: at most so many rounds, fewer
// when people regret no more than that share of all cost. The last third settles.
const (
	DefaultRounds = 18
	DefaultGap    = 0.03
)

// DefaultSettle is how many of so many rounds settle.
func DefaultSettle(rounds int) int { return rounds / 3 }

// room is how many people a dated trip takes.
func (p *Problem) room(d transit.Dated) uint32 {
	return p.Network.Timetable.Vehicles.Room[p.vehicle(d)]
}

// vehicle is the type of vehicle of a dated trip.
func (p *Problem) vehicle(d transit.Dated) transit.Vehicle {
	return p.Network.Timetable.Trips.Vehicle[p.Day.Trip[d]]
}

func (p *Problem) pattern(d transit.Dated) transit.Pattern {
	return p.Network.Timetable.Trips.Pattern[p.Day.Trip[d]]
}
