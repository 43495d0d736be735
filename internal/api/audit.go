package api

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Entry is one line of the log.
type Entry struct {
	Number  int64          `json:"number"`
	At      time.Time      `json:"at"`
	Who     string         `json:"who" doc:"A reference; empty when nobody knows"`
	From    string         `json:"from,omitempty" doc:"A part of the address"`
	Request string         `json:"request,omitempty"`
	Verb    ledger.Verb    `json:"verb"`
	Kind    workspace.Kind `json:"kind,omitempty"`
	ID      string         `json:"id,omitempty"`
	Change  any            `json:"change,omitempty" doc:"What is different, field by field"`
	Hash    workspace.Sum  `json:"hash" doc:"Over the entry and the hash of the one before it"`
}

func entryOf(e ledger.Entry) Entry {
	out := Entry{e.Number, e.At, e.Who, e.From, e.Request, e.Verb, e.Kind, e.ID, nil, e.Hash}
	if len(e.Change) > 0 {
		out.Change = e.Change
	}
	return out
}

func (d *door) log() {
	add(d, operation{
		need: role.Administer, people: true, method: http.MethodGet, path: "/audit", id: "listAudit", tag: "audit", summary: "What was done, the oldest first", errors: []int{409},
	}, d.listAudit)
	add(d, operation{
		need: role.Administer, people: true, method: http.MethodPost, path: "/audit/export", id: "exportAudit", tag: "audit",
		summary: "The whole log, one JSON document a line, with a checkpoint as its end; qala audit verify reads it", errors: []int{409}, kind: "application/jsonl",
	}, d.exportAudit)
}

func (d *door) listAudit(ctx context.Context, in *struct {
	PageIn
	Kind workspace.Kind `query:"kind" maxLength:"64" doc:"Of the thing that it is about; with id"`
	ID   string         `query:"id" maxLength:"256"`
},
) (*List[Entry], error) {
	entries, err := d.entries(ctx, in.Kind, in.ID, in.page())
	if err != nil {
		return nil, err
	}
	var out []Entry
	last := ""
	for _, e := range entries {
		out, last = append(out, entryOf(e)), entryID(e)
	}
	return listed("/audit", in.PageIn, out, last), nil
}

// entryID is what the next page comes after.
func entryID(e ledger.Entry) string { return audit.EntryID(e.Number) }

func (d *door) entries(ctx context.Context, kind workspace.Kind, id string, page workspace.Page) ([]ledger.Entry, error) {
	if kind != "" && id != "" {
		return d.Audit.About(ctx, kind, id, page)
	}
	return d.Audit.Entries(ctx, page)
}

// exportAudit streams the log: a fault in the middle cuts it, and the end that is missing shows it.
func (d *door) exportAudit(ctx context.Context, in *struct {
	Private bool `query:"private" doc:"With what stands beside the chain: whole addresses, names of the time"`
},
) (*huma.StreamResponse, error) {
	return &huma.StreamResponse{Body: func(hc huma.Context) {
		hc.SetHeader("Content-Type", "application/jsonl")
		hc.SetHeader("Content-Disposition", `attachment; filename="audit.jsonl"`)
		_, w := humago.Unwrap(hc)
		if _, err := d.Audit.Export(ctx, ledger.From(ctx), w, in.Private); err != nil && ctx.Err() == nil && d.Failed != nil {
			d.Failed(callOf(ctx).request, err)
		}
	}}, nil
}
