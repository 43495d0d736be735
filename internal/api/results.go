package api

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/qala-city/qala/internal/basis"
	"github.com/qala-city/qala/internal/evaluation"
	"github.com/qala-city/qala/internal/message"
	"github.com/qala-city/qala/internal/report"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Summary is what a run found out, without places and times.
type Summary struct {
	Headline workspace.Headline  `json:"headline"`
	Program  string              `json:"program"`
	City     evaluation.City     `json:"city"`
	Event    evaluation.Event    `json:"event"`
	Horizon  evaluation.Horizon  `json:"horizon"`
	Scenario evaluation.Scenario `json:"scenario"`
	Model    evaluation.Model    `json:"model"`
	Feedback evaluation.Feedback `json:"feedback"`
	Totals   evaluation.Totals   `json:"totals"`
	Worst    []evaluation.Worst  `json:"worst" nullable:"false"`
	Findings []Told              `json:"findings" nullable:"false"`
}

// Queue is what waits at a stop at the end of a minute.
type Queue struct {
	Stop   string `json:"stop"`
	Queue  int    `json:"queue"`
	Denied int    `json:"denied"`
}

// Queues are what waits at all stops at the end of a minute.
type Queues struct {
	Items []Queue `json:"items" nullable:"false"`
}

// ResultsOf names a part of the results of a run.
type ResultsOf struct {
	RunIn
	NoneMatch
}

// Whole is an answer that is not cut into parts; it never changes.
type Whole[T any] struct {
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Body         T
}

// Fixed is the part of a list of results that is asked for; it never changes.
type Fixed[T any] struct {
	ETag         string `header:"ETag"`
	CacheControl string `header:"Cache-Control"`
	Link         string `header:"Link"`
	Body         struct {
		Items []T `json:"items" nullable:"false"`
		Total int `json:"total"`
	}
}

// forever is the Cache-Control of what never changes; a shared cache may not keep it.
const forever = "private, max-age=3600"

func (d *door) results() {
	add(d, operation{
		need: role.Look, method: http.MethodGet, path: "/runs/{run}/results", id: "getResults", tag: "results",
		summary: "All that a run found out: see docs/RESULTS.md", errors: []int{409}, kind: "application/json",
	}, d.wholeResults)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/runs/{run}/summary", id: "getSummary", tag: "results", summary: "What a run found out, without places and times", errors: []int{409}}, d.summary)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/runs/{run}/tables/{table}", id: "getTable", tag: "results", summary: "A table of a run as CSV", errors: []int{409}, kind: "text/csv"}, d.table)
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/runs/{run}/minutes/{minute}", id: "getMinute", tag: "results", summary: "The queues at the end of a minute of the horizon", errors: []int{409}}, d.minute)
	lists(d, "crowds", "getCrowds", "Who came and went, with clearance curves", func(e *evaluation.Evaluation) []evaluation.Crowd { return e.Crowds })
	lists(d, "stops", "getStopResults", "What happened at each stop", func(e *evaluation.Evaluation) []evaluation.Stop { return e.Stops })
	lists(d, "lines", "getLineResults", "Demand against capacity of each line by quarter of an hour", func(e *evaluation.Evaluation) []evaluation.Line { return e.Lines })
	lists(d, "segments", "getSegmentResults", "What each line carried from stop to stop by quarter of an hour", func(e *evaluation.Evaluation) []evaluation.Segment { return e.Segments })
	lists(d, "facilities", "getFacilityResults", "What happened at each gate, door and stairs", func(e *evaluation.Evaluation) []evaluation.Facility { return e.Facilities })
	lists(d, "platforms", "getPlatformResults", "What happened on each platform", func(e *evaluation.Evaluation) []evaluation.Platform { return e.Platforms })
	lists(d, "fleets", "getFleetResults", "What the vehicles of each line allow", func(e *evaluation.Evaluation) []evaluation.Fleet { return e.Fleets })
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/runs/{run}/numbers", id: "getNumbers", tag: "results", summary: "Every number that the results rest on, with its source", errors: []int{409}}, d.numbers)
}

// inWords is outcome of an answer that has words in the caller's language.
func (d *door) inWords(ctx context.Context, in ResultsOf) (e *evaluation.Evaluation, etag string, err error) {
	return d.outcomeAs(ctx, in, "-"+callOf(ctx).language)
}

// outcome is the results of a run, unless the caller has them already.
func (d *door) outcome(ctx context.Context, in ResultsOf) (e *evaluation.Evaluation, etag string, err error) {
	return d.outcomeAs(ctx, in, "")
}

func (d *door) outcomeAs(ctx context.Context, in ResultsOf, form string) (e *evaluation.Evaluation, etag string, err error) {
	run, err := d.Office.Run(ctx, in.Run)
	if err != nil {
		return nil, "", err
	}
	result, err := run.Result()
	if err != nil {
		return nil, "", err
	}
	etag = `"` + string(result.Results) + form + `"`
	if err := in.has(etag); err != nil {
		return nil, "", err
	}
	e, err = d.Office.Results(ctx, in.Run)
	return e, etag, err
}

// lists registers a list of the results.
func lists[T any](d *door, name, id, summary string, of func(*evaluation.Evaluation) []T) {
	add(d, operation{need: role.Look, method: http.MethodGet, path: "/runs/{run}/" + name, id: id, tag: "results", summary: summary, errors: []int{409}},
		func(ctx context.Context, in *struct {
			ResultsOf
			Cut
		},
		) (*Fixed[T], error) {
			e, etag, err := d.outcome(ctx, in.ResultsOf)
			if err != nil {
				return nil, err
			}
			p := part("/runs/"+in.Run+"/"+name, in.Cut, of(e))
			return &Fixed[T]{etag, forever, p.Link, p.Body}, nil
		})
}

