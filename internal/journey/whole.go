package journey

import "github.com/qala-city/qala/internal/transit"

// price is a cost in whole seconds on board, as scans add them up: two bytes, so that a
// vector holds sixteen. lost, the highest, is the price of what leads nowhere, or takes
// what is worth more than eighteen hours on board.
type price uint16

const lost = price(1<<16 - 1)

// and is two prices one after the other.
func (a price) and(b price) price { return price(min(uint32(a)+uint32(b), uint32(lost))) }

// cost is a price in hundredths.
func (a price) cost() Cost {
	if a == lost {
		return Never
	}
	return Cost(a) * Ride
}

// whole is a cost of not less than nothing in whole seconds, the nearest.
func whole(c Cost) price { return price(min((c+Ride/2)/Ride, Cost(lost))) }

// span is so many seconds as the price of being on board for them; below nothing is nothing.
func span(s transit.Seconds) price { return price(min(max(s, 0), transit.Seconds(lost))) }

// waited is what waiting from a second to a later one costs who waits a little, in whole
// seconds. Each second of the day has a reading of its own, and a wait is the difference of
// two, so that a wait in parts costs what it does as a whole.
func (w *Weights) waited(from, to transit.Seconds) price {
	return span(w.reading(to) - w.reading(from))
}

func (w *Weights) reading(s transit.Seconds) transit.Seconds {
	all := int64(w.Wait) * int64(s)
	whole := all / int64(Ride)
	if all%int64(Ride) < 0 {
		whole-- // before the day begins too
	}
	return transit.Seconds(whole)
}

// leastOf is no more than waiting for so many seconds costs, whoever waits.
func (w *Weights) leastOf(s transit.Seconds) price {
	return span(transit.Seconds(int64(min(w.Wait, Ride)) * int64(s) / int64(Ride)))
}

// Between is what waiting from a second to a later one has cost, as scans count it, however long it was.
func (w *Weights) Between(from, to transit.Seconds) Cost {
	steep := Ride.Of(w.reading(to) - w.reading(from))
	if idle := w.idle(); idle < Never {
		return min(steep, whole(idle).cost()+Ride.Of(to-from))
	}
	return steep
}
