package cityfile

import (
	"slices"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/transit"
)

// Lines is what the tables need to know of a timetable: which route has an id
// of a feed; a blank feed means any.
type Lines interface {
	FeedKnown(feed string) bool
	AgencyKnown(feed, agency string) bool
	Routes(feed, route string) []transit.Route
}

// DefaultTurnback is taken where a fleet states none: an assumption.
const DefaultTurnback = 4 * transit.Minute

// Fleet is what a row of fleet.csv says about one route.
type Fleet struct {
	transit.FleetRow
	TurnbackKind string // a basis.Kind
}

// ReadFleet reads route_id, vehicles and optionally feed, reserve, turnback_s,
// basis and source. A row for an unknown route is rejected.
func ReadFleet(file, text string, lines Lines, log *finding.Log) []Fleet {
	var fleets []Fleet
	known := map[transit.Route]bool{}
	each(file, text, log, []string{"route_id", "vehicles"}, func(r *rows) {
		fleet, routes := readFleet(r, lines)
		if !r.broken && slices.ContainsFunc(routes, func(route transit.Route) bool { return known[route] }) {
			r.reject(codeTwice, "route_id")
		}
		if r.broken {
			return
		}
		fleet.assumeTurnback(r)
		for _, route := range routes {
			known[route], fleet.Route = true, route
			fleets = append(fleets, fleet)
		}
	})
	return fleets
}

func readFleet(r *rows, lines Lines) (Fleet, []transit.Route) {
	kind := r.basis()
	fleet := Fleet{TurnbackKind: kind, FleetRow: transit.FleetRow{
		Vehicles: uint32(r.needNumber("vehicles", 1, 100_000)),
		Reserve:  uint32(r.number("reserve", 0, 100_000, 0)),
		Turnback: transit.Seconds(r.number("turnback_s", 0, 86_400, float64(DefaultTurnback))),
		Kind:     kind, Source: r.cell("source"),
	}}
	if !r.broken && fleet.Reserve >= fleet.Vehicles {
		r.reject(codeReserve, "reserve", "vehicles", r.cell("vehicles"))
	}
	return fleet, r.routes(lines, r.need("route_id"))
}

// assumeTurnback says so where the row states none.
func (f *Fleet) assumeTurnback(r *rows) {
	if r.cell("turnback_s") == "" {
		f.TurnbackKind = string(basis.Assumption)
		r.warn(codeNoTurnback, "turnback_s", "seconds", plain(float64(DefaultTurnback)))
	}
}

// routes are those that a row means; none rejects it.
func (r *rows) routes(lines Lines, id string) []transit.Route {
	feed := r.cell("feed")
	if feed != "" && !lines.FeedKnown(feed) {
		r.reject(codeFeed, "feed")
		return nil
	}
	if id == "" {
		return nil
	}
	routes := lines.Routes(feed, id)
	if len(routes) == 0 {
		r.reject(codeRoute, "route_id")
	}
	return routes
}
