package api

import (
	"context"
	"net/http"
	"slices"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/label"
	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Kept is what every document says of itself.
type Kept struct {
	ID       string    `json:"id"`
	Revision int64     `json:"revision" doc:"One more with every change"`
	Created  time.Time `json:"created"`
	Changed  time.Time `json:"changed"`
	By       string    `json:"by" doc:"Who changed it last: a reference"`
}

func kept(d workspace.Document) Kept {
	return Kept{d.ID, d.Revision, d.Created, d.Changed, d.By}
}

// City is a city and its files.
type City struct {
	Kept
	Names   label.Names      `json:"names"`
	Files   []workspace.File `json:"files" nullable:"false"`
	Version string           `json:"version,omitempty" doc:"The current network; absent before the first import"`
	Import  string           `json:"import,omitempty" doc:"The job of the last import"`
}

func cityOf(item office.Item[workspace.City]) City {
	c := item.Content
	return City{kept(item.Document), c.Names, append([]workspace.File{}, c.Files...), c.Version, c.Import}
}

// One is a document, with the tag of its revision.
type One[T any] struct {
	ETag     string `header:"ETag"`
	Location string `header:"Location" doc:"Of what was made"`
	Body     T
}

func one[T any](body T, revision int64) *One[T] { return &One[T]{ETag: tag(revision), Body: body} }

// CityIn names a city.
type CityIn struct {
	City string `path:"city" maxLength:"64" doc:"Id of the city"`
}

func (d *door) cities() {
	add(d, operation{need: role.Look, sifts: true, method: http.MethodGet, path: "/cities", id: "listCities", tag: "cities", summary: "The cities that are kept"}, d.listCities)
	add(d, operation{need: role.Plan, method: http.MethodPost, path: "/cities", id: "createCity", tag: "cities", summary: "Take in a city by its description, the text of a city.yaml", status: http.StatusCreated, errors: []int{409, 413, 422}, sends: "application/yaml"}, d.createCity)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/cities/{city}", id: "getCity", tag: "cities", summary: "A city"}, d.getCity)
	add(d, operation{need: role.Plan, method: http.MethodDelete, path: "/cities/{city}", id: "deleteCity", tag: "cities", summary: "Forget a city without events", status: http.StatusNoContent, errors: []int{409, 412, 428}}, d.deleteCity)
}

func (d *door) listCities(ctx context.Context, in *PageIn) (*List[City], error) {
	items, err := d.Office.Cities(ctx, in.page())
	out, err := mapped("/cities", *in, items, cityOf, err)
	if err == nil {
		out.Body.Items = slices.DeleteFunc(out.Body.Items, func(c City) bool { return !d.allowed(ctx, role.Look, role.Place{City: c.ID}) })
	}
	return out, err
}

// mapped is a page of documents as the contract has them.
func mapped[B, T any](path string, p PageIn, items []office.Item[B], as func(office.Item[B]) T, err error) (*List[T], error) {
	if err != nil {
		return nil, err
	}
	var out []T
	last := ""
	for _, item := range items {
		out, last = append(out, as(item)), item.ID
	}
	return listed(path, p, out, last), nil
}

func (d *door) createCity(ctx context.Context, in *struct {
	RawBody []byte `contentType:"application/yaml"`
},
) (*One[City], error) {
	item, _, err := d.Office.CreateCity(ctx, by(ctx), in.RawBody)
	if err != nil {
		return nil, err
	}
	out := one(cityOf(item), item.Revision)
	out.Location = Prefix + "/cities/" + item.ID
	return out, nil
}

func (d *door) getCity(ctx context.Context, in *struct {
	CityIn
	NoneMatch
},
) (*One[City], error) {
	item, err := d.Office.City(ctx, in.City)
	if err != nil {
		return nil, err
	}
	return seen(in.NoneMatch, cityOf(item), item.Revision)
}

// seen is a document, unless the caller has it already.
func seen[T any](n NoneMatch, body T, revision int64) (*One[T], error) {
	if err := n.has(tag(revision)); err != nil {
		return nil, err
	}
	return one(body, revision), nil
}

func (d *door) deleteCity(ctx context.Context, in *struct {
	CityIn
	Match
},
) (*struct{}, error) {
	revision, err := in.revision()
	if err != nil {
		return nil, err
	}
	return nil, d.Office.RemoveCity(ctx, in.City, revision)
}

// Accepted is work that was ordered.
type Accepted struct {
	Status   int
	Location string `header:"Location"`
	Body     Job
}

func accepted(job workspace.Job) *Accepted {
	status := http.StatusAccepted
	if job.State.Over() {
		status = http.StatusOK
	}
	return &Accepted{Status: status, Location: Prefix + "/jobs/" + job.ID, Body: jobOf(job)}
}

var _ huma.StatusError = (*Problem)(nil)
