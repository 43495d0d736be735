package capacity

// How many people get through what they pass in a station or at a venue, where
// nobody counted.
const (
	DoorPerSecond       = 1.33 // a meter of clear width (IMO MSC.1/Circ.1533)
	EscalatorPerHour    = 6720 // a moving staircase of one meter at .5 m/s (GB 50157)
	StairsPerHour       = 3200 // a meter of width, both ways mixed (GB 50157)
	StairsUpPerHour     = 3700 // a meter of width, all upwards (GB 50157)
	StairsDownPerHour   = 4200 // a meter of width, all downwards (GB 50157)
	PassagePerHour      = 4000 // a meter of width, both ways mixed (GB 50157)
	PassageOneWay       = 5000 // a meter of width and hour, all one way (GB 50157)
	TicketGatePerMinute = 25   // a gate (London)
	PaddleGatePerHour   = 1800 // a gate with paddles (Chinese practice)
	TurnstilePerMinute  = 11   // a turnstile into a stadium
	DetectorPerHour     = 400  // a walk-through metal detector
	SearchPerMinute     = 7    // a lane where people with and without bags are searched by hand
)

// ServiceAt is the milliseconds a person and channel when one channel takes so
// many people in a stretch of seconds, to the nearest; 0 when it takes none.
func ServiceAt(people, seconds float64) uint32 {
	if people <= 0 || seconds <= 0 {
		return 0
	}
	return uint32(min(float64(1000*seconds)/people+.5, 1e9))
}

// DoorGap is the least time between two people through a door, in microseconds,
// rounded up; 0 when it has no width that is known.
func DoorGap(width float64) int64 { return gap(float64(DoorPerSecond * width)) }

// Gap is the least time between two people who leave a width of meters on foot,
// in microseconds, rounded up; 0 when the width is not known.
func (l FootLaw) Gap(freeSpeed, width float64) int64 { return gap(l.PerSecond(freeSpeed, width)) }

// gap is the microseconds between two people at a rate a second.
func gap(perSecond float64) int64 {
	if perSecond <= 0 {
		return 0
	}
	micros := 1e6 / perSecond
	whole := int64(min(micros, 1e12))
	if float64(whole) < micros {
		whole++
	}
	return whole
}
