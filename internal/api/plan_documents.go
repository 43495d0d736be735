package api

import (
	"cmp"
	"context"
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/approval"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/report"
	"github.com/qala-city/qala/internal/role"
)

// PlanDocumentIn names a document of a plan.
type PlanDocumentIn struct {
	PlanIn
	NoneMatch
	Lang string `path:"lang" enum:"en,kk,ru,zh"`
	Run  string `query:"run" maxLength:"64" doc:"Which run of the plan it tells of; without it the first"`
}

// The media types of documents.
const (
	pdfKind  = "application/pdf"
	xlsxKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

func (d *door) planDocuments() {
	add(d, operation{
		need: role.Look, people: true, method: http.MethodGet, path: "/plans/{plan}/document/{lang}", id: "getPlanDocument", tag: "plans",
		summary: "The event transport plan on A4 pages, with the state in which the plan is", errors: []int{409}, kind: pdfKind,
	}, d.planDocument)
	add(d, operation{
		need: role.Look, people: true, method: http.MethodGet, path: "/plans/{plan}/workbook/{lang}", id: "getPlanWorkbook", tag: "plans",
		summary: "The tables of the event transport plan as an XLSX workbook", errors: []int{409}, kind: xlsxKind,
	}, d.planWorkbook)
}

func (d *door) planDocument(ctx context.Context, in *PlanDocumentIn) (*huma.StreamResponse, error) {
	return d.written(ctx, in, pdfKind, report.DocumentName(in.Lang), report.Document)
}

func (d *door) planWorkbook(ctx context.Context, in *PlanDocumentIn) (*huma.StreamResponse, error) {
	return d.written(ctx, in, xlsxKind, report.WorkbookName(in.Lang), report.Workbook)
}

// written makes a document of a plan as it is now. It is not kept: it names people,
// who can be erased, and its state changes.
func (d *door) written(ctx context.Context, in *PlanDocumentIn, kind, name string, draw func(*evaluation.Evaluation, string, report.Standing, ...*evaluation.Evaluation) ([]byte, error)) (*huma.StreamResponse, error) {
	plan, err := d.Plans.Plan(ctx, in.Plan)
	if err != nil {
		return nil, err
	}
	run, found := runOfPlan(plan.Content, in.Run)
	if !found {
		return nil, problemOf(http.StatusNotFound, "the plan has no such run")
	}
	standing, err := d.standing(ctx, plan)
	if err != nil {
		return nil, err
	}
	etag := d.editionOf(run, standing, name)
	if err := in.has(etag); err != nil {
		return nil, err
	}
	data, err := d.drawn(ctx, run, func(e *evaluation.Evaluation) ([]byte, error) { return draw(e, in.Lang, standing) })
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		for header, value := range map[string]string{
			"Content-Type": kind, "Content-Disposition": `attachment; filename="` + name + `"`, "ETag": etag,
			"Cache-Control": "private, no-cache", "Content-Length": strconv.Itoa(len(data)),
		} {
			ctx.SetHeader(header, value)
		}
		_, _ = ctx.BodyWriter().Write(data) // whoever hung up does not want the rest
	}}, nil
}

// editionOf is the ETag of a document: another state, or another name of somebody, makes another.
func (d *door) editionOf(run approval.Run, s report.Standing, name string) string {
	text, _ := json.Marshal([]any{run.Results, s, name, d.Version}) // words and times can always be written
	return `"` + string(ledger.Sum(text)) + `"`
}

// drawn makes a document while no other is made: one takes a processor for about a second.
func (d *door) drawn(ctx context.Context, run approval.Run, draw func(*evaluation.Evaluation) ([]byte, error)) ([]byte, error) {
	e, err := d.Office.ResultsIn(ctx, run.Results)
	if err != nil {
		return nil, err
	}
	select {
	case d.desk <- struct{}{}:
		defer func() { <-d.desk }()
		return draw(e)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// runOfPlan is a run of a plan, its first one where none is named.
func runOfPlan(plan approval.Plan, id string) (approval.Run, bool) {
	for _, run := range plan.Set.Runs {
		if id == "" || id == run.ID {
			return run, true
		}
	}
	return approval.Run{}, false
}

// standing is how far a plan is, with the names of people.
func (d *door) standing(ctx context.Context, plan approval.Item) (report.Standing, error) {
	p := plan.Content
	out := report.Standing{
		Name: p.Name, Note: p.Note, State: string(plan.State()), Number: p.Number, Revision: plan.Revision, Sum: string(p.Sum),
		Instead: p.SupersededBy, Reason: p.Reason,
	}
	for _, who := range p.Authors {
		out.Authors = append(out.Authors, d.called(ctx, who))
	}
	for _, s := range p.Signatures {
		out.Signatures = append(out.Signatures, report.Signed{Who: d.called(ctx, s.Who), At: s.At})
	}
	if p.Number == 0 {
		return out, nil
	}
	release, err := d.Plans.Released(ctx, p.City, p.Number)
	if err == nil {
		out.Released = &report.Signed{Who: d.called(ctx, release.By), At: release.At}
	}
	return out, err
}

// called is somebody's name; his id where he has none any more.
func (d *door) called(ctx context.Context, who string) string {
	account, err := d.Access.Account(ctx, who)
	if err != nil {
		return who
	}
	return cmp.Or(account.Name, account.Login, who)
}
