// Package role names who people are to the house, and what a door may ask of
// them. Package access finds out who somebody is.
package role

import "slices"

// Role is what somebody is in the house.
type Role string

// The roles. Organiser, police and depot are guests of an event; a device is a
// vehicle or a feed, which has a key and no account.
const (
	Viewer        Role = "viewer"
	Planner       Role = "planner"
	Dispatcher    Role = "dispatcher"
	Administrator Role = "administrator"
	Organiser     Role = "organiser"
	Police        Role = "police"
	Depot         Role = "depot"
	Device        Role = "device"
)

// Roles are those that an account may be granted.
var Roles = []Role{Viewer, Planner, Dispatcher, Administrator, Organiser, Police, Depot}

// Guest reports whether the role is that of a guest of an event.
func (r Role) Guest() bool { return r == Organiser || r == Police || r == Depot }

// Need is what a route asks of its caller.
type Need struct {
	name  string
	roles []Role
}

// The needs. Anyone asks nothing, not even to be known.
var (
	Anyone = Need{name: "anyone"}
	// Self is about whoever asks: met by everybody who has signed in, and by no key.
	Self       = Need{name: "self"}
	Look       = Need{"look", []Role{Viewer, Planner, Dispatcher, Administrator, Organiser, Police, Depot}}
	Plan       = Need{"plan", []Role{Planner, Administrator}}
	Dispatch   = Need{"dispatch", []Role{Dispatcher, Administrator}}
	Administer = Need{"administer", []Role{Administrator}}
	// Approve is a signature below a plan, Release brings it into force.
	Approve = Need{"approve", []Role{Planner, Dispatcher, Administrator}}
	Release = Need{"release", []Role{Dispatcher, Administrator}}
	// Locate says where a vehicle is: all that a device may.
	Locate = Need{"locate", []Role{Device}}
)

// Needs are all of them but Anyone and Self.
var Needs = []Need{Look, Plan, Dispatch, Administer, Approve, Release, Locate}

// NeedNamed is the need of a name; ok is false where there is none.
func NeedNamed(name string) (need Need, ok bool) {
	at := slices.IndexFunc(Needs, func(n Need) bool { return n.name == name })
	if at < 0 {
		return Need{}, false
	}
	return Needs[at], true
}

// Name is the word for the need in the contract; "" for the zero Need, which nobody meets.
func (n Need) Name() string { return n.name }

// Open reports whether the need is that of anyone.
func (n Need) Open() bool { return n.name == Anyone.name }

// Own reports whether the need is about whoever asks.
func (n Need) Own() bool { return n.name == Self.name }

// Met reports whether somebody with these roles meets the need.
func (n Need) Met(by ...Role) bool {
	return n.Open() || slices.ContainsFunc(by, func(r Role) bool { return slices.Contains(n.roles, r) })
}