// Packable is a request for a file that may be sent packed.
type Packable struct {
	ResultsOf
	AcceptEncoding string `header:"Accept-Encoding"`
}

// Number is a number that results rest on, with what it is called.
type Number struct {
	basis.Number
	Name string `json:"name" doc:"In the language that was asked for"`
}

func (d *door) numbers(ctx context.Context, in *struct {
	ResultsOf
	Cut
},
) (*Fixed[Number], error) {
	e, etag, err := d.inWords(ctx, in.ResultsOf)
	if err != nil {
		return nil, err
	}
	p := part("/runs/"+in.Run+"/numbers", in.Cut, numbersIn(e.Numbers, callOf(ctx).language))
	return &Fixed[Number]{etag, "private, no-cache", p.Link, p.Body}, nil
}

// numbersIn are numbers with their names; one that has none is called by its id.
func numbersIn(numbers []basis.Number, lang string) []Number {
	speaker, err := message.For(lang)
	out := make([]Number, len(numbers))
	for i, n := range numbers {
		out[i] = Number{n, n.ID}
		if id := "assumption." + n.ID; err == nil && speaker.Has(id) {
			out[i].Name = speaker.Say(id, nil)
		}
	}
	return out
}

// wholeResults sends the file as it was written.
func (d *door) wholeResults(ctx context.Context, in *Packable) (*huma.StreamResponse, error) {
	body, result, err := d.Office.OpenResults(ctx, in.Run)
	if err != nil {
		return nil, err
	}
	return d.sendPacked(in, body, workspace.File{Sum: result.Results, Bytes: result.Bytes})
}

// sendPacked sends a file of JSON, packed once for all who take it so.
func (d *door) sendPacked(in *Packable, body io.ReadSeekCloser, file workspace.File) (*huma.StreamResponse, error) {
	if !strings.Contains(in.AcceptEncoding, "gzip") {
		return d.content(in.NoneMatch, body, file, map[string]string{"Content-Type": "application/json"})
	}
	defer func() { _ = body.Close() }() // it was only read
	return d.sendMade(in, file.Sum, func() ([]byte, error) { return io.ReadAll(body) })
}

// sendMade sends JSON that a key stands for, made and packed once for all who take it so.
func (d *door) sendMade(in *Packable, key workspace.Sum, made func() ([]byte, error)) (*huma.StreamResponse, error) {
	headers := map[string]string{"Content-Type": "application/json", "Vary": "Accept-Encoding", "Cache-Control": forever, "ETag": `"` + string(key) + `"`}
	read := made
	if strings.Contains(in.AcceptEncoding, "gzip") {
		headers["Content-Encoding"], headers["ETag"] = "gzip", `"`+string(key)+`-gzip"`
		read = func() ([]byte, error) { return d.packed.get(key, made) }
	}
	if err := in.has(headers["ETag"]); err != nil {
		return nil, err
	}
	data, err := read()
	if err != nil {
		return nil, err
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		for name, value := range headers {
			ctx.SetHeader(name, value)
		}
		_, _ = ctx.BodyWriter().Write(data) // whoever hung up does not want it
	}}, nil
}

func (d *door) summary(ctx context.Context, in *ResultsOf) (*Whole[Summary], error) {
	e, etag, err := d.inWords(ctx, *in)
	if err != nil {
		return nil, err
	}
	run, err := d.Office.Run(ctx, in.Run)
	if err != nil {
		return nil, err
	}
	result, err := run.Result()
	if err != nil {
		return nil, err
	}
	return &Whole[Summary]{etag, "private, no-cache", Summary{
		result.Headline, e.Program, e.City, e.Event, e.Horizon, e.Scenario, e.Model, e.Feedback, e.Totals,
		append([]evaluation.Worst{}, e.Worst...), told(e.Findings, callOf(ctx).language),
	}}, nil
}

func (d *door) table(ctx context.Context, in *struct {
	ResultsOf
	Table string `path:"table" maxLength:"64" doc:"Name of a file of the report, such as stops.csv"`
},
) (*huma.StreamResponse, error) {
	e, etag, err := d.outcome(ctx, in.ResultsOf)
	if err != nil {
		return nil, err
	}
	data, found := report.CSV(e)[in.Table]
	if !found {
		return nil, workspace.ErrNotFound
	}
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", "text/csv; charset=utf-8")
		ctx.SetHeader("ETag", etag)
		ctx.SetHeader("Cache-Control", forever)
		_, _ = ctx.BodyWriter().Write(data) // whoever hung up does not want it
	}}, nil
}

func (d *door) minute(ctx context.Context, in *struct {
	ResultsOf
	Minute int `path:"minute" minimum:"0" doc:"From the start of the horizon"`
},
) (*Whole[Queues], error) {
	e, etag, err := d.outcome(ctx, in.ResultsOf)
	if err != nil {
		return nil, err
	}
	out := &Whole[Queues]{ETag: etag, CacheControl: forever, Body: Queues{Items: []Queue{}}}
	for i := range e.Stops {
		for _, m := range e.Stops[i].Minutes {
			if m.Minute == in.Minute {
				out.Body.Items = append(out.Body.Items, Queue{e.Stops[i].ID, m.Queue, m.Denied})
			}
		}
	}
	return out, nil
}
