package office

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/workspace"
)

// OpenVehicles is the file of what every vehicle of a run did, to be closed by the caller.
func (d *Desk) OpenVehicles(ctx context.Context, run string) (io.ReadSeekCloser, workspace.File, error) {
	result, err := d.detailed(ctx, run)
	if err != nil {
		return nil, workspace.File{}, err
	}
	body, _, err := d.Contents.Open(ctx, result.Vehicles)
	return body, workspace.File{Sum: result.Vehicles, Bytes: result.VehiclesBytes}, err
}

// Details are what single vehicles and people of a run did. Nobody changes them.
func (d *Desk) Details(ctx context.Context, run string) (*evaluation.Details, error) {
	result, err := d.detailed(ctx, run)
	if err != nil {
		return nil, err
	}
	vehicles, err := decoded[evaluation.Vehicles](ctx, d, result.Vehicles)
	if err != nil {
		return nil, err
	}
	diaries, err := decoded[evaluation.Diaries](ctx, d, result.Diaries)
	return &evaluation.Details{Vehicles: vehicles, Diaries: diaries}, err
}

// detailed is the result of a run that has details.
func (d *Desk) detailed(ctx context.Context, run string) (workspace.RunResult, error) {
	out, err := d.Run(ctx, run)
	if err != nil {
		return workspace.RunResult{}, err
	}
	result, err := out.Result()
	if err == nil && (result.Vehicles == "" || result.Diaries == "") {
		err = fmt.Errorf("vehicles and journeys of run %s, which is older than they are kept: run it again: %w", run, workspace.ErrNotFound)
	}
	return result, err
}

// decoded is a content as a value, from the shelf where it lies there.
func decoded[T any](ctx context.Context, d *Desk, sum workspace.Sum) (*T, error) {
	value, err := d.Shelf.take(sum, func() (any, int64, error) {
		data, err := d.content(ctx, sum)
		if err != nil {
			return nil, 0, err
		}
		out := new(T)
		if err := json.Unmarshal(data, out); err != nil {
			return nil, 0, fmt.Errorf("reading %s: %w", sum, err)
		}
		return out, int64(len(data)), nil
	})
	if err != nil {
		return nil, err
	}
	return value.(*T), nil
}
