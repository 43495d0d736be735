package access

import (
	"context"
	"errors"
	"time"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// link is the body of an invitation: a link that works once.
type link struct {
	Hash  string    `json:"hash"`
	Until time.Time `json:"until"`
}

// invite makes a link by which an account's password is set; earlier ones end.
// An account of "" is the first administrator's, who has none yet.
func (d *Desk) invite(w workspace.Writer, by ledger.Origin, id string) (Token, error) {
	token, err := d.newToken(tokenLink)
	if err != nil {
		return Token{}, err
	}
	if err := removeAll(w, workspace.KindInvitation, id, ""); err != nil {
		return Token{}, err
	}
	document := workspace.Document{Kind: workspace.KindInvitation, ID: token.id, Parent: id, State: stateKept}
	err = d.put(w, by.Who, document, link{token.hash(), d.Now().Add(d.Policy.Link)})
	return token, errors.Join(err, d.Log.Append(w, ledger.Act{Origin: by, Verb: ledger.Invite, Kind: workspace.KindAccount, ID: id}))
}

// FirstLink makes the link by which the first administrator makes his account,
// while there is none who can sign in with a password; else ErrBegun. Those whom a provider
// knows may have come before. The house prints the link where it runs.
func (d *Desk) FirstLink(ctx context.Context) (token Token, err error) {
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		if err := noKeeperYet(w); err != nil {
			return err
		}
		token, err = d.invite(w, ledger.Origin{Who: "house"}, "")
		return err
	})
	return token, err
}

func noKeeperYet(r workspace.Reader) error {
	there, err := r.InState(workspace.KindAccount, stateKeeper, workspace.Page{Limit: 1})
	if err == nil && len(there) > 0 {
		return ErrBegun
	}
	return err
}

// Reset takes the password of an account away, and its second factor when asked
// to, and makes a link by which another password is set. Until then nobody signs
// in with it: that is how a change after a reset is forced.
func (d *Desk) Reset(ctx context.Context, by ledger.Origin, id string, factorToo bool) (token Token, err error) {
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		err := d.change(w, by, ledger.Reset, id, func(a *account) error {
			a.Password, a.Rights = "", a.Rights+1
			if factorToo {
				a.Factor, a.Pending = nil, nil
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := d.endAll(w, id); err != nil {
			return err
		}
		token, err = d.invite(w, by, id)
		return err
	})
	return token, err
}

// Redeem sets a password by a link. The first administrator also says who he
// is: Login and Name; for all others these are given, and what is said does not matter.
func (d *Desk) Redeem(ctx context.Context, by ledger.Origin, text string, n NewAccount, password string) (id string, err error) {
	token, err := parseToken(text, tokenLink)
	if err != nil {
		return "", ErrLink
	}
	var who person
	err = d.Store.Read(ctx, func(r workspace.Reader) error { // before the work of hashing
		document, err := d.linkOf(r, token)
		if err != nil || document.Parent == "" {
			return err
		}
		who, _, err = fetch[person](r, workspace.KindPerson, document.Parent)
		return err
	})
	if err != nil {
		return "", err
	}
	form, err := strong(password, n.Login, n.Name, who.Login, who.Name)
	if err != nil {
		return "", err
	}
	hash, err := d.hashed(ctx, form)
	if err != nil {
		return "", err
	}
	fresh := d.NewID()
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		id, err = d.redeem(w, by, token, fresh, n, hash)
		return err
	})
	return id, err
}

func (d *Desk) linkOf(r workspace.Reader, token Token) (workspace.Document, error) {
	body, document, err := fetch[link](r, workspace.KindInvitation, token.id)
	if errors.Is(err, workspace.ErrNotFound) {
		return document, ErrLink
	}
	if err == nil && (!token.fits(body.Hash) || !d.Now().Before(body.Until)) {
		return document, ErrLink
	}
	return document, err
}

func (d *Desk) redeem(w workspace.Writer, by ledger.Origin, token Token, fresh string, n NewAccount, hash string) (string, error) {
	document, err := d.linkOf(w, token)
	if err != nil {
		return "", err
	}
	if err := w.Delete(document.Kind, document.ID, document.Revision); err != nil {
		return "", err
	}
	if document.Parent == "" {
		if err := noKeeperYet(w); err != nil {
			return "", err
		}
		if n.Login == "" {
			return "", ErrLogin
		}
		by.Who, n.Grants = fresh, []role.Grant{{Role: role.Administrator, Scope: role.Everything}}
		return fresh, d.newAccount(w, by, fresh, n, account{Grants: n.Grants, Password: hash})
	}
	by.Who = document.Parent
	err = d.change(w, by, ledger.Redeem, document.Parent, func(a *account) error {
		if a.Closed {
			return ErrLink
		}
		a.Password = hash
		return nil
	})
	return document.Parent, errors.Join(err, d.endAll(w, document.Parent))
}
