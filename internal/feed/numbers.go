package feed

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/transit"
)

// numbers are the inputs that a result of this city rests on, with their origins.
func (d *desk) numbers() []basis.Number {
	all := append(d.walkingNumbers(), d.roomNumbers()...)
	all = append(all, d.fleetNumbers()...)
	if !d.states("population") {
		all = append(all, d.populationNumbers()...)
	}
	return append(all, d.city.Numbers...)
}

// states reports whether the city file states a number itself.
func (d *desk) states(id string) bool {
	return slices.ContainsFunc(d.city.Numbers, func(n basis.Number) bool { return n.ID == id })
}

const weidmann = "U. Weidmann, Transporttechnik der Fussgänger, ETH Zürich 1993"

func (d *desk) walkingNumbers() []basis.Number {
	w := d.city.Walking
	all := []basis.Number{
		d.walkingNumber("walking_speed", "speed_m_per_s", decimal(w.Speed), "m/s", basis.Fact, weidmann),
		d.walkingNumber("walking_detour", "detour", decimal(w.Detour), "", basis.Assumption, ""),
		d.walkingNumber("max_access", "max_access_m", decimal(w.MaxAccess), "m", basis.Assumption, ""),
		d.walkingNumber("max_transfer", "max_transfer_m", decimal(w.MaxTransfer), "m", basis.Assumption, ""),
		d.walkingNumber("max_direct", "max_direct_m", decimal(w.MaxDirect), "m", basis.Assumption, ""),
		d.walkingNumber("nearest_stops", "nearest_stops", strconv.FormatUint(uint64(w.Nearest), 10), "stops", basis.Assumption, ""),
	}
	return append(all, basis.Number{ID: "streets_absent", Value: "× " + decimal(w.Detour), Kind: basis.Assumption})
}

// walkingNumber has its usual origin unless the city file states the value.
func (d *desk) walkingNumber(id, field, value, unit string, kind basis.Kind, source string) basis.Number {
	if d.city.Walking.Stated[field] {
		kind, source = basis.Assumption, d.request.File
	}
	return basis.Number{ID: id, Value: value, Unit: unit, Kind: kind, Source: source}
}

func (d *desk) roomNumbers() []basis.Number {
	var all []basis.Number
	for _, r := range d.rooms {
		all = append(all, basis.Number{
			ID: "room", Subject: r.row.Name, Value: whole(r.row.Room), Unit: "people", Kind: basis.Kind(r.row.Kind), Source: r.row.Source,
		})
	}
	return all
}

func (d *desk) fleetNumbers() []basis.Number {
	var all []basis.Number
	for _, f := range d.fleets {
		line := d.lineName(f.Route)
		all = append(all,
			basis.Number{ID: "fleet", Subject: line, Value: whole(f.Vehicles), Unit: "vehicles", Kind: basis.Kind(f.Kind), Source: f.Source},
			basis.Number{
				ID: "turnback", Subject: line, Value: strconv.Itoa(int(f.Turnback)), Unit: "s",
				Kind: basis.Kind(f.TurnbackKind), Source: f.Source,
			})
	}
	return all
}

func (d *desk) lineName(r transit.Route) string {
	return cmp.Or(d.timetable.Routes.Name[r], string(d.timetable.Routes.ID[r]))
}

// populationNumbers are the residents by origin, in the order of the file.
func (d *desk) populationNumbers() []basis.Number {
	type origin struct{ kind, source string }
	var order []origin
	people := map[origin]uint64{}
	for _, h := range d.homes {
		from := origin{h.Basis, h.Source}
		if _, known := people[from]; !known && len(order) == mostOrigins {
			from = origin{string(basis.Assumption), ""}
		}
		if _, known := people[from]; !known {
			order = append(order, from)
		}
		people[from] += uint64(h.People)
	}
	var all []basis.Number
	for _, from := range order {
		all = append(all, basis.Number{
			ID: "population", Value: strconv.FormatUint(people[from], 10), Unit: "people", Kind: basis.Kind(from.kind), Source: from.source,
		})
	}
	return all
}

// mostOrigins is how many origins of the population are told apart; a file with
// a source of its own in each row would bury the other numbers.
const mostOrigins = 8

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func whole(v uint32) string { return strconv.FormatUint(uint64(v), 10) }
