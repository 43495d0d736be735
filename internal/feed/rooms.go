package feed

import (
	"strconv"

	"github.com/qala-city/qala/internal/cityfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// room is a type of vehicle and how many lines use it.
type room struct {
	row   transit.VehicleRow
	lines int
}

// readRooms gives every trip its type of vehicle: the one that capacities.csv
// states for its line, else the default of the line's route_type.
func (d *desk) readRooms() error {
	known := d.lines()
	table, err := d.capacities()
	if err != nil {
		return err
	}
	var capacities cityfile.Capacities
	if table.Name != "" {
		capacities = cityfile.ReadCapacities(table.Name, table.Text, known, &d.log)
	}
	builder := transit.Extend(d.timetable)
	used := d.assignRooms(builder, known, capacities)
	capacities.ReportUnused(table.Name, used, &d.log)
	d.reportDefaults()
	d.timetable = builder.Timetable()
	return nil
}

// capacities is the table of vehicles: the one of the request, else the one
// that the city file names; the zero Table where there is none.
func (d *desk) capacities() (Table, error) {
	switch {
	case d.request.Capacities != nil:
		return *d.request.Capacities, nil
	case !d.city.Capacities.Given():
		return Table{}, nil
	}
	data, err := d.read(d.city.Capacities)
	return Table{d.city.Capacities.Name, string(data)}, err
}

// assignRooms tells which rows some line took, by position.
func (d *desk) assignRooms(builder *transit.Builder, known *lines, capacities cityfile.Capacities) map[int]bool {
	byRow, byRoute, used := map[transit.VehicleRow]transit.Vehicle{}, map[transit.Route]transit.Vehicle{}, map[int]bool{}
	for t := range d.timetable.Trips.ID {
		route := d.timetable.RouteOf(transit.Trip(t))
		vehicle, done := byRoute[route]
		if !done {
			row := vehicleOf(known.of[route], capacities, used)
			if vehicle, done = byRow[row]; !done {
				vehicle = builder.AddVehicle(row)
				byRow[row] = vehicle
				d.rooms = append(d.rooms, room{row: row})
			}
			byRoute[route] = vehicle
			d.rooms[vehicle].lines++
		}
		builder.SetVehicle(transit.Trip(t), vehicle)
	}
	return used
}

// vehicleOf is the type of vehicle of a line; it marks the row that says so.
func vehicleOf(line cityfile.Line, capacities cityfile.Capacities, used map[int]bool) transit.VehicleRow {
	i, stated := capacities.Of(line)
	if !stated {
		return cityfile.DefaultVehicle(line.Type)
	}
	used[i] = true
	return capacities[i].Vehicle(line)
}

// reportDefaults names the rooms that nobody stated.
func (d *desk) reportDefaults() {
	for _, r := range d.rooms {
		if r.row.FromDefault {
			d.log.Add(finding.Finding{
				Level: finding.Warning, Code: codeDefaultRoom, Value: r.row.Name,
				Args: map[string]string{"count": strconv.Itoa(r.lines), "room": strconv.FormatUint(uint64(r.row.Room), 10)},
			})
		}
	}
}

// readFleets adds what the operators have.
func (d *desk) readFleets() error {
	if !d.city.Fleet.Given() {
		return nil
	}
	data, err := d.read(d.city.Fleet)
	if err != nil {
		return err
	}
	d.fleets = cityfile.ReadFleet(d.city.Fleet.Name, string(data), d.lines(), &d.log)
	builder := transit.Extend(d.timetable)
	for _, f := range d.fleets {
		builder.AddFleet(f.FleetRow)
	}
	d.timetable = builder.Timetable()
	return nil
}
