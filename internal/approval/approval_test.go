package approval

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/audit"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/store/postgres"
	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/workspace"
)

const match = "astana/match"

func TestFromDraftToRelease(t *testing.T) {
	c := inMemory(t)
	draft := c.must(c.Propose(t.Context(), ann, match, asked(match)))
	if draft.State() != Draft || draft.Content.Number != 0 || !slices.Equal(draft.Content.Authors, []string{"ann", "cid"}) {
		t.Errorf("%+v", draft)
	}
	approved := c.must(c.Approve(t.Context(), ben, draft.ID, draft.Content.Sum))
	if approved.State() != Approved || approved.Content.Signatures[0].Who != "ben" {
		t.Errorf("%+v", approved)
	}
	released := c.must(c.Release(t.Context(), dee, draft.ID))
	if released.State() != Released || released.Content.Number != 1 {
		t.Errorf("%+v", released)
	}
	got, err := c.Released(t.Context(), "astana", 1)
	if err != nil || got.Plan != draft.ID || got.By != "dee" || got.Sum != draft.Content.Sum || len(got.Set.Runs) != 1 || got.Set.Runs[0].Headline.People != 5 {
		t.Errorf("%+v %v", got, err)
	}
	entries, err := c.log.About(t.Context(), workspace.KindPlan, draft.ID, workspace.Page{Limit: 10})
	if err != nil {
		t.Fatal(err)
	}
	var verbs []ledger.Verb
	for _, e := range entries {
		verbs = append(verbs, e.Verb)
	}
	if want := []ledger.Verb{ledger.Propose, ledger.Approve, ledger.Release}; !slices.Equal(verbs, want) {
		t.Errorf("the log has %v", verbs)
	}
}

func TestWhoMayDoWhat(t *testing.T) {
	c := inMemory(t)
	draft := c.must(c.Propose(t.Context(), ann, match, asked(match)))
	elsewhere := By{Subject: role.Subject{Who: "eve", Grants: []role.Grant{{Role: role.Planner, Scope: role.OfEvent("astana/fair")}}}}
	ended := By{Subject: role.Subject{Who: "old", Grants: []role.Grant{{Role: role.Planner, Scope: role.Everything, Until: noon}}}}
	viewer, nobody := somebody("vic", role.Viewer), somebody("", role.Administrator)
	key := somebody("key-1", role.Administrator)
	key.Only = []string{"look", "plan", "approve", "release"}
	sum := draft.Content.Sum
	propose := func(by By) error { _, err := c.Propose(t.Context(), by, match, asked(match)); return err }
	approve := func(by By) error { _, err := c.Approve(t.Context(), by, draft.ID, sum); return err }
	release := func(by By) error { _, err := c.Release(t.Context(), by, draft.ID); return err }
	withdraw := func(by By) error { _, err := c.Withdraw(t.Context(), by, draft.ID, ""); return err }
	for name, got := range map[string]struct{ err, want error }{
		"a viewer proposes":                {propose(viewer), ErrAllowed},
		"a dispatcher proposes":            {propose(dee), ErrAllowed},
		"a planner of another event":       {propose(elsewhere), ErrAllowed},
		"a planner of the past":            {propose(ended), ErrAllowed},
		"somebody whom nobody knows":       {propose(nobody), ErrAllowed},
		"a viewer approves":                {approve(viewer), ErrAllowed},
		"a planner of elsewhere approves":  {approve(elsewhere), ErrAllowed},
		"a key approves":                   {approve(key), ErrPerson},
		"a key releases":                   {release(key), ErrPerson},
		"a planner releases":               {release(ann), ErrAllowed},
		"what is not approved is released": {release(dee), ErrState},
		"a dispatcher withdraws a draft":   {withdraw(dee), ErrAllowed},
	} {
		if !errors.Is(got.err, got.want) {
			t.Errorf("%s: %v", name, got.err)
		}
	}
	if now := c.must(c.Plan(t.Context(), draft.ID)); now.Revision != 1 {
		t.Errorf("something was done all the same: %+v", now)
	}
}

