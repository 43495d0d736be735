package conformance

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/qala-city/qala/internal/workspace"
)

// likeAMap does what chance says, to a store and to a map, and compares.
func likeAMap(t *testing.T, d *desk) {
	round := 0
	rapid.Check(t, func(t *rapid.T) {
		round++
		m := &model{kind: workspace.Kind(fmt.Sprint("kind", round)), kept: map[string]workspace.Document{}}
		t.Repeat(map[string]func(*rapid.T){
			"write": func(t *rapid.T) { m.write(t, d) },
			"list":  func(t *rapid.T) { m.list(t, d) },
			"":      func(t *rapid.T) { m.compare(t, d) },
		})
	})
}

// model is what a store should have of a kind.
type model struct {
	kind workspace.Kind
	kept map[string]workspace.Document
}

var (
	someIDs    = rapid.SampledFrom([]string{"a", "B", "ä", "'", "z"})
	someWords  = rapid.SampledFrom([]string{"", "p", "q"})
	someBodies = rapid.SliceOfN(rapid.Byte(), 0, 20)
)

// write makes some changes at once; one in three is given up at its end.
func (m *model) write(t *rapid.T, d *desk) {
	before := m.kept
	m.kept = map[string]workspace.Document{}
	for id, document := range before {
		m.kept[id] = document
	}
	asked := rapid.SliceOfN(rapid.Custom(m.draw), 1, 4).Draw(t, "changes")
	givenUp := rapid.IntRange(0, 2).Draw(t, "given up") == 0
	start := m.kept
	err := d.Write(t.Context(), func(w workspace.Writer) error {
		m.kept = map[string]workspace.Document{} // may be called again
		for id, document := range start {
			m.kept[id] = document
		}
		for _, one := range asked {
			if got, want := one.do(w), m.do(one); !errors.Is(got, want) {
				t.Fatalf("%+v: %v, want %v", one, got, want)
			}
		}
		if givenUp {
			return errMidway
		}
		return nil
	})
	if givenUp != errors.Is(err, errMidway) || (!givenUp && err != nil) {
		t.Fatal(err)
	}
	if givenUp {
		m.kept = before
	}
}

// change is one thing that is asked of a writer.
type change struct {
	what     string
	document workspace.Document
}

func (m *model) draw(t *rapid.T) change {
	at := time.UnixMicro(rapid.Int64Range(0, 1<<50).Draw(t, "at")).UTC()
	return change{rapid.SampledFrom([]string{"insert", "replace", "delete"}).Draw(t, "what"), workspace.Document{
		Kind: m.kind, ID: someIDs.Draw(t, "id"), Parent: someWords.Draw(t, "parent"), State: someWords.Draw(t, "state"),
		Revision: rapid.Int64Range(0, 4).Draw(t, "revision"), Created: at, Changed: at, Body: someBodies.Draw(t, "body"),
	}}
}

func (c change) do(w workspace.Writer) error {
	switch c.what {
	case "insert":
		return w.Insert(c.document)
	case "delete":
		return w.Delete(c.document.Kind, c.document.ID, c.document.Revision)
	}
	_, err := w.Replace(c.document)
	return err
}

// do is the same to the map.
func (m *model) do(c change) error {
	there, known := m.kept[c.document.ID]
	switch {
	case c.what == "insert" && known:
		return workspace.ErrExists
	case c.what == "insert":
		c.document.Revision = 1
		m.kept[c.document.ID] = c.document
	case !known:
		return workspace.ErrNotFound
	case there.Revision != c.document.Revision:
		return workspace.ErrStale
	case c.what == "delete":
		delete(m.kept, c.document.ID)
	default:
		c.document.Revision++
		c.document.Parent, c.document.Created = there.Parent, there.Created
		m.kept[c.document.ID] = c.document
	}
	return nil
}

func (m *model) compare(t *rapid.T, d *desk) {
	err := d.Read(t.Context(), func(r workspace.Reader) error {
		for _, id := range []string{"a", "B", "ä", "'", "z"} {
			got, err := r.Document(m.kind, id)
			want, known := m.kept[id]
			if known != (err == nil) || !known && !errors.Is(err, workspace.ErrNotFound) {
				t.Fatalf("%q: %v, known %v", id, err, known)
			}
			if diff := cmp.Diff(want, got, cmp.Transformer("text", func(b []byte) string { return string(b) })); diff != "" {
				t.Fatal(diff)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (m *model) list(t *rapid.T, d *desk) {
	word, after := someWords.Draw(t, "word"), rapid.SampledFrom([]string{"", "B", "b", "ä"}).Draw(t, "after")
	page := workspace.Page{After: after, Limit: rapid.IntRange(1, 4).Draw(t, "limit")}
	err := d.Read(t.Context(), func(r workspace.Reader) error {
		children, err := r.Children(m.kind, word, page)
		inState, err2 := r.InState(m.kind, word, page)
		m.same(t, children, page, func(one workspace.Document) bool { return one.Parent == word })
		m.same(t, inState, page, func(one workspace.Document) bool { return one.State == word })
		return errors.Join(err, err2)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (m *model) same(t *rapid.T, got []workspace.Document, page workspace.Page, of func(workspace.Document) bool) {
	var want, ids []string
	for id, one := range m.kept {
		if of(one) && id > page.After {
			want = append(want, id)
		}
	}
	slices.Sort(want)
	for _, one := range got {
		ids = append(ids, one.ID)
	}
	if want = want[:min(len(want), page.Limit)]; !slices.Equal(want, ids) {
		t.Fatalf("%+v: %q, want %q", page, ids, want)
	}
}
