package api

import (
	"context"
	"net/http"

	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
)

func (d *door) comparisons() {
	add(d, operation{
		need: role.Look, sifts: true, method: http.MethodGet, path: "/comparisons", id: "compare", tag: "results",
		summary: "What is different from one run to another", errors: []int{409, 404},
	}, d.compare)
}

func (d *door) compare(ctx context.Context, in *struct {
	Before string `query:"before" required:"true" maxLength:"64" doc:"Id of a run"`
	After  string `query:"after" required:"true" maxLength:"64" doc:"Id of another"`
},
) (*Whole[office.Comparison], error) {
	for _, run := range []string{in.Before, in.After} {
		place, err := d.Office.PlaceOfRun(ctx, run)
		if err != nil {
			return nil, err
		}
		if !d.allowed(ctx, role.Look, place) {
			return nil, problemOf(http.StatusForbidden, "this run is not for whoever asks: "+run)
		}
	}
	c, err := d.Office.Compare(ctx, in.Before, in.After)
	if err != nil {
		return nil, err
	}
	return &Whole[office.Comparison]{CacheControl: forever, Body: c}, nil
}
