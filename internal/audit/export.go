package audit

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// Export writes the log, one JSON document a line, and a checkpoint as its end.
// With private it also writes what stands beside the chain. That somebody
// exported is the last entry of what is written.
func (d *Desk) Export(ctx context.Context, by ledger.Origin, to io.Writer, private bool) (ledger.Checkpoint, error) {
	err := d.Store.Write(ctx, func(w workspace.Writer) error {
		return d.Append(w, ledger.Act{Origin: by, Verb: ledger.Export, Kind: workspace.KindLog, ID: headID, After: map[string]bool{"private": private}})
	})
	if err != nil {
		return ledger.Checkpoint{}, err
	}
	var end ledger.Checkpoint
	err = d.Store.Read(ctx, func(r workspace.Reader) error {
		if end, err = d.checkpoint(r); err != nil {
			return err
		}
		return d.write(r, to, end, private)
	})
	return end, err
}

// Checkpoint is where the log ends now, signed where the desk has a key.
func (d *Desk) Checkpoint(ctx context.Context) (ledger.Checkpoint, error) {
	var end ledger.Checkpoint
	err := d.Store.Read(ctx, func(r workspace.Reader) (err error) {
		end, err = d.checkpoint(r)
		return err
	})
	return end, err
}

func (d *Desk) checkpoint(r workspace.Reader) (ledger.Checkpoint, error) {
	end, _, err := headOf(r)
	c := ledger.Checkpoint{Number: end.Number, Hash: end.Hash, At: workspace.Now(d.Now())}
	if err == nil && d.Signer != nil {
		c = c.Sign(d.Signer)
	}
	return c, err
}

func (d *Desk) write(r workspace.Reader, to io.Writer, end ledger.Checkpoint, private bool) error {
	page := workspace.Page{Limit: workspace.MostPage}
	for {
		entries, err := r.InState(workspace.KindEntry, stateLogged, page)
		if err != nil {
			return err
		}
		for _, entry := range entries {
			if err := writeEntry(r, to, entry, private); err != nil {
				return err
			}
			page.After = entry.ID
		}
		if len(entries) < page.Limit {
			break
		}
	}
	line, err := end.Line()
	if err != nil {
		return err
	}
	return writeLine(to, line)
}

func writeEntry(r workspace.Reader, to io.Writer, entry workspace.Document, private bool) error {
	if err := writeLine(to, entry.Body); err != nil || !private {
		return err
	}
	aside, err := r.Document(workspace.KindAside, entry.ID)
	if errors.Is(err, workspace.ErrNotFound) {
		return nil // there was none, or it was erased
	}
	if err != nil {
		return err
	}
	return writeLine(to, fmt.Appendf(nil, `{"aside":%s}`, aside.Body))
}

func writeLine(to io.Writer, line []byte) error {
	_, err := to.Write(append(line[:len(line):len(line)], '\n'))
	return err
}

// Verify looks whether the log is as it was written, with what stands beside it.
func (d *Desk) Verify(ctx context.Context, trust ledger.Trust) (ledger.Verdict, error) {
	from, to := io.Pipe()
	written := make(chan struct{})
	go func() {
		defer close(written)
		to.CloseWithError(d.Store.Read(ctx, func(r workspace.Reader) error {
			end, err := d.checkpoint(r)
			if err != nil {
				return err
			}
			return d.write(r, to, end, true)
		}))
	}()
	verdict, err := ledger.Verify(from, trust)
	err = errors.Join(err, from.Close())
	<-written
	return verdict, err
}
