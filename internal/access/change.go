package access

import (
	"context"
	"errors"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/workspace"
)

// confirm counts an attempt of somebody who is signed in to show his password
// again, and looks at it. The account is the one of by.
func (d *Desk) confirm(ctx context.Context, by ledger.Origin, password string) (knock, error) {
	k := knock{Attempt: Attempt{Origin: by, Password: password}, account: by.Who}
	form, err := opaque(password)
	if err != nil {
		return k, ErrRefused
	}
	k.form = form
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		a, _, err := fetch[account](w, workspace.KindAccount, by.Who)
		if err != nil {
			return err
		}
		k.password = a.Password
		return d.countAll(w, k)
	})
	if err != nil {
		return k, err
	}
	right, _, err := d.matches(ctx, k.form, k.password)
	if err == nil && !right {
		err = errors.Join(ErrRefused, d.Store.Write(ctx, func(w workspace.Writer) error { return d.failed(w, k) }))
	}
	return k, err
}

// SetPassword changes the password of whoever asks, who shows the one of now.
// All sessions and known browsers of the account end; the arrival is a new session.
func (d *Desk) SetPassword(ctx context.Context, a Attempt, next string) (Arrival, error) {
	k, err := d.confirm(ctx, a.Origin, a.Password)
	if err != nil {
		return Arrival{}, err
	}
	who, err := d.Account(ctx, a.Who)
	if err != nil {
		return Arrival{}, err
	}
	form, err := strong(next, who.Login, who.Name)
	if err != nil {
		return Arrival{}, err
	}
	hash, err := d.hashed(ctx, form)
	if err != nil {
		return Arrival{}, err
	}
	var arrival Arrival
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		var rights int64
		err := d.change(w, a.Origin, ledger.Password, a.Who, func(of *account) error {
			if of.Closed || !same(of.Password, k.password) {
				return ErrRefused
			}
			of.Password, of.Rights = hash, of.Rights+1
			rights = of.Rights
			return nil
		})
		if err != nil {
			return err
		}
		if err := errors.Join(d.endAll(w, a.Who), d.uncount(w, k, true)); err != nil {
			return err
		}
		arrival, err = d.welcome(w, a.Who, rights, a, "password")
		return err
	})
	return arrival, err
}
