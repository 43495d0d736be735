package cityfile

import (
	"fmt"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/transit"
)

// family is a kind of vehicle with planning values for lines whose room nobody
// states. Its route types are the basic one and the extended ones of GTFS.
type family struct {
	name     string
	basic    uint16
	extended [][2]uint16 // from, to
	row      transit.VehicleRow
}

// noBasic stands for the kinds that GTFS has extended types for only.
const noBasic = ^uint16(0)

// families are looked through in their order; the last one takes what is left.
var families = []family{
	{"tram", 0, [][2]uint16{{900, 999}}, room(60, 180, 4, 1.1, .9, 30)},
	{"metro", 1, [][2]uint16{{400, 404}, {500, 699}}, room(240, 1000, 16, 1, .9, 110)},
	{"rail", 2, [][2]uint16{{100, 199}, {300, 399}}, room(500, 1000, 16, 1.5, 1.2, 160)},
	{"ferry", 4, [][2]uint16{{1000, 1099}, {1200, 1299}}, room(150, 250, 1, 1.5, 1.2, 30)},
	{"cable tram", 5, [][2]uint16{{1701, 1701}}, room(30, 60, 2, 2, 1.5, 9)},
	{"gondola", 6, [][2]uint16{{1300, 1399}}, room(8, 8, 1, 2, 1.5, 3)},
	{"funicular", 7, [][2]uint16{{1400, 1499}}, room(40, 100, 4, 1.5, 1.2, 12)},
	{"trolleybus", 11, [][2]uint16{{800, 899}}, room(30, 80, 3, 1.5, 1.2, 12)},
	{"monorail", 12, [][2]uint16{{405, 499}}, room(80, 300, 8, 1.2, 1, 45)},
	{"coach", noBasic, [][2]uint16{{200, 299}}, room(50, 50, 1, 3.5, 2.5, 13)},
	{"aircraft", noBasic, [][2]uint16{{1100, 1199}}, room(150, 150, 1, 8, 6, 38)},
	{"taxi", noBasic, [][2]uint16{{1500, 1699}}, room(4, 4, 2, 4, 4, 5)},
	{"bus", 3, [][2]uint16{{700, 799}}, room(30, 80, 3, 1.5, 1.2, 12)},
}

func room(seats, room, doors uint32, board, alight, length float32) transit.VehicleRow {
	return transit.VehicleRow{Seats: seats, Room: room, Doors: doors, BoardTime: board, AlightTime: alight, LengthM: length}
}

// familyOf is the kind of vehicle of a route_type, basic or extended.
func familyOf(routeType uint16) family {
	for _, f := range families {
		if f.holds(routeType) {
			return f
		}
	}
	return families[len(families)-1]
}

func (f family) holds(routeType uint16) bool {
	if routeType == f.basic {
		return true
	}
	for _, span := range f.extended {
		if routeType >= span[0] && routeType <= span[1] {
			return true
		}
	}
	return false
}

// DefaultVehicle stands in for a line whose room nobody states.
func DefaultVehicle(routeType uint16) transit.VehicleRow {
	f := familyOf(routeType)
	row := f.row
	row.Name, row.Kind, row.FromDefault = f.name, string(basis.Assumption), true
	row.Source = fmt.Sprintf("default for route_type %d", routeType)
	return row
}
