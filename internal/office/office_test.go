package office

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/store/contents"
	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/workspace"
)

// silence gives no notice to anybody: all are lost.
type silence struct{}

func (silence) Tell(context.Context, string, []byte) error { return nil }

func (silence) Listen(ctx context.Context, _ string) (<-chan []byte, error) {
	notices := make(chan []byte)
	context.AfterFunc(ctx, func() { close(notices) })
	return notices, nil
}

// often ticks much more often than it is asked to.
func often(time.Duration) (<-chan time.Time, func()) {
	ticker := time.NewTicker(time.Millisecond)
	return ticker.C, ticker.Stop
}

func newDesk(t *testing.T) *Desk {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "qala.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	kept, err := contents.OpenFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	count := 0
	return &Desk{
		Store: store, Contents: kept, Notices: silence{}, Now: time.Now, Every: often, Program: "qala test", Shelf: NewShelf(1 << 20),
		NewID: func() string { count++; return fmt.Sprintf("id%06d", count) },
	}
}

const (
	cityText  = "city: town\nname: {en: Town}\ntimezone: Asia/Almaty\nfeeds: [{id: a, path: gtfs.zip}]\n"
	eventText = `{"event": "match", "city": "town", "name": {"en": "Match"}, "venue": "arena", "date": "2026-08-15", "seed": 7,
		"sessions": [{"start": "19:00", "end": "21:00", "attendance": 2000, "arrive": "football", "leave": "stadium"}], "transit_share": 0.5}`
)

var ann = By{Who: "ann"}

// imported is a town whose import has ended.
func imported(t *testing.T, d *Desk) workspace.Job {
	t.Helper()
	if _, _, err := d.CreateCity(t.Context(), ann, []byte(cityText)); err != nil {
		t.Fatal(err)
	}
	job, err := d.Import(t.Context(), ann, "town")
	if err != nil {
		t.Fatal(err)
	}
	d.end(t, job.ID, workspace.Done, workspace.ImportResult{Network: workspace.Sum(strings.Repeat("a", 64)), Hash: "h"})
	return job
}

