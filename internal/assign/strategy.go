package assign

// alight says what somebody does when his vehicle arrives: stay on board, walk
// to the destination, or (from alightLink on) take a link of the stop to change.
type alight uint8

const (
	alightStay alight = iota
	alightHome
	alightLink
	alightMost = 255 // links past this many are not used
)

// width is how many destinations one scan prices side by side: what it reads of
// the day it reads once for all of them.
const width = 8

// block is what travellers to up to width destinations do, from the first event
// on that any of them may take.
type block struct {
	first  event
	board  []uint8         // by event: a bit for each destination
	alight [][width]alight // by event: what one does at the end of its ride
}

// blockFrom lets nobody board anything from an event on.
func blockFrom(first event, events int) *block {
	n := events - int(first)
	return &block{first: first, board: make([]uint8, n), alight: make([][width]alight, n)}
}

// strategy is what travellers to one destination do, wherever they are: which
// departures they board and what they do when the vehicle reaches its next stop.
type strategy struct {
	*block
	lane int
}

func (s *strategy) boards(e event) bool { return s.board[e-s.first]>>s.lane&1 != 0 }

// after is what one does at the end of an event's ride.
func (s *strategy) after(e event) alight { return s.alight[e-s.first][s.lane] }
