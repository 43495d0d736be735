package office

import (
	"context"

	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Place is where a run belongs to.
func (o Outcome) Place() role.Place {
	return role.Place{City: o.Content.City, Event: o.Content.Event}
}

// PlaceOfRun is where a run belongs to.
func (d *Desk) PlaceOfRun(ctx context.Context, id string) (role.Place, error) {
	run, err := d.Run(ctx, id)
	return run.Place(), err
}

// PlaceOfBatch is the city of a batch: its runs may be of several events.
func (d *Desk) PlaceOfBatch(ctx context.Context, id string) (role.Place, error) {
	batch, err := d.Batch(ctx, id)
	return role.Place{City: batch.Parent}, err
}

// PlaceOfJob is the city of an import. Another job may be that of runs in several
// places, since the same is not run twice: it is nowhere in particular.
func (d *Desk) PlaceOfJob(ctx context.Context, id string) (role.Place, error) {
	job, err := d.Job(ctx, id)
	if err != nil {
		return role.Place{}, err
	}
	return PlaceOf(job)
}

// PlaceOf is PlaceOfJob of a job that is at hand.
func PlaceOf(job workspace.Job) (role.Place, error) {
	if job.Task != workspace.TaskImport {
		return role.Place{}, nil
	}
	city, err := cityOf(job)
	return role.Place{City: city}, err
}
