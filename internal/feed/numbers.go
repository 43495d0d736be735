package feed

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/transit"
)

// numbers are the inputs that a result of this city rests on, with their origins.
func (d *desk) numbers() []basis.Number {
	all := append(d.walkingNumbers(), d.roomNumbers()...)
	all = append(all, d.fleetNumbers()...)
	if !d.states("population") {
		all = append(all, d.populationNumbers()...)
	}
	all = append(all, d.spreadNumbers()...)
	all = append(all, d.stationNumbers()...)
	return append(all, d.city.Numbers...)
}

// states reports whether the city file states a number itself.
func (d *desk) states(id string) bool {
	return slices.ContainsFunc(d.city.Numbers, func(n basis.Number) bool { return n.ID == id })
}

const weidmann = "U. Weidmann, Transporttechnik der Fussgänger, ETH Zürich 1993"

func (d *desk) walkingNumbers() []basis.Number {
	w, usual := d.city.Walking, network.DefaultWalking
	all := []basis.Number{
		{ID: "walking_speed", Value: decimal(w.Speed), Unit: "m/s", Kind: basis.Fact, Source: weidmann},
		{ID: "walking_detour", Value: decimal(w.Detour)},
		{ID: "max_access", Value: decimal(w.MaxAccess), Unit: "m"},
		{ID: "max_transfer", Value: decimal(w.MaxTransfer), Unit: "m"},
		{ID: "max_direct", Value: decimal(w.MaxDirect), Unit: "m"},
		{ID: "nearest_stops", Value: whole(w.Nearest), Unit: "stops"},
	}
	changed := []bool{
		w.Speed != usual.Speed, w.Detour != usual.Detour, w.MaxAccess != usual.MaxAccess, w.MaxTransfer != usual.MaxTransfer,
		w.MaxDirect != usual.MaxDirect, w.Nearest != usual.Nearest,
	}
	for i := range all {
		if changed[i] {
			all[i].Kind, all[i].Source = basis.Assumption, d.request.File
		}
		all[i].Kind = cmp.Or(all[i].Kind, basis.Assumption)
	}
	return append(all, d.streetNumbers()...)
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
	var all []basis.Number
	for _, from := range countOrigins(d.listed, func(i int) (origin, uint64) {
		return origin{d.homes[i].Basis, d.homes[i].Source}, uint64(d.homes[i].People)
	}) {
		all = append(all, basis.Number{
			ID: "population", Value: strconv.FormatUint(from.count, 10), Unit: "people", Kind: basis.Kind(from.kind), Source: from.source,
		})
	}
	return all
}

// origin is how something is known.
type origin struct{ kind, source string }

// counted is how much is known so.
type counted struct {
	origin
	count uint64
}

// countOrigins sums n rows by their origin, in the order of the rows.
func countOrigins(n int, row func(i int) (origin, uint64)) []counted {
	var all []counted
	place := map[origin]int{}
	for i := range n {
		from, count := row(i)
		if _, known := place[from]; !known && len(place) == mostOrigins {
			from = origin{string(basis.Assumption), ""}
		}
		if _, known := place[from]; !known {
			place[from] = len(all)
			all = append(all, counted{origin: from})
		}
		all[place[from]].count += count
	}
	return all
}

// mostOrigins is how many origins of one number are told apart; a file with
// a source of its own in each row would bury the other numbers.
const mostOrigins = 8

func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func whole(v uint32) string { return strconv.FormatUint(uint64(v), 10) }
