package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/qala-city/qala/internal/workspace"
)

// AskedReport is a report with the job that writes it.
type AskedReport struct {
	Item[workspace.Report]
	Job workspace.Job
}

// Files are what the report is made of.
func (r AskedReport) Files() ([]workspace.File, error) {
	var result workspace.ReportResult
	if r.Job.State != workspace.Done {
		return nil, fmt.Errorf("report %s is %s: %w", r.ID, r.Job.State, ErrNoResults)
	}
	return result.Files, json.Unmarshal(r.Job.Result, &result)
}

// AskReport orders the documents of a run in a language.
func (d *Desk) AskReport(ctx context.Context, by By, run, lang string) (AskedReport, error) {
	id := run + "." + lang
	err := d.Store.Write(ctx, func(w workspace.Writer) error {
		out, err := runWith(w, run)
		if err != nil {
			return err
		}
		result, err := out.Result()
		if err != nil {
			return err
		}
		job, err := d.order(w, by, workspace.TaskReport, workspace.ReportInput{Results: result.Results, Lang: lang})
		if err != nil {
			return err
		}
		return d.keepReport(w, by, id, workspace.Report{Job: job.ID, Run: run, Lang: lang})
	})
	if err != nil {
		return AskedReport{}, err
	}
	report, err := d.Report(ctx, id)
	d.announce(ctx, report.Job, err)
	return report, err
}

// keepReport keeps a report, or that it is another job's now.
func (d *Desk) keepReport(w workspace.Writer, by By, id string, body workspace.Report) error {
	known, err := fetch[workspace.Report](w, workspace.KindReport, id)
	switch {
	case err == nil && known.Content == body:
		return nil
	case err == nil:
		_, err = d.replace(w, by, known.Document, body)
		return err
	case !errors.Is(err, workspace.ErrNotFound):
		return err
	}
	return d.insert(w, by, workspace.Document{Kind: workspace.KindReport, ID: id, Parent: body.Run}, body)
}

// Report is one report with its job.
func (d *Desk) Report(ctx context.Context, id string) (AskedReport, error) {
	var out AskedReport
	err := d.Store.Read(ctx, func(r workspace.Reader) (err error) {
		if out.Item, err = fetch[workspace.Report](r, workspace.KindReport, id); err != nil {
			return err
		}
		job, err := fetch[workspace.Job](r, workspace.KindJob, out.Content.Job)
		out.Job = job.Content
		return err
	})
	return out, err
}

// ReportFile is a file of a report, to be closed by the caller.
func (d *Desk) ReportFile(ctx context.Context, id, path string) (io.ReadSeekCloser, workspace.File, error) {
	report, err := d.Report(ctx, id)
	if err != nil {
		return nil, workspace.File{}, err
	}
	files, err := report.Files()
	if err != nil {
		return nil, workspace.File{}, err
	}
	return d.open(ctx, files, path)
}