func TestASecondPersonSignsWhereARuleAsks(t *testing.T) {
	for name, c := range map[string]struct {
		rules []Rule
		want  error
	}{
		"no rule":       {nil, nil},
		"another city":  {[]Rule{{City: "porto"}}, nil},
		"another event": {[]Rule{{Event: "astana/fair"}}, nil},
		"both must fit": {[]Rule{{City: "porto", Event: match}}, nil},
		"this event":    {[]Rule{{City: "porto"}, {Event: match}}, ErrSecond},
		"this city":     {[]Rule{{City: "astana"}}, ErrSecond},
		"everything":    {[]Rule{{}}, ErrSecond},
	} {
		t.Run(name, func(t *testing.T) {
			at := inMemory(t)
			if err := at.SetRules(t.Context(), root, c.rules); err != nil {
				t.Fatal(err)
			}
			draft := at.must(at.Propose(t.Context(), ann, match, asked(match)))
			if _, err := at.Approve(t.Context(), ann, draft.ID, draft.Content.Sum); !errors.Is(err, c.want) {
				t.Errorf("the author: %v", err)
			}
			if _, err := at.Approve(t.Context(), somebody("cid", role.Planner), draft.ID, draft.Content.Sum); !errors.Is(err, c.want) {
				t.Errorf("who changed the scenario last: %v", err)
			}
			at.must(at.Approve(t.Context(), ben, draft.ID, draft.Content.Sum))
			at.must(at.Release(t.Context(), dee, draft.ID))
		})
	}
}

