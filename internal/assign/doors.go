package assign

import (
	"slices"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/station"
	"github.com/qala-city/qala/internal/transit"
)

// Doors are the gates of venues as facilities: after those of the network, one
// for each gate and direction whose rate is known.
type Doors struct {
	Out, In []station.Facility // by place, or NoDoor
}

// NoDoor stands for a place whose gate holds nobody up.
const NoDoor = station.Facility(transit.None)

const noDoor = NoDoor

// out is the gate that somebody comes out of at the start of a walk.
func (d *Doors) out(c course, from demand.Place) station.Facility {
	if d.Out == nil || c != toQueue && c != allTheWay {
		return noDoor
	}
	return d.Out[from]
}

// in is the gate that somebody goes into at the end of a walk.
func (d *Doors) in(c course, to demand.Place) station.Facility {
	if d.In == nil || c != toHome && c != allTheWay {
		return noDoor
	}
	return d.In[to]
}

// doorLanes are as many people as go through a gate side by side. A gate is
// known by its rate alone; with some lanes the time that one takes is exact enough.
const doorLanes = 10

// withDoors are the facilities of a network and of its venues' gates.
func withDoors(n *network.Network) (station.Facilities, Doors) {
	all := n.Stations.Facilities
	d := Doors{}
	for v := range n.Venues {
		for _, g := range n.Venues[v].Gates {
			d.Out = d.door(d.Out, n, &all, g.Place, g.PerMinute, n.Venues[v].ID+"/"+g.ID+"/out")
			d.In = d.door(d.In, n, &all, g.Place, g.InPerMin, n.Venues[v].ID+"/"+g.ID+"/in")
		}
	}
	return all, d
}

// door adds one gate in one direction to the facilities.
func (d *Doors) door(doors []station.Facility, n *network.Network, all *station.Facilities, at demand.Place, perMinute uint32, id string) []station.Facility {
	if perMinute == 0 {
		return doors
	}
	if doors == nil {
		doors = slices.Repeat([]station.Facility{noDoor}, len(n.Places.ID))
	}
	if doors[at] != noDoor {
		return doors
	}
	doors[at] = station.Facility(all.Len())
	f := all
	f.ID, f.Name, f.Kind = appended(f.ID, id), appended(f.Name, id), appended(f.Kind, station.Gate)
	f.Station, f.At = appended(f.Station, transit.Stop(transit.None)), appended(f.At, n.Places.At[at])
	f.Channels, f.Service = appended(f.Channels, doorLanes), appended(f.Service, doorLanes*60_000/perMinute)
	f.Variation, f.StepFree = appended(f.Variation, 0), appended(f.StepFree, true)
	f.Length, f.Width, f.Speed = appended(f.Length, 0), appended(f.Width, 0), appended(f.Speed, 0)
	f.Basis, f.Source = appended(f.Basis, ""), appended(f.Source, "")
	return doors
}

// appended is a longer copy: the network's own columns are never written to.
func appended[T any](column []T, value T) []T { return append(slices.Clip(column), value) }
