package api

import (
	"context"
	"mime"
	"net/http"
	"path"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/office"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Report is the documents of a run in a language.
type Report struct {
	Kept
	Run   string           `json:"run"`
	Lang  string           `json:"lang"`
	Job   Job              `json:"job"`
	Files []workspace.File `json:"files" nullable:"false" doc:"Empty until the job is done"`
}

func reportOf(r office.AskedReport, lang string) Report {
	out := Report{kept(r.Document), r.Content.Run, r.Content.Lang, jobIn(r.Job, lang), []workspace.File{}}
	if files, err := r.Files(); err == nil {
		out.Files = append(out.Files, files...)
	}
	return out
}

// ReportIn names a report.
type ReportIn struct {
	RunIn
	Lang string `path:"lang" enum:"en,kk,ru,zh"`
}

func (in ReportIn) id() string { return in.Run + "." + in.Lang }

// ReportOut is a report.
type ReportOut struct {
	Status int
	Body   Report
}

func (d *door) reports() {
	add(d, operation{
		need: role.Look, method: http.MethodPost, path: "/runs/{run}/reports/{lang}", id: "askReport", tag: "reports",
		summary: "Have the documents of a run written; 202 while they are, 200 when they are there", status: http.StatusAccepted, errors: []int{409},
	}, d.askReport)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/runs/{run}/reports/{lang}", id: "getReport", tag: "reports", summary: "The documents of a run"}, d.getReport)
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/runs/{run}/reports/{lang}/{file}", id: "getReportFile", tag: "reports",
		summary: "A document of a run", errors: []int{409}, kind: "application/octet-stream",
	}, d.reportFile)
}

func (d *door) askReport(ctx context.Context, in *ReportIn) (*ReportOut, error) {
	out, err := d.Office.AskReport(ctx, by(ctx), in.Run, in.Lang)
	if err != nil {
		return nil, err
	}
	status := http.StatusAccepted
	if out.Job.State.Over() {
		status = http.StatusOK
	}
	return &ReportOut{status, reportOf(out, callOf(ctx).language)}, nil
}

func (d *door) getReport(ctx context.Context, in *ReportIn) (*ReportOut, error) {
	out, err := d.Office.Report(ctx, in.id())
	if err != nil {
		return nil, err
	}
	return &ReportOut{http.StatusOK, reportOf(out, callOf(ctx).language)}, nil
}

// pagePolicy is what a page of a report may do: its own script and style stand in it, sealed.
const pagePolicy = "sandbox allow-scripts allow-downloads allow-popups; frame-ancestors 'none'"

func (d *door) reportFile(ctx context.Context, in *struct {
	ReportIn
	NoneMatch
	File string `path:"file" maxLength:"128"`
},
) (*huma.StreamResponse, error) {
	body, file, err := d.Office.ReportFile(ctx, in.id(), in.File)
	if err != nil {
		return nil, err
	}
	kind := mime.TypeByExtension(path.Ext(in.File))
	if kind == "" {
		kind = "application/octet-stream"
	}
	if path.Ext(in.File) != ".html" {
		return d.content(in.NoneMatch, body, file, map[string]string{"Content-Type": kind, "Content-Disposition": "attachment"})
	}
	// The page's own policy stands in it; what holds for the rest of the door would
	// keep its charts from being drawn.
	return d.content(in.NoneMatch, body, file, map[string]string{"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": pagePolicy})
}
