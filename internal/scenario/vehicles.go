package scenario

import (
	"fmt"
	"slices"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/transit"
)

// ChangeVehicles lets the departures of a route between From (included) and To
// (not included) be made by other vehicles: of a type that the city knows, or
// like those of today with Room for so many people, as longer trains.
type ChangeVehicles struct {
	Route     string
	Direction int // 0, 1, or -1 for both
	From, To  transit.Seconds
	Vehicle   string // name of a type; "" where Room is given
	Room      int    // people; 0 where Vehicle is given
	Note      string
}

// Kind of a ChangeVehicles.
func (ChangeVehicles) Kind() string { return "vehicles" }

// Remark of a ChangeVehicles.
func (m ChangeVehicles) Remark() string { return m.Note }

// Args of a ChangeVehicles.
func (m ChangeVehicles) Args() map[string]string {
	args := stretchArgs(m.Route, m.Direction, m.From, m.To)
	if m.Vehicle != "" {
		args["vehicle"] = m.Vehicle
	} else {
		args["room"] = fmt.Sprint(m.Room)
	}
	return args
}

func (w *work) changeVehicles(m ChangeVehicles) {
	pick := w.longer(m.Room)
	if m.Vehicle != "" {
		v := slices.Index(w.base.Vehicles.Name, m.Vehicle)
		if v < 0 {
			w.reject(codeUnknownVehicle, "vehicle", m.Vehicle)
			return
		}
		pick = func(transit.Vehicle) transit.Vehicle { return transit.Vehicle(v) }
	}
	w.redoRoute(m.Route, m.Direction, m.From, m.To, func(row *transit.TripRow) bool {
		row.Vehicle = pick(row.Vehicle)
		return true
	})
}

// longer gives for a type of vehicle one that is like several of it coupled: with
// room for so many people, and seats, doors and length in proportion.
func (w *work) longer(room int) func(transit.Vehicle) transit.Vehicle {
	made := map[transit.Vehicle]transit.Vehicle{}
	return func(of transit.Vehicle) transit.Vehicle {
		if v, known := made[of]; known {
			return v
		}
		made[of] = w.b.AddVehicle(w.coupled(of, uint32(room)))
		return made[of]
	}
}

func (w *work) coupled(of transit.Vehicle, room uint32) transit.VehicleRow {
	v := &w.base.Vehicles
	share := func(n uint32) uint32 {
		return uint32((uint64(n)*uint64(room) + uint64(v.Room[of])/2) / uint64(max(v.Room[of], 1)))
	}
	return transit.VehicleRow{
		Name: fmt.Sprintf("%s · %d", v.Name[of], room), Seats: min(share(v.Seats[of]), room), Room: room,
		Doors: max(share(v.Doors[of]), min(v.Doors[of], 1)), BoardTime: v.BoardTime[of], AlightTime: v.AlightTime[of],
		LengthM: float32(float64(v.LengthM[of]) * float64(room) / float64(max(v.Room[of], 1))),
		Kind:    string(basis.Assumption), Source: fmt.Sprintf("modification %d", w.number),
	}
}
