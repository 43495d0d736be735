package office

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/qala-city/qala/internal/eventfile"
	"github.com/qala-city/qala/internal/finding"
	"github.com/qala-city/qala/internal/kept"
	"github.com/qala-city/qala/internal/workspace"
)

// eventName is what findings call an event's text.
const eventName = "event"

// CreateEvent keeps an event of a city: an event file without modifications, as
// JSON. Its id is the city's and the one that the text gives, with a slash between.
func (d *Desk) CreateEvent(ctx context.Context, by By, city string, text []byte) (Item[workspace.Event], bool, error) {
	body, name, err := readEvent(city, text)
	if err != nil {
		return Item[workspace.Event]{}, false, err
	}
	id, again, err := d.once(ctx, by, workspace.KindEvent, func(w workspace.Writer) (string, error) {
		id := city + "/" + name
		if _, err := fetch[workspace.City](w, workspace.KindCity, city); err != nil {
			return id, err
		}
		return id, d.insert(w, by, workspace.Document{Kind: workspace.KindEvent, ID: id, Parent: city}, body)
	})
	if err != nil {
		return Item[workspace.Event]{}, false, err
	}
	item, err := d.Event(ctx, id)
	return item, again, err
}

// readEvent checks the text of an event as far as that is possible without its city.
func readEvent(city string, text []byte) (workspace.Event, string, error) {
	text, err := canonical(text)
	if err != nil {
		return workspace.Event{}, "", err
	}
	file, findings, err := eventfile.Read(eventName, text)
	if err != nil {
		return workspace.Event{}, "", &Refused{"the event", findings}
	}
	if file.City != city || !kept.ValidName(file.Event.ID) {
		return workspace.Event{}, "", fmt.Errorf("event %q of city %q: %w", file.Event.ID, file.City, ErrName)
	}
	if len(file.Modifications) > 0 {
		return workspace.Event{}, "", fmt.Errorf("%w: modifications belong to a scenario", ErrRange)
	}
	return workspace.Event{
		Names: file.Event.Names, Date: file.Event.Date.String(), Venue: file.Event.Venue, Text: text,
	}, file.Event.ID, nil
}

// canonical is a JSON text in the one form in which it is kept and compared.
func canonical(text []byte) ([]byte, error) {
	var value any
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	if err := decoder.Decode(&value); err != nil {
		return nil, &Refused{"the text", []finding.Finding{{Level: finding.Error, Code: codeNotJSON, Value: err.Error()}}}
	}
	return json.Marshal(value)
}

// codeNotJSON is the finding of a text that is not JSON.
var codeNotJSON = finding.Register("office.not_json")

// ReplaceEvent changes the text of an event at a revision (0: the current one).
func (d *Desk) ReplaceEvent(ctx context.Context, by By, id string, text []byte, revision int64) (Item[workspace.Event], error) {
	item, err := d.Event(ctx, id)
	if err != nil {
		return item, err
	}
	body, name, err := readEvent(item.Parent, text)
	if err != nil {
		return item, err
	}
	if item.Parent+"/"+name != id {
		return item, fmt.Errorf("%w: the text is of event %q", ErrName, name)
	}
	return change(ctx, d, by, workspace.KindEvent, id, revision, func(_ workspace.Writer, event *workspace.Event) error {
		body.Tables = event.Tables
		*event = body
		return nil
	})
}

// Event is one event.
func (d *Desk) Event(ctx context.Context, id string) (Item[workspace.Event], error) {
	return get[workspace.Event](ctx, d, workspace.KindEvent, id)
}

// Events are those of a city.
func (d *Desk) Events(ctx context.Context, city string, page workspace.Page) ([]Item[workspace.Event], error) {
	return list[workspace.Event](ctx, d, workspace.KindEvent, city, page)
}

// RemoveEvent forgets an event without scenarios.
func (d *Desk) RemoveEvent(ctx context.Context, id string, revision int64) error {
	return d.remove(ctx, workspace.KindEvent, id, revision, workspace.KindScenario)
}

// PutTable keeps a table that the text of an event names.
func (d *Desk) PutTable(ctx context.Context, by By, event, path string, from io.Reader) (Item[workspace.Event], error) {
	if err := checkPath(path); err != nil {
		return Item[workspace.Event]{}, err
	}
	sum, length, err := d.Contents.Put(ctx, from)
	if err != nil {
		return Item[workspace.Event]{}, err
	}
	return change(ctx, d, by, workspace.KindEvent, event, 0, func(_ workspace.Writer, body *workspace.Event) error {
		body.Tables = withFile(body.Tables, workspace.File{Path: path, Sum: sum, Bytes: length})
		if len(body.Tables) > MostFiles {
			return fmt.Errorf("%d tables: %w", len(body.Tables), ErrTooMany)
		}
		return nil
	})
}

