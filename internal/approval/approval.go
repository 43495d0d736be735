// Package approval keeps plans: an event, a scenario and its runs, as they are
// when somebody proposes them, until they are approved, signed by a second
// person where a rule asks for it, and released under a number. What is released
// stays as it is. Package office keeps what plans are made of.
package approval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Store keeps documents.
type Store interface {
	Read(ctx context.Context, do func(workspace.Reader) error) error
	Write(ctx context.Context, do func(workspace.Writer) error) error
}

// Log keeps what was done, in the transaction in which it is done.
type Log interface {
	Append(w workspace.Writer, act ledger.Act) error
}

// Desk is the desk of plans. Every field is needed.
type Desk struct {
	Store Store
	Log   Log
	Now   func() time.Time
	NewID func() string // of letters and digits, later ones sort after earlier ones
}

// State is how far a plan is.
//
//	draft <-> approved -> released -> superseded
//	  |          |           |
//	  +----------+-----------+-> withdrawn
type State string

// The states of a plan.
const (
	Draft      State = "draft"
	Approved   State = "approved"
	Released   State = "released"
	Superseded State = "superseded" // by another release of the same event
	Withdrawn  State = "withdrawn"
)

// By is who asks: his rights, and from where.
type By struct {
	role.Subject
	ledger.Origin
}

// who is the reference, which both parts know.
func (b By) who() string { return b.Subject.Who }

func (b By) origin() ledger.Origin {
	origin := b.Origin
	origin.Who = b.Subject.Who
	return origin
}

// The errors of the desk, beside those of the store.
var (
	ErrAllowed  = errors.New("this is not for whoever asks")
	ErrState    = errors.New("the plan is not in a state for that")
	ErrSecond   = errors.New("somebody else than the authors must sign this plan")
	ErrPerson   = errors.New("a plan is signed by a person, not by a key")
	ErrSigned   = errors.New("what is signed is not what the plan says now")
	ErrRuns     = errors.New("a plan has 1 to 100 runs of its scenario, each of them done")
	ErrOutdated = errors.New("the run is of another text than the event and the scenario have now: run it again")
	ErrName     = errors.New("a plan has a name of 1 to 200 letters, and a note of 4000 at most")
	ErrDamaged  = errors.New("what was released is not what its sum says")
	ErrRule     = errors.New("a rule is about a city, or an event of it, or everything")
)

// Signature is that of somebody below what a plan says.
type Signature struct {
	Who string        `json:"who"`
	At  time.Time     `json:"at"`
	Sum workspace.Sum `json:"sha256"` // of the set
}

// Plan is the body of a plan's document; the document's state is the plan's.
type Plan struct {
	City         string        `json:"city"`
	Event        string        `json:"event"`
	Name         string        `json:"name"`
	Note         string        `json:"note,omitempty"`
	Set          Set           `json:"set"`
	Sum          workspace.Sum `json:"sha256"`  // of the set
	Authors      []string      `json:"authors"` // whoever proposed or revised it, and who changed its scenario last
	Signatures   []Signature   `json:"signatures,omitempty"`
	Number       int           `json:"number,omitempty"` // in its city; 0 until it is released
	SupersededBy int           `json:"superseded_by,omitempty"`
	Reason       string        `json:"reason,omitempty"` // why it was withdrawn
}

// Item is a plan with its document.
type Item struct {
	workspace.Document
	Content Plan
}

// State is how far the plan is.
func (i Item) State() State { return State(i.Document.State) }

// Ask is what somebody proposes.
type Ask struct {
	Name, Note string
	Scenario   string   // its id
	Runs       []string // ids of runs of it
}

// texts says whether a text has so many letters at most, and none that deceives.
func texts(text string, most int) bool {
	return utf8.ValidString(text) && utf8.RuneCountInString(text) <= most && !strings.ContainsFunc(text, func(r rune) bool {
		return (unicode.IsControl(r) && r != '\n') || unicode.Is(unicode.Cf, r)
	})
}

func (a Ask) check() error {
	if strings.TrimSpace(a.Name) == "" || !texts(a.Name, 200) || strings.Contains(a.Name, "\n") || !texts(a.Note, 4000) {
		return ErrName
	}
	return nil
}

// allow is nil when whoever asks may do that with what belongs to an event.
func (d *Desk) allow(by By, need role.Need, event string) error {
	if by.who() == "" || !role.Allowed(by.Subject, need, role.PlaceOf(event), d.Now()) {
		return fmt.Errorf("%w: it needs the right to %s", ErrAllowed, need.Name())
	}
	return nil
}

// person is nil for somebody who can sign: a key could be a second person who is the first one.
func person(by By) error {
	if by.Only != nil {
		return ErrPerson
	}
	return nil
}

