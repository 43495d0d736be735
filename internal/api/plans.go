package api

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/qala-city/qala/internal/approval"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Plan is a proposal of how an event is served, and how far it is.
type Plan struct {
	Kept
	State string        `json:"state" enum:"draft,approved,released,superseded,withdrawn"`
	Plan  approval.Plan `json:"plan"`
}

func planOf(i approval.Item) Plan { return Plan{kept(i.Document), string(i.State()), i.Content} }

// PlanOut is a plan.
type PlanOut struct {
	ETag string `header:"ETag"`
	Body Plan
}

func planOut(i approval.Item, err error) (*PlanOut, error) {
	if err != nil {
		return nil, err
	}
	return &PlanOut{tag(i.Revision), planOf(i)}, nil
}

// PlanAsk is what somebody proposes.
type PlanAsk struct {
	Name     string   `json:"name" maxLength:"200"`
	Note     string   `json:"note,omitempty" maxLength:"4000"`
	Scenario string   `json:"scenario" maxLength:"200" doc:"Its id, with its city and event"`
	Runs     []string `json:"runs" minItems:"1" maxItems:"100" doc:"Ids of runs of it that are done"`
}

// PlanIn names a plan.
type PlanIn struct {
	Plan string `path:"plan" maxLength:"64"`
}

func (d *door) plans() {
	const tag = "plans"
	on := func(need role.Need, method, path, id, summary string, status int, errors ...int) operation {
		return operation{need: need, people: true, method: method, path: path, id: id, tag: tag, summary: summary, status: status, errors: append(errors, 409)}
	}
	add(d, on(role.Look, "GET", "/cities/{city}/events/{event}/plans", "listPlans", "The plans of an event", 200), d.listPlans)
	add(d, on(role.Plan, "POST", "/cities/{city}/events/{event}/plans", "proposePlan", "Propose a plan: a scenario and its runs as they are now", 201, 422), d.propose)
	add(d, on(role.Look, "GET", "/plans/{plan}", "getPlan", "A plan", 200), d.getPlan)
	add(d, on(role.Look, "GET", "/plans/{plan}/history", "getPlanHistory", "What was done with a plan, by whom and when", 200), d.planHistory)
	add(d, on(role.Plan, "PUT", "/plans/{plan}", "revisePlan", "Give a plan that is not released another content; it is a draft again", 200, 412, 422, 428), d.revise)
	add(d, on(role.Approve, "POST", "/plans/{plan}/approve", "approvePlan", "Sign what a plan says", 200, 412), d.approve)
	add(d, on(role.Release, "POST", "/plans/{plan}/release", "releasePlan", "Bring an approved plan into force, under the next number of its city", 200), d.release)
	add(d, on(role.Approve, "POST", "/plans/{plan}/withdraw", "withdrawPlan", "Take a plan back, with a reason", 200, 422), d.withdraw)
	d.planDocuments()
	add(d, on(role.Look, "GET", "/cities/{city}/releases", "listReleases", "What a city has released", 200), d.releases)
	add(d, on(role.Look, "GET", "/cities/{city}/releases/{number}", "getRelease", "What was released under a number; it never changes", 200), d.released)
	rules := on(role.Look, "GET", "/rules", "getRules", "Where a second person has to sign", 200)
	rules.sifts = true // they are no secret
	add(d, rules, d.rules)
	add(d, on(role.Administer, "PUT", "/rules", "setRules", "Say where a second person has to sign", 200, 422), d.setRules)
}

// signer is who asks, as the desk of plans wants to know it.
func signer(ctx context.Context) approval.By {
	return approval.By{Subject: callOf(ctx).subject, Origin: ledger.From(ctx)}
}

func (d *door) listPlans(ctx context.Context, in *struct {
	EventIn
	PageIn
},
) (*List[Plan], error) {
	items, err := d.Plans.Plans(ctx, in.id(), in.page())
	if err != nil {
		return nil, err
	}
	var out []Plan
	last := ""
	for _, item := range items {
		out, last = append(out, planOf(item)), item.ID
	}
	return listed("/cities/"+in.City+"/events/"+in.Event+"/plans", in.PageIn, out, last), nil
}

func (a PlanAsk) ask() approval.Ask {
	return approval.Ask{Name: a.Name, Note: a.Note, Scenario: a.Scenario, Runs: a.Runs}
}

func (d *door) propose(ctx context.Context, in *struct {
	EventIn
	Body PlanAsk
},
) (*PlanOut, error) {
	return planOut(d.Plans.Propose(ctx, signer(ctx), in.id(), in.Body.ask()))
}

func (d *door) getPlan(ctx context.Context, in *PlanIn) (*PlanOut, error) {
	return planOut(d.Plans.Plan(ctx, in.Plan))
}

// Step is something that was done with a plan.
type Step struct {
	At   time.Time   `json:"at"`
	Who  string      `json:"who" doc:"A reference"`
	Verb ledger.Verb `json:"verb" enum:"propose,change,approve,release,supersede,withdraw"`
}

