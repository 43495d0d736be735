package assign

// Rules of the play that a result states among its numbers.
const (
	StatedStand       = ordinaryStand // what a run between two stops allows for standing at most, and a third of it
	StatedAhead       = standAhead    // how long a vehicle stands ready at its first stop
	StatedPeopleADoor = peopleADoor   // of a vehicle's room, where its doors are not known
	StatedSigns       = signShare     // one part in so many the way that signs lead may be dearer
	StatedThoughts    = mostThoughts  // so often somebody gives up a queue on one journey
)
