// Package role names who people are to the house, and what a door may ask of
// them. Package access finds out who somebody is.
package role

import "slices"

// Role is what somebody is in the house.
type Role string

// The roles. The last three are guests of an event.
const (
	Viewer        Role = "viewer"
	Planner       Role = "planner"
	Dispatcher    Role = "dispatcher"
	Administrator Role = "administrator"
	Organiser     Role = "organiser"
	Police        Role = "police"
	Depot         Role = "depot"
)

// Roles are all of them.
var Roles = []Role{Viewer, Planner, Dispatcher, Administrator, Organiser, Police, Depot}

// Need is what a route asks of its caller.
type Need struct {
	name  string
	roles []Role
}

// The needs. Anyone asks nothing, not even to be known.
var (
	Anyone     = Need{name: "anyone"}
	Look       = Need{"look", []Role{Viewer, Planner, Dispatcher, Administrator, Organiser, Police, Depot}}
	Plan       = Need{"plan", []Role{Planner, Administrator}}
	Dispatch   = Need{"dispatch", []Role{Dispatcher, Administrator}}
	Administer = Need{"administer", []Role{Administrator}}
)

// Name is the word for the need in the contract; "" for the zero Need, which nobody meets.
func (n Need) Name() string { return n.name }

// Open reports whether the need is that of anyone.
func (n Need) Open() bool { return n.name == Anyone.name }

// Met reports whether somebody with these roles meets the need.
func (n Need) Met(by ...Role) bool {
	return n.Open() || slices.ContainsFunc(by, func(r Role) bool { return slices.Contains(n.roles, r) })
}
