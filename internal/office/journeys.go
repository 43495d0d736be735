package office

import (
	"context"

	"github.com/qala-city/qala/internal/retrace"
)

// Journeys are those of people of a run, and JourneysAsk says of whom.
type (
	Journeys    = retrace.Answer
	JourneysAsk = retrace.Ask
)

// Journeys tells what people of a run did.
func (d *Desk) Journeys(ctx context.Context, run string, ask JourneysAsk) (Journeys, error) {
	details, err := d.Details(ctx, run)
	if err != nil {
		return Journeys{}, err
	}
	return retrace.Journeys(details, ask), nil
}
