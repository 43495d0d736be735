package feed

import (
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Summary counts what a network holds.
type Summary struct {
	Agencies, Routes, Stops, Patterns int
	Trips, StopTimes, Frequencies     int
	FirstDate, LastDate               transit.Date // of service; both 0 when there is none
	HasDates                          bool
	Homes                             int
	People                            uint64
	Venues, Gates, Vehicles, Fleets   int
	Transfers, Access                 int // walks
	Facilities, Platforms             int // of stations, as far as known
	StreetNodes, StreetEdges          int // 0 without streets
	StreetMeters                      geo.Meters
}

func summarize(n *network.Network) Summary {
	tt := n.Timetable
	s := Summary{
		Agencies: len(tt.Agencies.ID), Routes: len(tt.Routes.ID), Stops: len(tt.Stops.ID), Patterns: len(tt.Patterns.Route),
		Trips: len(tt.Trips.ID), StopTimes: len(tt.Trips.Arrive), Frequencies: len(tt.Frequencies.Trip),
		People: n.Places.Population(), Venues: len(n.Venues), Vehicles: len(tt.Vehicles.Name), Fleets: len(tt.Fleets.Route),
		Transfers: len(n.Transfers.To), Access: len(n.Access.To),
		Facilities: n.Stations.Facilities.Len(), Platforms: n.Stations.Platforms.Len(),
	}
	if g := n.Streets; g != nil {
		s.StreetNodes, s.StreetEdges, s.StreetMeters = len(g.At), len(g.From), g.Total()
	}
	for _, v := range n.Venues {
		s.Gates += len(v.Gates)
	}
	s.Homes = len(n.Places.ID) - s.Gates
	s.dates(tt)
	return s
}

// dates are the first and the last day on which a trip runs.
func (s *Summary) dates(tt *transit.Timetable) {
	for _, c := range tt.Trips.Calendar {
		dates := tt.CalendarDates(c)
		if len(dates) == 0 {
			continue
		}
		first, last := dates[0], dates[len(dates)-1]
		if !s.HasDates {
			s.FirstDate, s.LastDate, s.HasDates = first, last, true
		}
		s.FirstDate, s.LastDate = min(s.FirstDate, first), max(s.LastDate, last)
	}
}
