package capacity

import "github.com/qala-city/qala/internal/transit"

// Doorway is how people get into and out of one type of vehicle, in milliseconds.
type Doorway struct {
	Dead     int // doors open and close, and nobody passes
	Doors    int // channels through which people pass at once
	Board    int // a boarding and channel
	Alight   int // an alighting and channel
	Friction int // a person who stands inside, when anybody passes
}

// Defaults of a doorway of which the feed says nothing.
const (
	deadTime = 3000 // milliseconds; the middle of 2 to 5 s for doors to open and close (TCQSM)

	// One stream through one door, by regression (TCQSM): 3.323 s, and 2.343 s a
	// boarding, 1.619 s an alighting, .093 s a person who stands.
	singleDead, singleBoard, singleAlight, singleFriction = 3323, 2343, 1619, 93
)

// several is the milliseconds a boarding of the whole vehicle through so many
// channels with fares paid before (TCQSM; five between four and six).
var several = [...]int{2: 1500, 3: 1100, 4: 900, 5: 750, 6: 600}

// DoorwayOf is the doorway of a type of vehicle. Without a time a boarding the
// constants of the TCQSM stand in; without a number of doors there is one.
func DoorwayOf(v *transit.Vehicles, i transit.Vehicle) Doorway {
	doors := max(int(v.Doors[i]), 1)
	board, alight := milliseconds(v.BoardTime[i]), milliseconds(v.AlightTime[i])
	if board == 0 {
		return usualDoorway(doors, alight)
	}
	if alight == 0 {
		alight = board * singleAlight / singleBoard
	}
	return Doorway{Dead: deadTime, Doors: doors, Board: board, Alight: alight}
}

// usualDoorway stands in for a vehicle with so many doors; alight is 0 where it is not known either.
func usualDoorway(doors, alight int) Doorway {
	d := Doorway{Dead: singleDead, Doors: doors, Board: singleBoard, Alight: alight, Friction: singleFriction}
	if doors > 1 {
		n := min(doors, len(several)-1)
		d.Board, d.Dead, d.Friction = several[n]*n, deadTime, 0
	}
	if alight == 0 {
		d.Alight = d.Board * singleAlight / singleBoard
	}
	return d
}

func milliseconds(seconds float32) int { return int(float64(1000*float64(seconds)) + .5) }

// Dwell is how long a vehicle has to stand for people to get off and then on,
// in milliseconds; standing are the people on board who stand in their way. The
// busiest door decides, and people spread over the doors as evenly as they can.
// Nobody on or off needs no time.
func (d Doorway) Dwell(boardings, alightings, standing int) int {
	if boardings == 0 && alightings == 0 {
		return 0
	}
	return d.Dead + ceil(boardings, d.Doors)*d.Board + ceil(alightings, d.Doors)*d.Alight + standing*d.Friction
}

// ceil is n / parts, rounded up.
func ceil(n, parts int) int { return (n + parts - 1) / parts }
