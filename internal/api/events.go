package api

import (
	"context"
	"net/http"

	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Event is an event of a city.
type Event struct {
	Kept
	City   string           `json:"city"`
	Name   string           `json:"name" doc:"Its id within the city"`
	Names  label.Names      `json:"names"`
	Date   string           `json:"date" format:"date"`
	Venue  string           `json:"venue"`
	Text   any              `json:"text" doc:"The event file, as JSON: see docs/EVENT.md"`
	Tables []workspace.File `json:"tables" nullable:"false" doc:"Tables of counts that the text may name"`
}

func eventOf(item office.Item[workspace.Event]) Event {
	e := item.Content
	return Event{
		kept(item.Document), item.Parent, item.ID[len(item.Parent)+1:], e.Names, e.Date, e.Venue, e.Text,
		append([]workspace.File{}, e.Tables...),
	}
}

// EventIn names an event.
type EventIn struct {
	CityIn
	Event string `path:"event" maxLength:"64" doc:"Id of the event within its city"`
}

func (in EventIn) id() string { return in.City + "/" + in.Event }

func (d *door) events() {
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/cities/{city}/events", id: "listEvents", tag: "events", summary: "The events of a city"}, d.listEvents)
	add(d, operation{
		need: role.Plan, method: http.MethodPost, path: "/cities/{city}/events", id: "createEvent", tag: "events",
		summary: "Keep an event: an event file without modifications, as JSON", status: http.StatusCreated, errors: []int{409, 413, 422}, sends: "application/json",
	}, d.createEvent)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/cities/{city}/events/{event}", id: "getEvent", tag: "events", summary: "An event"}, d.getEvent)
	add(d, operation{
		need: role.Plan, method: http.MethodPut, path: "/cities/{city}/events/{event}", id: "replaceEvent", tag: "events",
		summary: "Change an event", errors: []int{412, 413, 422, 428}, sends: "application/json",
	}, d.replaceEvent)
	add(d, operation{
		need: role.Plan, method: http.MethodDelete, path: "/cities/{city}/events/{event}", id: "deleteEvent", tag: "events",
		summary: "Forget an event without scenarios", status: http.StatusNoContent, errors: []int{409, 412, 428},
	}, d.deleteEvent)
	add(d, operation{
		need: role.Plan, method: http.MethodPut, path: "/cities/{city}/events/{event}/tables/{path}", id: "putTable", tag: "events",
		summary: "Keep a table that the text of an event names", errors: []int{413, 415, 422}, body: d.MostUpload, sends: "application/octet-stream",
	}, d.putTable)
}

func (d *door) listEvents(ctx context.Context, in *struct {
	CityIn
	PageIn
},
) (*List[Event], error) {
	if _, err := d.Office.City(ctx, in.City); err != nil {
		return nil, err
	}
	items, err := d.Office.Events(ctx, in.City, in.page())
	return mapped("/cities/"+in.City+"/events", in.PageIn, items, eventOf, err)
}

func (d *door) createEvent(ctx context.Context, in *struct {
	CityIn
	RawBody []byte `contentType:"application/json"`
},
) (*One[Event], error) {
	item, _, err := d.Office.CreateEvent(ctx, by(ctx), in.City, in.RawBody)
	if err != nil {
		return nil, err
	}
	out := one(eventOf(item), item.Revision)
	out.Location = Prefix + "/cities/" + in.City + "/events/" + out.Body.Name
	return out, nil
}

func (d *door) getEvent(ctx context.Context, in *struct {
	EventIn
	NoneMatch
},
) (*One[Event], error) {
	item, err := d.Office.Event(ctx, in.id())
	if err != nil {
		return nil, err
	}
	return seen(in.NoneMatch, eventOf(item), item.Revision)
}

func (d *door) replaceEvent(ctx context.Context, in *struct {
	EventIn
	Match
	RawBody []byte `contentType:"application/json"`
},
) (*One[Event], error) {
	revision, err := in.revision()
	if err != nil {
		return nil, err
	}
	item, err := d.Office.ReplaceEvent(ctx, by(ctx), in.id(), in.RawBody, revision)
	if err != nil {
		return nil, err
	}
	return one(eventOf(item), item.Revision), nil
}

func (d *door) deleteEvent(ctx context.Context, in *struct {
	EventIn
	Match
},
) (*struct{}, error) {
	revision, err := in.revision()
	if err != nil {
		return nil, err
	}
	return nil, d.Office.RemoveEvent(ctx, in.id(), revision)
}

func (d *door) putTable(ctx context.Context, in *struct {
	EventIn
	Path string `path:"path" doc:"As the text names it, its slashes as %2F"`
	upload
},
) (*One[Event], error) {
	path, from, err := d.received(in.Path, in.body)
	if err != nil {
		return nil, err
	}
	item, err := d.Office.PutTable(ctx, by(ctx), in.id(), path, from)
	if err != nil {
		return nil, err
	}
	return one(eventOf(item), item.Revision), nil
}
