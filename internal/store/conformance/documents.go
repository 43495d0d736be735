// Package conformance holds the tests that every store passes, whatever it keeps
// its documents and contents in.
package conformance

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/qala-city/qala/internal/workspace"
)

// Store is a store of documents.
type Store interface {
	Read(ctx context.Context, do func(workspace.Reader) error) error
	Write(ctx context.Context, do func(workspace.Writer) error) error
	Check(ctx context.Context) error
	Close() error
}

// Place is where one store is: each call opens it, again.
type Place func() (Store, error)

// Documents tests a store of documents. Every call of place is a new, empty one.
func Documents(t *testing.T, place func(testing.TB) Place) {
	tests := map[string]func(*testing.T, *desk){
		"a document comes back as it was": comesBack,
		"a new document is new":           isNew,
		"a change needs the revision":     needsRevision,
		"removing needs the revision":     removing,
		"limits":                          limits,
		"hostile ids":                     hostile,
		"names that are none":             noNames,
		"pages are in the order of bytes": pages,
		"pages of a state":                states,
		"pages outside the limits":        pagesOutside,
		"the largest body":                largest,
		"a snapshot is of one moment":     snapshot,
		"what a writer sees":              ownWrites,
		"no update is lost":               increments,
		"together or not at all":          together,
		"a swallowed error keeps nothing": swallowed,
		"a reader cannot write":           readerWrites,
		"ctx ends":                        cancellation,
		"check":                           check,
		"closed":                          closed,
		"reopened":                        reopened,
		"like a map":                      likeAMap,
	}
	for _, name := range sorted(tests) {
		t.Run(name, func(t *testing.T) { tests[name](t, newDesk(t, place(t))) })
	}
}

