// Package audit keeps the audit log: every change of weight becomes an entry in
// the same transaction, chained to the one before it. What is personal stands
// beside the chain, where it can be erased. Package ledger has the words and the verifier.
package audit

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/netip"
	"strings"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// Store keeps documents.
type Store interface {
	Read(ctx context.Context, do func(workspace.Reader) error) error
	Write(ctx context.Context, do func(workspace.Writer) error) error
}

// Desk keeps the log. Every field but Veiled and Signer is needed.
type Desk struct {
	Store  Store
	Now    func() time.Time
	Random io.Reader // unpredictable bytes
	// Veiled are the fields of documents that are personal, by kind.
	Veiled map[workspace.Kind][]string
	// Signer signs checkpoints; nil: they are not signed.
	Signer ed25519.PrivateKey
}

// headID is the one document of kind log; stateLogged the state of all entries,
// by which they are listed in their order.
const (
	headID      = "head"
	stateLogged = "logged"
)

// head is where the log ends.
type head struct {
	Number int64         `json:"number"`
	Hash   workspace.Sum `json:"hash"`
}

// EntryID is the id of the document of an entry: later ones sort after earlier ones.
func EntryID(number int64) string { return fmt.Sprintf("%016d", number) }

// Append puts an act at the end of the log, as a part of the change that it
// tells of. All that append wait for each other: that is what makes it a chain.
func (d *Desk) Append(w workspace.Writer, act ledger.Act) error {
	end, document, err := headOf(w)
	if err != nil {
		return err
	}
	compared, err := ledger.Compare(act.Before, act.After, d.Veiled[act.Kind]...)
	if err != nil {
		return fmt.Errorf("telling of %s %q: %w", act.Kind, act.ID, err)
	}
	entry := ledger.Entry{
		Number: end.Number + 1, At: d.Now(), Who: act.Who, From: coarse(act.Address), Request: act.Request[:min(len(act.Request), workspace.MostID)],
		Verb: act.Verb, Kind: act.Kind, ID: act.ID,
		Before: compared.Before, After: compared.After, Change: compared.Change, Previous: end.Hash,
	}
	if entry.Aside, err = d.keepAside(w, entry, act, compared.Private); err != nil {
		return err
	}
	entry = entry.Seal()
	if err := d.insert(w, entry); err != nil {
		return err
	}
	return d.moveHead(w, document, head{entry.Number, entry.Hash})
}

// headOf is where the log ends, as a reader sees it.
func headOf(r workspace.Reader) (head, workspace.Document, error) {
	document, err := r.Document(workspace.KindLog, headID)
	if errors.Is(err, workspace.ErrNotFound) {
		return head{Hash: ledger.Beginning}, workspace.Document{}, nil
	}
	var end head
	if err == nil {
		err = json.Unmarshal(document.Body, &end)
	}
	return end, document, err
}

func (d *Desk) moveHead(w workspace.Writer, document workspace.Document, to head) error {
	body, err := json.Marshal(to)
	if err != nil {
		return err
	}
	now := workspace.Now(d.Now())
	document.Changed, document.Body = now, body
	if document.Revision > 0 {
		_, err = w.Replace(document)
		return err
	}
	document.Kind, document.ID, document.Created = workspace.KindLog, headID, now
	return w.Insert(document)
}

func (d *Desk) insert(w workspace.Writer, entry ledger.Entry) error {
	line, err := entry.Line()
	if err != nil {
		return err
	}
	if len(line) > ledger.MostLine {
		return fmt.Errorf("entry %d of the audit log has %d bytes: %w", entry.Number, len(line), workspace.ErrLimit)
	}
	return w.Insert(workspace.Document{
		Kind: workspace.KindEntry, ID: EntryID(entry.Number), Parent: thing(entry.Kind, entry.ID), State: stateLogged,
		Created: entry.At, Changed: entry.At, Body: line,
	})
}

// thing is what the entries about one thing belong to.
func thing(kind workspace.Kind, id string) string {
	return string(ledger.Sum([]byte(string(kind) + "\n" + id)))[:32]
}

// keepAside keeps what is personal about an entry, and gives its sum; "" for nothing.
// The address is that of whoever asks, and is not kept with what is known of somebody else.
func (d *Desk) keepAside(w workspace.Writer, entry ledger.Entry, act ledger.Act, more map[string]string) (workspace.Sum, error) {
	values := maps.Clone(act.Private)
	if values == nil {
		values = map[string]string{}
	}
	maps.Copy(values, more)
	if act.About == "" || act.About == act.Who {
		act.About = act.Who
		if act.Address != "" {
			values["address"] = act.Address
		}
	}
	if len(values) == 0 {
		return "", nil
	}
	salt := make([]byte, 16)
	if _, err := io.ReadFull(d.Random, salt); err != nil {
		return "", err
	}
	aside := ledger.Aside{Number: entry.Number, Salt: hex.EncodeToString(salt), Values: words(values)}
	body, err := json.Marshal(aside)
	if err != nil {
		return "", err
	}
	now := workspace.Now(entry.At)
	return aside.Sum(), w.Insert(workspace.Document{
		Kind: workspace.KindAside, ID: EntryID(entry.Number), Parent: act.About, State: string(classOf(act.Verb)),
		Created: now, Changed: now, Body: body,
	})
}

// longestPrivate is how many bytes of a private value are kept.
const longestPrivate = 1 << 10

// words are values as they can be kept: not endless, and in UTF-8, for a text
// that is not would come back as another one.
func words(values map[string]string) map[string]string {
	kept := map[string]string{}
	for name, value := range values {
		kept[name] = strings.ToValidUTF8(value[:min(len(value), longestPrivate)], "")
	}
	return kept
}

// coarse is the part of an address that says from where and not who: the first
// three bytes of four, or the first six of sixteen.
func coarse(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	ip, bits := ip.Unmap().WithZone(""), 48
	if ip.Is4() {
		bits = 24
	}
	prefix, err := ip.Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}

// About lists the entries about one thing, the oldest first.
func (d *Desk) About(ctx context.Context, kind workspace.Kind, id string, page workspace.Page) ([]ledger.Entry, error) {
	return d.list(ctx, func(r workspace.Reader) ([]workspace.Document, error) {
		return r.Children(workspace.KindEntry, thing(kind, id), page)
	})
}

// Entries lists the log, the oldest first.
func (d *Desk) Entries(ctx context.Context, page workspace.Page) ([]ledger.Entry, error) {
	return d.list(ctx, func(r workspace.Reader) ([]workspace.Document, error) {
		return r.InState(workspace.KindEntry, stateLogged, page)
	})
}

func (d *Desk) list(ctx context.Context, from func(workspace.Reader) ([]workspace.Document, error)) ([]ledger.Entry, error) {
	var entries []ledger.Entry
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		entries = nil
		documents, err := from(r)
		if err != nil {
			return err
		}
		for _, document := range documents {
			var entry ledger.Entry
			if err := json.Unmarshal(document.Body, &entry); err != nil {
				return fmt.Errorf("reading entry %s of the audit log: %w", document.ID, err)
			}
			entries = append(entries, entry)
		}
		return nil
	})
	return entries, err
}