// Propose makes a draft of an event, its scenario and its runs as they are now.
func (d *Desk) Propose(ctx context.Context, by By, event string, ask Ask) (Item, error) {
	if err := errors.Join(d.allow(by, role.Plan, event), ask.check()); err != nil {
		return Item{}, err
	}
	id := d.NewID()
	err := d.Store.Write(ctx, func(w workspace.Writer) error {
		set, author, err := gather(w, event, ask)
		if err != nil {
			return err
		}
		plan := Plan{City: set.City, Event: event, Authors: []string{}}
		plan.says(ask, set, by.who(), author)
		now := workspace.Now(d.Now())
		document := workspace.Document{Kind: workspace.KindPlan, ID: id, Parent: event, State: string(Draft), Created: now, Changed: now, By: by.who()}
		if document.Body, err = json.Marshal(plan); err != nil {
			return err
		}
		return errors.Join(w.Insert(document), d.tell(w, by, ledger.Propose, id, nil, plan.told(Draft), ""))
	})
	if err != nil {
		return Item{}, err
	}
	return d.Plan(ctx, id)
}

// says gives a plan another content: what was signed before is not signed any more.
func (p *Plan) says(ask Ask, set Set, authors ...string) {
	p.Name, p.Note, p.Set, p.Sum, p.Signatures = ask.Name, ask.Note, set, set.Sum(), nil
	for _, who := range authors {
		if who != "" && !slices.Contains(p.Authors, who) {
			p.Authors = append(p.Authors, who)
		}
	}
}

// told is what the log holds of a plan.
func (p Plan) told(state State) any {
	return map[string]any{
		"state": state, "sha256": p.Sum, "authors": p.Authors, "signatures": append([]Signature{}, p.Signatures...),
		"number": p.Number, "superseded_by": p.SupersededBy,
	}
}

func (d *Desk) tell(w workspace.Writer, by By, verb ledger.Verb, id string, before, after any, reason string) error {
	act := ledger.Act{Origin: by.origin(), Verb: verb, Kind: workspace.KindPlan, ID: id, Before: before, After: after}
	if reason != "" {
		act.Private = map[string]string{"reason": reason}
	}
	return d.Log.Append(w, act)
}

func fetch(r workspace.Reader, id string) (Item, error) {
	document, err := r.Document(workspace.KindPlan, id)
	item := Item{Document: document}
	if err != nil {
		return item, err
	}
	if err := json.Unmarshal(document.Body, &item.Content); err != nil {
		return item, fmt.Errorf("reading plan %s: %w", id, err)
	}
	return item, nil
}

// step changes a plan at a revision (0: whichever is current) and tells of it.
type step struct {
	verb     ledger.Verb
	need     func(at State) role.Need
	id       string
	revision int64
	reason   string
}

func always(need role.Need) func(State) role.Need {
	return func(State) role.Need { return need }
}

// take does a step; to gives the plan's next state.
func (d *Desk) take(ctx context.Context, by By, s step, to func(w workspace.Writer, at State, plan *Plan) (State, error)) (Item, error) {
	err := d.Store.Write(ctx, func(w workspace.Writer) error {
		item, err := fetch(w, s.id)
		if err != nil {
			return err
		}
		if err := d.allow(by, s.need(item.State()), item.Content.Event); err != nil {
			return err
		}
		if s.revision != 0 && s.revision != item.Revision {
			return workspace.ErrStale
		}
		return d.put(w, by, s, item, to)
	})
	if err != nil {
		return Item{}, err
	}
	return d.Plan(ctx, s.id)
}

func (d *Desk) put(w workspace.Writer, by By, s step, item Item, to func(w workspace.Writer, at State, plan *Plan) (State, error)) error {
	before := item.Content.told(item.State())
	next, err := to(w, item.State(), &item.Content)
	if err != nil {
		return fmt.Errorf("plan %s is %s: %w", item.ID, item.State(), err)
	}
	item.Document.State, item.By, item.Changed = string(next), by.who(), workspace.Now(d.Now())
	if item.Body, err = json.Marshal(item.Content); err != nil {
		return err
	}
	if _, err := w.Replace(item.Document); err != nil {
		return err
	}
	return d.tell(w, by, s.verb, item.ID, before, item.Content.told(next), s.reason)
}

// Plan is one plan.
func (d *Desk) Plan(ctx context.Context, id string) (Item, error) {
	var item Item
	err := d.Store.Read(ctx, func(r workspace.Reader) (err error) {
		item, err = fetch(r, id)
		return err
	})
	return item, err
}

// Plans are those of an event.
func (d *Desk) Plans(ctx context.Context, event string, page workspace.Page) ([]Item, error) {
	var items []Item
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		items = nil
		documents, err := r.Children(workspace.KindPlan, event, page)
		if err != nil {
			return err
		}
		for _, document := range documents {
			item := Item{Document: document}
			if err := json.Unmarshal(document.Body, &item.Content); err != nil {
				return fmt.Errorf("reading plan %s: %w", document.ID, err)
			}
			items = append(items, item)
		}
		return nil
	})
	return items, err
}