// A rule that comes after the signature holds at the release.
func TestRulesOfNowHold(t *testing.T) {
	c := inMemory(t)
	draft := c.must(c.Propose(t.Context(), ann, match, asked(match)))
	c.must(c.Approve(t.Context(), ann, draft.ID, draft.Content.Sum))
	if err := c.SetRules(t.Context(), root, []Rule{{City: "astana"}}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Release(t.Context(), dee, draft.ID); !errors.Is(err, ErrSecond) {
		t.Errorf("%v", err)
	}
	c.must(c.Approve(t.Context(), ben, draft.ID, draft.Content.Sum))
	c.must(c.Release(t.Context(), dee, draft.ID))
	if err := c.SetRules(t.Context(), ann, nil); !errors.Is(err, ErrAllowed) {
		t.Errorf("a planner changes the rules: %v", err)
	}
	if err := c.SetRules(t.Context(), root, []Rule{{Event: "astana"}}); !errors.Is(err, ErrRule) {
		t.Errorf("a rule about an event that is none: %v", err)
	}
	if got, err := c.Rules(t.Context()); err != nil || len(got) != 1 {
		t.Errorf("%v %v", got, err)
	}
}

func TestWhatIsSignedIsWhatIsSaid(t *testing.T) {
	c := inMemory(t)
	draft := c.must(c.Propose(t.Context(), ann, match, asked(match)))
	c.must(c.Approve(t.Context(), ben, draft.ID, draft.Content.Sum))
	c.run(match, "run-2", workspace.Done)
	other := asked(match)
	other.Runs = append(other.Runs, "run-2")
	revised := c.must(c.Revise(t.Context(), ben, draft.ID, 0, other))
	if revised.State() != Draft || len(revised.Content.Signatures) != 0 || revised.Content.Sum == draft.Content.Sum {
		t.Errorf("%+v", revised)
	}
	if _, err := c.Approve(t.Context(), root, draft.ID, draft.Content.Sum); !errors.Is(err, ErrSigned) {
		t.Errorf("the signature of what was there before: %v", err)
	}
	if _, err := c.Release(t.Context(), dee, draft.ID); !errors.Is(err, ErrState) {
		t.Errorf("released without a signature: %v", err)
	}
	if err := c.SetRules(t.Context(), root, []Rule{{}}); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Approve(t.Context(), ben, draft.ID, revised.Content.Sum); !errors.Is(err, ErrSecond) {
		t.Errorf("who revised is no second person: %v", err)
	}
	if _, err := c.Revise(t.Context(), ben, draft.ID, 1, other); !errors.Is(err, workspace.ErrStale) {
		t.Errorf("an old revision: %v", err)
	}
}

func TestRunsMustBeOfWhatIsProposed(t *testing.T) {
	c := inMemory(t)
	c.run(match, "run-failed", workspace.Failed)
	c.run(match, "run-partial", workspace.Partial)
	c.event("astana/fair")
	propose := func(runs ...string) error {
		_, err := c.Propose(t.Context(), ann, match, Ask{Name: "x", Scenario: match + "/extra", Runs: runs})
		return err
	}
	for name, got := range map[string]struct{ err, want error }{
		"none":       {propose(), ErrRuns},
		"many":       {propose(make([]string, mostRuns+1)...), ErrRuns},
		"failed":     {propose("run-"+match, "run-failed"), ErrRuns},
		"partial":    {propose("run-partial"), ErrRuns},
		"of another": {propose("run-astana/fair"), ErrRuns},
		"not there":  {propose("run-9"), workspace.ErrNotFound},
	} {
		if !errors.Is(got.err, got.want) {
			t.Errorf("%s: %v", name, got.err)
		}
	}
	_, err := c.Propose(t.Context(), ann, match, Ask{Name: "x", Scenario: "astana/fair/extra", Runs: []string{"run-astana/fair"}})
	if !errors.Is(err, workspace.ErrNotFound) {
		t.Errorf("the scenario of another event: %v", err)
	}
	for _, name := range []string{"", " ", "a\nb", "a\x00", "a\u202eb", strings.Repeat("x", 201), "\xff"} {
		ask := asked(match)
		ask.Name = name
		if _, err := c.Propose(t.Context(), ann, match, ask); !errors.Is(err, ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	c.change(workspace.KindScenario, match+"/extra", workspace.Scenario{Modifications: []json.RawMessage{json.RawMessage(`{"headway":"4m"}`)}})
	if err := propose("run-" + match); !errors.Is(err, ErrOutdated) {
		t.Errorf("a run of another scenario: %v", err)
	}
	c.change(workspace.KindScenario, match+"/extra", workspace.Scenario{Modifications: []json.RawMessage{json.RawMessage(`{ "headway": "5m" }`)}})
	if err := propose("run-" + match); err != nil {
		t.Errorf("spaces: %v", err)
	}
	c.change(workspace.KindEvent, match, workspace.Event{Text: json.RawMessage(`{"city":"astana","event":{"id":"match"},"seed":4}`)})
	if err := propose("run-" + match); !errors.Is(err, ErrOutdated) {
		t.Errorf("a run of another event: %v", err)
	}
}

func TestWhatIsReleasedStays(t *testing.T) {
	c := inMemory(t)
	item := c.released(match)
	before, err := c.Released(t.Context(), "astana", 1)
	if err != nil {
		t.Fatal(err)
	}
	document := func() (d workspace.Document) {
		t.Helper()
		if err := c.Store.Read(t.Context(), func(r workspace.Reader) (err error) {
			d, err = r.Document(workspace.KindRelease, ReleaseID("astana", 1))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		return d
	}
	written := document()
	for name, do := range map[string]func() error{
		"revise":  func() error { _, err := c.Revise(t.Context(), ann, item.ID, 0, asked(match)); return err },
		"approve": func() error { _, err := c.Approve(t.Context(), root, item.ID, item.Content.Sum); return err },
		"again":   func() error { _, err := c.Release(t.Context(), dee, item.ID); return err },
	} {
		if err := do(); !errors.Is(err, ErrState) {
			t.Errorf("%s: %v", name, err)
		}
	}
	c.change(workspace.KindScenario, match+"/extra", workspace.Scenario{Name: "other"})
	c.change(workspace.KindEvent, match, workspace.Event{Text: json.RawMessage(`{}`)})
	c.change(workspace.KindJob, "job-run-"+match, workspace.Job{State: workspace.Failed})
	if _, err := c.Withdraw(t.Context(), ann, item.ID, "storm"); !errors.Is(err, ErrAllowed) {
		t.Errorf("a planner withdraws what is released: %v", err)
	}
	c.must(c.Withdraw(t.Context(), dee, item.ID, "storm"))
	after, err := c.Released(t.Context(), "astana", 1)
	if err != nil || cmp.Diff(before, after) != "" {
		t.Errorf("%v %s", err, cmp.Diff(before, after))
	}
	if now := document(); now.Revision != 1 || !bytes.Equal(now.Body, written.Body) {
		t.Error("the document was written again")
	}
	watched := &audit.Watched{Store: c.Store, Log: c.log, Frozen: []workspace.Kind{workspace.KindRelease}}
	for name, do := range map[string]func(workspace.Writer) error{
		"change": func(w workspace.Writer) error { _, err := w.Replace(written); return err },
		"remove": func(w workspace.Writer) error { return w.Delete(written.Kind, written.ID, 1) },
	} {
		if err := watched.Write(t.Context(), do); !errors.Is(err, audit.ErrFrozen) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var tampered Release
	if err := json.Unmarshal(written.Body, &tampered); err != nil {
		t.Fatal(err)
	}
	tampered.Set.Modifications = []json.RawMessage{json.RawMessage(`{"headway":"9m"}`)}
	c.change(workspace.KindRelease, written.ID, tampered)
	if _, err := c.Released(t.Context(), "astana", 1); !errors.Is(err, ErrDamaged) {
		t.Errorf("changed behind the desk's back: %v", err)
	}
}

func TestAReleaseTakesThePlaceOfTheOneBefore(t *testing.T) {
	c := inMemory(t)
	c.event("astana/fair")
	first, fair, second := c.released(match), c.released("astana/fair"), c.released(match)
	if now := c.must(c.Plan(t.Context(), first.ID)); now.State() != Superseded || now.Content.SupersededBy != 3 {
		t.Errorf("%+v", now)
	}
	if now := c.must(c.Plan(t.Context(), fair.ID)); now.State() != Released {
		t.Errorf("another event is superseded: %+v", now)
	}
	got, err := c.Released(t.Context(), "astana", 3)
	if err != nil || got.Plan != second.ID || !slices.Equal(got.Instead, []int{1}) {
		t.Errorf("%+v %v", got, err)
	}
	if _, err := c.Withdraw(t.Context(), dee, first.ID, ""); !errors.Is(err, ErrState) {
		t.Errorf("superseded, and then withdrawn: %v", err)
	}
	all, err := c.Releases(t.Context(), "astana", 1, 10)
	if err != nil || len(all) != 2 || all[0].Number != 2 || all[1].Number != 3 {
		t.Errorf("%+v %v", all, err)
	}
}

// Numbers have no gaps and none is given twice, whoever releases at the same time.
func TestNumbersWithoutGaps(t *testing.T) {
	embedded, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "qala.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = embedded.Close() })
	t.Run("sqlite", func(t *testing.T) { withoutGaps(t, embedded) })
	t.Run("postgres", func(t *testing.T) {
		store, err := postgres.Open(t.Context(), require.Postgres(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		withoutGaps(t, store)
	})
}

func withoutGaps(t *testing.T, store Store) {
	c := newCity(t, store)
	c.event("porto/match")
	var ids []string
	for i := range 12 {
		event := []string{match, match, "porto/match"}[i%3]
		item := c.must(c.Propose(t.Context(), ann, event, asked(event)))
		ids = append(ids, c.must(c.Approve(t.Context(), ben, item.ID, item.Content.Sum)).ID)
	}
	var group sync.WaitGroup
	for _, id := range ids {
		for range 2 { // the second is refused
			group.Go(func() {
				if _, err := c.Release(t.Context(), dee, id); err != nil && !errors.Is(err, ErrState) {
					t.Error(err)
				}
			})
		}
	}
	group.Wait()
	for city, want := range map[string]int{"astana": 8, "porto": 4} {
		all, err := c.Releases(t.Context(), city, 0, 100)
		if err != nil || len(all) != want {
			t.Fatalf("%s: %d releases, %v", city, len(all), err)
		}
		for i, release := range all {
			if release.Number != i+1 {
				t.Errorf("%s: number %d in place %d", city, release.Number, i+1)
			}
		}
	}
	v, err := c.log.Verify(t.Context(), ledger.Trust{})
	if err != nil || v.Fault != nil {
		t.Errorf("%+v %v", v.Fault, err)
	}
}

// Whatever is asked in whatever order, a plan moves along the drawing of states only.
func TestPlansMoveAsDrawn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := inMemory(t)
		c.event("astana/fair")
		m := &plans{city: c, state: map[string]State{}, event: map[string]string{}, authors: map[string][]string{}, signers: map[string][]string{}}
		rt.Repeat(map[string]func(*rapid.T){
			"propose": m.propose, "revise": m.revise, "approve": m.approve, "release": m.release, "withdraw": m.withdraw, "rule": m.rule, "": m.check,
		})
	})
}

// plans is what a test knows of all plans.
type plans struct {
	*city
	ids              []string
	state            map[string]State
	event            map[string]string
	authors, signers map[string][]string
	second           bool
	released         int
}

var anybody = rapid.SampledFrom([]By{ann, ben, root, dee})

func is(by By, roles ...role.Role) bool { return slices.Contains(roles, by.Grants[0].Role) }

func (m *plans) some(t *rapid.T) string {
	if len(m.ids) == 0 {
		t.Skip("no plan yet")
	}
	return rapid.SampledFrom(m.ids).Draw(t, "plan")
}

// agreed fails the test unless something went as the model says, and reports whether it was done.
func agreed(t *rapid.T, err error, want bool) bool {
	if (err == nil) != want {
		t.Fatalf("%v, and it should be done: %v", err, want)
	}
	return err == nil
}

func (m *plans) propose(t *rapid.T) {
	event, by := rapid.SampledFrom([]string{match, "astana/fair"}).Draw(t, "event"), anybody.Draw(t, "by")
	item, err := m.Propose(m.t.Context(), by, event, asked(event))
	if agreed(t, err, is(by, role.Planner, role.Administrator)) {
		m.ids = append(m.ids, item.ID)
		m.state[item.ID], m.event[item.ID], m.authors[item.ID] = Draft, event, []string{by.who(), "cid"}
	}
}

func (m *plans) open(id string) bool { return m.state[id] == Draft || m.state[id] == Approved }

func (m *plans) revise(t *rapid.T) {
	id, by := m.some(t), anybody.Draw(t, "by")
	_, err := m.Revise(m.t.Context(), by, id, 0, asked(m.event[id]))
	if agreed(t, err, m.open(id) && is(by, role.Planner, role.Administrator)) {
		m.state[id], m.authors[id], m.signers[id] = Draft, append(m.authors[id], by.who()), nil
	}
}

func (m *plans) approve(t *rapid.T) {
	id, by := m.some(t), anybody.Draw(t, "by")
	item := m.must(m.Plan(m.t.Context(), id))
	_, err := m.Approve(m.t.Context(), by, id, item.Content.Sum)
	author, again := slices.Contains(m.authors[id], by.who()), slices.Contains(m.signers[id], by.who())
	if agreed(t, err, m.open(id) && !again && (!m.second || !author)) {
		m.state[id], m.signers[id] = Approved, append(m.signers[id], by.who())
	}
}

func (m *plans) release(t *rapid.T) {
	id, by := m.some(t), anybody.Draw(t, "by")
	enough := slices.ContainsFunc(m.signers[id], func(who string) bool { return !m.second || !slices.Contains(m.authors[id], who) })
	item, err := m.Release(m.t.Context(), by, id)
	if !agreed(t, err, m.state[id] == Approved && enough && is(by, role.Dispatcher, role.Administrator)) {
		return
	}
	m.released++
	if item.Content.Number != m.released {
		t.Fatalf("number %d after %d", item.Content.Number, m.released-1)
	}
	for other, state := range m.state {
		if state == Released && m.event[other] == m.event[id] {
			m.state[other] = Superseded
		}
	}
	m.state[id] = Released
}

func (m *plans) withdraw(t *rapid.T) {
	id, by := m.some(t), anybody.Draw(t, "by")
	may := m.open(id) && is(by, role.Planner, role.Administrator) || m.state[id] == Released && is(by, role.Dispatcher, role.Administrator)
	_, err := m.Withdraw(m.t.Context(), by, id, "so")
	if agreed(t, err, may) {
		m.state[id] = Withdrawn
	}
}

func (m *plans) rule(t *rapid.T) {
	m.second = rapid.Bool().Draw(t, "second")
	var rules []Rule
	if m.second {
		rules = []Rule{{City: "astana"}}
	}
	if err := m.SetRules(m.t.Context(), root, rules); err != nil {
		t.Fatal(err)
	}
}

func (m *plans) check(t *rapid.T) {
	current := map[string]int{}
	for _, id := range m.ids {
		item := m.must(m.Plan(m.t.Context(), id))
		if item.State() != m.state[id] {
			t.Fatalf("plan %s is %s, want %s", id, item.State(), m.state[id])
		}
		if item.State() == Released {
			current[item.Content.Event]++
		}
	}
	for event, n := range current {
		if n > 1 {
			t.Fatalf("%d plans of %s are in force", n, event)
		}
	}
	all, err := m.Releases(m.t.Context(), "astana", 0, 1000)
	if err != nil || len(all) != m.released {
		t.Fatalf("%d releases, want %d: %v", len(all), m.released, err)
	}
	for i, release := range all {
		if release.Number != i+1 || release.Set.Sum() != release.Sum {
			t.Fatalf("release %d in place %d", release.Number, i+1)
		}
	}
}

func TestSetsAreTheSameByTheirSum(t *testing.T) {
	c := inMemory(t)
	a := c.must(c.Propose(t.Context(), ann, match, asked(match)))
	b := c.must(c.Propose(t.Context(), ben, match, asked(match)))
	if a.Content.Sum != b.Content.Sum || !a.Content.Sum.Valid() {
		t.Error("the same set has two sums")
	}
	changed := a.Content.Set
	changed.Runs = slices.Clone(changed.Runs)
	changed.Runs[0].Results = "cd"
	if changed.Sum() == a.Content.Sum {
		t.Error("other results have the same sum")
	}
	items, err := c.Plans(t.Context(), match, workspace.Page{Limit: 10})
	if err != nil || len(items) != 2 {
		t.Errorf("%d plans, %v", len(items), err)
	}
}

func TestAPlanThatWasChangedBehindTheDeskIsNotReleased(t *testing.T) {
	c := inMemory(t)
	item := c.must(c.Propose(t.Context(), ann, match, asked(match)))
	item = c.must(c.Approve(t.Context(), ben, item.ID, item.Content.Sum))
	item.Content.Set.Modifications = nil
	c.change(workspace.KindPlan, item.ID, item.Content)
	if _, err := c.Release(t.Context(), dee, item.ID); !errors.Is(err, ErrDamaged) {
		t.Errorf("%v", err)
	}
}
