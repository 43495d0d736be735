package audit

import (
	"context"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// Class is how long something personal is of use.
type Class string

// The classes of what stands beside the chain.
const (
	Signing Class = "signing" // somebody signed in, or tried to
	Doing   Class = "doing"   // somebody changed something
)

func classOf(verb ledger.Verb) Class {
	switch verb {
	case ledger.SignIn, ledger.SignFail, ledger.SignOut:
		return Signing
	}
	return Doing
}

// Retention says how long documents of a kind in a state are kept after their last change.
type Retention struct {
	Kind  workspace.Kind
	State string
	Keep  time.Duration // 0: for good
}

// Usual is what holds where a city has not decided anything else. The chain
// itself is kept for good: it holds references. The French authority's advice
// on logs (CNIL, deliberation 2021-122) is six months to a year.
var Usual = []Retention{
	{workspace.KindAside, string(Signing), 180 * 24 * time.Hour},
	{workspace.KindAside, string(Doing), 365 * 24 * time.Hour},
}

// Over reports whether a document has been kept long enough.
func (r Retention) Over(d workspace.Document, at time.Time) bool {
	return r.Keep > 0 && d.Kind == r.Kind && d.State == r.State && at.Sub(d.Changed) >= r.Keep
}

// sweepPage is how many documents one transaction of a sweep looks at.
const sweepPage = 500

// Sweep removes what has been kept long enough, and tells how many documents that
// were. What it removes is of no use to anybody; an entry says that it did.
func (d *Desk) Sweep(ctx context.Context, by ledger.Origin, rules []Retention) (removed int, err error) {
	counts := map[string]int{}
	for _, rule := range rules {
		n, err := d.sweep(ctx, rule)
		removed += n
		if n > 0 {
			counts[string(rule.Kind)+" "+rule.State] = n
		}
		if err != nil {
			return removed, err
		}
	}
	if removed == 0 {
		return 0, nil
	}
	return removed, d.Store.Write(ctx, func(w workspace.Writer) error {
		return d.Append(w, ledger.Act{Origin: by, Verb: ledger.Sweep, Kind: workspace.KindLog, ID: headID, After: counts})
	})
}

// sweep removes what one rule says, a page at a time: a long transaction would
// keep everybody else from writing.
func (d *Desk) sweep(ctx context.Context, rule Retention) (removed int, err error) {
	if rule.Keep <= 0 {
		return 0, nil
	}
	page := workspace.Page{Limit: sweepPage}
	for more := true; more; {
		var here int
		var last string
		err := d.Store.Write(ctx, func(w workspace.Writer) error {
			here = 0
			documents, err := w.InState(rule.Kind, rule.State, page)
			if err != nil {
				return err
			}
			more = len(documents) == page.Limit
			for _, document := range documents {
				last = document.ID
				if !rule.Over(document, d.Now()) {
					continue
				}
				if err := w.Delete(document.Kind, document.ID, document.Revision); err != nil {
					return err
				}
				here++
			}
			return nil
		})
		if err != nil {
			return removed, err
		}
		removed, page.After = removed+here, last
	}
	return removed, nil
}

// Forget removes what stands beside the chain about a person, and tells how much that was.
// The chain stays as it is.
func (d *Desk) Forget(w workspace.Writer, person string) (removed int, err error) {
	for {
		documents, err := w.Children(workspace.KindAside, person, workspace.Page{Limit: sweepPage})
		if err != nil || len(documents) == 0 {
			return removed, err
		}
		for _, document := range documents {
			if err := w.Delete(document.Kind, document.ID, document.Revision); err != nil {
				return removed, err
			}
			removed++
		}
	}
}
