package capacity

// Grade is a level of service, from 'A', everybody has all the space he wants,
// to 'F', people touch and nobody gets on.
type Grade byte

// bounds are the least square meters a person of the levels A to E.
var (
	queueing = [...]float64{1.2, .9, .7, .3, .2}   // Fruin's levels, as the TCQSM has them
	walking  = [...]float64{3.3, 2.3, 1.4, .9, .5} // the same
)

// Densities that are dangerous in themselves, in people a square meter.
const (
	DangerWalking  = 4
	DangerStanding = 5
)

// QueueGrade is the level of service where people stand and wait; area in square meters.
func QueueGrade(people int, area float64) Grade { return grade(people, area, queueing[:]) }

// WalkGrade is the level of service where people walk; area in square meters.
func WalkGrade(people int, area float64) Grade { return grade(people, area, walking[:]) }

func grade(people int, area float64, bounds []float64) Grade {
	for i, least := range bounds {
		if area >= float64(float64(people)*least) {
			return 'A' + Grade(i)
		}
	}
	return 'F'
}

// How people feel time in a crowded vehicle (revealed by their choices in Hong
// Kong), in thousandths: as much longer for a vehicle filled to its room, and
// for standing in it.
const (
	crowdingFull     = 119
	crowdingStanding = 265
)

// Crowding is how much longer a minute on board feels to somebody who stands or
// has a seat while load people are on board, in thousandths: 1000 is as long as it is.
func Crowding(load, room uint32, stands bool) int {
	felt := 1000
	if room > 0 {
		felt += int(crowdingFull * uint64(load) / uint64(room))
	}
	if stands {
		felt += crowdingStanding
	}
	return felt
}

// MeanCrowding is Crowding for somebody of whom it is not known whether he has a
// seat: everybody on board has the same chance of one of the seats.
func MeanCrowding(load, seats, room uint32) int {
	felt := Crowding(load, room, false)
	if load > seats {
		felt += int(crowdingStanding * uint64(load-seats) / uint64(load))
	}
	return felt
}
