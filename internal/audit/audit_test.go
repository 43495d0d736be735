package audit

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/ephemeral"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/require"
	"github.com/qala-city/qala/internal/store/postgres"
	"github.com/qala-city/qala/internal/store/sqlite"
	"github.com/qala-city/qala/internal/workspace"
)

var (
	noon = time.Date(2026, 11, 26, 12, 0, 0, 0, time.UTC)
	key  = ed25519.NewKeyFromSeed(bytes.Repeat([]byte{7}, ed25519.SeedSize))
	by   = ledger.Origin{Who: "u1", Address: "192.0.2.77", Request: "r1"}
)

// desk is an audit desk with a clock that a test moves.
type desk struct {
	*Desk
	t  testing.TB
	at time.Time
}

func newDesk(t testing.TB, store Store) *desk {
	d := &desk{t: t, at: noon}
	d.Desk = &Desk{Store: store, Now: func() time.Time { return d.at }, Random: rand.Reader, Signer: key}
	return d
}

func (d *desk) append(acts ...ledger.Act) {
	d.t.Helper()
	err := d.Store.Write(d.t.Context(), func(w workspace.Writer) error {
		for _, act := range acts {
			if err := d.Append(w, act); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func trust() ledger.Trust {
	return ledger.Trust{Keys: []ed25519.PublicKey{key.Public().(ed25519.PublicKey)}}
}

// sound fails the test when the log is not as it was written.
func (d *desk) sound(entries int64) {
	d.t.Helper()
	v, err := d.Verify(d.t.Context(), trust())
	if err != nil || v.Fault != nil || v.Entries != entries || !v.Signed {
		d.t.Fatalf("%+v %+v %v, want %d entries", v, v.Fault, err, entries)
	}
}

func (d *desk) exported(private bool) string {
	d.t.Helper()
	var out strings.Builder
	if _, err := d.Export(d.t.Context(), by, &out, private); err != nil {
		d.t.Fatal(err)
	}
	return out.String()
}

func signIn(who string) ledger.Act {
	return ledger.Act{
		Origin: ledger.Origin{Who: who, Address: "2001:db8:1:2:3:4:5:6", Request: "r"}, Verb: ledger.SignIn, Kind: workspace.KindAccount, ID: who,
		Private: map[string]string{"browser": "Firefox of " + who + "\xff"},
	}
}

func TestAnEntryTellsWhoDidWhat(t *testing.T) {
	d := newDesk(t, ephemeral.NewStore())
	d.append(ledger.Act{
		Origin: by, Verb: ledger.Change, Kind: workspace.KindEvent, ID: "astana/match",
		Before: map[string]any{"date": "2026-11-27"}, After: map[string]any{"date": "2026-11-28"},
	})
	d.append(signIn("u2"), signIn("u3"))
	entries, err := d.Entries(t.Context(), workspace.Page{Limit: 10})
	if err != nil || len(entries) != 3 {
		t.Fatal(entries, err)
	}
	e := entries[0]
	if e.Number != 1 || !e.At.Equal(noon) || e.Who != "u1" || e.From != "192.0.2.0/24" || e.Request != "r1" ||
		string(e.Change) != `{"date":{"from":"2026-11-27","to":"2026-11-28"}}` || e.Previous != ledger.Beginning || e.Before == e.After {
		t.Errorf("%+v", e)
	}
	if entries[1].From != "2001:db8:1::/48" || entries[2].Previous != entries[1].Hash {
		t.Errorf("%+v", entries[1:])
	}
	of, err := d.About(t.Context(), workspace.KindAccount, "u3", workspace.Page{Limit: 10})
	if err != nil || len(of) != 1 || of[0].Number != 3 {
		t.Errorf("%+v %v", of, err)
	}
	d.sound(3)
}

func TestNothingPersonalStandsInTheChain(t *testing.T) {
	d := newDesk(t, ephemeral.NewStore())
	d.Veiled = map[workspace.Kind][]string{workspace.KindEvent: {"contact"}}
	d.append(signIn("u2"), ledger.Act{
		Origin: by, Verb: ledger.Create, Kind: workspace.KindEvent, ID: "astana/match",
		After: map[string]any{"contact": "Aigerim, +7 701 000 00 00"},
	}, ledger.Act{Origin: by, Verb: ledger.Reset, Kind: workspace.KindAccount, ID: "u9", About: "u9", Private: map[string]string{"mail": "u9@example.org"}})
	without, with := d.exported(false), d.exported(true)
	for _, word := range []string{"Aigerim", "Firefox", "192.0.2.77", "2001:db8:1:2", "u9@example"} {
		if strings.Contains(without, word) {
			t.Errorf("the chain holds %q", word)
		}
		if !strings.Contains(with, word) {
			t.Errorf("what is private is not exported when it is asked for: %q\n%s", word, with)
		}
	}
	for name, text := range map[string]string{"without": without, "with": with} {
		v, err := ledger.Verify(strings.NewReader(text), trust())
		if err != nil || v.Fault != nil || !v.Signed {
			t.Errorf("%s: %+v %v", name, v.Fault, err)
		}
	}
	var of struct{ Values map[string]string }
	if err := d.Store.Read(t.Context(), func(r workspace.Reader) error {
		aside, err := r.Document(workspace.KindAside, EntryID(3))
		if err == nil {
			err = json.Unmarshal(aside.Body, &of)
		}
		return err
	}); err != nil || of.Values["address"] != "" {
		t.Errorf("the address of one person is kept with what is known of another: %v %v", of.Values, err)
	}
}

func TestErasingKeepsTheChain(t *testing.T) {
	d := newDesk(t, ephemeral.NewStore())
	d.append(signIn("u2"), signIn("u3"), signIn("u2"))
	err := d.Store.Write(t.Context(), func(w workspace.Writer) error {
		n, err := d.Forget(w, "u2")
		if n != 2 {
			t.Errorf("%d forgotten", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	d.sound(3)
	if text := d.exported(true); strings.Contains(text, "Firefox of u2") || !strings.Contains(text, "Firefox of u3") {
		t.Error("the wrong person was forgotten")
	}
	d.sound(4)
}

func TestWhatIsKeptLongEnoughGoes(t *testing.T) {
	d := newDesk(t, ephemeral.NewStore())
	for range 3 {
		d.append(signIn("u2"), ledger.Act{Origin: by, Verb: ledger.Grant, Kind: workspace.KindAccount, ID: "u2"})
		d.at = d.at.Add(100 * 24 * time.Hour)
	}
	n, err := d.Sweep(t.Context(), ledger.Origin{Who: "house"}, Usual) // signed in 300, 200 and 100 days ago
	if err != nil || n != 2 {
		t.Fatalf("%d removed, %v", n, err)
	}
	d.sound(7)
	d.at = d.at.Add(400 * 24 * time.Hour)
	if n, err = d.Sweep(t.Context(), ledger.Origin{Who: "house"}, Usual); err != nil || n != 4 {
		t.Fatalf("%d removed, %v", n, err)
	}
	if n, err = d.Sweep(t.Context(), ledger.Origin{Who: "house"}, append(Usual, Retention{Kind: workspace.KindEntry, State: "logged"})); err != nil || n != 0 {
		t.Fatalf("%d removed, %v", n, err)
	}
	d.sound(8)
}

func TestSweepingManyPages(t *testing.T) {
	d := newDesk(t, ephemeral.NewStore())
	for range 3 {
		acts := make([]ledger.Act, sweepPage)
		for i := range acts {
			acts[i] = signIn("u2")
		}
		d.append(acts...)
	}
	d.at = d.at.Add(365 * 24 * time.Hour)
	if n, err := d.Sweep(t.Context(), ledger.Origin{}, Usual); err != nil || n != 3*sweepPage {
		t.Fatalf("%d removed, %v", n, err)
	}
	d.sound(3*sweepPage + 1)
}

func TestRetentionAtItsEdge(t *testing.T) {
	rule := Retention{workspace.KindAside, "signing", time.Hour}
	d := workspace.Document{Kind: workspace.KindAside, State: "signing", Changed: noon}
	other := d
	other.State = "doing"
	for name, c := range map[string]struct {
		d    workspace.Document
		at   time.Time
		keep time.Duration
		want bool
	}{
		"before":     {d, noon.Add(time.Hour - 1), time.Hour, false},
		"at the end": {d, noon.Add(time.Hour), time.Hour, true},
		"another":    {other, noon.Add(9 * time.Hour), time.Hour, false},
		"for good":   {d, noon.Add(9 * time.Hour), 0, false},
	} {
		rule.Keep = c.keep
		if got := rule.Over(c.d, c.at); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// spoil changes documents behind the back of the desk.
func (d *desk) spoil(do func(w workspace.Writer) error) {
	d.t.Helper()
	if err := d.Store.Write(d.t.Context(), do); err != nil {
		d.t.Fatal(err)
	}
}

func TestWhatWasDoneToTheStoreIsFound(t *testing.T) {
	for name, c := range map[string]struct {
		do   func(w workspace.Writer) error
		want ledger.Fault
	}{
		"an entry changed": {func(w workspace.Writer) error {
			e, err := w.Document(workspace.KindEntry, EntryID(2))
			e.Body = bytes.Replace(e.Body, []byte("u2"), []byte("u8"), 1)
			_, err2 := w.Replace(e)
			return errors.Join(err, err2)
		}, ledger.Fault{Why: ledger.WasChanged, Line: 3, Number: 2}},
		"an entry gone": {func(w workspace.Writer) error { return w.Delete(workspace.KindEntry, EntryID(2), 1) }, ledger.Fault{Why: ledger.OutOfOrder, Line: 3, Number: 2}},
		"the last gone": {func(w workspace.Writer) error {
			return errors.Join(w.Delete(workspace.KindEntry, EntryID(3), 1), w.Delete(workspace.KindAside, EntryID(3), 1))
		}, ledger.Fault{Why: ledger.WasCut, Line: 5, Number: 3}},
		"an aside changed": {func(w workspace.Writer) error {
			a, err := w.Document(workspace.KindAside, EntryID(1))
			a.Body = bytes.Replace(a.Body, []byte("Firefox"), []byte("Netscape"), 1)
			_, err2 := w.Replace(a)
			return errors.Join(err, err2)
		}, ledger.Fault{Why: ledger.WrongAside, Line: 2, Number: 1}},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t, ephemeral.NewStore())
			d.append(signIn("u1"), signIn("u2"), signIn("u3"))
			d.spoil(c.do)
			v, err := d.Verify(t.Context(), trust())
			if err != nil || v.Fault == nil || *v.Fault != c.want {
				t.Errorf("%+v %v, want %+v", v.Fault, err, c.want)
			}
		})
	}
}

func TestAnEmptyLogIsSound(t *testing.T) {
	newDesk(t, ephemeral.NewStore()).sound(0)
}

func TestAChangeThatFailsLeavesNoEntry(t *testing.T) {
	d := newDesk(t, ephemeral.NewStore())
	broken := errors.New("later")
	err := d.Store.Write(t.Context(), func(w workspace.Writer) error {
		return errors.Join(d.Append(w, signIn("u1")), broken)
	})
	if !errors.Is(err, broken) {
		t.Fatal(err)
	}
	d.sound(0)
	d.Random = strings.NewReader("short")
	if err := d.Store.Write(t.Context(), func(w workspace.Writer) error { return d.Append(w, signIn("u1")) }); err == nil {
		t.Error("an aside without salt")
	}
}

// Many who append at once make one chain, on real stores too.
func TestManyAppendAtOnce(t *testing.T) {
	embedded, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "qala.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = embedded.Close() })
	t.Run("sqlite", func(t *testing.T) { appendAtOnce(t, embedded) })
	t.Run("postgres", func(t *testing.T) {
		store, err := postgres.Open(t.Context(), require.Postgres(t))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = store.Close() })
		appendAtOnce(t, store)
	})
}

func appendAtOnce(t *testing.T, store Store) {
	d := newDesk(t, store)
	var group sync.WaitGroup
	for hand := range 6 {
		group.Go(func() {
			for range 5 {
				err := store.Write(context.Background(), func(w workspace.Writer) error { return d.Append(w, signIn(fmt.Sprint("u", hand))) })
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
	d.sound(30)
}

func BenchmarkAppend(b *testing.B) {
	store, err := sqlite.Open(b.Context(), filepath.Join(b.TempDir(), "qala.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = store.Close() })
	d := newDesk(b, store)
	for b.Loop() {
		d.append(signIn("u1"))
	}
}

func TestWatchedStoreTellsByItself(t *testing.T) {
	d := newDesk(t, ephemeral.NewStore())
	store := Watch(d.Store, d.Desk)
	event := workspace.Document{Kind: workspace.KindEvent, ID: "astana/match", By: "u5", Body: []byte(`{"date":"a"}`)}
	write := func(ctx context.Context, do func(w workspace.Writer) error) {
		t.Helper()
		if err := store.Write(ctx, do); err != nil {
			t.Fatal(err)
		}
	}
	write(ledger.With(t.Context(), by), func(w workspace.Writer) error {
		return errors.Join(w.Insert(event), w.Insert(workspace.Document{Kind: workspace.KindJob, ID: "j", Body: []byte("{}")}))
	})
	write(t.Context(), func(w workspace.Writer) error {
		event.Revision, event.Body = 1, []byte(`{"date":"b"}`)
		_, err := w.Replace(event)
		return err
	})
	write(ledger.With(t.Context(), by), func(w workspace.Writer) error { return w.Delete(event.Kind, event.ID, 2) })
	entries, err := d.About(t.Context(), event.Kind, event.ID, workspace.Page{Limit: 10})
	if err != nil || len(entries) != 3 {
		t.Fatal(entries, err)
	}
	for i, want := range []struct {
		verb   ledger.Verb
		who    string
		change string
	}{
		{ledger.Create, "u1", `{"date":{"to":"a"}}`},
		{ledger.Change, "u5", `{"date":{"from":"a","to":"b"}}`},
		{ledger.Remove, "u1", `{"date":{"from":"b"}}`},
	} {
		if e := entries[i]; e.Verb != want.verb || e.Who != want.who || string(e.Change) != want.change {
			t.Errorf("%+v %s, want %+v", e, e.Change, want)
		}
	}
	if entries[0].After != entries[1].Before || entries[1].After != entries[2].Before {
		t.Error("after and before do not meet")
	}
	d.sound(3)
}

func TestWatchedStoreKeepsWhatIsFrozen(t *testing.T) {
	d := newDesk(t, ephemeral.NewStore())
	store := Watch(d.Store, d.Desk)
	released := workspace.Document{Kind: workspace.KindRelease, ID: "astana/1", Body: []byte(`{}`)}
	if err := store.Write(t.Context(), func(w workspace.Writer) error { return w.Insert(released) }); err != nil {
		t.Fatal(err)
	}
	released.Revision = 1
	for name, do := range map[string]func(w workspace.Writer) error{
		"change": func(w workspace.Writer) error { _, err := w.Replace(released); return err },
		"remove": func(w workspace.Writer) error { return w.Delete(released.Kind, released.ID, 1) },
	} {
		if err := store.Write(t.Context(), do); !errors.Is(err, ErrFrozen) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWatchedStoreGivesUpWhole(t *testing.T) {
	d := newDesk(t, ephemeral.NewStore())
	store := Watch(d.Store, d.Desk)
	err := store.Write(t.Context(), func(w workspace.Writer) error { // not JSON: it cannot be told of
		return w.Insert(workspace.Document{Kind: workspace.KindEvent, ID: "a/b", Body: []byte("no")})
	})
	if err == nil {
		t.Fatal("a change that cannot be told of was kept")
	}
	if err := store.Read(t.Context(), func(r workspace.Reader) error {
		_, err := r.Document(workspace.KindEvent, "a/b")
		return err
	}); !errors.Is(err, workspace.ErrNotFound) {
		t.Error(err)
	}
	d.sound(0)
}
