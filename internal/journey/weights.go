package journey

import (
	"github.com/qala-city/qala/internal/headway"
	"github.com/qala-city/qala/internal/transit"
)

// Weights are what a journey's parts cost, in hundredths of a second on board
// a vehicle per second (so 100 is one for one), or in seconds where said.
type Weights struct {
	Walk Cost
	Wait Cost // until Patience has passed; from then on a second waited counts as one on board
	// Patience is how long a wait counts for Wait. Without an end people would
	// rather ride about than wait for an hour; 0 stands for no end.
	Patience transit.Seconds
	// Stranded is how many seconds on board the way is worth that people find whom no vehicle takes home.
	Stranded transit.Seconds
	Early    Cost            // per second that one arrives before the wanted time
	Late     Cost            // per second after it
	Change   transit.Seconds // on-board seconds that a change of vehicle is worth
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
	Walk: 200, Wait: 165, Patience: 15 * transit.Minute, Stranded: 2 * transit.Hour, Early: 61, Late: 240,
	Change: 5 * transit.Minute, Eager: 3 * transit.Minute, Spread: 3 * transit.Minute,
	Buffer: 1 * transit.Minute, Window: 3 * transit.Hour,
}

// Cost is generalized cost in hundredths of a second on board.
type Cost = headway.Cost

// Never is the cost of what cannot be done; sums of two of it stay within a Cost.
const Never = Cost(1 << 29)

// Ride is the weight of time on board.
const Ride = Cost(100)

// Waiting is what a wait of so many seconds costs.
func (w *Weights) Waiting(s transit.Seconds) Cost {
	steep := w.Wait.Of(s)
	if idle := w.idle(); idle < Never {
		return min(steep, idle+Ride.Of(s))
	}
	return steep
}

// idle is what a wait costs for being long, beside its seconds as on board; Never where none is.
func (w *Weights) idle() Cost {
	if w.Patience == 0 || w.Wait <= Ride {
		return Never
	}
	return (w.Wait - Ride).Of(w.Patience)
}

// stillIdle is idle for somebody who has waited for a while already.
func (w *Weights) stillIdle(waited transit.Seconds) Cost {
	if w.Patience == 0 || w.Wait <= Ride {
		return Never
	}
	return (w.Wait - Ride).Of(max(w.Patience-waited, 0))
}

// OffTime is what it costs to arrive so many seconds after the wanted time.
func (w Weights) OffTime(late transit.Seconds) Cost {
	if late > 0 {
		return w.Late.Of(late)
	}
	return w.Early.Of(-late)
}

// OffAbout is what it costs in the mean to arrive so many seconds after the
// wanted time, give or take some: evenly spread from that much before to that
// much after.
func (w Weights) OffAbout(late, about transit.Seconds) Cost {
	if about <= 0 || late >= about || late <= -about {
		return w.OffTime(late)
	}
	before, after := int64(about-late), int64(about+late)
	return Cost((int64(w.Early)*before*before + int64(w.Late)*after*after) / (4 * int64(about)))
}

// Spare is how long before the wanted time somebody means to arrive whose arrival is
// so spread, for the least cost in the mean; below nothing where lateness is cheap.
func (w Weights) Spare(about transit.Seconds) transit.Seconds {
	return transit.Seconds(int64(about) * int64(w.Late-w.Early) / max(int64(w.Late+w.Early), 1))
}
