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
		need: role.Administer, people: true, method: http.MethodGet, path: "/audit/search", id: "searchAudit", tag: "audit",
		summary: "What was done, the newest first: by somebody, of a kind, in a place, at a time", errors: []int{409, 422},
	}, d.searchAudit)
	add(d, operation{
		need: role.Administer, people: true, method: http.MethodGet, path: "/audit/check", id: "checkAudit", tag: "audit",
		summary: "Whether the log is as it was written; it is read as a whole", errors: []int{409},
	}, d.checkAudit)
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

// Search is what of the log fits a question.
type Search struct {
	Body struct {
		Items []Entry           `json:"items" nullable:"false"`
		Names map[string]string `json:"names" doc:"Of the accounts that the entries refer to, as far as they are known now"`
		Next  int64             `json:"next,omitempty" doc:"before= of the next page; absent on the last one"`
	}
}

func (d *door) searchAudit(ctx context.Context, in *struct {
	Who    string         `query:"who" maxLength:"64" doc:"A reference"`
	Verb   ledger.Verb    `query:"verb" maxLength:"64"`
	Kind   workspace.Kind `query:"kind" maxLength:"64"`
	Place  string         `query:"place" maxLength:"128" doc:"A city, or CITY/EVENT: what happened with it, and with what is in it"`
	From   time.Time      `query:"from"`
	To     time.Time      `query:"to"`
	Before int64          `query:"before" minimum:"0" doc:"The number of an entry: only what came before it"`
	Limit  int            `query:"limit" minimum:"1" maximum:"1000" default:"100"`
},
) (*Search, error) {
	found, err := d.Audit.Search(ctx, audit.Query{
		Who: in.Who, Verb: in.Verb, Kind: in.Kind, Place: in.Place, From: in.From, To: in.To, Before: in.Before, Limit: in.Limit,
	})
	if err != nil {
		return nil, err
	}
	out := &Search{}
	out.Body.Items, out.Body.Next = []Entry{}, found.Next
	var refs []string
	for _, e := range found.Entries {
		out.Body.Items, refs = append(out.Body.Items, entryOf(e)), append(refs, e.Who)
		if e.Kind == workspace.KindAccount {
			refs = append(refs, e.ID)
		}
	}
	out.Body.Names, err = d.namesOf(ctx, refs)
	return out, err
}

// Checked is whether the log is as it was written.
type Checked struct {
	Body struct {
		Sound   bool          `json:"sound"`
		Entries int64         `json:"entries" doc:"That are as they were written"`
		Head    workspace.Sum `json:"head" doc:"Hash of the last of them"`
		Why     ledger.Why    `json:"why,omitempty" enum:"form,changed,order,chain,aside,cut,signature,anchor" doc:"What is wrong first"`
		Number  int64         `json:"number,omitempty" doc:"Of the entry where that is"`
	}
}

func (d *door) checkAudit(ctx context.Context, _ *struct{}) (*Checked, error) {
	verdict, err := d.Audit.Verify(ctx, ledger.Trust{})
	if err != nil {
		return nil, err
	}
	out := &Checked{}
	out.Body.Sound, out.Body.Entries, out.Body.Head = verdict.Fault == nil, verdict.Entries, verdict.Head
	if f := verdict.Fault; f != nil {
		out.Body.Why, out.Body.Number = f.Why, f.Number
	}
	return out, nil
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
