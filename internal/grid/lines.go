package grid

import (
	"strconv"

	"github.com/qala-city/qala/internal/draw"
	"github.com/qala-city/qala/internal/geo"
	"github.com/qala-city/qala/internal/transit"
)

// drafting is a timetable in the making.
type drafting struct {
	*transit.Builder
	city   City
	chance draw.Seed
	drawn  uint64
	daily  transit.Calendar
	bus    transit.Vehicle
}

func (c City) timetable() *transit.Timetable {
	d := &drafting{Builder: transit.NewBuilder(), city: c, chance: c.Seed.For(draw.Key("grid"))}
	agency := d.AddAgency("grid", "Grid", "UTC")
	d.daily = d.AddCalendar("daily", []transit.Date{ServiceDay})
	d.bus = d.AddVehicle(transit.VehicleRow{Name: "bus", Seats: c.Room / 2, Room: c.Room})
	for street := range 2 * c.Streets {
		name := strconv.Itoa(street)
		d.street(street, d.AddRoute(transit.RouteID(name), agency, name, "", 3, ""))
	}
	return d.Timetable()
}

// below is a random number.
func (d *drafting) below(n transit.Seconds) transit.Seconds {
	d.drawn++
	return transit.Seconds(d.chance.Below(d.drawn, uint64(n)))
}

// street lays out the stops and trips of a street.
func (d *drafting) street(street int, route transit.Route) {
	stops := make([]transit.Stop, d.city.stops())
	for i := range stops {
		stops[i] = d.AddStop(transit.StopID(strconv.Itoa(street)+"-"+strconv.Itoa(i)), "", d.city.stopAt(street, i))
	}
	headway, hop := seldom, slowHop
	if street%oftenEach == 0 {
		headway, hop = often, fastHop
	}
	for way := range 2 {
		for at := first + d.below(headway); at < last; at += headway {
			id := strconv.Itoa(street) + "-" + strconv.Itoa(way) + "-" + strconv.Itoa(int(at))
			d.AddTrip(transit.TripRow{
				ID: transit.TripID(id), Route: route, Direction: transit.Direction(way), Calendar: d.daily, Vehicle: d.bus,
				Shape: transit.Shape(transit.None), Calls: d.calls(stops, way == 1, at, hop),
			})
		}
	}
}

// stopAt is where the i-th stop of a street stands: those with even numbers run
// north, the others east.
func (c City) stopAt(street, i int) geo.Point {
	along, across := spacing*geo.Meters(i), block*geo.Meters(street/2)
	if street%2 == 0 {
		return geo.Offset(corner, along+aside, across+aside)
	}
	return geo.Offset(corner, across, along)
}

// calls are those of a trip that begins at a time.
func (d *drafting) calls(stops []transit.Stop, back bool, at, hop transit.Seconds) []transit.Call {
	calls := make([]transit.Call, len(stops))
	for i := range stops {
		stop := stops[i]
		if back {
			stop = stops[len(stops)-1-i]
		}
		calls[i] = transit.Call{Stop: stop, Arrive: at, Depart: at, Boarding: transit.MayBoard | transit.MayAlight}
		at += hop + d.below(hopSpread)
	}
	return calls
}