// ScenarioAsk is a scenario as somebody writes it. Modifications are those of an event file.
type ScenarioAsk struct {
	ID            string // within its event; "" lets the office give one
	Name, Note    string
	Modifications []json.RawMessage
}

// CreateScenario keeps a scenario of an event; its id is the event's and its own, with a slash between.
func (d *Desk) CreateScenario(ctx context.Context, by By, event string, ask ScenarioAsk) (Item[workspace.Scenario], bool, error) {
	if ask.ID == "" {
		ask.ID = d.NewID()
	}
	if !kept.ValidName(ask.ID) {
		return Item[workspace.Scenario]{}, false, fmt.Errorf("%q: %w", ask.ID, ErrName)
	}
	id, again, err := d.once(ctx, by, workspace.KindScenario, func(w workspace.Writer) (string, error) {
		id := event + "/" + ask.ID
		item, err := fetch[workspace.Event](w, workspace.KindEvent, event)
		if err != nil {
			return id, err
		}
		body, err := scenarioOf(item.Content, ask)
		if err != nil {
			return id, err
		}
		return id, d.insert(w, by, workspace.Document{Kind: workspace.KindScenario, ID: id, Parent: event}, body)
	})
	if err != nil {
		return Item[workspace.Scenario]{}, false, err
	}
	item, err := d.Scenario(ctx, id)
	return item, again, err
}

// scenarioOf checks the modifications of a scenario as far as that is possible without its city.
func scenarioOf(event workspace.Event, ask ScenarioAsk) (workspace.Scenario, error) {
	body := workspace.Scenario{Name: ask.Name, Note: ask.Note, Modifications: []json.RawMessage{}}
	for _, m := range ask.Modifications {
		text, err := canonical(m)
		if err != nil {
			return body, err
		}
		body.Modifications = append(body.Modifications, text)
	}
	_, err := combine(event, body)
	return body, err
}

// combine is the event file of an event with the modifications of a scenario.
func combine(event workspace.Event, scenario workspace.Scenario) ([]byte, error) {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(event.Text, &fields); err != nil {
		return nil, err
	}
	if len(scenario.Modifications) > 0 {
		list, err := json.Marshal(scenario.Modifications)
		if err != nil {
			return nil, err
		}
		fields["modifications"] = list
	}
	text, err := json.Marshal(fields)
	if err != nil {
		return nil, err
	}
	if _, findings, err := eventfile.Read(eventName, text); err != nil {
		return nil, &Refused{"the scenario", findings}
	}
	return text, nil
}

// ReplaceScenario changes a scenario at a revision (0: the current one).
func (d *Desk) ReplaceScenario(ctx context.Context, by By, id string, ask ScenarioAsk, revision int64) (Item[workspace.Scenario], error) {
	item, err := d.Scenario(ctx, id)
	if err != nil {
		return item, err
	}
	return change(ctx, d, by, workspace.KindScenario, id, revision, func(w workspace.Writer, body *workspace.Scenario) error {
		event, err := fetch[workspace.Event](w, workspace.KindEvent, item.Parent)
		if err == nil {
			*body, err = scenarioOf(event.Content, ask)
		}
		return err
	})
}

// Scenario is one scenario.
func (d *Desk) Scenario(ctx context.Context, id string) (Item[workspace.Scenario], error) {
	return get[workspace.Scenario](ctx, d, workspace.KindScenario, id)
}

// Scenarios are those of an event.
func (d *Desk) Scenarios(ctx context.Context, event string, page workspace.Page) ([]Item[workspace.Scenario], error) {
	return list[workspace.Scenario](ctx, d, workspace.KindScenario, event, page)
}

// RemoveScenario forgets a scenario without runs.
func (d *Desk) RemoveScenario(ctx context.Context, id string, revision int64) error {
	return d.remove(ctx, workspace.KindScenario, id, revision, workspace.KindRun)
}

// tablesOf are the tables of an event that its text names; one that is missing is told when it is run.
func tablesOf(event workspace.Event) []workspace.File {
	file, _, err := eventfile.Read(eventName, event.Text)
	if err != nil {
		return nil
	}
	named := file.Paths()
	return slices.DeleteFunc(slices.Clone(event.Tables), func(f workspace.File) bool { return !slices.Contains(named, f.Path) })
}
