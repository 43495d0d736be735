package office

import (
	"context"
	"fmt"
	"slices"

	"github.com/qala-city/qala/internal/workspace"
)

// MostBatch is how many runs a batch may have.
const MostBatch = 2000

// BatchAsk asks for every combination of what it lists. An empty list stands
// for what each scenario says.
type BatchAsk struct {
	Name      string
	Scenarios []string
	Seeds     []uint64
	Crowds    []int // percent of the attendance
	Ask       Ask   // of every run, but for its Seed and Crowd
}

// asks are the runs of a batch, in the order of the table.
func (b BatchAsk) asks() (asks []Ask) {
	seeds := []*uint64{nil}
	if len(b.Seeds) > 0 {
		seeds = seeds[:0]
	}
	for _, seed := range b.Seeds {
		seeds = append(seeds, &seed)
	}
	crowds := b.Crowds
	if len(crowds) == 0 {
		crowds = []int{b.Ask.Crowd}
	}
	for _, crowd := range crowds {
		for _, seed := range seeds {
			ask := b.Ask
			ask.Seed, ask.Crowd = seed, crowd
			asks = append(asks, ask)
		}
	}
	return asks
}

// CreateBatch orders all runs of a batch at once.
func (d *Desk) CreateBatch(ctx context.Context, by By, city string, ask BatchAsk) (Item[workspace.Batch], bool, error) {
	asks := ask.asks()
	if runs := len(asks) * len(ask.Scenarios); runs < 1 || runs > MostBatch {
		return Item[workspace.Batch]{}, false, fmt.Errorf("%d runs: %w: 1 to %d", runs, ErrTooMany, MostBatch)
	}
	id, again, err := d.once(ctx, by, workspace.KindBatch, func(w workspace.Writer) (string, error) {
		body := workspace.Batch{Name: ask.Name}
		for _, scenario := range ask.Scenarios {
			for _, one := range asks {
				run, err := d.askRun(w, by, scenario, one)
				if err != nil {
					return "", err
				}
				body.Runs = append(body.Runs, run)
			}
		}
		if err := sameCity(w, city, body.Runs); err != nil {
			return "", err
		}
		id := d.NewID()
		return id, d.insert(w, by, workspace.Document{Kind: workspace.KindBatch, ID: id, Parent: city}, body)
	})
	if err != nil {
		return Item[workspace.Batch]{}, false, err
	}
	d.announce(ctx, workspace.Job{State: workspace.Ordered}, nil)
	item, err := d.Batch(ctx, id)
	return item, again, err
}

func sameCity(r workspace.Reader, city string, runs []string) error {
	for _, id := range runs {
		run, err := fetch[workspace.Run](r, workspace.KindRun, id)
		if err != nil {
			return err
		}
		if run.Content.City != city {
			return fmt.Errorf("scenario %q of city %q: %w", run.Content.Scenario, city, workspace.ErrNotFound)
		}
	}
	return nil
}

// Batch is one batch.
func (d *Desk) Batch(ctx context.Context, id string) (Item[workspace.Batch], error) {
	return get[workspace.Batch](ctx, d, workspace.KindBatch, id)
}

// Batches are those of a city.
func (d *Desk) Batches(ctx context.Context, city string, page workspace.Page) ([]Item[workspace.Batch], error) {
	return list[workspace.Batch](ctx, d, workspace.KindBatch, city, page)
}

// Table is the runs of a batch with their jobs, in its order, as of one moment.
func (d *Desk) Table(ctx context.Context, batch string) ([]Outcome, error) {
	var rows []Outcome
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		rows = nil
		item, err := fetch[workspace.Batch](r, workspace.KindBatch, batch)
		if err != nil {
			return err
		}
		for _, id := range item.Content.Runs {
			run, err := runWith(r, id)
			if err != nil {
				return err
			}
			rows = append(rows, run)
		}
		return nil
	})
	return rows, err
}

// CancelBatch ends all runs of a batch that are not over; what is finished stays.
func (d *Desk) CancelBatch(ctx context.Context, by By, batch string) error {
	rows, err := d.Table(ctx, batch)
	if err != nil {
		return err
	}
	slices.Reverse(rows) // those that have not begun first, so that none begins meanwhile
	for _, row := range rows {
		if _, err := d.Cancel(ctx, by, row.Job.ID); err != nil {
			return err
		}
	}
	return nil
}
