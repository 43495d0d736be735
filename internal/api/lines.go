package api

import (
	"context"
	"net/http"

	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/network"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/scenario"
	"github.com/qala-city/qala/internal/transit"
	"github.com/qala-city/qala/internal/workspace"
)

// LineDay is what a public line does on a date.
type LineDay struct {
	Route      string          `json:"route"`
	Date       string          `json:"date" format:"date"`
	Directions []LineDirection `json:"directions" nullable:"false" doc:"Those in which something runs"`
	Fleet      *LineFleet      `json:"fleet,omitempty" doc:"Absent where the city states none"`
}

// LineDirection is one direction of a line.
type LineDirection struct {
	Direction  int             `json:"direction"`
	Names      label.Names     `json:"names" doc:"Where it goes"`
	Stops      []string        `json:"stops" nullable:"false" doc:"Ids, of the pattern with the most departures"`
	RunTime    int             `json:"run_time" doc:"Seconds from end to end"`
	Departures []LineDeparture `json:"departures" nullable:"false"`
}

// LineDeparture is one departure from the first stop.
type LineDeparture struct {
	At      int    `json:"at" doc:"Seconds of the service day"`
	Trip    string `json:"trip"`
	Repeats bool   `json:"repeats" doc:"One of several departures of the trip, by frequency"`
}

// LineFleet are the vehicles of a line.
type LineFleet struct {
	Vehicles int `json:"vehicles"`
	Reserve  int `json:"reserve" doc:"Of these, kept back"`
	Turnback int `json:"turnback" doc:"Seconds at an end"`
}

func (d *door) lines() {
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/cities/{city}/versions/{version}/lines/{route}", id: "getLineDay", tag: "network",
		summary: "What a public line does on a date: departures, stops, fleet", errors: []int{422},
	}, d.getLineDay)
}

func (d *door) getLineDay(ctx context.Context, in *struct {
	VersionIn
	Route string `path:"route" maxLength:"200" doc:"Id of the line"`
	Date  string `query:"date" required:"true" format:"date" doc:"The service day"`
},
) (*struct{ Body LineDay }, error) {
	n, err := d.network(ctx, in.VersionIn)
	if err != nil {
		return nil, err
	}
	route, found := n.Timetable.FindRoute(in.Route)
	if !found {
		return nil, workspace.ErrNotFound
	}
	date, err := transit.ParseDate(in.Date)
	if err != nil {
		return nil, problemOf(http.StatusUnprocessableEntity, err.Error())
	}
	return &struct{ Body LineDay }{lineDayOf(n, route, date)}, nil
}

func lineDayOf(n *network.Network, route transit.Route, date transit.Date) LineDay {
	tt := n.Timetable
	out := LineDay{Route: string(tt.Routes.ID[route]), Date: date.String(), Directions: []LineDirection{}}
	for _, l := range scenario.LineOn(tt, route, date) {
		d := LineDirection{Direction: int(l.Direction), Names: called(tt, l.Headsign), Stops: []string{}, RunTime: int(l.RunTime), Departures: []LineDeparture{}}
		for _, s := range l.Stops {
			d.Stops = append(d.Stops, string(tt.Stops.ID[s]))
		}
		for _, dep := range l.Departures {
			d.Departures = append(d.Departures, LineDeparture{int(dep.At), string(dep.Trip), dep.Repeat})
		}
		out.Directions = append(out.Directions, d)
	}
	if f, known := tt.FleetOf(route); known {
		out.Fleet = &LineFleet{int(tt.Fleets.Vehicles[f]), int(tt.Fleets.Reserve[f]), int(tt.Fleets.Turnback[f])}
	}
	return out
}
