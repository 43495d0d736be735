package api

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/role"
)

// operation is one route: who may call it, and what the contract says of it.
type operation struct {
	need    role.Need
	people  bool // the house must ask who somebody is
	sifts   bool // the handler leaves out what is not for the caller; else the path says the place
	method  string
	path    string // below Prefix
	id      string
	tag     string
	summary string
	status  int    // of success; 0: 200
	errors  []int  // beside 400, 401, 403, 429, 500 and, with a path parameter, 404
	body    int64  // bytes of the request's body; 0: what JSON may have
	kind    string // media type of what is streamed, where the answer is no JSON
	shape   any    // a value of the type whose JSON is streamed; nil: the contract does not tell
	sends   string // media type of a body that the office checks itself
}

// add registers an operation. Every operation has a need: the zero one is
// nobody's, and a test finds it.
func add[In, Out any](d *door, o operation, handle func(ctx context.Context, in *In) (*Out, error)) {
	op := d.describe(o)
	huma.Register(d.api, op, func(ctx context.Context, in *In) (*Out, error) {
		out, err := handle(ctx, in)
		if err != nil {
			return nil, d.problem(ctx, err)
		}
		return out, nil
	})
}

func (d *door) describe(o operation) huma.Operation {
	errors := append([]int{http.StatusBadRequest, http.StatusForbidden, http.StatusTooManyRequests, http.StatusInternalServerError}, o.errors...)
	if !o.need.Open() {
		errors = append(errors, http.StatusUnauthorized)
	}
	if strings.Contains(o.path, "{") {
		errors = append(errors, http.StatusNotFound)
	}
	op := huma.Operation{
		OperationID: o.id, Method: o.method, Path: Prefix + o.path, Summary: o.summary, Tags: []string{o.tag},
		DefaultStatus: o.status, Errors: errors, MaxBodyBytes: o.body, BodyReadTimeout: bodyTime, Middlewares: huma.Middlewares{d.guard(o)},
		Extensions: map[string]any{"x-need": o.need.Name()},
	}
	if o.kind != "" {
		schema := &huma.Schema{Type: huma.TypeString}
		if o.shape != nil {
			schema = d.api.OpenAPI().Components.Schemas.Schema(reflect.TypeOf(o.shape), true, "")
		}
		op.Responses = map[string]*huma.Response{"200": {
			Description: "OK", Content: map[string]*huma.MediaType{o.kind: {Schema: schema}},
		}}
	}
	if o.sends != "" {
		schema := &huma.Schema{Type: huma.TypeString}
		if o.sends == "application/json" {
			schema = &huma.Schema{Type: huma.TypeObject}
		}
		op.SkipValidateBody = true
		op.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{o.sends: {Schema: schema}}}
	}
	if op.MaxBodyBytes == 0 {
		op.MaxBodyBytes = mostJSON
	}
	if !o.need.Open() {
		op.Security = []map[string][]string{{"session": {}}, {"key": {}}}
	}
	return op
}

// guard lets in who meets the need where the path leads.
func (d *door) guard(o operation) func(huma.Context, func(huma.Context)) {
	return func(ctx huma.Context, next func(huma.Context)) {
		subject := callOf(ctx.Context()).subject
		switch {
		case o.need.Open():
			next(ctx)
		case subject.Who == "":
			d.refuse(ctx, http.StatusUnauthorized, "nobody knows who asks: sign in, or send a key")
		case (o.people || o.need.Own()) && d.Access == nil:
			d.refuse(ctx, http.StatusConflict, errNobody.Error(), errNobody)
		case !subject.Anywhere(o.need, d.Now()):
			d.refuse(ctx, http.StatusForbidden, "this is not for whoever asks: it needs the right to "+o.need.Name())
		case o.sifts || o.need.Own():
			next(ctx)
		default:
			d.guardPlace(ctx, o.need, next)
		}
	}
}

// guardPlace lets in who meets the need at the place of the path.
func (d *door) guardPlace(ctx huma.Context, need role.Need, next func(huma.Context)) {
	place, err := d.placeOf(ctx)
	if err != nil {
		var p *Problem
		if errors.As(d.problem(ctx.Context(), err), &p) {
			_ = huma.WriteErr(d.api, ctx, p.Status, p.Detail, p) // whoever hung up does not want the answer
		}
		return
	}
	if !d.allowed(ctx.Context(), need, place) {
		d.refuse(ctx, http.StatusForbidden, "this is not for whoever asks: it needs the right to "+need.Name()+" in this place")
		return
	}
	next(ctx)
}

// allowed reports whether the caller may do at a place what a need says.
func (d *door) allowed(ctx context.Context, need role.Need, at role.Place) bool {
	return role.Allowed(callOf(ctx).subject, need, at, d.Now())
}

// placeOfPlan is the event of a plan.
func (d *door) placeOfPlan(ctx context.Context, id string) (role.Place, error) {
	plan, err := d.Plans.Plan(ctx, id)
	return role.Place{City: plan.Content.City, Event: plan.Content.Event}, err
}

// placeOf is where the path of a request leads; a path without a place is about the whole house.
func (d *door) placeOf(ctx huma.Context) (role.Place, error) {
	for _, p := range []struct {
		name string
		of   func(context.Context, string) (role.Place, error)
	}{{"run", d.Office.PlaceOfRun}, {"batch", d.Office.PlaceOfBatch}, {"job", d.Office.PlaceOfJob}, {"plan", d.placeOfPlan}} {
		if id := ctx.Param(p.name); id != "" {
			return p.of(ctx.Context(), id)
		}
	}
	place := role.Place{City: ctx.Param("city")}
	if event := ctx.Param("event"); event != "" {
		place.Event = place.City + "/" + event
	}
	return place, nil
}

func (d *door) refuse(ctx huma.Context, status int, detail string, why ...error) {
	if status == http.StatusUnauthorized {
		ctx.SetHeader("WWW-Authenticate", "Bearer")
	}
	_ = huma.WriteErr(d.api, ctx, status, detail, why...) // whoever hung up does not want the answer
}
