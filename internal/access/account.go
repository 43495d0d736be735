package access

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/secure/precis"

	"github.com/qala-city/qala/internal/ledger"
	"github.com/qala-city/qala/internal/role"
	"github.com/qala-city/qala/internal/workspace"
)

// account is the body of an account's document. It holds no name.
type account struct {
	Grants   []role.Grant `json:"grants"`           // given here
	Mapped   []role.Grant `json:"mapped,omitempty"` // by what a provider said last
	Rights   int64        `json:"rights"`           // one more with every change of grants
	Password string       `json:"password,omitempty"`
	Factor   *factor      `json:"factor,omitempty"`
	Pending  []byte       `json:"pending,omitempty"` // a sealed secret that is not confirmed yet
	Closed   bool         `json:"closed,omitempty"`
	Erased   bool         `json:"erased,omitempty"`
}

// person is what is known of whoever has an account. It can be erased.
type person struct {
	Login string `json:"login,omitempty"` // as it is typed; "" for who comes from a provider
	Name  string `json:"name"`
	Mail  string `json:"mail,omitempty"`
}

// Account is an account as administrators see it.
type Account struct {
	ID       string
	Revision int64
	Grants   []role.Grant // given here
	Mapped   []role.Grant // by what a provider said last
	Password bool
	Factor   bool
	Closed   bool
	Erased   bool
	Login    string
	Name     string
	Mail     string
	Created  time.Time
}

// stateKeeper is the state of an account that keeps the house open: an
// administrator without an end who can sign in with a password, whether or not
// anything else can be reached.
const stateKeeper = "keeper"

func (a account) state() string {
	keeps := slices.ContainsFunc(a.Grants, func(g role.Grant) bool { return g.Role == role.Administrator && g.Until.IsZero() })
	if keeps && a.Password != "" && !a.Closed && !a.Erased {
		return stateKeeper
	}
	return ""
}

// told is what the log holds of an account: rights, and that there are means to sign in.
func (a account) told() any {
	return map[string]any{
		"grants": append([]role.Grant{}, a.Grants...), "mapped": append([]role.Grant{}, a.Mapped...),
		"password": a.Password != "", "factor": a.Factor != nil, "closed": a.Closed, "erased": a.Erased,
	}
}

// grants are all that an account has.
func (a account) grants() []role.Grant { return slices.Concat(a.Grants, a.Mapped) }

// login is a name in the one form in which it is kept and compared (RFC 8265).
func login(text string) (string, error) {
	if len(text) > 256 {
		return "", ErrLogin
	}
	name, err := precis.UsernameCaseMapped.String(strings.TrimSpace(text))
	length := utf8.RuneCountInString(name)
	if err != nil || length < 2 || length > 64 || len(name) > workspace.MostID || strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune("._-@", r)
	}) {
		return "", ErrLogin
	}
	return name, nil
}

func checkName(name string) error {
	if !utf8.ValidString(name) || strings.TrimSpace(name) == "" || utf8.RuneCountInString(name) > 100 || strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
	}) {
		return ErrName
	}
	return nil
}

func checkGrants(grants []role.Grant) error {
	if len(grants) > 100 {
		return fmt.Errorf("%d grants: %w", len(grants), workspace.ErrLimit)
	}
	for _, g := range grants {
		if err := g.Check(); err != nil {
			return err
		}
	}
	return nil
}

// NewAccount is an account that an administrator makes for somebody.
type NewAccount struct {
	Login, Name, Mail string
	Grants            []role.Grant
}

// CreateAccount makes an account, and a link by which whoever it is for sets a password.
func (d *Desk) CreateAccount(ctx context.Context, by ledger.Origin, n NewAccount) (id string, link Token, err error) {
	id = d.NewID()
	err = d.Store.Write(ctx, func(w workspace.Writer) error {
		if err := d.newAccount(w, by, id, n, account{Grants: n.Grants}); err != nil {
			return err
		}
		link, err = d.invite(w, by, id)
		return err
	})
	return id, link, err
}

// newAccount keeps an account, its person, and the name to sign in with, if there is one.
func (d *Desk) newAccount(w workspace.Writer, by ledger.Origin, id string, n NewAccount, a account) error {
	if err := errors.Join(checkGrants(n.Grants), checkName(n.Name)); err != nil {
		return err
	}
	who := person{Name: n.Name, Mail: n.Mail}
	if n.Login != "" {
		name, err := login(n.Login)
		if err != nil {
			return err
		}
		who.Login = name
		err = d.put(w, by.Who, workspace.Document{Kind: workspace.KindLogin, ID: name, Parent: id}, struct{}{})
		if errors.Is(err, workspace.ErrExists) {
			return ErrTaken
		}
		if err != nil {
			return err
		}
	}
	err := errors.Join(
		d.put(w, by.Who, workspace.Document{Kind: workspace.KindAccount, ID: id, State: a.state()}, a),
		d.put(w, by.Who, workspace.Document{Kind: workspace.KindPerson, ID: id}, who),
	)
	if err != nil {
		return err
	}
	return d.Log.Append(w, ledger.Act{
		Origin: by, Verb: ledger.Create, Kind: workspace.KindAccount, ID: id, After: a.told(), About: id,
		Private: map[string]string{"login": who.Login, "name": who.Name},
	})
}

