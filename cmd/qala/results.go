package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/report"
	"github.com/qala-city/qala/internal/store/wholefile"
)

// keepResults writes the results file, unless the command was interrupted.
func (h *house) keepResults(ctx context.Context, path string, e *evaluation.Evaluation) error {
	data, err := report.JSON(e)
	if err != nil {
		return err
	}
	return keep(ctx, path, data)
}

// keep writes a file whole, unless the command was interrupted.
func keep(ctx context.Context, path string, data []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	return unwritten(wholefile.WriteBytes(path, data))
}

// readResults reads what qala run wrote.
func readResults(path string) (*evaluation.Evaluation, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading the results: %w", err)
	}
	// The version is looked at first: another one may have other fields.
	var head struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(data, &head); err != nil {
		return nil, rejected(fmt.Errorf("%s: line %d: not a results file of qala run: %w", path, lineOf(data, err), err))
	}
	if head.Format != evaluation.Format {
		return nil, rejected(fmt.Errorf("%s: results of format %d, this program reads %d: run the event again", path, head.Format, evaluation.Format))
	}
	var e evaluation.Evaluation
	strict := json.NewDecoder(bytes.NewReader(data))
	strict.DisallowUnknownFields()
	if err := strict.Decode(&e); err != nil {
		return nil, rejected(fmt.Errorf("%s: line %d: not a results file of qala run: %w", path, lineOf(data, err), err))
	}
	return &e, nil
}

// lineOf is the line of a JSON mistake, 1 where it is not known.
func lineOf(data []byte, err error) int {
	var offset int64
	switch fault := err.(type) { //nolint:errorlint // encoding/json gives these unwrapped
	case *json.SyntaxError:
		offset = fault.Offset
	case *json.UnmarshalTypeError:
		offset = fault.Offset
	}
	return 1 + bytes.Count(data[:min(int(offset), len(data))], []byte("\n"))
}
