package headway

import (
	"math"

	"github.com/qala-city/qala/internal/transit"
)

// Alight says what somebody on board does when his vehicle arrives at a place:
// Home, Stay, or from Change on the change over a link of the stop's row.
type Alight uint32

// What one does on arrival.
const (
	Home   Alight = iota // get off and walk to the destination
	Stay                 // remain on board
	Change               // get off; Change + i takes link i
)

// Strategy is what people do on their way to one destination, wherever they
// are. Its prices are expected seconds on board until they are there, +Inf
// where there is no way.
type Strategy struct {
	// Stop is by stop the expected price of standing there.
	Stop []float64
	// Board is by place the expected price of having boarded there, from the departure on.
	Board []float64
	// Share is by place the part of those standing at its stop who leave with
	// its line from there; 0 when its line is not attractive.
	Share []float64
	// Alight is by place what those on board do on arrival; it means nothing
	// where Board of the place before is +Inf.
	Alight []Alight

	order []uint32 // places and stops, those nearest to the destination first
}

// labels are the scratch of one search: places are its nodes below
// len(board), stops those from there on.
type labels struct {
	*Search
	*Strategy
	rate  []float64 // by stop: of its attractive lines
	price []float64 // by stop: one wait, and the rates times the prices of boarding
	done  []bool    // by node
	queue queue
}

// Towards finds the strategy to a destination that is a walk away from some
// stops, as a row of network.Links gives them.
func (s *Search) Towards(stops []transit.Stop, walks []transit.Seconds) *Strategy {
	places := len(s.problem.Lines.Stop)
	l := &labels{
		Search: s, rate: make([]float64, s.problem.Stops), price: make([]float64, s.problem.Stops),
		done: make([]bool, places+s.problem.Stops),
		Strategy: &Strategy{
			Stop: never(s.problem.Stops), Board: never(places), Share: make([]float64, places), Alight: make([]Alight, places),
		},
	}
	for i, stop := range stops {
		l.alightAt(stop, s.problem.Weights.walk(walks[i]), Home)
	}
	for len(l.queue) > 0 {
		l.settle(l.queue.pop())
	}
	l.share()
	return l.Strategy
}

func never(n int) []float64 {
	prices := make([]float64, n)
	for i := range prices {
		prices[i] = math.Inf(1)
	}
	return prices
}

// settle takes the node with the least price, which no other can lower.
func (l *labels) settle(n node) {
	if l.done[n.id] {
		return
	}
	l.done[n.id] = true
	l.order = append(l.order, n.id)
	if stop := int(n.id) - len(l.Board); stop >= 0 {
		l.settleStop(transit.Stop(stop))
	} else {
		l.settlePlace(n.id)
	}
}

// settlePlace offers a boarding to those at its stop, and to those who are on
// board already when the vehicle comes.
func (l *labels) settlePlace(place uint32) {
	stop, price := l.problem.Lines.Stop[place], l.Board[place]
	if l.boards(place) && price < l.Stop[stop] {
		l.attract(place, stop)
	}
	if !l.starts(place) {
		l.relax(place-1, price+float64(l.problem.Lines.Stand[place]), Stay)
	}
}

// attract puts a line into the attractive set of a stop. Lines come in the
// order of their prices, so that the expected price falls with each and none
// must leave again.
func (l *labels) attract(place uint32, stop transit.Stop) {
	rate := l.Search.rate[l.line[place]]
	if l.rate[stop] == 0 {
		l.price[stop] = l.problem.Weights.Wait
	}
	l.rate[stop] += rate
	l.price[stop] += float64(rate * l.Board[place])
	l.Share[place] = rate
	l.Stop[stop] = grain(l.price[stop] / l.rate[stop])
	l.queue.push(node{l.Stop[stop], uint32(len(l.Board)) + uint32(stop)})
}

// settleStop offers a change to those who arrive where one may walk to the stop from.
func (l *labels) settleStop(stop transit.Stop) {
	for _, from := range l.into[stop] {
		l.alightAt(from.stop, from.price+l.Stop[stop], Change+Alight(from.link))
	}
}

// alightAt offers a price to all who arrive at a stop.
func (l *labels) alightAt(stop transit.Stop, price float64, how Alight) {
	for _, place := range l.calls.of(stop) {
		if l.alights(place) {
			l.relax(place-1, price, how)
		}
	}
}

// relax offers the price of arriving at the place after one. Offers come in the
// order of what follows them; of equal ones the first counts.
func (l *labels) relax(place uint32, price float64, how Alight) {
	price += float64(l.problem.Lines.Ride[place])
	if price < l.Board[place] {
		l.Board[place], l.Alight[place+1] = price, how
		l.queue.push(node{price, place})
	}
}

// share makes shares of the rates of the attractive lines.
func (l *labels) share() {
	for place, rate := range l.Share {
		if rate > 0 {
			l.Share[place] = rate / l.rate[l.problem.Lines.Stop[place]]
		}
	}
}
