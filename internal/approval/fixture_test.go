package approval

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/ephemeral"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

var noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)

func somebody(id string, roles ...role.Role) By {
	by := By{Subject: role.Subject{Who: id}, Origin: ledger.Origin{Address: "192.0.2.7", Request: "r"}}
	for _, r := range roles {
		by.Grants = append(by.Grants, role.Grant{Role: r, Scope: role.Everything})
	}
	return by
}

var (
	ann  = somebody("ann", role.Planner)
	ben  = somebody("ben", role.Planner)
	dee  = somebody("dee", role.Dispatcher)
	root = somebody("root", role.Administrator)
)

// city is a desk with a city in which an event has a scenario and a run that is done.
type city struct {
	*Desk
	log *audit.Desk
	t   testing.TB
}

func newCity(t testing.TB, store Store) *city {
	var ids atomic.Int64
	now := func() time.Time { return noon }
	c := &city{t: t, log: &audit.Desk{Store: store, Now: now, Random: rand.Reader}}
	c.Desk = &Desk{Store: store, Log: c.log, Now: now, NewID: func() string { return fmt.Sprintf("p%05d", ids.Add(1)) }}
	c.event("astana/match")
	return c
}

// event keeps an event with a scenario "extra" and a run of it.
func (c *city) event(id string) {
	c.t.Helper()
	place := role.PlaceOf(id)
	c.insert(workspace.KindEvent, id, place.City, workspace.Event{Date: "2026-12-01", Text: json.RawMessage(`{"city":"astana","event":{"id":"match"}}`)})
	c.insert(workspace.KindScenario, id+"/extra", id, workspace.Scenario{Name: "Extra", Modifications: []json.RawMessage{json.RawMessage(`{"headway":"5m"}`)}})
	c.run(id, "run-"+id, workspace.Done)
}

func (c *city) run(event, id string, state workspace.JobState) {
	c.t.Helper()
	text := `{"city":"astana","event":{"id":"match"},"modifications":[{"headway":"5m"}]}`
	c.insert(workspace.KindRun, id, event+"/extra", workspace.Run{Job: "job-" + id, Version: "v1", Input: workspace.RunInput{Hash: "h", Event: text}})
	c.insert(workspace.KindJob, "job-"+id, "", workspace.Job{State: state, Input: json.RawMessage(`{}`), Result: json.RawMessage(`{"results":"ab","headline":{"people":5}}`)})
}

func (c *city) insert(kind workspace.Kind, id, parent string, body any) {
	c.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	err = c.Store.Write(c.t.Context(), func(w workspace.Writer) error {
		return w.Insert(workspace.Document{Kind: kind, ID: id, Parent: parent, By: "cid", Body: text})
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

// change changes a document behind the desk's back.
func (c *city) change(kind workspace.Kind, id string, body any) {
	c.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		c.t.Fatal(err)
	}
	err = c.Store.Write(c.t.Context(), func(w workspace.Writer) error {
		d, err := w.Document(kind, id)
		if err != nil {
			return err
		}
		d.Body = text
		_, err = w.Replace(d)
		return err
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

func asked(event string) Ask {
	return Ask{Name: "Match night", Scenario: event + "/extra", Runs: []string{"run-" + event}}
}

// must passes a plan on, and fails the test where there is none.
func (c *city) must(item Item, err error) Item {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
	return item
}

// released is a plan of ann's that ben approved and dee released.
func (c *city) released(event string) Item {
	c.t.Helper()
	item := c.must(c.Propose(c.t.Context(), ann, event, asked(event)))
	c.must(c.Approve(c.t.Context(), ben, item.ID, item.Content.Sum))
	return c.must(c.Release(c.t.Context(), dee, item.ID))
}

func inMemory(t testing.TB) *city { return newCity(t, ephemeral.NewStore()) }
