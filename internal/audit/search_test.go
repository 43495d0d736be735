package audit

import (
	"slices"
	"testing"
	"time"

	"github.com/qala-city/qala/internal/ephemeral"
	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// searched is a log of a day in two cities, an entry a minute.
func searched(t *testing.T) *desk {
	t.Helper()
	d := newDesk(t, ephemeral.NewStore())
	for _, act := range []ledger.Act{
		{Origin: ledger.Origin{Who: "ann"}, Verb: ledger.Create, Kind: workspace.KindCity, ID: "astana"},
		{Origin: ledger.Origin{Who: "ben"}, Verb: ledger.Create, Kind: workspace.KindCity, ID: "astana-two"},
		{Origin: ledger.Origin{Who: "ann"}, Verb: ledger.Create, Kind: workspace.KindEvent, ID: "astana/match"},
		{Origin: ledger.Origin{Who: "ben"}, Verb: ledger.Propose, Kind: workspace.KindPlan, ID: "p1"},
		{Origin: ledger.Origin{Who: "ann"}, Verb: ledger.Approve, Kind: workspace.KindPlan, ID: "p1"},
		{Origin: ledger.Origin{Who: "ann"}, Verb: ledger.SignIn, Kind: workspace.KindAccount, ID: "ann"},
	} {
		d.at = d.at.Add(time.Minute)
		d.append(act)
	}
	err := d.Store.Write(t.Context(), func(w workspace.Writer) error {
		return w.Insert(workspace.Document{Kind: workspace.KindPlan, ID: "p1", Parent: "astana/match", Created: noon, Changed: noon, Body: []byte("{}")})
	})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestSearch(t *testing.T) {
	d := searched(t)
	for name, c := range map[string]struct {
		query Query
		want  []int64
		next  int64
	}{
		"everything":      {Query{}, []int64{6, 5, 4, 3, 2, 1}, 0},
		"somebody":        {Query{Who: "ben"}, []int64{4, 2}, 0},
		"a verb":          {Query{Verb: ledger.Create}, []int64{3, 2, 1}, 0},
		"a kind":          {Query{Kind: workspace.KindPlan}, []int64{5, 4}, 0},
		"a city":          {Query{Place: "astana"}, []int64{5, 4, 3, 1}, 0},
		"an event":        {Query{Place: "astana/match"}, []int64{5, 4, 3}, 0},
		"from a minute":   {Query{From: noon.Add(5 * time.Minute)}, []int64{6, 5}, 0},
		"to a minute":     {Query{To: noon.Add(3 * time.Minute)}, []int64{2, 1}, 0},
		"both":            {Query{Who: "ann", Place: "astana/match"}, []int64{5, 3}, 0},
		"a page":          {Query{Limit: 2}, []int64{6, 5}, 5},
		"the next page":   {Query{Limit: 2, Before: 5}, []int64{4, 3}, 3},
		"the last page":   {Query{Limit: 2, Before: 3}, []int64{2, 1}, 0},
		"a page of some":  {Query{Limit: 2, Who: "ann"}, []int64{6, 5}, 5},
		"nothing":         {Query{Who: "nobody"}, nil, 0},
		"behind the end":  {Query{Before: 99, Limit: 1}, []int64{6}, 6},
		"before all else": {Query{Before: 1}, nil, 0},
	} {
		if c.query.Limit == 0 {
			c.query.Limit = 100
		}
		found, err := d.Search(t.Context(), c.query)
		var got []int64
		for _, e := range found.Entries {
			got = append(got, e.Number)
		}
		if err != nil || !slices.Equal(got, c.want) || found.Next != c.next {
			t.Errorf("%s: %v, next %d, %v; want %v, next %d", name, got, found.Next, err, c.want, c.next)
		}
	}
}

// A log of several pages is gone through without leaving anything out.
func TestSearchGoesThroughAllPages(t *testing.T) {
	d := newDesk(t, ephemeral.NewStore())
	acts := slices.Repeat([]ledger.Act{{Origin: by, Verb: ledger.Change, Kind: workspace.KindCity, ID: "astana"}}, 2*workspace.MostPage+5)
	d.append(acts...)
	all, before := 0, int64(0)
	for last := int64(len(acts)) + 1; ; {
		found, err := d.Search(t.Context(), Query{Limit: 700, Before: before})
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range found.Entries {
			if e.Number != last-1 {
				t.Fatalf("entry %d after %d", e.Number, last)
			}
			last = e.Number
		}
		all += len(found.Entries)
		if before = found.Next; before == 0 {
			break
		}
	}
	if all != len(acts) {
		t.Errorf("%d of %d", all, len(acts))
	}
}