// change changes an account and tells of it. The last one that keeps the house open stays.
func (d *Desk) change(w workspace.Writer, by ledger.Origin, verb ledger.Verb, id string, to func(a *account) error) error {
	a, document, err := fetch[account](w, workspace.KindAccount, id)
	if err != nil {
		return err
	}
	if a.Erased {
		return fmt.Errorf("account %q: %w", id, workspace.ErrNotFound)
	}
	before := a.told()
	if err := to(&a); err != nil {
		return err
	}
	if document.State == stateKeeper && a.state() != stateKeeper {
		keepers, err := w.InState(workspace.KindAccount, stateKeeper, workspace.Page{Limit: 2})
		if err != nil {
			return err
		}
		if len(keepers) < 2 {
			return ErrLast
		}
	}
	document.State = a.state()
	if err := d.replace(w, by.Who, document, a); err != nil {
		return err
	}
	return d.Log.Append(w, ledger.Act{Origin: by, Verb: verb, Kind: workspace.KindAccount, ID: id, Before: before, After: a.told()})
}

func (d *Desk) changeOnly(ctx context.Context, by ledger.Origin, verb ledger.Verb, id string, to func(a *account) error) error {
	return d.Store.Write(ctx, func(w workspace.Writer) error { return d.change(w, by, verb, id, to) })
}

// SetGrants gives an account other rights. Its sessions get new tokens.
func (d *Desk) SetGrants(ctx context.Context, by ledger.Origin, id string, grants []role.Grant) error {
	if err := checkGrants(grants); err != nil {
		return err
	}
	return d.changeOnly(ctx, by, ledger.Grant, id, func(a *account) error {
		a.Grants, a.Rights = grants, a.Rights+1
		return nil
	})
}

// Rename gives whoever asks another name, not to sign in with but to be read by others.
func (d *Desk) Rename(ctx context.Context, by ledger.Origin, name string) error {
	if err := checkName(name); err != nil {
		return err
	}
	return d.Store.Write(ctx, func(w workspace.Writer) error {
		who, document, err := fetch[person](w, workspace.KindPerson, by.Who)
		if err != nil {
			return err
		}
		who.Name = name
		if err := d.replace(w, by.Who, document, who); err != nil {
			return err
		}
		return d.Log.Append(w, ledger.Act{Origin: by, Verb: ledger.Change, Kind: workspace.KindAccount, ID: by.Who, Private: map[string]string{"name": name}})
	})
}

// CloseAccount keeps somebody from signing in, and ends the sessions.
func (d *Desk) CloseAccount(ctx context.Context, by ledger.Origin, id string) error {
	return d.Store.Write(ctx, func(w workspace.Writer) error {
		err := d.change(w, by, ledger.Close, id, func(a *account) error {
			a.Closed, a.Rights = true, a.Rights+1
			return nil
		})
		if err != nil {
			return err
		}
		return d.endAll(w, id)
	})
}

// ReopenAccount lets somebody sign in again.
func (d *Desk) ReopenAccount(ctx context.Context, by ledger.Origin, id string) error {
	return d.changeOnly(ctx, by, ledger.Reopen, id, func(a *account) error {
		a.Closed = false
		return nil
	})
}

// endAll ends what an account has open: sessions, browsers that are known, links.
func (d *Desk) endAll(w workspace.Writer, id string) error {
	for _, kind := range []workspace.Kind{workspace.KindSession, workspace.KindFamiliar, workspace.KindInvitation} {
		if err := removeAll(w, kind, id, ""); err != nil {
			return err
		}
	}
	return nil
}

// EraseAccount removes what is known of a person. The account stays as a
// reference that means nobody; the log stays as it is, without what was kept beside it.
func (d *Desk) EraseAccount(ctx context.Context, by ledger.Origin, id string) error {
	return d.Store.Write(ctx, func(w workspace.Writer) error {
		err := d.change(w, by, ledger.Erase, id, func(a *account) error {
			*a = account{Closed: true, Erased: true, Grants: []role.Grant{}, Rights: a.Rights + 1}
			return nil
		})
		if err != nil {
			return err
		}
		for _, kind := range []workspace.Kind{workspace.KindLogin, workspace.KindIdentity, workspace.KindKey} {
			if err := removeAll(w, kind, id, ""); err != nil {
				return err
			}
		}
		who, err := w.Document(workspace.KindPerson, id)
		if err != nil {
			return err
		}
		if err := errors.Join(d.endAll(w, id), w.Delete(who.Kind, who.ID, who.Revision)); err != nil {
			return err
		}
		_, err = d.Log.Forget(w, id)
		return err
	})
}

// Account is one account.
func (d *Desk) Account(ctx context.Context, id string) (Account, error) {
	var found Account
	err := d.Store.Read(ctx, func(r workspace.Reader) (err error) {
		found, err = accountOf(r, id)
		return err
	})
	return found, err
}

func accountOf(r workspace.Reader, id string) (Account, error) {
	a, document, err := fetch[account](r, workspace.KindAccount, id)
	if err != nil {
		return Account{}, err
	}
	who, _, err := fetch[person](r, workspace.KindPerson, id)
	if err != nil && !errors.Is(err, workspace.ErrNotFound) {
		return Account{}, err
	}
	return Account{
		ID: id, Revision: document.Revision, Grants: a.Grants, Mapped: a.Mapped, Password: a.Password != "", Factor: a.Factor != nil,
		Closed: a.Closed, Erased: a.Erased, Login: who.Login, Name: who.Name, Mail: who.Mail, Created: document.Created,
	}, nil
}

// Accounts lists all accounts.
func (d *Desk) Accounts(ctx context.Context, page workspace.Page) ([]Account, error) {
	var found []Account
	err := d.Store.Read(ctx, func(r workspace.Reader) error {
		found = nil
		documents, err := r.Children(workspace.KindAccount, "", page)
		if err != nil {
			return err
		}
		for _, document := range documents {
			one, err := accountOf(r, document.ID)
			if err != nil {
				return err
			}
			found = append(found, one)
		}
		return nil
	})
	return found, err
}
