package plan

import (
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
	for i, name := range types.Name {
		times := denied[transit.Vehicle(i)]
		if times == 0 || types.FromDefault[i] || basis.Kind(types.Kind[i]) != basis.Assumption {
			continue
		}
		d.add(finding.Finding{
			Level: finding.Warning, Code: codeRoomAssumed, Field: "room", Value: count(int(types.Room[i])),
			Args: map[string]string{"vehicle": name, "count": count(times), "source": types.Source[i]},
		})
	}
}
