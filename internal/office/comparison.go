package office

import (
	"context"

	"github.com/qala-city/qala/internal/comparison"
)

// Comparison is what is different from one run to another.
type Comparison = comparison.Comparison

// Compare compares the results of two runs.
func (d *Desk) Compare(ctx context.Context, before, after string) (Comparison, error) {
	a, err := d.Results(ctx, before)
	if err != nil {
		return Comparison{}, err
	}
	b, err := d.Results(ctx, after)
	if err != nil {
		return Comparison{}, err
	}
	return comparison.Of(a, b), nil
}
