package approval

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Revise gives a plan that is not released another content, as things are now.
// It is a draft again, and whoever asks is one of its authors.
func (d *Desk) Revise(ctx context.Context, by By, id string, revision int64, ask Ask) (Item, error) {
	if err := ask.check(); err != nil {
		return Item{}, err
	}
	return d.take(ctx, by, step{verb: ledger.Change, need: always(role.Plan), id: id, revision: revision}, func(w workspace.Writer, at State, plan *Plan) (State, error) {
		if at != Draft && at != Approved {
			return at, ErrState
		}
		set, author, err := gather(w, plan.Event, ask)
		if err != nil {
			return at, err
		}
		plan.says(ask, set, by.who(), author)
		return Draft, nil
	})
}

// Approve signs what a plan says. Sum is that of the set which the signer has
// seen: when it is another one by now, nothing is signed. Where a rule asks for a
// second person, none of the authors can sign.
func (d *Desk) Approve(ctx context.Context, by By, id string, sum workspace.Sum) (Item, error) {
	if err := person(by); err != nil {
		return Item{}, err
	}
	return d.take(ctx, by, step{verb: ledger.Approve, need: always(role.Approve), id: id}, func(w workspace.Writer, at State, plan *Plan) (State, error) {
		if at != Draft && at != Approved {
			return at, ErrState
		}
		if sum != plan.Sum {
			return at, ErrSigned
		}
		second, err := asksForSecond(w, *plan)
		if err != nil {
			return at, err
		}
		if second && slices.Contains(plan.Authors, by.who()) {
			return at, ErrSecond
		}
		if slices.ContainsFunc(plan.Signatures, func(s Signature) bool { return s.Who == by.who() }) {
			return at, ErrState
		}
		plan.Signatures = append(plan.Signatures, Signature{by.who(), workspace.Now(d.Now()), sum})
		return Approved, nil
	})
}

// signed reports whether the signatures are enough for the rules of now.
func signed(r workspace.Reader, plan Plan) error {
	second, err := asksForSecond(r, plan)
	if err != nil {
		return err
	}
	for _, s := range plan.Signatures {
		if s.Sum == plan.Sum && (!second || !slices.Contains(plan.Authors, s.Who)) {
			return nil
		}
	}
	if second {
		return ErrSecond
	}
	return ErrSigned
}

// Withdraw takes a plan back, with a reason. One that was released keeps its
// number, and what was released under it stays.
func (d *Desk) Withdraw(ctx context.Context, by By, id, reason string) (Item, error) {
	if !texts(reason, 4000) {
		return Item{}, ErrName
	}
	need := func(at State) role.Need {
		if at == Draft || at == Approved {
			return role.Plan
		}
		return role.Release
	}
	return d.take(ctx, by, step{verb: ledger.Withdraw, need: need, id: id, reason: reason}, func(_ workspace.Writer, at State, plan *Plan) (State, error) {
		if at == Superseded || at == Withdrawn {
			return at, ErrState
		}
		plan.Reason = reason
		return Withdrawn, nil
	})
}

// Rule asks for a second person's signature. Where several rules are about a
// plan, one that asks is enough.
type Rule struct {
	City  string `json:"city,omitempty"`  // "": all cities
	Event string `json:"event,omitempty"` // its id; "": all events
}

func (r Rule) about(plan Plan) bool {
	return (r.City == "" || r.City == plan.City) && (r.Event == "" || r.Event == plan.Event)
}

// rulesID is the one document of rules of this desk.
const rulesID = "approval"

type rules struct {
	Second []Rule `json:"second"`
}

func rulesOf(r workspace.Reader) (rules, workspace.Document, error) {
	body := rules{Second: []Rule{}}
	document, err := read(r, workspace.KindRules, rulesID, &body)
	if errors.Is(err, workspace.ErrNotFound) {
		return body, workspace.Document{}, nil
	}
	return body, document, err
}

func asksForSecond(r workspace.Reader, plan Plan) (bool, error) {
	body, _, err := rulesOf(r)
	return slices.ContainsFunc(body.Second, func(rule Rule) bool { return rule.about(plan) }), err
}

// Rules are those that ask for a second person.
func (d *Desk) Rules(ctx context.Context) ([]Rule, error) {
	var body rules
	err := d.Store.Read(ctx, func(r workspace.Reader) (err error) {
		body, _, err = rulesOf(r)
		return err
	})
	return body.Second, err
}

// SetRules replaces the rules that ask for a second person. They hold for
// releases from now on, whenever the plan was signed.
func (d *Desk) SetRules(ctx context.Context, by By, second []Rule) error {
	if by.who() == "" || !role.Allowed(by.Subject, role.Administer, role.Place{}, d.Now()) {
		return ErrAllowed
	}
	if len(second) > 1000 || slices.ContainsFunc(second, func(r Rule) bool { return r.Event != "" && role.PlaceOf(r.Event).Event != r.Event }) {
		return ErrRule
	}
	return d.Store.Write(ctx, func(w workspace.Writer) error {
		before, document, err := rulesOf(w)
		if err != nil {
			return err
		}
		after := rules{append([]Rule{}, second...)}
		now := workspace.Now(d.Now())
		document.Changed, document.By = now, by.who()
		if document.Body, err = json.Marshal(after); err != nil {
			return err
		}
		if document.Revision > 0 {
			_, err = w.Replace(document)
		} else {
			document.Kind, document.ID, document.Created = workspace.KindRules, rulesID, now
			err = w.Insert(document)
		}
		act := ledger.Act{Origin: by.origin(), Verb: ledger.Rule, Kind: workspace.KindRules, ID: rulesID, Before: before, After: after}
		return errors.Join(err, d.Log.Append(w, act))
	})
}
