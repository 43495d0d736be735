// Package api is the door for programs and for the console: it decodes a request,
// asks the office, and encodes the answer. Its contract is openapi.yaml, which is
// made from the types here.
package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/qala-city/qala/internal/access"
	"github.com/qala-city/qala/internal/approval"
	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/office"
)

// Options are what the door is made of. Every field but Provider, Failed, Checks and Ending is needed.
// Who asks, and what he may do, is what the context of a request knows (role.With).
type Options struct {
	Office  *office.Desk
	Now     func() time.Time
	Version string // of the program
	// Access, Audit and Plans are the desks of who may do what; nil: the house asks nobody who he is.
	Access *access.Desk
	Audit  *audit.Desk
	Plans  *approval.Desk
	// SignIn knows the cookies of the house; it is needed with Access.
	SignIn SignIn
	// Provider is the name of the provider of identities; "": there is none.
	Provider string
	// Checks tell, by name, whether what the server needs can be reached.
	Checks map[string]func(ctx context.Context) error
	// Failed hears of every answer that is the server's own fault.
	Failed func(r *http.Request, err error)
	// Ending is closed when the server is to stop: streams, which would go on, end.
	Ending <-chan struct{}
	// MostUpload is the length of a file that may be sent; 0: UsualUpload.
	MostUpload int64
}

// SignIn is what a browser keeps of somebody who has signed in.
type SignIn interface {
	Attempt(r *http.Request) access.Attempt
	Arrival(a access.Arrival) []http.Cookie
	Leaving() []http.Cookie
}

// The limits of requests.
const (
	UsualUpload = 4 << 30
	mostJSON    = 1 << 20
	bodyTime    = 30 * time.Second // for the whole of a JSON body to come
)

// Prefix is the path below which everything stands.
const Prefix = "/api/v1"

// door is the handler being made.
type door struct {
	Options
	api    huma.API
	mux    *http.ServeMux
	packed *packed
	desk   chan struct{} // held by the document that is being made
}

// New is the door: everything below Prefix, /healthz, /readyz and /api/docs.
func New(o Options) http.Handler {
	d := newDoor(o)
	return d.wrapped()
}

// Contract is the document that describes the door, as YAML.
func Contract() ([]byte, error) {
	d := newDoor(Options{Version: "1"})
	return d.api.OpenAPI().YAML()
}

func newDoor(o Options) *door {
	if o.MostUpload == 0 {
		o.MostUpload = UsualUpload
	}
	d := &door{Options: o, mux: http.NewServeMux(), packed: newPacked(64 << 20), desk: make(chan struct{}, 1)}
	config := huma.DefaultConfig("qala", o.Version)
	config.CreateHooks = nil // no $schema in answers
	config.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", schemaName)
	config.OpenAPIPath, config.DocsPath, config.SchemasPath = Prefix+"/openapi", "", ""
	config.RejectUnknownQueryParameters = true
	config.Info.Description = "Plans an event day: cities, events, scenarios, runs and their results."
	config.Info.License = &huma.License{Name: "Apache-2.0", Identifier: "Apache-2.0"}
	config.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "qala"},
		"key":     {Type: "http", Scheme: "bearer"},
	}
	d.api = humago.New(d.mux, config)
	d.register()
	return d
}

// register adds every operation.
func (d *door) register() {
	d.start()
	d.session()
	d.oneself()
	d.accounts()
	d.log()
	d.plans()
	d.cities()
	d.files()
	d.imports()
	d.places()
	d.courses()
	d.lines()
	d.events()
	d.profiles()
	d.scenarios()
	d.runs()
	d.results()
	d.details()
	d.batches()
	d.comparisons()
	d.reports()
	d.jobs()
	d.outside()
}

// wrapped is the door with what holds for every request.
func (d *door) wrapped() http.Handler {
	return secured(zipped(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.serve(w, r)
	})))
}
