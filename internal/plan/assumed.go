package plan

import (
	"cmp"
	"slices"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// tellAssumedRooms names the vehicle types that left people behind although
// their room is somebody's assumption: with another one the answer changes.
// Defaults, which nobody even assumed, are told line by line.
func (d *day) tellAssumedRooms() {
	denied := map[transit.Vehicle]int{}
	for _, v := range d.problem.Day.Departures {
		denied[d.vehicle(v)] += int(d.outcome.Denied[v])
	}
	types := d.net.Timetable.Vehicles
	for _, v := range d.assumedTypes(denied) {
		d.add(finding.Finding{
			Level: finding.Warning, Code: codeRoomAssumed, Field: "room", Value: count(int(types.Room[v])),
			Args: map[string]string{"vehicle": types.Name[v], "count": count(denied[v]), "source": types.Source[v]},
		})
	}
}

// assumedTypes are those of assumed room that left anybody behind, the one
// that left most behind first.
func (d *day) assumedTypes(denied map[transit.Vehicle]int) []transit.Vehicle {
	types := d.net.Timetable.Vehicles
	var assumed []transit.Vehicle
	for i, kind := range types.Kind {
		v := transit.Vehicle(i)
		if denied[v] > 0 && !types.FromDefault[i] && basis.Kind(kind) == basis.Assumption {
			assumed = append(assumed, v)
		}
	}
	slices.SortStableFunc(assumed, func(a, b transit.Vehicle) int { return cmp.Compare(denied[b], denied[a]) })
	return assumed
}