// end ends a job as its worker does.
func (d *Desk) end(t *testing.T, id string, state workspace.JobState, result any) {
	t.Helper()
	data, err := json.Marshal(result)
	if err != nil {
		t.Fatal(err)
	}
	err = d.Store.Write(t.Context(), func(w workspace.Writer) error {
		item, err := fetch[workspace.Job](w, workspace.KindJob, id)
		if err != nil {
			return err
		}
		item.Content.State, item.Content.Result, item.State = state, data, string(state)
		if state == workspace.Done {
			if err := d.Finish(w, item.Content); err != nil {
				return err
			}
		}
		_, err = d.replace(w, ann, item.Document, item.Content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// planned is a scenario that can be run.
func planned(t *testing.T, d *Desk) string {
	t.Helper()
	imported(t, d)
	if _, _, err := d.CreateEvent(t.Context(), ann, "town", []byte(eventText)); err != nil {
		t.Fatal(err)
	}
	s, _, err := d.CreateScenario(t.Context(), ann, "town/match", ScenarioAsk{ID: "one", Name: "One"})
	if err != nil {
		t.Fatal(err)
	}
	return s.ID
}

func TestAnImportBecomesTheCurrentVersion(t *testing.T) {
	d := newDesk(t)
	job := imported(t, d)
	city, err := d.City(t.Context(), "town")
	if err != nil || city.Content.Version != job.ID {
		t.Errorf("version %q: %v", city.Content.Version, err)
	}
	again, err := d.Import(t.Context(), ann, "town")
	if err != nil || again.ID != job.ID || again.State != workspace.Done {
		t.Errorf("the same files again: %+v %v", again, err)
	}
}

// TestACityThatComesBack: its files were imported when it was gone already, so
// nobody kept the version then.
func TestACityThatComesBack(t *testing.T) {
	d := newDesk(t)
	if _, _, err := d.CreateCity(t.Context(), ann, []byte(cityText)); err != nil {
		t.Fatal(err)
	}
	job, err := d.Import(t.Context(), ann, "town")
	if err != nil {
		t.Fatal(err)
	}
	if err := d.RemoveCity(t.Context(), "town", 0); err != nil {
		t.Fatal(err)
	}
	d.end(t, job.ID, workspace.Done, workspace.ImportResult{Hash: "h"})
	if _, err := d.Version(t.Context(), job.ID); !errors.Is(err, workspace.ErrNotFound) {
		t.Errorf("a version of no city: %v", err)
	}
	if _, _, err := d.CreateCity(t.Context(), ann, []byte(cityText)); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Import(t.Context(), ann, "town"); err != nil {
		t.Fatal(err)
	}
	city, err := d.City(t.Context(), "town")
	if err != nil {
		t.Fatal(err)
	}
	if v, err := d.Version(t.Context(), city.Content.Version); err != nil || v.Content.Hash != "h" {
		t.Errorf("%+v %v", v, err)
	}
}

func TestTheSameAskIsOneRun(t *testing.T) {
	d := newDesk(t)
	scenario := planned(t, d)
	first, err := d.AskRun(t.Context(), ann, scenario, Ask{})
	if err != nil {
		t.Fatal(err)
	}
	if in := first.Content.Input; in.Seed != 7 || in.Seeds != 1 || in.Rounds != DefaultRounds || in.Gap != DefaultGap || in.Crowd != 100 {
		t.Errorf("%+v", in)
	}
	seed := uint64(7)
	same, err := d.AskRun(t.Context(), By{Who: "ben"}, scenario, Ask{Seed: &seed, Rounds: DefaultRounds})
	if err != nil || same.ID != first.ID || same.Job.ID != first.Job.ID {
		t.Errorf("the same in other words is run %s: %v", same.ID, err)
	}
	seed = 8
	if other, err := d.AskRun(t.Context(), ann, scenario, Ask{Seed: &seed}); err != nil || other.Job.ID == first.Job.ID {
		t.Errorf("another seed: %v", err)
	}
	if _, err := d.ReplaceScenario(t.Context(), ann, scenario, ScenarioAsk{Name: "One", Modifications: []json.RawMessage{
		[]byte(`{"cancel_trip": {"trip": "t"}}`),
	}}, 0); err != nil {
		t.Fatal(err)
	}
	if changed, err := d.AskRun(t.Context(), ann, scenario, Ask{}); err != nil || changed.Job.ID == first.Job.ID || changed.Content.Revision != 2 {
		t.Errorf("a changed scenario: %+v %v", changed.Content, err)
	}
}

func TestAsksOutsideTheirRange(t *testing.T) {
	d := newDesk(t)
	scenario := planned(t, d)
	for _, ask := range []Ask{{Seeds: -1}, {Seeds: MostSeeds + 1}, {Rounds: MostRounds + 1}, {Gap: 1001}, {Crowd: MostCrowd + 1}} {
		if _, err := d.AskRun(t.Context(), ann, scenario, ask); !errors.Is(err, ErrRange) {
			t.Errorf("%+v: %v", ask, err)
		}
	}
	if _, err := d.AskRun(t.Context(), ann, scenario, Ask{Version: "none"}); !errors.Is(err, workspace.ErrNotFound) {
		t.Errorf("a version that is not: %v", err)
	}
}

func TestWhatMayBeOrderedAgain(t *testing.T) {
	for state, again := range map[workspace.JobState]bool{
		workspace.Queued: false, workspace.Running: false, workspace.Done: false, workspace.Partial: true, workspace.Failed: true, workspace.Canceled: true,
	} {
		t.Run(string(state), func(t *testing.T) {
			d := newDesk(t)
			scenario := planned(t, d)
			first, err := d.AskRun(t.Context(), ann, scenario, Ask{})
			if err != nil {
				t.Fatal(err)
			}
			d.end(t, first.Job.ID, state, nil)
			second, err := d.AskRun(t.Context(), ann, scenario, Ask{})
			if err != nil || (second.Job.State == workspace.Ordered) != again {
				t.Errorf("it is %s then: %v", second.Job.State, err)
			}
		})
	}
	refused := workspace.Job{State: workspace.Failed, Fault: &workspace.Fault{Code: workspace.FaultRefused}}
	if again(refused) {
		t.Error("what makes no sense is done again")
	}
}

func TestCancelInEveryState(t *testing.T) {
	for state, want := range map[workspace.JobState]workspace.JobState{
		workspace.Ordered: workspace.Canceled, workspace.Queued: workspace.Canceled, workspace.Running: workspace.Running,
		workspace.Done: workspace.Done, workspace.Failed: workspace.Failed,
	} {
		d := newDesk(t)
		scenario := planned(t, d)
		run, err := d.AskRun(t.Context(), ann, scenario, Ask{})
		if err != nil {
			t.Fatal(err)
		}
		d.end(t, run.Job.ID, state, nil)
		job, err := d.Cancel(t.Context(), ann, run.Job.ID)
		if err != nil || job.State != want || job.Cancel == state.Over() {
			t.Errorf("%s becomes %s, canceled %v: %v", state, job.State, job.Cancel, err)
		}
	}
}

func TestAKeyMakesOneThing(t *testing.T) {
	d := newDesk(t)
	imported(t, d)
	by := By{Who: "ann", Key: "k", Request: "r"}
	first, again, err := d.CreateEvent(t.Context(), by, "town", []byte(eventText))
	if err != nil || again {
		t.Fatalf("%v %v", again, err)
	}
	second, again, err := d.CreateEvent(t.Context(), by, "town", []byte(eventText))
	if err != nil || !again || second.ID != first.ID {
		t.Errorf("%+v %v %v", second, again, err)
	}
	by.Request = "another"
	if _, _, err := d.CreateEvent(t.Context(), by, "town", []byte(eventText)); !errors.Is(err, ErrKeyReused) {
		t.Errorf("another request: %v", err)
	}
	if _, _, err := d.CreateEvent(t.Context(), By{Who: "ben", Key: "k", Request: "r"}, "town", []byte(eventText)); !errors.Is(err, workspace.ErrExists) {
		t.Errorf("the key of somebody else: %v", err)
	}
}

// TestAFollowerIsToldThoughNoticesAreLost: he looks himself now and then.
func TestAFollowerIsToldThoughNoticesAreLost(t *testing.T) {
	d := newDesk(t)
	scenario := planned(t, d)
	run, err := d.AskRun(t.Context(), ann, scenario, Ask{})
	if err != nil {
		t.Fatal(err)
	}
	notices, err := d.Watch(t.Context(), run.Job.ID)
	if err != nil {
		t.Fatal(err)
	}
	if first := <-notices; first.State != workspace.Ordered {
		t.Errorf("first %+v", first)
	}
	d.end(t, run.Job.ID, workspace.Done, workspace.RunResult{})
	if last := <-notices; last.State != workspace.Done {
		t.Errorf("last %+v", last)
	}
	if _, open := <-notices; open {
		t.Error("the channel stays open")
	}
}

func TestWhatSomethingBelongsToStays(t *testing.T) {
	d := newDesk(t)
	scenario := planned(t, d)
	if _, err := d.AskRun(t.Context(), ann, scenario, Ask{}); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"city": d.RemoveCity(t.Context(), "town", 0), "event": d.RemoveEvent(t.Context(), "town/match", 0), "scenario": d.RemoveScenario(t.Context(), scenario, 0),
	} {
		if !errors.Is(err, ErrInUse) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestShelfHoldsWhatWasUsedLast(t *testing.T) {
	s := NewShelf(100)
	read := func(text string, bytes int64) func() (any, int64, error) {
		return func() (any, int64, error) { return text, bytes, nil }
	}
	for _, sum := range []workspace.Sum{"a", "b", "a", "c"} { // 40 bytes each: there is room for two
		if _, err := s.take(sum, read(string(sum), 40)); err != nil {
			t.Fatal(err)
		}
	}
	for sum, kept := range map[workspace.Sum]bool{"a": true, "b": false, "c": true} {
		if (s.books[sum] != nil) != kept {
			t.Errorf("%s is kept: %v", sum, !kept)
		}
	}
	if _, err := s.take("bad", func() (any, int64, error) { return nil, 0, errors.New("disk") }); err == nil || s.books["bad"] != nil {
		t.Error("what could not be read is kept")
	}
}
