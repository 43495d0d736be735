package access

import (
	"context"
	"errors"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// key is the body of a key's document.
type key struct {
	Hash   string       `json:"hash"`
	Name   string       `json:"name"`
	Needs  []string     `json:"needs"`            // what it is for, at most
	Grants []role.Grant `json:"grants,omitempty"` // of a device; a program has those of its account
	Device bool         `json:"device,omitempty"`
	Until  time.Time    `json:"until"`
	Quota  int          `json:"quota"` // requests a day
	Day    string       `json:"day,omitempty"`
	Taken  int          `json:"taken,omitempty"` // of the quota of that day, by all processes
	Seen   time.Time    `json:"seen,omitzero"`
}

// NewKey is a key that somebody wants: of a program, which may do with it what
// the account may and Needs name; or of a device, which may say where vehicles
// are, in Scope, and nothing else.
type NewKey struct {
	Name   string
	Needs  []role.Need // of a program
	Device bool
	Scope  role.Scope // of a device
	Until  time.Time  // at most LongestKey away
	Quota  int        // requests a day, 1 to MostQuota
}

// The limits of keys.
const (
	LongestKey = 2 * 366 * 24 * time.Hour
	MostQuota  = 10_000_000
	mostKeys   = 500 // of an account
)

// Key is a key as its owner sees it. The secret was shown once.
type Key struct {
	ID     string
	Name   string
	Needs  []string
	Device bool
	Scope  role.Scope
	Until  time.Time
	Quota  int
	Taken  int       // today, as far as is known
	Seen   time.Time // when it was used last, to some minutes
}

// CreateKey makes a key of an account. The token is not seen again.
func (d *Desk) CreateKey(ctx context.Context, by ledger.Origin, owner string, n NewKey) (Token, error) {
	kind, body, err := d.keyBody(n)
	if err != nil {
		return Token{}, err
	}
	token, err := d.newToken(kind)
	if err != nil {
		return Token{}, err
	}
	body.Hash = token.hash()
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		a, _, err := fetch[account](w, workspace.KindAccount, owner)
		if err != nil {
			return err
		}
		there, err := w.Children(workspace.KindKey, owner, workspace.Page{Limit: mostKeys})
		switch {
		case err != nil:
			return err
		case a.Closed:
			return ErrClosed
		case len(there) >= mostKeys:
			return workspace.ErrLimit
		}
		document := workspace.Document{Kind: workspace.KindKey, ID: token.id, Parent: owner, State: stateKept}
		if err := d.put(w, by.Who, document, body); err != nil {
			return err
		}
		return d.Log.Append(w, ledger.Act{Origin: by, Verb: ledger.Create, Kind: workspace.KindKey, ID: token.id, After: body.told()})
	})
	return token, err
}

func (d *Desk) keyBody(n NewKey) (kind string, body key, err error) {
	body = key{Name: n.Name, Device: n.Device, Until: workspace.Now(n.Until), Quota: n.Quota, Needs: []string{}}
	kind = tokenKey
	if n.Device {
		kind, n.Needs = tokenDevice, []role.Need{role.Locate}
		body.Grants = []role.Grant{{Role: role.Device, Scope: n.Scope, Until: body.Until}}
	}
	for _, need := range n.Needs {
		known, ok := role.NeedNamed(need.Name())
		if !ok || (known.Name() == role.Locate.Name()) != n.Device {
			return "", body, ErrNeed
		}
		body.Needs = append(body.Needs, need.Name())
	}
	switch now := d.Now(); {
	case len(body.Needs) == 0:
		return "", body, ErrNeed
	case n.Device && !n.Scope.Valid():
		return "", body, role.ErrScope
	case !n.Until.After(now) || n.Until.Sub(now) > LongestKey || n.Quota < 1 || n.Quota > MostQuota:
		return "", body, workspace.ErrLimit
	}
	return kind, body, checkName(n.Name)
}

// told is what the log holds of a key.
func (k key) told() any {
	return map[string]any{"needs": k.Needs, "grants": append([]role.Grant{}, k.Grants...), "device": k.Device, "until": k.Until, "quota": k.Quota}
}

