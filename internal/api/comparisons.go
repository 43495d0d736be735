package api

import (
	"context"
	"net/http"

	"github.com/qala-city/qala/internal/comparison"
	"github.com/qala-city/qala/internal/role"
)

func (d *door) comparisons() {
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/comparisons", id: "compare", tag: "results",
		summary: "What is different from one run to another", errors: []int{409, 404},
	}, d.compare)
}

func (d *door) compare(ctx context.Context, in *struct {
	Before string `query:"before" required:"true" maxLength:"64" doc:"Id of a run"`
	After  string `query:"after" required:"true" maxLength:"64" doc:"Id of another"`
},
) (*Whole[comparison.Comparison], error) {
	before, err := d.Office.Results(ctx, in.Before)
	if err != nil {
		return nil, err
	}
	after, err := d.Office.Results(ctx, in.After)
	if err != nil {
		return nil, err
	}
	return &Whole[comparison.Comparison]{CacheControl: forever, Body: comparison.Of(before, after)}, nil
}
