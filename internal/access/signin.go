package access

import (
	"context"
	"errors"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// Attempt is somebody who wants to sign in.
type Attempt struct {
	ledger.Origin   // its Who does not matter
	Login, Password string
	Code            string // of the second factor, or one of the codes for when it is lost; "" for none
	Familiar        string // what the browser keeps since it signed in before; "" for none
	Browser         string // what it calls itself
}

// Arrival is somebody who has signed in.
type Arrival struct {
	Account  string
	Session  Token // in a cookie that no script reads
	Familiar Token // in another one; none when the browser is known already
}

// knock is an attempt under way.
type knock struct {
	Attempt
	account  string // "" when nobody has this name
	password string // the kept one
	form     string // of the given one
	familiar string // id of the browser that is known; "" for another
}

// SignIn lets somebody in who knows the password, and has the second factor
// where there is one: else ErrRefused, ErrCode or Wait. An attempt is counted
// before it is looked at, so that many at the same time are not as good as one.
//
// Nobody can lock somebody out for good: a wait ends, tries during a wait do
// not make it longer, and a browser in which the account signed in before waits
// for its own failures only.
func (d *Desk) SignIn(ctx context.Context, a Attempt) (Arrival, error) {
	k := knock{Attempt: a}
	k.Who = ""
	var err error
	if k.form, err = opaque(a.Password); err != nil {
		k.form = "" // it cannot be anybody's
	}
	if err := d.Store.Write(ctx, func(w workspace.Writer) error { return d.count(w, &k) }); err != nil {
		return Arrival{}, err
	}
	right, anew, err := d.matches(ctx, k.form, k.password)
	if err != nil {
		return Arrival{}, err
	}
	if !right {
		return Arrival{}, errors.Join(ErrRefused, d.Store.Write(ctx, func(w workspace.Writer) error { return d.failed(w, k) }))
	}
	hash := k.password
	if anew {
		if hash, err = d.hashed(ctx, k.form); err != nil {
			return Arrival{}, err
		}
	}
	var arrival Arrival
	var refused error
	err = d.Store.Write(ctx, func(w workspace.Writer) (err error) {
		arrival, refused, err = d.enter(w, k, hash)
		return err
	})
	if err = errors.Join(err, refused); err != nil {
		return Arrival{}, err
	}
	return arrival, nil
}

// counter is one number of failures, and how many there may be.
type counter struct {
	id string
	Patience
}

// counters are those of an attempt. Names that nobody has are counted like
// those of accounts, so that nobody learns which there are.
func (d *Desk) counters(k knock) []counter {
	name := k.account
	if name == "" {
		name = d.keyed("stranger", k.Login)[:32]
	}
	if k.familiar != "" {
		return []counter{{"familiar " + k.familiar, d.Policy.Pair}}
	}
	from := network(k.Address)
	return []counter{
		{"pair " + d.keyed("pair", name+" "+from)[:32], d.Policy.Pair},
		{"account " + name, d.Policy.Account},
		{"address " + from, d.Policy.Address},
	}
}

// count finds out whose name it is, and counts the attempt as failed until it is
// known to be right.
func (d *Desk) count(w workspace.Writer, k *knock) error {
	k.account, k.password, k.familiar = "", "", ""
	if err := d.find(w, k); err != nil {
		return err
	}
	return d.countAll(w, *k)
}

func (d *Desk) countAll(w workspace.Writer, k knock) error {
	now := d.Now()
	for _, c := range d.counters(k) {
		t, document, err := fetch[Tries](w, workspace.KindTries, c.id)
		if err != nil && !errors.Is(err, workspace.ErrNotFound) {
			return err
		}
		if wait := c.Wait(t, now); wait > 0 {
			return &Wait{wait}
		}
		if err := d.keepTries(w, c.id, document, t.More(now)); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) keepTries(w workspace.Writer, id string, document workspace.Document, t Tries) error {
	if document.Revision > 0 {
		return d.replace(w, "", document, t)
	}
	return d.put(w, "", workspace.Document{Kind: workspace.KindTries, ID: id, State: stateKept}, t)
}

// find looks up the account of a name, and whether it knows the browser.
func (d *Desk) find(r workspace.Reader, k *knock) error {
	name, err := login(k.Login)
	if err != nil {
		return nil // it cannot be anybody's
	}
	document, err := r.Document(workspace.KindLogin, name)
	if errors.Is(err, workspace.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	a, _, err := fetch[account](r, workspace.KindAccount, document.Parent)
	if err != nil {
		return err
	}
	k.account, k.password = document.Parent, a.Password
	k.familiar, err = d.familiarTo(r, k.account, k.Familiar)
	return err
}

// failed tells of an attempt that was wrong. It has been counted.
func (d *Desk) failed(w workspace.Writer, k knock) error {
	act := ledger.Act{Origin: k.Origin, Verb: ledger.SignFail, Kind: workspace.KindAccount, ID: k.account, Private: map[string]string{"browser": k.Browser}}
	if k.account == "" {
		act.ID = "stranger-" + d.keyed("stranger", k.Login)[:16]
	}
	return d.Log.Append(w, act)
}

// enter is the rest of signing in, after a right password. An error that is
// refused leaves what was counted.
func (d *Desk) enter(w workspace.Writer, k knock, hash string) (arrival Arrival, refused, err error) {
	a, document, err := fetch[account](w, workspace.KindAccount, k.account)
	if err != nil {
		return arrival, nil, err
	}
	if a.Closed || a.Erased || !same(a.Password, k.password) {
		return arrival, ErrRefused, d.failed(w, k)
	}
	if a.Factor != nil && !d.passes(k.account, &a, k.Code) {
		if k.Code != "" {
			return arrival, ErrCode, d.failed(w, k)
		}
		return arrival, ErrCode, d.uncount(w, k, false)
	}
	a.Password = hash
	if err := d.replace(w, k.account, document, a); err != nil {
		return arrival, nil, err
	}
	if err := d.uncount(w, k, true); err != nil {
		return arrival, nil, err
	}
	how := "password"
	if a.Factor != nil {
		how = "password and code"
	}
	arrival, err = d.welcome(w, k.account, a.Rights, k.Attempt, how)
	return arrival, nil, err
}

// uncount takes back what was counted. What an account has failed at is
// forgotten once somebody is in; an address has one failure less, for otherwise
// whoever has an account could try those of others for ever.
func (d *Desk) uncount(w workspace.Writer, k knock, in bool) error {
	for i, c := range d.counters(k) {
		address := i == 2
		if !in && !address {
			continue
		}
		t, document, err := fetch[Tries](w, workspace.KindTries, c.id)
		if errors.Is(err, workspace.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if address {
			err = d.keepTries(w, c.id, document, t.Less())
		} else {
			err = w.Delete(document.Kind, document.ID, document.Revision)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// welcome opens a session.
func (d *Desk) welcome(w workspace.Writer, id string, rights int64, a Attempt, how string) (Arrival, error) {
	a.Who = id
	token, err := d.openSession(w, id, rights, a, how)
	if err != nil {
		return Arrival{}, err
	}
	arrival := Arrival{Account: id, Session: token}
	known, err := d.familiarTo(w, id, a.Familiar)
	if err != nil {
		return Arrival{}, err
	}
	if known == "" {
		if arrival.Familiar, err = d.remember(w, id); err != nil {
			return Arrival{}, err
		}
	}
	return arrival, d.Log.Append(w, ledger.Act{
		Origin: a.Origin, Verb: ledger.SignIn, Kind: workspace.KindAccount, ID: id, After: map[string]string{"how": how, "session": token.id},
		Private: map[string]string{"browser": a.Browser},
	})
}

// familiarTo is the id of a browser that an account knows; "" for none.
func (d *Desk) familiarTo(r workspace.Reader, id, text string) (string, error) {
	token, err := parseToken(text, tokenFamiliar)
	if err != nil {
		return "", nil //nolint:nilerr // a browser that shows anything else is not known
	}
	body, document, err := fetch[link](r, workspace.KindFamiliar, token.id)
	if errors.Is(err, workspace.ErrNotFound) {
		return "", nil
	}
	if err != nil || document.Parent != id || !token.fits(body.Hash) || !d.Now().Before(body.Until) {
		return "", err
	}
	return token.id, nil
}

// mostFamiliar is how many browsers an account knows.
const mostFamiliar = 20

func (d *Desk) remember(w workspace.Writer, id string) (Token, error) {
	known, err := w.Children(workspace.KindFamiliar, id, workspace.Page{Limit: mostFamiliar})
	if err != nil {
		return Token{}, err
	}
	if len(known) == mostFamiliar {
		oldest := known[0]
		for _, one := range known {
			if one.Created.Before(oldest.Created) {
				oldest = one
			}
		}
		if err := w.Delete(oldest.Kind, oldest.ID, oldest.Revision); err != nil {
			return Token{}, err
		}
	}
	token, err := d.newToken(tokenFamiliar)
	if err != nil {
		return Token{}, err
	}
	document := workspace.Document{Kind: workspace.KindFamiliar, ID: token.id, Parent: id, State: stateKept}
	return token, d.put(w, id, document, link{token.hash(), d.Now().Add(d.Policy.Familiar)})
}
