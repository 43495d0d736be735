package scenario

import (
	"fmt"
	"slices"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/station"
)

// Meter lets only so many people a minute through a gate, a door or another
// facility, all day. A gate of a venue is called by the ids of both and its way,
// such as arena/north/out, as results do.
type Meter struct {
	Facility  string // id
	PerMinute int
	Note      string
}

// Kind of a Meter.
func (Meter) Kind() string { return "meter" }

// Remark of a Meter.
func (m Meter) Remark() string { return m.Note }

// Args of a Meter.
func (m Meter) Args() map[string]string {
	return map[string]string{"facility": m.Facility, "per_minute": fmt.Sprint(m.PerMinute)}
}

// meter changes a copy of the facilities.
func (w *work) meter(net *network.Network, m Meter) {
	f := &net.Stations.Facilities
	at := slices.Index(f.ID, m.Facility)
	if at < 0 {
		w.meterVenue(net, m)
		return
	}
	f.Channels, f.Service = slices.Clone(f.Channels), slices.Clone(f.Service)
	f.Basis, f.Source, f.Kind = slices.Clone(f.Basis), slices.Clone(f.Source), slices.Clone(f.Kind)
	f.Channels[at] = max(f.Channels[at], 1)
	f.Service[at] = uint32((60_000*int(f.Channels[at]) + m.PerMinute - 1) / m.PerMinute)
	f.Basis[at], f.Source[at] = string(basis.Assumption), fmt.Sprintf("modification %d", w.number)
	if f.Kind[at] == 0 {
		f.Kind[at] = station.Gate
	}
}

// GateID is what a way through a gate of a venue is called.
func GateID(venue, gate, way string) string { return venue + "/" + gate + "/" + way }

// meterVenue changes a gate of a copy of the venues.
func (w *work) meterVenue(net *network.Network, m Meter) {
	for v, venue := range net.Venues {
		for g, gate := range venue.Gates {
			in, out := m.Facility == GateID(venue.ID, gate.ID, "in"), m.Facility == GateID(venue.ID, gate.ID, "out")
			if !in && !out {
				continue
			}
			net.Venues = slices.Clone(net.Venues)
			gates := slices.Clone(venue.Gates)
			if in {
				gates[g].InPerMin = uint32(m.PerMinute)
			} else {
				gates[g].PerMinute = uint32(m.PerMinute)
			}
			net.Venues[v].Gates = gates
			return
		}
	}
	w.reject(codeUnknownFacility, "facility", m.Facility)
}
