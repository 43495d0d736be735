package network

import (
	"fmt"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/street"
	"github.com/qala-city/qala/internal/transit"
)

// Parts are what a Network is made of; the walks follow from them.
type Parts struct {
	City      City
	Timetable *transit.Timetable
	Streets   *street.Graph // may be nil
	Places    demand.Places
	Venues    []demand.Venue
	Walking   Walking // the zero value stands for DefaultWalking
	Stations  station.Layout
	Overrides []Override
	Numbers   []basis.Number
	Credits   []basis.Credit
	Log       *finding.Log // hears what no street reaches; may be nil
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
		City: parts.City, Timetable: parts.Timetable, Streets: parts.Streets, Places: parts.Places, Venues: parts.Venues,
		Walking: parts.Walking, Numbers: parts.Numbers, Credits: parts.Credits,
		Stations: station.Stations{Facilities: parts.Stations.Facilities, Platforms: parts.Stations.Platforms},
	}
	if err := checkParts(n, &parts.Stations, parts.Overrides); err != nil {
		return nil, err
	}
	f := newFoot(n, newInside(&parts.Stations, n.Timetable))
	n.Transfers, n.Access, n.GateWalks = f.transfers(parts.Overrides), f.access(), f.gateWalks(n.Venues)
	n.Doors = f.insides()
	n.Stations.Ways = f.ways.rows
	f.tellOffStreet(n, parts.Log)
	f.inside.tell(&parts.Stations, parts.Log)
	if err := Validate(n); err != nil {
		return nil, err
	}
	return n, nil
}

// checkParts looks at all that the walks are computed from.
func checkParts(n *Network, layout *station.Layout, overrides []Override) error {
	var c check
	c.parts(n)
	c.layout(layout, len(n.Timetable.Stops.ID))
	for _, o := range overrides {
		c.that(int(o.From) < len(n.Timetable.Stops.ID) && int(o.To) < len(n.Timetable.Stops.ID), "override: stop")
	}
	return c.err
}
