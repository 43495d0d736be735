package demand

import "github.com/qala-city/qala/internal/transit"

// Way is the purpose of a crowd.
type Way string

// The ways a crowd moves.
const (
	Arriving Way = "arriving"
	Leaving  Way = "leaving"
	// Background are the city's other travellers of the day; they belong to no session.
	Background Way = "background"
)

// Crowd is a part of the demand that is followed by itself: the people who
// arrive for a session, or who leave it.
type Crowd struct {
	Session int // position in the event's sessions; NoSession for the background
	Way     Way
	People  uint32
}

// NoSession is the session of travellers who do not come for the event.
const NoSession = -1

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
	Class []uint8           // position in Classes; nil when there is one class only

	Crowds  []Crowd
	Classes []Class // empty: everybody is Ordinary
}

// Class is a kind of traveller: how he walks, and what he minds and knows.
type Class struct {
	Name     string
	Speed    uint32 // walking speed in percent of the city's
	StepFree bool   // takes no steps
	Crowding uint32 // how much he minds a full vehicle, in percent of the ordinary
	// Informed travellers foresee queues and crowding as the days before showed
	// them. Others choose as if there were none, and think again when they are left behind.
	Informed bool
}

// Ordinary is the class of travellers of whom nothing else is said.
var Ordinary = Class{Name: "ordinary", Speed: 100, Crowding: 100, Informed: true}

// ClassOf is a traveller's class.
func (t *Travellers) ClassOf(traveller int) Class {
	if len(t.Classes) == 0 {
		return Ordinary
	}
	if t.Class == nil {
		return t.Classes[0]
	}
	return t.Classes[t.Class[traveller]]
}

// Len is the number of travellers.
func (t *Travellers) Len() int { return len(t.Key) }