// History is what was done with a plan, the oldest first.
type History struct {
	Body struct {
		Steps []Step            `json:"steps" nullable:"false"`
		Names map[string]string `json:"names" doc:"Of those who did it and of the authors, as far as they are known now"`
	}
}

// mostSteps is how many steps of a plan are told.
const mostSteps = 1000

func (d *door) planHistory(ctx context.Context, in *PlanIn) (*History, error) {
	plan, err := d.Plans.Plan(ctx, in.Plan)
	if err != nil {
		return nil, err
	}
	entries, err := d.Audit.About(ctx, workspace.KindPlan, in.Plan, workspace.Page{Limit: mostSteps})
	if err != nil {
		return nil, err
	}
	out := &History{}
	out.Body.Steps = []Step{}
	refs := slices.Clone(plan.Content.Authors)
	for _, e := range entries {
		out.Body.Steps, refs = append(out.Body.Steps, Step{e.At, e.Who, e.Verb}), append(refs, e.Who)
	}
	out.Body.Names, err = d.namesOf(ctx, refs)
	return out, err
}

func (d *door) revise(ctx context.Context, in *struct {
	PlanIn
	Match
	Body PlanAsk
},
) (*PlanOut, error) {
	revision, err := in.revision()
	if err != nil {
		return nil, err
	}
	return planOut(d.Plans.Revise(ctx, signer(ctx), in.Plan, revision, in.Body.ask()))
}

func (d *door) approve(ctx context.Context, in *struct {
	PlanIn
	Body struct {
		Sum workspace.Sum `json:"sha256" minLength:"64" maxLength:"64" doc:"Of what the signer has seen: sha256 of the plan"`
	}
},
) (*PlanOut, error) {
	return planOut(d.Plans.Approve(ctx, signer(ctx), in.Plan, in.Body.Sum))
}

func (d *door) release(ctx context.Context, in *PlanIn) (*PlanOut, error) {
	return planOut(d.Plans.Release(ctx, signer(ctx), in.Plan))
}

func (d *door) withdraw(ctx context.Context, in *struct {
	PlanIn
	Body struct {
		Reason string `json:"reason" minLength:"1" maxLength:"1000"`
	}
},
) (*PlanOut, error) {
	return planOut(d.Plans.Withdraw(ctx, signer(ctx), in.Plan, in.Body.Reason))
}

func (d *door) releases(ctx context.Context, in *struct {
	CityIn
	After int `query:"after" minimum:"0" doc:"The number after which the list begins"`
	Limit int `query:"limit" minimum:"1" maximum:"1000" default:"100"`
},
) (*List[approval.Release], error) {
	items, err := d.Plans.Releases(ctx, in.City, in.After, in.Limit)
	if err != nil {
		return nil, err
	}
	// A guest of one event does not read the plans of others.
	var out []approval.Release
	last := ""
	for _, r := range items {
		out, last = append(out, r), strconv.Itoa(r.Number)
	}
	list := listed("/cities/"+in.City+"/releases", PageIn{Limit: in.Limit}, out, last)
	list.Body.Items = slices.DeleteFunc(list.Body.Items, func(r approval.Release) bool { return !d.allowed(ctx, role.Look, placeOfRelease(in.City, r)) })
	return list, nil
}

func placeOfRelease(city string, r approval.Release) role.Place {
	return role.Place{City: city, Event: r.Set.Event}
}

// ReleaseOut is a release.
type ReleaseOut struct {
	CacheControl string `header:"Cache-Control"`
	Body         approval.Release
}

func (d *door) released(ctx context.Context, in *struct {
	CityIn
	Number int `path:"number" minimum:"1"`
},
) (*ReleaseOut, error) {
	release, err := d.Plans.Released(ctx, in.City, in.Number)
	if err != nil {
		return nil, err
	}
	if !d.allowed(ctx, role.Look, placeOfRelease(in.City, release)) {
		return nil, problemOf(http.StatusForbidden, "this plan is not for whoever asks")
	}
	return &ReleaseOut{CacheControl: forever, Body: release}, nil
}

// RulesBody are where a second person has to sign.
type RulesBody struct {
	Second []approval.Rule `json:"second" maxItems:"1000" nullable:"false"`
}

// RulesOut are rules.
type RulesOut struct{ Body RulesBody }

func (d *door) rules(ctx context.Context, _ *struct{}) (*RulesOut, error) {
	rules, err := d.Plans.Rules(ctx)
	return &RulesOut{RulesBody{append([]approval.Rule{}, rules...)}}, err
}

func (d *door) setRules(ctx context.Context, in *struct{ Body RulesBody }) (*RulesOut, error) {
	if err := d.Plans.SetRules(ctx, signer(ctx), in.Body.Second); err != nil {
		return nil, err
	}
	return d.rules(ctx, nil)
}
