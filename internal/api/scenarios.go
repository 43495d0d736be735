package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Scenario is an ordered list of changes to the service of an event's day.
type Scenario struct {
	Kept
	City          string `json:"city"`
	Event         string `json:"event"`
	Name          string `json:"name" doc:"Its id within the event"`
	Title         string `json:"title"`
	Note          string `json:"note,omitempty"`
	Modifications []any  `json:"modifications" nullable:"false" doc:"In the order in which they apply, each as in an event file"`
}

func scenarioOf(item office.Item[workspace.Scenario]) Scenario {
	city, rest, _ := strings.Cut(item.ID, "/")
	event, name, _ := strings.Cut(rest, "/")
	out := Scenario{Kept: kept(item.Document), City: city, Event: event, Name: name, Title: item.Content.Name, Note: item.Content.Note, Modifications: []any{}}
	for _, m := range item.Content.Modifications {
		out.Modifications = append(out.Modifications, m)
	}
	return out
}

// ScenarioText is a scenario as somebody writes it.
type ScenarioText struct {
	Name          string            `json:"name,omitempty" maxLength:"64" doc:"Id within the event; given by the server where left out"`
	Title         string            `json:"title" minLength:"1" maxLength:"200"`
	Note          string            `json:"note,omitempty" maxLength:"4000"`
	Modifications []json.RawMessage `json:"modifications,omitempty" maxItems:"1000"`
}

func (t ScenarioText) ask() (office.ScenarioAsk, error) {
	for _, text := range []string{t.Title, t.Note} {
		if err := plainText(text); err != nil {
			return office.ScenarioAsk{}, err
		}
	}
	return office.ScenarioAsk{ID: t.Name, Name: t.Title, Note: t.Note, Modifications: t.Modifications}, nil
}

// ScenarioIn names a scenario.
type ScenarioIn struct {
	EventIn
	Scenario string `path:"scenario" maxLength:"64" doc:"Id of the scenario within its event"`
}

func (in ScenarioIn) id() string { return in.EventIn.id() + "/" + in.Scenario }

func (d *door) scenarios() {
	const all, this = "/cities/{city}/events/{event}/scenarios", "/cities/{city}/events/{event}/scenarios/{scenario}"
	add(d, operation{need: role.Look, method: http.MethodGet, path: all, id: "listScenarios", tag: "scenarios", summary: "The scenarios of an event"}, d.listScenarios)
	add(d, operation{
		need: role.Plan, method: http.MethodPost, path: all, id: "createScenario", tag: "scenarios", summary: "Keep a scenario",
		status: http.StatusCreated, errors: []int{409, 413, 422},
	}, d.createScenario)
	add(d, operation{need: role.Look, method: http.MethodGet, path: this, id: "getScenario", tag: "scenarios", summary: "A scenario"}, d.getScenario)
	add(d, operation{
		need: role.Plan, method: http.MethodPut, path: this, id: "replaceScenario", tag: "scenarios", summary: "Change a scenario",
		errors: []int{412, 413, 422, 428},
	}, d.replaceScenario)
	add(d, operation{
		need: role.Plan, method: http.MethodDelete, path: this, id: "deleteScenario", tag: "scenarios", summary: "Forget a scenario without runs",
		status: http.StatusNoContent, errors: []int{409, 412, 428},
	}, d.deleteScenario)
}

func (d *door) listScenarios(ctx context.Context, in *struct {
	EventIn
	PageIn
},
) (*List[Scenario], error) {
	if _, err := d.Office.Event(ctx, in.id()); err != nil {
		return nil, err
	}
	items, err := d.Office.Scenarios(ctx, in.id(), in.page())
	return mapped("/cities/"+in.City+"/events/"+in.Event+"/scenarios", in.PageIn, items, scenarioOf, err)
}

func (d *door) createScenario(ctx context.Context, in *struct {
	EventIn
	Body ScenarioText
},
) (*One[Scenario], error) {
	ask, err := in.Body.ask()
	if err != nil {
		return nil, err
	}
	item, _, err := d.Office.CreateScenario(ctx, by(ctx), in.id(), ask)
	if err != nil {
		return nil, err
	}
	out := one(scenarioOf(item), item.Revision)
	out.Location = Prefix + "/cities/" + in.City + "/events/" + in.Event + "/scenarios/" + out.Body.Name
	return out, nil
}

func (d *door) getScenario(ctx context.Context, in *struct {
	ScenarioIn
	NoneMatch
},
) (*One[Scenario], error) {
	item, err := d.Office.Scenario(ctx, in.id())
	if err != nil {
		return nil, err
	}
	return seen(in.NoneMatch, scenarioOf(item), item.Revision)
}

func (d *door) replaceScenario(ctx context.Context, in *struct {
	ScenarioIn
	Match
	Body ScenarioText
},
) (*One[Scenario], error) {
	revision, err := in.revision()
	if err != nil {
		return nil, err
	}
	ask, err := in.Body.ask()
	if err != nil {
		return nil, err
	}
	item, err := d.Office.ReplaceScenario(ctx, by(ctx), in.id(), ask, revision)
	if err != nil {
		return nil, err
	}
	return one(scenarioOf(item), item.Revision), nil
}

func (d *door) deleteScenario(ctx context.Context, in *struct {
	ScenarioIn
	Match
},
) (*struct{}, error) {
	revision, err := in.revision()
	if err != nil {
		return nil, err
	}
	return nil, d.Office.RemoveScenario(ctx, in.id(), revision)
}
