package access

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/qala-city/qala/internal/workspace"
)

// sweepPage is how many documents one transaction of a sweep looks at.
const sweepPage = 500

// Sweep removes what has ended: sessions, links, failures that nobody remembers.
func (d *Desk) Sweep(ctx context.Context) (removed int, err error) {
	for _, kind := range []workspace.Kind{
		workspace.KindSession, workspace.KindFamiliar, workspace.KindInvitation, workspace.KindPassage, workspace.KindTries, workspace.KindKey,
	} {
		page := workspace.Page{Limit: sweepPage}
		for more := true; more; {
			n, next := 0, ""
			err := d.Store.Write(ctx, func(w workspace.Writer) (err error) {
				n, next, err = d.sweep(w, kind, page)
				return err
			})
			if err != nil {
				return removed, err
			}
			removed, page.After, more = removed+n, next, next != ""
		}
	}
	return removed, nil
}

// sweep looks at one page; next is "" after the last one.
func (d *Desk) sweep(w workspace.Writer, kind workspace.Kind, page workspace.Page) (removed int, next string, err error) {
	documents, err := w.InState(kind, stateKept, page)
	if err != nil {
		return 0, "", err
	}
	for _, document := range documents {
		over, err := d.ended(document)
		if err != nil {
			return 0, "", err
		}
		if !over {
			continue
		}
		if err := w.Delete(kind, document.ID, document.Revision); err != nil {
			return 0, "", err
		}
		removed++
	}
	if len(documents) == page.Limit {
		next = documents[len(documents)-1].ID
	}
	return removed, next, nil
}

// ended reports whether a document is of no use any more.
func (d *Desk) ended(document workspace.Document) (bool, error) {
	var body struct {
		session
		Until time.Time `json:"until"`
		Last  time.Time `json:"last"`
	}
	if err := json.Unmarshal(document.Body, &body); err != nil {
		return false, fmt.Errorf("reading %s %s: %w", document.Kind, document.ID, err)
	}
	switch document.Kind {
	case workspace.KindSession:
		return d.over(body.session), nil
	case workspace.KindTries:
		return d.Now().Sub(body.Last) >= forgetTries, nil
	}
	return !d.Now().Before(body.Until), nil
}
