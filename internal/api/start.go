package api

import (
	"context"
	"net/http"

	"github.com/qala-city/qala/internal/role"
)

// Start is where a program begins.
type Start struct {
	Body struct {
		Program string            `json:"program"`
		Links   map[string]string `json:"links" doc:"Paths by what is there"`
	}
}

// Me is who asks, as the server knows him.
type Me struct {
	Body struct {
		Who   string      `json:"who" doc:"A reference; empty for somebody unknown"`
		Roles []role.Role `json:"roles" nullable:"false"`
	}
}

func (d *door) start() {
	add(d, operation{need: role.Anyone, method: http.MethodGet, path: "", id: "start", tag: "start", summary: "Where things are"},
		func(context.Context, *struct{}) (*Start, error) {
			out := &Start{}
			out.Body.Program = "qala " + d.Version
			out.Body.Links = map[string]string{
				"cities": Prefix + "/cities", "jobs": Prefix + "/jobs", "contract": Prefix + "/openapi.json",
				"docs": "/api/docs", "features": "/ogc", "tiles": "/tiles", "me": Prefix + "/me",
			}
			return out, nil
		})
	add(d, operation{need: role.Anyone, method: http.MethodGet, path: "/me", id: "me", tag: "start", summary: "Who asks"},
		func(ctx context.Context, _ *struct{}) (*Me, error) {
			out := &Me{}
			subject := callOf(ctx).subject
			out.Body.Who, out.Body.Roles = subject.Who, append([]role.Role{}, subject.Roles(d.Now())...)
			return out, nil
		})
}
