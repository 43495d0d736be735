package cityfile

import (
	"math"
	"strconv"

	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// Line is a public line as the table of capacities knows it.
type Line struct {
	Feed, Agency, Route string // ids as the feed has them
	Type                uint16
}

// Capacity is a row of capacities.csv: the room of the vehicles on the lines
// that its key means. A blank key cell means any.
type Capacity struct {
	Row                 int // its line in the file
	Feed, Agency, Route string
	Type                int // -1 means any
	vehicle             transit.VehicleRow
	stated              map[string]bool // cells that are not blank
}

// Capacities are all rows of capacities.csv in their order.
type Capacities []Capacity

// ReadCapacities reads room and optionally feed, agency_id, route_id,
// route_type, vehicle, seats, doors, boarding_s, alighting_s, length_m, basis
// and source. A row for an unknown line is rejected.
func ReadCapacities(file, text string, lines Lines, log *finding.Log) Capacities {
	var all Capacities
	first := map[string]bool{}
	each(file, text, log, []string{"room"}, func(r *rows) {
		c := readCapacity(r, lines)
		if key := c.key(); !r.broken && first[key] {
			r.reject(codeSameKey, "route_id")
		} else if !r.broken {
			first[key] = true
			all = append(all, c)
		}
	})
	return all
}

func readCapacity(r *rows, lines Lines) Capacity {
	c := Capacity{
		Row: r.Line(), Feed: r.cell("feed"), Agency: r.cell("agency_id"), Route: r.cell("route_id"),
		Type: -1, stated: map[string]bool{},
	}
	if text := r.cell("route_type"); text != "" {
		c.Type = r.routeType(text)
	}
	r.routes(lines, c.Route)
	if !r.broken && c.Agency != "" && !lines.AgencyKnown(c.Feed, c.Agency) {
		r.reject(codeAgency, "agency_id")
	}
	c.readVehicle(r)
	return c
}

func (r *rows) routeType(text string) int {
	number, err := strconv.ParseUint(text, 10, 16)
	if err != nil || number > 1799 {
		r.reject(codeRouteType, "route_type")
	}
	return int(number)
}

func (c *Capacity) readVehicle(r *rows) {
	for _, field := range []string{"vehicle", "seats", "doors", "boarding_s", "alighting_s", "length_m"} {
		c.stated[field] = r.cell(field) != ""
	}
	c.vehicle = transit.VehicleRow{
		Name: r.cell("vehicle"), Kind: r.basis(), Source: r.cell("source"),
		Room:  uint32(math.Trunc(r.needNumber("room", 1, 100_000))),
		Seats: uint32(r.number("seats", 0, 100_000, 0)), Doors: uint32(r.number("doors", 1, 1000, 1)),
		BoardTime: float32(r.number("boarding_s", 0, 600, 0)), AlightTime: float32(r.number("alighting_s", 0, 600, 0)),
		LengthM: float32(r.number("length_m", 0, 1000, 0)),
	}
	if !r.broken && c.vehicle.Seats > c.vehicle.Room {
		r.reject(codeSeats, "seats", "room", r.cell("room"))
	}
}

func (c *Capacity) key() string {
	return c.Feed + "\x00" + c.Agency + "\x00" + c.Route + "\x00" + strconv.Itoa(c.Type)
}

// Of is the row that says most about a line, as its position; false when none
// says anything. A route counts more than an agency, an agency more than a
// route_type, any of them more than the feed alone; of equals the first wins.
func (all Capacities) Of(line Line) (int, bool) {
	best, most := -1, -1
	for i := range all {
		if weight := all[i].weight(line); weight > most {
			best, most = i, weight
		}
	}
	return best, best >= 0
}

// weight is how exactly a row means a line; -1 when it does not.
func (c *Capacity) weight(line Line) int {
	total := 0
	for _, key := range []struct {
		stated, actual string
		weight         int
	}{{c.Route, line.Route, 16}, {c.Agency, line.Agency, 8}, {c.Feed, line.Feed, 1}} {
		if key.stated == "" {
			continue
		}
		if key.stated != key.actual {
			return -1
		}
		total += key.weight
	}
	switch {
	case c.Type < 0:
		return total
	case c.Type == int(line.Type):
		return total + 4
	case c.Type == int(familyOf(line.Type).basic):
		return total + 2
	}
	return -1
}

// Vehicle is the type of vehicle that the row gives to a line; what the row
// leaves blank is taken from the defaults of the line's route_type.
func (c *Capacity) Vehicle(line Line) transit.VehicleRow {
	row, usual := c.vehicle, DefaultVehicle(line.Type)
	if !c.stated["vehicle"] {
		row.Name = usual.Name
	}
	if !c.stated["seats"] {
		row.Seats = min(usual.Seats, row.Room)
	}
	if !c.stated["doors"] {
		row.Doors = usual.Doors
	}
	if !c.stated["boarding_s"] {
		row.BoardTime = usual.BoardTime
	}
	if !c.stated["alighting_s"] {
		row.AlightTime = usual.AlightTime
	}
	if !c.stated["length_m"] {
		row.LengthM = usual.LengthM
	}
	return row
}

// ReportUnused notes the rows that no line took; used is by position.
func (all Capacities) ReportUnused(file string, used map[int]bool, log *finding.Log) {
	for i, c := range all {
		if !used[i] {
			log.Add(finding.Finding{Level: finding.Note, Code: codeUnusedRooms, File: file, Line: c.Row, Value: c.vehicle.Name})
		}
	}
}
