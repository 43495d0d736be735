package api

import (
	"context"
	"net/http"

	"github.com/qala-city/qala/internal/demand"
	"github.com/qala-city/qala/internal/role"
)

// Profile is a named course of arrivals or departures.
type Profile struct {
	Name   string       `json:"name"`
	Way    string       `json:"way" enum:"arrive,leave"`
	Points [][2]float64 `json:"points" nullable:"false" doc:"Minutes from the start or the end, and the share of the people until then"`
	Kind   string       `json:"kind" doc:"Fact, computed, standard or assumption"`
	Source string       `json:"source"`
}

// Profiles are all named courses.
type Profiles struct {
	Items []Profile `json:"items" nullable:"false"`
}

func (d *door) profiles() {
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/cities/{city}/profiles", id: "listProfiles", tag: "events",
		summary: "The courses of arrivals and departures that an event may call by name, with their sources",
	}, d.listProfiles)
}

func (d *door) listProfiles(ctx context.Context, in *CityIn) (*struct{ Body Profiles }, error) {
	if _, err := d.Office.City(ctx, in.City); err != nil {
		return nil, err
	}
	out := &struct{ Body Profiles }{}
	for _, n := range demand.NamedProfiles() {
		p := Profile{Name: n.Name, Way: "leave", Points: [][2]float64{}, Kind: n.Kind, Source: n.Source}
		if n.Way == demand.Arriving {
			p.Way = "arrive"
		}
		for _, point := range n.Profile {
			p.Points = append(p.Points, [2]float64{float64(point.At) / 60, point.Share})
		}
		out.Body.Items = append(out.Body.Items, p)
	}
	return out, nil
}