func sorted[V any](of map[string]V) []string {
	names := make([]string, 0, len(of))
	for name := range of {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// desk is an open store and the test that uses it.
type desk struct {
	Store
	t     testing.TB
	place Place
}

func newDesk(t testing.TB, place Place) *desk {
	t.Helper()
	store, err := place()
	if err != nil {
		t.Fatal(err)
	}
	d := &desk{store, t, place}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

// write fails the test when the change fails.
func (d *desk) write(do func(workspace.Writer) error) {
	d.t.Helper()
	if err := d.Write(d.t.Context(), do); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) insert(documents ...workspace.Document) {
	d.t.Helper()
	d.write(func(w workspace.Writer) error {
		for _, document := range documents {
			if err := w.Insert(document); err != nil {
				return err
			}
		}
		return nil
	})
}

// refused is the error of one change, which must be want.
func (d *desk) refused(want error, do func(workspace.Writer) error) {
	d.t.Helper()
	if err := d.Write(d.t.Context(), do); !errors.Is(err, want) {
		d.t.Errorf("%v, want %v", err, want)
	}
}

func (d *desk) read(do func(workspace.Reader) error) {
	d.t.Helper()
	if err := d.Read(d.t.Context(), do); err != nil {
		d.t.Fatal(err)
	}
}

// get is a document that must be there.
func (d *desk) get(kind workspace.Kind, id string) (found workspace.Document) {
	d.t.Helper()
	d.read(func(r workspace.Reader) (err error) {
		found, err = r.Document(kind, id)
		return err
	})
	return found
}

// absent fails the test when a document is there.
func (d *desk) absent(kind workspace.Kind, id string) {
	d.t.Helper()
	d.read(func(r workspace.Reader) error {
		if found, err := r.Document(kind, id); !errors.Is(err, workspace.ErrNotFound) {
			d.t.Errorf("%s %q: %+v, %v", kind, id, found, err)
		}
		return nil
	})
}

func event(id string) workspace.Document {
	at := time.Date(2026, 11, 7, 18, 30, 0, 123456000, time.UTC)
	return workspace.Document{
		Kind: workspace.KindEvent, ID: id, Parent: "astana", State: "open", By: "u-1",
		Created: at, Changed: at.Add(time.Microsecond), Body: []byte(`{"id":"` + id + `"}`),
	}
}

func comesBack(t *testing.T, d *desk) {
	want := event("match")
	d.insert(want, workspace.Document{Kind: workspace.KindJob, ID: "bare"})
	want.Revision = 1
	if diff := cmp.Diff(want, d.get(want.Kind, want.ID)); diff != "" {
		t.Error(diff)
	}
	bare := d.get(workspace.KindJob, "bare")
	if bare.Revision != 1 || len(bare.Body) != 0 || bare.Parent != "" || !bare.Created.IsZero() || !bare.Changed.IsZero() {
		t.Errorf("%+v", bare)
	}
	fine := event("fine")
	fine.Created = time.Date(2026, 1, 2, 3, 4, 5, 678901234, time.FixedZone("Astana", 5*3600))
	d.insert(fine)
	if got := d.get(fine.Kind, "fine").Created; got != workspace.Now(fine.Created) || got.Location() != time.UTC {
		t.Errorf("%v, want %v", got, workspace.Now(fine.Created))
	}
}

func isNew(t *testing.T, d *desk) {
	first := event("match")
	first.Revision = 7 // of which a new document knows nothing
	d.insert(first)
	if got := d.get(first.Kind, "match").Revision; got != 1 {
		t.Errorf("revision %d", got)
	}
	second := event("match")
	second.Body = []byte("other")
	d.refused(workspace.ErrExists, func(w workspace.Writer) error { return w.Insert(second) })
	if got := d.get(first.Kind, "match"); string(got.Body) != string(first.Body) {
		t.Errorf("%s", got.Body)
	}
	second.Kind = workspace.KindScenario // another thing, of the same id
	d.insert(second)
	d.write(func(w workspace.Writer) error {
		if err := w.Insert(first); !errors.Is(err, workspace.ErrExists) {
			t.Errorf("%v", err)
		}
		return w.Insert(event("beside")) // the transaction goes on
	})
	d.get(first.Kind, "beside")
}

func needsRevision(t *testing.T, d *desk) {
	first := event("match")
	d.insert(first)
	other := workspace.Document{
		Kind: first.Kind, ID: first.ID, Parent: "porto", State: "shut", Revision: 1, By: "u-2",
		Created: first.Created.Add(time.Hour), Changed: first.Changed.Add(time.Hour), Body: []byte("2"),
	}
	d.write(func(w workspace.Writer) error {
		revision, err := w.Replace(other)
		if revision != 2 {
			t.Errorf("revision %d", revision)
		}
		return err
	})
	want := other
	want.Revision, want.Parent, want.Created = 2, first.Parent, first.Created
	if diff := cmp.Diff(want, d.get(first.Kind, first.ID)); diff != "" {
		t.Error(diff)
	}
	for _, revision := range []int64{-1, 0, 1, 3} {
		other.Revision = revision
		d.refused(workspace.ErrStale, func(w workspace.Writer) error { _, err := w.Replace(other); return err })
	}
	other.ID = "nobody"
	d.refused(workspace.ErrNotFound, func(w workspace.Writer) error { _, err := w.Replace(other); return err })
	if diff := cmp.Diff(want, d.get(first.Kind, first.ID)); diff != "" {
		t.Error(diff)
	}
}

func removing(t *testing.T, d *desk) {
	d.insert(event("match"))
	remove := func(id string, revision int64) func(workspace.Writer) error {
		return func(w workspace.Writer) error { return w.Delete(workspace.KindEvent, id, revision) }
	}
	d.refused(workspace.ErrStale, remove("match", 2))
	d.refused(workspace.ErrNotFound, remove("nobody", 1))
	d.get(workspace.KindEvent, "match")
	d.write(remove("match", 1))
	d.absent(workspace.KindEvent, "match")
	d.refused(workspace.ErrNotFound, remove("match", 1))
	d.insert(event("match"))
	if got := d.get(workspace.KindEvent, "match").Revision; got != 1 {
		t.Errorf("revision %d of one that came again", got)
	}
}

func limits(t *testing.T, d *desk) {
	d.insert(event("match"))
	long := strings.Repeat("x", workspace.MostID+1)
	for what, spoil := range map[string]func(*workspace.Document){
		"no id":        func(e *workspace.Document) { e.ID = "" },
		"long id":      func(e *workspace.Document) { e.ID = long },
		"no kind":      func(e *workspace.Document) { e.Kind = "" },
		"long parent":  func(e *workspace.Document) { e.Parent = long },
		"long state":   func(e *workspace.Document) { e.State = long },
		"long by":      func(e *workspace.Document) { e.By = long },
		"zero byte":    func(e *workspace.Document) { e.ID = "a\x00b" },
		"line":         func(e *workspace.Document) { e.ID = "a\nb" },
		"c1 control":   func(e *workspace.Document) { e.ID = "a\u0085b" },
		"no utf-8":     func(e *workspace.Document) { e.ID = "a\xffb" },
		"state":        func(e *workspace.Document) { e.State = "\x00" },
		"parent":       func(e *workspace.Document) { e.Parent = "\xc3" },
		"large body":   func(e *workspace.Document) { e.Body = make([]byte, workspace.MostBody+1) },
		"kind of tabs": func(e *workspace.Document) { e.Kind = "\t" },
	} {
		t.Run(what, func(t *testing.T) {
			bad := event("bad")
			spoil(&bad)
			one := &desk{d.Store, t, d.place}
			one.refused(workspace.ErrLimit, func(w workspace.Writer) error { return w.Insert(bad) })
			bad = event("match")
			bad.Revision = 1
			spoil(&bad)
			one.refused(workspace.ErrLimit, func(w workspace.Writer) error { _, err := w.Replace(bad); return err })
		})
	}
	longest := event(strings.Repeat("ж", workspace.MostID/2))
	longest.Parent, longest.State = longest.ID, longest.ID
	d.insert(longest)
	d.get(longest.Kind, longest.ID)
}

// The ids that somebody may think of who means harm.
var hostileIDs = []string{
	"'; DROP TABLE documents; --", `"`, "%", "_", `\`, "$1", "?", ":id", "../../etc/passwd", " ", "  a ", "NULL", "0", "-1",
	"Ä", "ä", "A", "a", "a\u0308", "\u202egnp", "\ufeff", "қала", "城市", "🚌", "\U0010ffff", "a/b", "a b", "ﬀ", "ß", "SS", "i", "İ", "ı",
	strings.Repeat("'", workspace.MostID),
}

func hostile(t *testing.T, d *desk) {
	for _, id := range hostileIDs {
		e := event(id)
		e.Parent, e.State, e.By = id, id, id
		d.insert(e)
	}
	for _, id := range hostileIDs {
		if got := d.get(workspace.KindEvent, id); got.ID != id || got.Parent != id || got.State != id || got.By != id {
			t.Errorf("%q came back as %+v", id, got)
		}
		d.read(func(r workspace.Reader) error {
			children, err := r.Children(workspace.KindEvent, id, workspace.Page{Limit: 10})
			inState, err2 := r.InState(workspace.KindEvent, id, workspace.Page{Limit: 10})
			if len(children) != 1 || children[0].ID != id || len(inState) != 1 || inState[0].ID != id {
				t.Errorf("%q: %d children, %d in the state", id, len(children), len(inState))
			}
			return errors.Join(err, err2)
		})
	}
}

func noNames(t *testing.T, d *desk) {
	d.insert(event("match"))
	for _, id := range []string{"", "\x00", "match\x00", "\xff", strings.Repeat("a", 1<<20)} {
		d.absent(workspace.KindEvent, id)
		d.absent(workspace.Kind(id), "match")
		d.refused(workspace.ErrNotFound, func(w workspace.Writer) error { return w.Delete(workspace.KindEvent, id, 1) })
		d.read(func(r workspace.Reader) error {
			children, err := r.Children(workspace.KindEvent, id, workspace.Page{Limit: 1})
			others, err2 := r.InState(workspace.Kind(id), "open", workspace.Page{Limit: 1})
			if len(children)+len(others) != 0 {
				t.Errorf("%.20q has %d children, %d others", id, len(children), len(others))
			}
			return errors.Join(err, err2)
		})
	}
}

// walk reads a whole list, page by page.
func walk(limit int, list func(workspace.Page) ([]workspace.Document, error)) (ids []string, err error) {
	page := workspace.Page{Limit: limit}
	for {
		part, err := list(page)
		if err != nil || len(part) == 0 {
			return ids, err
		}
		if len(part) > limit {
			return ids, fmt.Errorf("a page of %d for %d", len(part), limit)
		}
		for _, one := range part {
			ids = append(ids, one.ID)
		}
		page.After = part[len(part)-1].ID
	}
}

func pages(t *testing.T, d *desk) {
	for i, id := range hostileIDs {
		e := event(id)
		if i%5 == 0 {
			e.Parent = ""
		}
		d.insert(e)
	}
	for _, limit := range []int{1, 2, 7, workspace.MostPage} {
		for _, parent := range []string{"astana", "", "porto"} {
			var got []string
			d.read(func(r workspace.Reader) (err error) {
				got, err = walk(limit, func(p workspace.Page) ([]workspace.Document, error) {
					return r.Children(workspace.KindEvent, parent, p)
				})
				return err
			})
			if diff := cmp.Diff(childrenOf(parent), got); diff != "" {
				t.Errorf("pages of %d below %q: %s", limit, parent, diff)
			}
		}
	}
}

// childrenOf is what pages put below a parent, in the order of bytes.
func childrenOf(parent string) (ids []string) {
	for i, id := range hostileIDs {
		if (i%5 == 0 && parent == "") || (i%5 != 0 && parent == "astana") {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func states(t *testing.T, d *desk) {
	for i := range 9 {
		j := workspace.Document{Kind: workspace.KindJob, ID: fmt.Sprint("j", i), State: []string{"queued", "running", ""}[i%3]}
		e := j
		e.Kind = workspace.KindRun
		d.insert(j, e)
	}
	d.write(func(w workspace.Writer) error {
		_, err := w.Replace(workspace.Document{Kind: workspace.KindJob, ID: "j0", State: "running", Revision: 1})
		return errors.Join(err, w.Delete(workspace.KindJob, "j4", 1))
	})
	for state, want := range map[string][]string{
		"queued": {"j3", "j6"}, "running": {"j0", "j1", "j7"}, "": {"j2", "j5", "j8"}, "gone": nil,
	} {
		var got []string
		d.read(func(r workspace.Reader) (err error) {
			got, err = walk(2, func(p workspace.Page) ([]workspace.Document, error) { return r.InState(workspace.KindJob, state, p) })
			return err
		})
		if !slices.Equal(got, want) {
			t.Errorf("in state %q: %q, want %q", state, got, want)
		}
	}
}

func pagesOutside(t *testing.T, d *desk) {
	d.insert(event("match"))
	d.read(func(r workspace.Reader) error {
		for _, page := range []workspace.Page{
			{},
			{Limit: -1},
			{Limit: workspace.MostPage + 1},
			{Limit: 1, After: "\x00"},
			{Limit: 1, After: "\xff"},
			{Limit: 1, After: strings.Repeat("a", workspace.MostID+1)},
		} {
			if list, err := r.Children(workspace.KindEvent, "astana", page); !errors.Is(err, workspace.ErrLimit) {
				t.Errorf("%+v: %v, %v", page, list, err)
			}
			if list, err := r.InState(workspace.KindEvent, "open", page); !errors.Is(err, workspace.ErrLimit) {
				t.Errorf("%+v: %v, %v", page, list, err)
			}
		}
		_, err := r.Document(workspace.KindEvent, "match") // the snapshot goes on
		return err
	})
}

func largest(t *testing.T, d *desk) {
	e := event("large")
	e.Body = noise(1, workspace.MostBody)
	d.insert(e)
	if got := d.get(e.Kind, e.ID); string(got.Body) != string(e.Body) {
		t.Errorf("%d bytes came back otherwise, or not all", len(got.Body))
	}
	e.Revision, e.Body = 1, noise(2, workspace.MostBody)
	d.write(func(w workspace.Writer) error { _, err := w.Replace(e); return err })
	if got := d.get(e.Kind, e.ID); string(got.Body) != string(e.Body) {
		t.Errorf("%d bytes came back otherwise, or not all", len(got.Body))
	}
}

// noise is bytes of every value, the same for a seed.
func noise(seed uint64, length int) []byte {
	body := make([]byte, length)
	for i := range body {
		seed = seed*6364136223846793005 + 1442695040888963407
		body[i] = byte(seed >> 56)
	}
	return body
}
