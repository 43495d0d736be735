// Package grid draws the city that engines are measured by: straight streets
// at right angles with a line on each, at any size, and crowds that ride them.
//
// Streets lie 800 m apart and have a stop every 400 m, so that two stops, about 33 m
// apart, stand at each crossing. On each street a line runs both ways from 05:00 to 25:00: every
// 8 minutes with 20 km/h, each sixth every 4 minutes with 34 km/h. A zone lies at every
// crossing. With 34 streets each way it is the grid on which
// KIT's ConnectionBasedAssignment was measured.
package grid

import (
	"strconv"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// Full is the size of the grid on which other engines were measured.
const Full = 34

// City is a grid of so many streets each way. The same City is always the same network.
type City struct {
	Streets int    // each way, at least 1
	Room    uint32 // people that a vehicle takes; half of them sit
	Seed    draw.Seed
}

// Counts are the sizes of a grid.
type Counts struct {
	Stops, Trips, Connections, Footpaths, Zones int
}

// Counts works out how large a grid is, without drawing it.
func (c City) Counts() Counts {
	lines, stops := 2*c.Streets, c.stops()
	quick := (lines + oftenEach - 1) / oftenEach
	trips := 2 * (quick*int((last-first)/often) + (lines-quick)*int((last-first)/seldom))
	return Counts{
		Stops: lines * stops, Trips: trips, Connections: trips * (stops - 1),
		Footpaths: 2 * c.Streets * c.Streets, Zones: c.Streets * c.Streets,
	}
}

// The shape of a grid, and the service on it.
const (
	block     = geo.Meters(800) // between streets
	spacing   = block / 2       // between stops
	aside     = geo.Meters(23)  // how far the stops of north-south streets stand off, each way
	first     = 5 * transit.Hour
	last      = 25 * transit.Hour
	seldom    = 8 * transit.Minute
	often     = seldom / 2
	oftenEach = 6                   // of so many streets one runs often, and fast
	slowHop   = transit.Seconds(72) // 400 m with 20 km/h
	fastHop   = transit.Seconds(42) // with 34 km/h
	hopSpread = 15                  // a hop takes up to so many seconds longer
	atStop    = transit.Seconds(30) // of each walk between stops
	atZone    = transit.Seconds(1)  // of each walk to or from a zone
	Speed     = 1.33                // of people on foot, in m/s
	Detour    = 1.3                 // of a way on foot to the straight line
	farAccess = 600                 // meters from a zone to its stops
	farChange = 100                 // meters between stops
)

// ServiceDay is the only day on which a grid has service.
var ServiceDay = transit.DateOf(2026, 6, 10)

// Horizon is that day until the last vehicle has come.
func Horizon() transit.Horizon {
	return transit.Horizon{Start: int64(ServiceDay) * 86400, Length: 28 * transit.Hour}
}

var corner = geo.Point{Lat: .5, Lon: .5}

// stops is how many a street has.
func (c City) stops() int { return 2*c.Streets - 1 }

// Network draws the grid.
func (c City) Network() (*network.Network, error) {
	n, err := network.Assemble(network.Parts{
		City: network.City{ID: "grid-" + strconv.Itoa(c.Streets), Zone: "UTC"}, Timetable: c.timetable(), Places: c.zones(),
		Walking: network.Walking{Speed: Speed, Detour: Detour, MaxAccess: farAccess, MaxTransfer: farChange},
	})
	if err != nil {
		return nil, err
	}
	prolong(n)
	return n, nil
}

// prolong adds what each walk takes beside its way.
func prolong(n *network.Network) {
	for l := range n.Access.Walk {
		n.Access.Walk[l] += atZone
	}
	for s := range len(n.Transfers.First) - 1 {
		for l := n.Transfers.First[s]; l < n.Transfers.First[s+1]; l++ {
			if n.Transfers.To[l] != transit.Stop(s) {
				n.Transfers.Walk[l] += atStop
			}
		}
	}
}

// zones are the crossings, row by row from the south west.
func (c City) zones() demand.Places {
	var p demand.Places
	for i := range c.Streets * c.Streets {
		p.ID = append(p.ID, strconv.Itoa(i))
		p.At = append(p.At, geo.Offset(corner, block*geo.Meters(i/c.Streets), block*geo.Meters(i%c.Streets)))
		p.People = append(p.People, 1)
	}
	return p
}

// Middle is the zone in the middle.
func (c City) Middle() demand.Place {
	return demand.Place(c.Streets/2*c.Streets + c.Streets/2)
}
