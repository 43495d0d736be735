package evaluation

// Why is what somebody waited for, or why he was turned away.
type Why string

// The reasons beside those that are the name of a facility's kind.
const (
	ForService   Why = "service"       // the next vehicle of a line that he takes had not come yet
	VehicleFull  Why = "vehicle_full"  // a vehicle that he would have taken left without him
	PlatformFull Why = "platform_full" // he was kept at the platform's entrance
	LastGone     Why = "last_gone"     // no vehicle came any more
)

// Reasons are all reasons, in the order of lists: service, vehicles, what is passed
// on foot, platforms, and the end of service.
func Reasons() []Why {
	all := []Why{ForService, VehicleFull}
	for _, kind := range FacilityKinds() {
		all = append(all, Why(kind))
	}
	return append(all, PlatformFull, LastGone)
}

// OnFoot reports whether the reason lies in a station or at the venue, not with vehicles.
func (w Why) OnFoot() bool {
	switch w {
	case ForService, VehicleFull, LastGone:
		return false
	}
	return true
}

// Reason is how much waiting one reason made. All of a list together are all
// waiting of the people it is about; lists are in the order of Reasons, without
// those that nobody met.
type Reason struct {
	Why Why `json:"why"`
	// People are those to whom it happened; at facilities, who waited at two of a kind counts twice.
	People int `json:"people"`
	Times  int `json:"times"` // how often they waited for it, or were turned away by it
	// PersonSeconds is the waiting of all for this reason. The waiting of those whom
	// nobody took any more ends nowhere and is not counted.
	PersonSeconds int `json:"person_seconds"`
}
