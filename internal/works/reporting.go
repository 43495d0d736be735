package works

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/job"
	"github.com/qala-city/qala/internal/message"
	"github.com/qala-city/qala/internal/report"
	"github.com/qala-city/qala/internal/workspace"
)

// writeReport writes the page of a run in one language, its event transport plan
// on paper and as a workbook, and its tables.
func (s *Shop) writeReport(ctx context.Context, in workspace.ReportInput, progress func(workspace.Progress)) (job.Outcome, error) {
	if !slices.Contains(message.Languages(), in.Lang) {
		return job.Outcome{}, &job.Refused{Text: fmt.Sprintf("there are no words in the language %q", in.Lang)}
	}
	data, err := s.read(ctx, in.Results)
	if err != nil {
		return job.Outcome{}, err
	}
	var e evaluation.Evaluation
	if err := json.Unmarshal(data, &e); err != nil {
		return job.Outcome{}, fmt.Errorf("reading the results: %w", err)
	}
	page, err := report.Render(&e, in.Lang)
	if err != nil {
		return job.Outcome{}, err
	}
	book, err := report.Workbook(&e, in.Lang, report.Standing{})
	if err != nil {
		return job.Outcome{}, err
	}
	document, err := report.Document(&e, in.Lang, report.Standing{})
	if err != nil {
		return job.Outcome{}, err
	}
	files := report.CSV(&e)
	files[report.FileName(in.Lang)], files[report.WorkbookName(in.Lang)] = page, book
	files["results.json"], files[report.DocumentName(in.Lang)] = data, document
	return s.keepFiles(ctx, files, progress)
}

func (s *Shop) keepFiles(ctx context.Context, files map[string][]byte, progress func(workspace.Progress)) (job.Outcome, error) {
	var out workspace.ReportResult
	for i, name := range slices.Sorted(maps.Keys(files)) {
		sum, err := s.keep(ctx, files[name])
		if err := errors.Join(err, ctx.Err()); err != nil {
			return job.Outcome{}, err
		}
		out.Files = append(out.Files, workspace.File{Path: name, Sum: sum, Bytes: int64(len(files[name]))})
		progress(workspace.Progress{Stage: "report", Done: i + 1, Total: len(files)})
	}
	slices.SortFunc(out.Files, func(a, b workspace.File) int { return cmp.Compare(a.Path, b.Path) })
	return job.Outcome{Result: out}, nil
}