// Keys are those of an account.
func (d *Desk) Keys(ctx context.Context, owner string) ([]Key, error) {
	var found []Key
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		found = nil
		documents, err := r.Children(workspace.KindKey, owner, workspace.Page{Limit: mostKeys})
		if err != nil {
			return err
		}
		for _, document := range documents {
			k, _, err := fetch[key](r, workspace.KindKey, document.ID)
			if err != nil {
				return err
			}
			found = append(found, k.seen(document.ID, d.today()))
		}
		return nil
	})
	return found, err
}

func (k key) seen(id, today string) Key {
	out := Key{ID: id, Name: k.Name, Needs: k.Needs, Device: k.Device, Until: k.Until, Quota: k.Quota, Seen: k.Seen}
	if k.Day == today {
		out.Taken = k.Taken
	}
	for _, g := range k.Grants {
		out.Scope = g.Scope
	}
	return out
}

// RemoveKey ends a key of an account.
func (d *Desk) RemoveKey(ctx context.Context, by ledger.Origin, owner, id string) error {
	return d.Store.Write(ctx, func(w workspace.Writer) error {
		k, document, err := fetch[key](w, workspace.KindKey, id)
		if err != nil || document.Parent != owner {
			return errors.Join(err, notOf(document.Parent, owner))
		}
		if err := w.Delete(document.Kind, document.ID, document.Revision); err != nil {
			return err
		}
		return d.Log.Append(w, ledger.Act{Origin: by, Verb: ledger.Remove, Kind: workspace.KindKey, ID: id, Before: k.told()})
	})
}

// AuthenticateKey finds out whose key a token is: else ErrToken, or ErrQuota when
// it has made as many requests as it may today. This request is counted.
func (d *Desk) AuthenticateKey(ctx context.Context, text string) (Caller, error) {
	token, err := parseToken(text, tokenKey, tokenDevice)
	if err != nil {
		return Caller{}, err
	}
	var caller Caller
	err = d.Store.Read(ctx, func(r workspace.Reader) (err error) {
		caller, err = d.keyCaller(r, token)
		return err
	})
	if err == nil {
		err = d.spend(ctx, token.id)
	}
	if err != nil {
		return Caller{}, err
	}
	return caller, nil
}

func (d *Desk) keyCaller(r workspace.Reader, token Token) (Caller, error) {
	k, document, err := fetch[key](r, workspace.KindKey, token.id)
	if errors.Is(err, workspace.ErrNotFound) {
		return Caller{}, ErrToken
	}
	if err != nil {
		return Caller{}, err
	}
	if !token.fits(k.Hash) || !d.Now().Before(k.Until) {
		return Caller{}, ErrToken
	}
	a, _, err := fetch[account](r, workspace.KindAccount, document.Parent)
	if err != nil {
		return Caller{}, err
	}
	if a.Closed {
		return Caller{}, ErrToken
	}
	grants := a.grants()
	if k.Device {
		grants = k.Grants
	}
	return Caller{Subject: role.Subject{Who: "key-" + token.id, Grants: grants, Only: k.Needs}, Key: token.id}, nil
}

// quota is what this process has taken of a key's requests of a day, and not used yet.
type quota struct {
	day  string
	left int
}

func (d *Desk) today() string { return d.Now().UTC().Format(time.DateOnly) }

// spend uses one request of a key's quota. A process takes a hundredth of the
// quota at once, so that not every request is a write; all processes together
// never use more than there is.
func (d *Desk) spend(ctx context.Context, id string) error {
	if d.spendTaken(id) {
		return nil
	}
	var took int
	today := d.today()
	err := d.Store.Write(ctx, func(w workspace.Writer) error {
		k, document, err := fetch[key](w, workspace.KindKey, id)
		if errors.Is(err, workspace.ErrNotFound) {
			return ErrToken
		}
		if err != nil {
			return err
		}
		if k.Day != today {
			k.Day, k.Taken = today, 0
		}
		took = min(max(1, k.Quota/100), k.Quota-k.Taken)
		if took <= 0 {
			return ErrQuota
		}
		k.Taken, k.Seen = k.Taken+took, workspace.Now(d.Now())
		return d.replace(w, document.By, document, k)
	})
	if err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	q := d.quotas[id]
	if q == nil || q.day != today {
		q = &quota{day: today}
		d.quotas[id] = q
	}
	q.left += took - 1
	return nil
}

func (d *Desk) spendTaken(id string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	q := d.quotas[id]
	if q == nil || q.day != d.today() || q.left == 0 {
		return false
	}
	q.left--
	return true
}
