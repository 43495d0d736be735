package demand

import "github.com/qala-city/qala/internal/transit"

// Way is the purpose of a crowd.
type Way string

// The ways a crowd moves.
const (
	Arriving Way = "arriving"
	Leaving  Way = "leaving"
)

// Crowd is a part of the demand that is followed by itself: the people who
// arrive for a session, or who leave it.
type Crowd struct {
	Session int // position in the event's sessions
	Way     Way
	People  uint32
}

// Free stands in Ready or Due for a traveller without that wish.
const Free = transit.Seconds(-1 << 31)

// Travellers are the people of a day, one a row, in the order of their keys'
// making: the row number breaks ties between people who come at the same second.
type Travellers struct {
	Key   []uint64 // stable over scenarios: what a traveller draws depends on it alone
	From  []Place
	To    []Place
	Ready []transit.Seconds // earliest leaving From, on the day's axis, or Free
	Due   []transit.Seconds // wanted arrival at To, or Free
	Crowd []uint16          // position in Crowds

	Crowds []Crowd
}

// Len is the number of travellers.
func (t *Travellers) Len() int { return len(t.Key) }
