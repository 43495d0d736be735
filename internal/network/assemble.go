package network

import (
	"fmt"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/transit"
)

// Parts are what a Network is made of; the walks follow from them.
type Parts struct {
	City      City
	Timetable *transit.Timetable
	Places    demand.Places
	Venues    []demand.Venue
	Walking   Walking // the zero value stands for DefaultWalking
	Overrides []Override
	Numbers   []basis.Number
	Credits   []basis.Credit
}

// Assemble links the parts by walks and checks the result, so that what comes
// out never makes a later step panic.
func Assemble(parts Parts) (*Network, error) {
	if parts.Timetable == nil {
		return nil, fmt.Errorf("%w: no timetable", ErrInvalid)
	}
	if parts.Walking == (Walking{}) {
		parts.Walking = DefaultWalking
	}
	n := &Network{
		City: parts.City, Timetable: parts.Timetable, Places: parts.Places, Venues: parts.Venues,
		Walking: parts.Walking, Numbers: parts.Numbers, Credits: parts.Credits,
	}
	if err := checkParts(n, parts.Overrides); err != nil {
		return nil, err
	}
	n.Transfers = n.Walking.Transfers(n.Timetable, parts.Overrides)
	n.Access = n.Walking.Access(n.Timetable, &n.Places)
	if err := Validate(n); err != nil {
		return nil, err
	}
	return n, nil
}

// checkParts looks at all that the walks are computed from.
func checkParts(n *Network, overrides []Override) error {
	var c check
	c.parts(n)
	for _, o := range overrides {
		c.that(int(o.From) < len(n.Timetable.Stops.ID) && int(o.To) < len(n.Timetable.Stops.ID), "override: stop")
	}
	return c.err
}
