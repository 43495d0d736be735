package api

import (
	"bytes"
	"context"
	_ "embed"
	"encoding/json"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// checkTime is how long something that the server needs may take to answer.
const checkTime = 5 * time.Second

// outside adds what stands beside the contract: health, readiness and the page of it.
func (d *door) outside() {
	d.mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("ok\n")) })
	d.mux.HandleFunc("GET /readyz", d.ready)
	d.mux.HandleFunc("GET /api/docs", d.docs)
	d.mux.HandleFunc("GET /api/docs/style.css", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(docsStyle) // whoever hung up does not want it
	})
}

// ready tells whether everything that the server needs can be reached.
func (d *door) ready(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), checkTime)
	defer cancel()
	status, told := http.StatusOK, map[string]string{}
	for name, check := range d.Checks {
		told[name] = "ok"
		if err := check(ctx); err != nil {
			status, told[name] = http.StatusServiceUnavailable, "cannot be reached"
			if d.Failed != nil {
				d.Failed(r, err)
			}
		}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(told) // whoever hung up does not want it
}

//go:embed docs.css
var docsStyle []byte

//go:embed docs.html
var docsText string

var docsPage = template.Must(template.New("docs").Parse(docsText))

// docsGroup is the operations that belong together.
type docsGroup struct {
	Name string
	Ops  []docsOp
}

type docsOp struct {
	ID, Method, Path, Summary, Need, Body string
	Params                                []docsParam
	Answers                               []docsAnswer
}

type docsParam struct{ Name, In, Kind, Doc string }

type docsAnswer struct{ Status, Kind string }

// docs is the contract as a page that needs no script and nothing from elsewhere.
func (d *door) docs(w http.ResponseWriter, _ *http.Request) {
	var out bytes.Buffer
	if err := docsPage.Execute(&out, map[string]any{"Groups": d.groups(), "Prefix": Prefix, "Version": d.Version}); err != nil {
		problemOf(http.StatusInternalServerError, "the page could not be written").write(w)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write(out.Bytes()) // whoever hung up does not want it
}

func (d *door) groups() (groups []docsGroup) {
	paths := d.api.OpenAPI().Paths
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		for _, op := range operationsOf(paths[path]) {
			at := slices.IndexFunc(groups, func(g docsGroup) bool { return g.Name == op.Tags[0] })
			if at < 0 {
				at = len(groups)
				groups = append(groups, docsGroup{Name: op.Tags[0]})
			}
			groups[at].Ops = append(groups[at].Ops, docsOf(op))
		}
	}
	return groups
}

// operationsOf are the operations of a path in the order in which people read them.
func operationsOf(p *huma.PathItem) (ops []*huma.Operation) {
	for _, op := range []*huma.Operation{p.Get, p.Post, p.Put, p.Patch, p.Delete} {
		if op != nil {
			ops = append(ops, op)
		}
	}
	return ops
}

func docsOf(op *huma.Operation) docsOp {
	out := docsOp{ID: op.OperationID, Method: op.Method, Path: op.Path, Summary: op.Summary}
	out.Need, _ = op.Extensions["x-need"].(string)
	for _, p := range op.Parameters {
		out.Params = append(out.Params, docsParam{p.Name, p.In, kindOf(p.Schema), p.Description})
	}
	if op.RequestBody != nil {
		out.Body = strings.Join(slices.Sorted(maps.Keys(op.RequestBody.Content)), ", ")
	}
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		out.Answers = append(out.Answers, docsAnswer{status, strings.Join(slices.Sorted(maps.Keys(op.Responses[status].Content)), ", ")})
	}
	return out
}

func kindOf(s *huma.Schema) string {
	switch {
	case s == nil:
		return ""
	case len(s.Enum) > 0:
		var words []string
		for _, word := range s.Enum {
			if text, ok := word.(string); ok {
				words = append(words, text)
			}
		}
		return strings.Join(words, ", ")
	}
	return s.Type
}
