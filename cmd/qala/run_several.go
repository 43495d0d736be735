package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"time"

	"github.com/qala-city/qala/internal/evaluation"
)

// partial is the error of several runs of which some were finished before the
// command was interrupted: these are written.
type partial struct{ done, asked int }

func (p *partial) Error() string {
	return fmt.Sprintf("interrupted: %d of %d runs were finished and are in the results", p.done, p.asked)
}

// finishRun writes and tells what a run found out; also what was finished before
// an interruption.
func (h *house) finishRun(ctx context.Context, output string, result *evaluation.Evaluation, err error) error {
	if result == nil {
		return err
	}
	var some error
	if err != nil {
		some = &partial{len(result.Spread.Seeds), result.Spread.Asked}
		ctx = context.WithoutCancel(ctx)
	}
	if err := h.keepResults(ctx, output, result); err != nil {
		return err
	}
	h.tellRun(result)
	h.wrote("results", output)
	return some
}

// countRuns tells after each of several runs about how long the others will
// take. On a terminal the bar does.
func (h *house) countRuns(p *progress) func(done, runs int) {
	began := h.now()
	return func(done, runs int) {
		if h.terminal || done == runs {
			return
		}
		left := h.now().Sub(began) * time.Duration(runs-done) / time.Duration(done)
		p.mu.Lock()
		defer p.mu.Unlock()
		fmt.Fprintln(h.notes, h.words.Say("cli.run.finished", map[string]any{
			"done": done, "runs": runs, "left": h.words.Duration(int(left / time.Second)),
		}))
	}
}

// beside opens the tables that an event file names.
func (h *house) beside(event string) func(path string) ([]byte, error) {
	open := h.outside(filepath.Dir(event))
	return func(path string) ([]byte, error) {
		folder, name, err := open(path)
		if err != nil {
			return nil, err
		}
		data, err := fs.ReadFile(folder, name)
		var at *fs.PathError
		if errors.As(err, &at) {
			err = at.Err // the finding names the file as the event does
		}
		return data, err
	}
}
