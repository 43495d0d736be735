// Package scenario holds modifications: ordered changes that make one Network
// out of another. A planner's extra trip, a dispatcher's cancellation and a
// message from the road are the same kind of thing.
package scenario

import (
	"github.com/qala-city/qala/internal/transit"
)

// Modification is one change to the service of one date.
type Modification interface {
	// Kind is the word for it in files and results, such as extra_trips.
	Kind() string
	// Args are its canonical words, the same for the same change.
	Args() map[string]string
	// Remark is what its author wrote beside it.
	Remark() string
}

// ExtraTrips adds departures to a route: the first at From, then every Every,
// the last not after To. Each is a copy of the route's most common pattern in
// that direction, at the run time that holds at that hour.
type ExtraTrips struct {
	Route     string // id or public name
	Direction int    // 0, 1, or -1 for both
	From, To  transit.Seconds
	Every     transit.Seconds
	Note      string
}

// ChangeHeadway replaces all departures of a route between From (included)
// and To (not included) by regular ones, every Every. The first leaves at From,
// or Every after the last departure before it where that is later; the other
// direction's leave when a vehicle that turned back is ready, so that the fleet
// that the headway needs is cycle / headway and no more.
type ChangeHeadway struct {
	Route     string
	Direction int
	From, To  transit.Seconds
	Every     transit.Seconds
	Note      string
}

// All as a CancelTrip's start means every departure of the trip on the date.
const All = transit.Seconds(-1 << 31)

// CancelTrip takes out the departure of a trip that leaves its first stop at
// Start, or every one when Start is All.
type CancelTrip struct {
	Trip  string
	Start transit.Seconds
	Note  string
}

// Kind of an ExtraTrips.
func (ExtraTrips) Kind() string { return "extra_trips" }

// Kind of a ChangeHeadway.
func (ChangeHeadway) Kind() string { return "headway" }

// Kind of a CancelTrip.
func (CancelTrip) Kind() string { return "cancel_trip" }

// Remark of an ExtraTrips.
func (m ExtraTrips) Remark() string { return m.Note }

// Remark of a ChangeHeadway.
func (m ChangeHeadway) Remark() string { return m.Note }

// Remark of a CancelTrip.
func (m CancelTrip) Remark() string { return m.Note }

// Args of an ExtraTrips.
func (m ExtraTrips) Args() map[string]string {
	return serviceArgs(m.Route, m.Direction, m.From, m.To, m.Every)
}

// Args of a ChangeHeadway.
func (m ChangeHeadway) Args() map[string]string {
	return serviceArgs(m.Route, m.Direction, m.From, m.To, m.Every)
}

// Args of a CancelTrip.
func (m CancelTrip) Args() map[string]string {
	args := map[string]string{"trip": m.Trip}
	if m.Start != All {
		args["start"] = m.Start.Clock()
	}
	return args
}

func serviceArgs(route string, direction int, from, to, every transit.Seconds) map[string]string {
	args := stretchArgs(route, direction, from, to)
	args["every"] = every.Clock()
	return args
}

func stretchArgs(route string, direction int, from, to transit.Seconds) map[string]string {
	args := map[string]string{"route": route, "from": from.Clock(), "to": to.Clock()}
	if direction >= 0 {
		args["direction"] = string(rune('0' + direction))
	}
	return args
}
