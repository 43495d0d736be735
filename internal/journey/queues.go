package journey

import "github.com/qala-city/qala/internal/transit"

// Queues are what is known of queues: for departures before which one has to
// stand in one, on what somebody gets who comes just before.
type Queues struct {
	at    []uint32 // by visit: where its turns begin, plus one; 0 without a queue
	turns []Turn
	count []uint8 // by visit
}

// Turn is a departure that takes somebody when his turn in a queue has come.
type Turn struct {
	Event Event
	Wait  transit.Seconds // from the departure before which he came
}

// NewQueues know of no queue on a day with so many visits.
func NewQueues(visits int) *Queues {
	return &Queues{at: make([]uint32, visits), count: make([]uint8, visits)}
}

// mostTurns is how many kinds of vehicle are known by one departure.
const mostTurns = 255

// Add says what takes somebody who joins the queue just before a departure, one turn
// a pattern. A departure without turns takes nobody any more.
func (q *Queues) Add(v transit.Visit, turns []Turn) {
	turns = turns[:min(len(turns), mostTurns)]
	if len(turns) == 0 {
		turns = []Turn{{Event: NoEvent}}
	}
	q.at[v], q.count[v] = uint32(len(q.turns))+1, uint8(len(turns))
	q.turns = append(q.turns, turns...)
}

// of are the turns of a departure; none where nobody has to queue.
func (q *Queues) of(v transit.Visit) []Turn {
	if q == nil || q.at[v] == 0 {
		return nil
	}
	from := q.at[v] - 1
	return q.turns[from : from+uint32(q.count[v])]
}
