package approval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// Release is a plan as it was released. Its document is written once and never
// changed; that the plan was superseded or withdrawn stands with the plan.
type Release struct {
	Number     int           `json:"number"` // in its city: 1, 2, 3, ... without gaps
	Plan       string        `json:"plan"`   // its id
	Name       string        `json:"name"`
	Note       string        `json:"note,omitempty"`
	Set        Set           `json:"set"`
	Sum        workspace.Sum `json:"sha256"` // of the set
	Authors    []string      `json:"authors"`
	Signatures []Signature   `json:"signatures"`
	By         string        `json:"by"` // who released it
	At         time.Time     `json:"at"`
	Instead    []int         `json:"instead,omitempty"` // numbers of what it supersedes
}

// register is the last number that a city has given.
type register struct {
	Last int `json:"last"`
}

// ReleaseID is the id of what a city has released under a number: later ones sort after earlier ones.
func ReleaseID(city string, number int) string { return fmt.Sprintf("%s/%09d", city, number) }

// Release brings an approved plan into force: it gets the next number of its
// city, and supersedes what was released for its event before. The signatures
// must be enough for the rules of now.
func (d *Desk) Release(ctx context.Context, by By, id string) (Item, error) {
	if err := person(by); err != nil {
		return Item{}, err
	}
	return d.take(ctx, by, step{verb: ledger.Release, need: always(role.Release), id: id}, func(w workspace.Writer, at State, plan *Plan) (State, error) {
		if at != Approved {
			return at, ErrState
		}
		if plan.Set.Sum() != plan.Sum {
			return at, ErrDamaged
		}
		if err := signed(w, *plan); err != nil {
			return at, err
		}
		var err error
		if plan.Number, err = d.nextNumber(w, by, plan.City); err != nil {
			return at, err
		}
		instead, err := d.supersede(w, by, id, *plan)
		if err != nil {
			return at, err
		}
		return Released, d.keep(w, by, id, *plan, instead)
	})
}

func (d *Desk) nextNumber(w workspace.Writer, by By, city string) (int, error) {
	var r register
	document, err := read(w, workspace.KindRegister, city, &r)
	if err != nil && !errors.Is(err, workspace.ErrNotFound) {
		return 0, err
	}
	r.Last++
	body, err := json.Marshal(r)
	if err != nil {
		return 0, err
	}
	now := workspace.Now(d.Now())
	document.Changed, document.By, document.Body = now, by.who(), body
	if document.Revision > 0 {
		_, err = w.Replace(document)
		return r.Last, err
	}
	document.Kind, document.ID, document.Created = workspace.KindRegister, city, now
	return r.Last, w.Insert(document)
}

// supersede ends what was released for the same event before, and gives its numbers.
func (d *Desk) supersede(w workspace.Writer, by By, id string, next Plan) (numbers []int, err error) {
	page := workspace.Page{Limit: workspace.MostPage}
	for more := true; more; {
		documents, err := w.Children(workspace.KindPlan, next.Event, page)
		if err != nil {
			return nil, err
		}
		for _, document := range documents {
			page.After = document.ID
			if document.ID == id || document.State != string(Released) {
				continue
			}
			item, err := fetch(w, document.ID)
			if err != nil {
				return nil, err
			}
			numbers = append(numbers, item.Content.Number)
			err = d.put(w, by, step{verb: ledger.Supersede, id: item.ID}, item, func(_ workspace.Writer, _ State, plan *Plan) (State, error) {
				plan.SupersededBy = next.Number
				return Superseded, nil
			})
			if err != nil {
				return nil, err
			}
		}
		more = len(documents) == page.Limit
	}
	return numbers, nil
}

// keep writes down what was released, for good.
func (d *Desk) keep(w workspace.Writer, by By, id string, plan Plan, instead []int) error {
	now := workspace.Now(d.Now())
	release := Release{
		Number: plan.Number, Plan: id, Name: plan.Name, Note: plan.Note, Set: plan.Set, Sum: plan.Sum,
		Authors: plan.Authors, Signatures: plan.Signatures, By: by.who(), At: now, Instead: instead,
	}
	body, err := json.Marshal(release)
	if err != nil {
		return err
	}
	kept := ReleaseID(plan.City, plan.Number)
	err = w.Insert(workspace.Document{
		Kind: workspace.KindRelease, ID: kept, Parent: plan.City, Created: now, Changed: now, By: by.who(), Body: body,
	})
	after := map[string]any{"plan": id, "set_sha256": plan.Sum, "document_sha256": ledger.Sum(body)}
	return errors.Join(err, d.Log.Append(w, ledger.Act{Origin: by.origin(), Verb: ledger.Release, Kind: workspace.KindRelease, ID: kept, After: after}))
}

// Released is what a city has released under a number. It is checked against its sum.
func (d *Desk) Released(ctx context.Context, city string, number int) (Release, error) {
	var release Release
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		_, err := read(r, workspace.KindRelease, ReleaseID(city, number), &release)
		return err
	})
	if err == nil && (release.Set.Sum() != release.Sum || release.Number != number || release.Set.City != city) {
		err = fmt.Errorf("release %d of %s: %w", number, city, ErrDamaged)
	}
	return release, err
}

// Releases are those of a city in the order of their numbers, from the one after a number on.
func (d *Desk) Releases(ctx context.Context, city string, after, limit int) ([]Release, error) {
	var found []Release
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		found = nil
		documents, err := r.Children(workspace.KindRelease, city, workspace.Page{After: ReleaseID(city, after), Limit: limit})
		if err != nil {
			return err
		}
		for _, document := range documents {
			var release Release
			if err := json.Unmarshal(document.Body, &release); err != nil {
				return fmt.Errorf("reading release %s: %w", document.ID, err)
			}
			found = append(found, release)
		}
		return nil
	})
	return found, err
}
