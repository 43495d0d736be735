package evaluation

// Feedback is how far choices and queues agree.
type Feedback struct {
	Rounds int `json:"rounds"` // how often the day was played; after one nobody foresees queues
	// RegretPermille is how much of their cost the informed could have saved, had
	// they known the queues exactly, in thousandths; 1000 after a single round.
	RegretPermille int `json:"regret_permille"`
	// InformedPermille is the share of travellers who foresee queues and crowding, in thousandths.
	InformedPermille int     `json:"informed_permille"`
	Convergence      []Round `json:"convergence"` // one entry a round
}

// Round is one playing of the day.
type Round struct {
	Round          int `json:"round"`           // from 1
	RegretPermille int `json:"regret_permille"` // of the informed when it began: on the journeys of the round before; 1000 in the first
	Changed        int `json:"changed"`         // the informed who chose anew before it
	Denied         int `json:"denied"`          // times that a full vehicle left somebody behind
}

// Replan is how many changed their mind at a stop after a vehicle had left them behind.
type Replan struct {
	Stop   string `json:"stop"`   // id, where they were left behind
	People int    `json:"people"` // who then chose another way
	// PersonSeconds is how long all of them had waited there.
	PersonSeconds int `json:"person_seconds"`
}

// Crowding is how people rode while vehicles moved.
type Crowding struct {
	RidingSeconds   int `json:"riding_seconds"`   // person-seconds on board
	StandingSeconds int `json:"standing_seconds"` // of these, above the seats of the vehicle, where they are known
}
