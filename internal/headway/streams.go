package headway

import "github.com/qala-city/qala/internal/transit"

// Cost is a price in hundredths of a second on board, as a scan of single
// departures counts it; Never is the price of what cannot be done.
type Cost int32

// Of is what so many seconds cost where one costs so much.
func (c Cost) Of(s transit.Seconds) Cost { return c * Cost(s) }

// Never saturates: no price is above it.
const Never = Cost(1 << 29)

// Rate is how many vehicles come in 2^28 seconds.
type Rate int64

// rateBits is the fraction of a Rate; a stop's rates together count up to rateMost.
const (
	rateBits = 28
	rateMost = 32 << rateBits
)

// Every is the rate at which vehicles come at random whose mean wait is half a
// headway: two in each. Headways count from a second to about six days.
func Every(headway transit.Seconds) Rate {
	h := int64(min(max(headway, 1), 1<<19))
	return Rate((2<<rateBits + h/2) / h)
}

// Streams are the lines at one stop that promise headways and no minutes. Who
// stands there cannot know when they come, and finds them coming at random (a
// Poisson process).
type Streams struct {
	Rate  []Rate
	Since []transit.Seconds // from when the line comes at that rate; before, it does not
}

// Back is the price of standing at the stop gap seconds earlier, when at a time
// it is v and no line with minutes leaves in between. wait is the price of a
// second there, below 1<<13; price is by line what boarding its vehicle costs,
// the one that the timetable draws next, or Never.
//
// Somebody who stands there boards what is cheaper than standing on. So going
// back in time the price moves by wait - sum(rate * max(v - price, 0)) a second:
// towards (wait + sum(rate * price)) / sum(rate) over the attractive lines, like
// an exponential function; and by wait a second where none is attractive.
// From Never it is at that end at once: who waits for a promised line's last
// vehicle expects it as he would any other.
//
// The same arguments give the same answer on every architecture.
func (s *Streams) Back(v Cost, at, gap transit.Seconds, wait Cost, price []Cost) Cost {
	now, end := instantOf(at), instantOf(at-gap)
	if v >= Never {
		v = s.settled(now, wait, price)
	}
	for now > end && v < Never {
		m := s.moving(v, now, wait, price)
		v, now = m.back(v, now, max(end, m.until))
	}
	return min(v, Never)
}

// Settled is where the price of standing at the stop ends when lines come at
// their rates forever, with no other way to leave: that of the optimal strategy.
func (s *Streams) Settled(at transit.Seconds, wait Cost, price []Cost) Cost {
	return s.settled(instantOf(at), wait, price)
}

// settled starts with all lines and leaves out those that are not attractive
// at what the others give, until all are.
func (s *Streams) settled(now instant, wait Cost, price []Cost) Cost {
	best := Never
	for {
		rate, sum := int64(0), int64(wait)<<rateBits
		for l, p := range price {
			if p < best && s.comes(l, now) && rate < rateMost {
				rate += int64(s.Rate[l])
				sum += int64(s.Rate[l]) * int64(p)
			}
		}
		if rate == 0 || (sum+rate/2)/rate >= int64(best) {
			return best
		}
		best = Cost((sum + rate/2) / rate)
	}
}

// comes reports whether a line comes in the moment before an instant.
func (s *Streams) comes(line int, now instant) bool { return instantOf(s.Since[line]) < now }

// Boards reports whether somebody who stands at a stop takes a vehicle at a
// price, when standing on costs v.
func Boards(price, v Cost) bool { return price < Never && price <= v }
